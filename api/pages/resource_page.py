"""A resource's page: what is said of it, and what points to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from api.charts.page import Charts
from api.descriptions import is_known
from api.errors import NotFound
from api.links import report_of
from api.nodes import node_of
from api.pages.findings import finding_content
from api.pages.money import grouped
from api.pages.observations import ABOUT, telling
from api.pages.ontology_page import ontology_content
from api.pages.part_page import part_content
from api.pages.report_page import report_content
from api.pages.said import Said, said_of
from api.pages.shown import Shower, Shown, iris_of, sources_of
from api.pages.unit_glance import glance
from api.pages.view import View
from api.paging import number_of, page_from
from api.schema_org import embedded
from api.store import Row, Term
from api.texts import Language
from kg.vocabulary import PREFIXES

_FINDING = re.compile(r"/report/[^/]+/[0-9]{4}/finding/")
_ORGANIZATION = f"{PREFIXES['org']}FormalOrganization"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def template_of(view: View, iri: str) -> str:
    """The template of a resource's page."""
    if iri in view.site.release.reports:
        return "report_part.html" if "part" in dict(view.parameters) else "report.html"
    if _FINDING.search(iri):
        return "finding.html"
    return "ontology.html" if iri in view.site.ontologies else "resource.html"


def content(view: View, iri: str, template: str) -> Mapping[str, Any]:
    """What the template of a resource's page shows.

    Raises:
        NotFound: the data doesn't speak of it.
    """
    if template == "report.html":
        return report_content(view, iri)
    if template == "report_part.html":
        return part_content(view, iri)
    if template == "finding.html":
        return finding_content(view, iri)
    if template == "ontology.html":
        return ontology_content(view)
    return _resource_content(view, iri)


def _resource_content(view: View, iri: str) -> Mapping[str, Any]:
    store, make = view.site.store, view.site.queries.make
    known = said_of(view, iri)
    said = known.rows
    size, number = view.site.settings.page_rows, number_of(view)
    pointing = store.select(
        make("inverse", resource=iri, offset=(number - 1) * size, limit=size + 1)
    ).rows
    if not said and not pointing and not is_known(view.site, iri):
        raise NotFound(name=iri)
    properties = _by_property(said, view.language)
    types = iris_of(properties.pop(_TYPE, []))
    parts = store.select(make("unit_parts", unit=iri)).rows if _ORGANIZATION in types else []
    charts = Charts(view, iri, types)
    wanted = iris_of(term for row in (*said, *pointing) for term in row.values())
    wanted |= {iri, *filter(None, (report_of(w, view.links.base) for w in wanted))}
    shower = Shower(view, view.labels(wanted | charts.iris()), sources_of(view))
    sure = _sure(view, iri) if any(name.endswith("Match") for name in properties) else {}
    return {
        "iri": iri,
        "described": embedded(view.site, node_of(iri, said)),
        "name": _name(view, shower, iri, properties),
        "report": _report(view, shower, iri, properties),
        "types": [shower.iri(type_) for type_ in sorted(types)],
        "properties": [
            (
                shower.iri(name),
                [
                    replace(shower.term(value, name), detail=sure[name, value])
                    if (name, value) in sure
                    else shower.term(value, name)
                    for value in values
                ],
                _more(view, iri, name, known),
            )
            for name, values in sorted(properties.items(), key=lambda item: _rank(item[0]))
        ],
        "inverse": page_from(
            [
                (_from(view, shower, row["subject"]), shower.term(row["property"]))
                for row in pointing
            ],
            view,
        ),
        "reports": view.site.release.reports_of(iri),
        "glance": glance(view, charts) if _ORGANIZATION in types else (),
        "charts": charts.shown(shower),
        "years": charts.year_links(),
        "charted_year": charts.year,
        "whole": charts.whole,
        "parts": _parts(view, parts),
    }


def _sure(view: View, iri: str) -> Mapping[tuple[str, Term], str]:
    """How sure each mapping of a thing is, and why, by property and target."""
    told = {}
    for row in view.site.store.select(view.site.queries.make("mappings", resource=iri)).rows:
        property_, confidence = row["property"], row["confidence"]
        assert isinstance(property_, ox.NamedNode)
        assert isinstance(confidence, ox.Literal)
        text = view.text("resource.sure", confidence=confidence.value)
        if isinstance(reason := row.get("reason"), ox.Literal):
            text = f"{text} · {reason.value}"
        told[property_.value, row["value"]] = text
    return told


def _name(view: View, shower: Shower, iri: str, properties: Mapping[str, Sequence[Term]]) -> Shown:
    """What a page is headed: an observation has no name, but says what it is about."""
    name, bud = shower.iri(iri), view.site.namespace.ontology
    if bud + "place" not in properties or bud + "flow" not in properties:
        return name
    values = [value for local in ABOUT for value in properties.get(bud + local, [])]
    parts = [shower.term(value).text for value in values if not _goes_without_saying(value)]
    return replace(name, text=" · ".join(parts)) if parts else name


def _report(
    view: View, shower: Shower, iri: str, properties: Mapping[str, Sequence[Term]]
) -> Shown | None:
    """The report that a thing belongs to, where nothing that is said of it tells."""
    report = report_of(iri, view.links.base)
    is_said = f"{view.site.namespace.ontology}report" in properties
    return shower.iri(report) if report and not is_said else None


def _from(view: View, shower: Shower, subject: Term) -> Shown:
    """What points here, with the report that it belongs to."""
    shown = shower.term(subject)
    iri = subject.value if isinstance(subject, ox.NamedNode) else ""
    report = report_of(iri, view.links.base)
    return replace(shown, detail=shower.iri(report).text) if report else shown


def _goes_without_saying(term: Term) -> bool:
    return isinstance(term, ox.NamedNode) and not telling([term.value])


def _more(view: View, iri: str, property_: str, known: Said) -> Shown | None:
    """The way to all values of a property whose list is cut."""
    if property_ not in known.cut:
        return None
    query = f"SELECT ?value WHERE {{ <{iri}> <{property_}> ?value }} ORDER BY ?value"
    text = view.text("resource.more", number=grouped(known.cut[property_]))
    return Shown(text, view.links.path("/sparql", query=query))


def _by_property(rows: list[Row], language: Language) -> dict[str, list[Term]]:
    """Values by property, each in one order: what is in the reader's language first."""
    found: dict[str, list[Term]] = {}

    def order(row: Row) -> tuple[bool, str]:
        value = row["value"]
        tag = (isinstance(value, ox.Literal) and value.language) or language
        return not tag.startswith(language), str(value)

    for row in sorted(rows, key=order):
        property_ = row["property"]
        assert isinstance(property_, ox.NamedNode)
        found.setdefault(property_.value, []).append(row["value"])
    return found


def _rank(property_: str) -> tuple[bool, str]:
    """Names go before all else that is said of a thing."""
    named = property_.endswith(("Label", "#label", "/title", "#notation"))
    return not named, property_


def _parts(view: View, rows: list[Row]) -> Mapping[str, Sequence[Shown]]:
    """What a unit is part of, its subordinate units and its offices, each with its years."""
    parts: dict[str, list[Shown]] = {}
    for row in rows:
        kind, name, part, years = (row[n] for n in ("kind", "name", "part", "years"))
        assert isinstance(part, ox.NamedNode)
        assert isinstance(kind, ox.Literal)
        assert isinstance(name, ox.Literal)
        assert isinstance(years, ox.Literal)
        href = view.links.href(part.value)
        shown = Shown(name.value, href, title=part.value, detail=years.value or None)
        parts.setdefault(kind.value, []).append(shown)
    return parts
