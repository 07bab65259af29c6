"""The parts of a report, each a page of its own: its tables, its sections, what else it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from api.errors import NotFound
from api.pages.labels import Label, Labels
from api.pages.view import View
from kg.vocabulary import PREFIXES

#: What a report tells beside its places: a part's name, what it is called, the classes that it
#: counts, and those that its page needs beside them. `None` stands for the places, in their order.
_TOLD: Sequence[tuple[str, str, tuple[str, ...], tuple[str, ...]] | None] = (
    ("findings", "report.findings", ("bud:Finding",), ()),
    (
        "unit",
        "told.overview",
        ("bud:Duty", "org:OrganizationalUnit", "org:Membership"),
        ("org:FormalOrganization",),
    ),
    None,
    ("compositions", "told.compositions", ("bud:Composition",), ()),
    ("evaluations", "report.evaluations", ("bud:Evaluation",), ("bud:Indicator", "bud:Funding")),
    ("work", "told.work", ("bud:WorkItem",), ()),
    ("glossary", "told.glossary", ("bud:Definition",), ()),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report: a place of the template, or things of some classes."""

    name: str
    count: int
    place: str | None = None
    #: The key of what it is called, and all classes that its page shows.
    text: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tab:
    """A part as the list of all parts shows it."""

    name: str
    code: str | None
    text: str
    count: int
    href: str


def tabs(view: View, labels: Labels, parts: Sequence[Part]) -> list[Tab]:
    """The list of a report's parts; `labels` has the names of its places."""
    shown = []
    for part in parts:
        label = labels.of(part.place) if part.place else Label(view.text(part.text))
        href = view.links.path(view.path, part=part.name)
        shown.append(Tab(part.name, label.notation, label.text, part.count, href))
    return shown


def parts_of(view: View, report: str) -> list[Part]:
    """The parts that a report has, in the order of the national template."""
    site = view.site
    told = [part for part in _TOLD if part]
    counted = [_iri(view, class_) for _, _, classes, _ in told for class_ in classes]
    findings = _iri(view, "bud:Finding")
    query = site.queries.make(
        "report_parts",
        report=report,
        classes=[class_ for class_ in counted if class_ != findings],
        graph=site.namespace.graph("findings"),
    )
    counts: dict[str, int] = {}
    for row in site.store.select(query).rows:
        part, count = row["part"], row["count"]
        assert isinstance(part, ox.NamedNode)
        assert isinstance(count, ox.Literal)
        counts[part.value] = int(count.value)
    parts: list[Part] = []
    for kind in _TOLD:
        if kind is None:
            places = sorted(counts.keys() - set(counted), key=_order)
            parts += [Part(iri.rpartition("/")[2], counts[iri], iri) for iri in places]
            continue
        name, text, own, beside = kind
        number = sum(counts.get(_iri(view, class_), 0) for class_ in own)
        if number:
            classes = tuple(_iri(view, class_) for class_ in (*own, *beside))
            parts.append(Part(name, number, text=text, classes=classes))
    return parts


def part_of(parts: Sequence[Part], name: str) -> Part:
    """The part of this name; raises `NotFound` where the report has none."""
    found = next((part for part in parts if part.name == name), None)
    if found is None:
        raise NotFound(name=f"?part={name}")
    return found


def _order(place: str) -> tuple[int, str]:
    """The overview, the tables, the sections, then what the template has no number for."""
    name = place.rpartition("/")[2]
    if name == "overview":
        return 0, name
    numbered = name[1:3].isdigit()
    return {"T": 1, "S": 2}.get(name[0], 4) if numbered else 3, name


def _iri(view: View, name: str) -> str:
    prefix, _, local = name.partition(":")
    return (view.site.namespace.ontology if prefix == "bud" else PREFIXES[prefix]) + local
