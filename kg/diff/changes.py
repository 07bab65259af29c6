"""What changed between two releases, as people speak of it: units, reports, figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from pyoxigraph import Literal as Value
from pyoxigraph import Quad, RdfFormat, parse

from kg.diff.blocks import Block, Lines
from kg.record import record
from kg.resources import toml
from kg.vocabulary import PREFIXES, Namespace

Kind = Literal[
    "unit-added", "unit-removed", "report-added", "report-removed", "report-revised",
    "report-changed", "figure-added", "figure-removed", "figure-changed",
]  # fmt: skip
#: A manifest's entry of a report.
Entry = Mapping[str, Any]
_TEXTS = toml(__package__, "changes.toml")


@record
class Change:
    """One change. `old` and `new` are yuan of a figure, or the SHA-256 of a report's file."""

    kind: Kind
    iri: str
    name: str
    fiscal_year: int | None = None
    old: str | None = None
    new: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As a JSON object, what isn't known left out."""
        stated = {
            "change": self.kind, "iri": self.iri, "name": self.name,
            "fiscalYear": self.fiscal_year, "old": self.old, "new": self.new,
        }  # fmt: skip
        return {name: value for name, value in stated.items() if value is not None}


def said(change: Change, language: str = "zh") -> str:
    """A change as a sentence."""
    text: str = _TEXTS[change.kind][language]
    figure = change.iri.rpartition("/report/")[2].split("/", 2)[-1]
    return text.format(
        name=change.name, year=change.fiscal_year, old=change.old, new=change.new, figure=figure
    )


def changes(
    old: Iterable[Entry], new: Iterable[Entry], blocks: Iterable[Block], namespace: Namespace
) -> Iterator[Change]:
    """The changes between two releases: of their manifests' reports, and of their dumps.

    Units and reports come first, figures as they stream by, what changed of reports last.
    """
    olds, news = ({entry["iri"]: entry for entry in entries} for entries in (old, new))
    yield from _units(olds.values(), news.values())
    yield from _reports(olds, news)
    touched: set[str] = set()
    for block in blocks:
        report = _report(block.subject, namespace)
        if report and report in olds and report in news:
            touched.add(report)
            yield from _figure(block, news[report], namespace)
    for iri in sorted(touched):
        if olds[iri]["sha256"] == news[iri]["sha256"]:
            yield _of_report("report-changed", news[iri])


def _units(olds: Iterable[Entry], news: Iterable[Entry]) -> Iterator[Change]:
    before, after = ({e["unit"]: e["unitName"] for e in entries} for entries in (olds, news))
    for iri in sorted(after.keys() - before.keys()):
        yield Change("unit-added", iri, after[iri])
    for iri in sorted(before.keys() - after.keys()):
        yield Change("unit-removed", iri, before[iri])


def _reports(olds: Mapping[str, Entry], news: Mapping[str, Entry]) -> Iterator[Change]:
    for iri in sorted(news.keys() - olds.keys()):
        yield _of_report("report-added", news[iri], new=news[iri]["sha256"])
    for iri in sorted(olds.keys() - news.keys()):
        yield _of_report("report-removed", olds[iri], old=olds[iri]["sha256"])
    for iri in sorted(olds.keys() & news.keys()):
        old, new = olds[iri]["sha256"], news[iri]["sha256"]
        if old != new:
            yield _of_report("report-revised", news[iri], old=old, new=new)


def _of_report(kind: Kind, entry: Entry, old: str | None = None, new: str | None = None) -> Change:
    return Change(kind, entry["iri"], entry["unitName"], entry["fiscalYear"], old, new)


def _report(subject: bytes, namespace: Namespace) -> str | None:
    """The report that a subject is under."""
    start = f"{namespace.base}report/"
    iri = subject.decode()[1:-2]
    if not iri.startswith(start):
        return None
    return start + "/".join(iri[len(start) :].split("#")[0].split("/")[:2])


def _figure(block: Block, entry: Entry, namespace: Namespace) -> Iterator[Change]:
    """What changed of a figure; nothing where its amount is the same, or it is none."""
    old, new = (_amount(lines, namespace) for lines in (block.old, block.new))
    if old == new:
        return
    kind: Kind = "figure-changed"
    if old is None or new is None:
        kind = "figure-added" if old is None else "figure-removed"
    iri = block.subject.decode()[1:-2]
    yield Change(kind, iri, entry["unitName"], entry["fiscalYear"], old, new)


def _amount(lines: Lines, namespace: Namespace) -> str | None:
    """The amount of what is a figure."""
    quads = list(parse(b"".join(lines), format=RdfFormat.N_QUADS))
    if not any(_is(quad, "type", f"{namespace.ontology}Figure") for quad in quads):
        return None
    name = f"{namespace.ontology}amount"
    stated = (q.object for q in quads if q.predicate.value == name and isinstance(q.object, Value))
    return next((value.value for value in stated), None)


def _is(quad: Quad, local: str, value: str) -> bool:
    return quad.predicate.value == PREFIXES["rdf"] + local and str(quad.object) == f"<{value}>"
