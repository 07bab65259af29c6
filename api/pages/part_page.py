"""One part of a report: a table or section beside its text, its findings, or what else it tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import pyoxigraph as ox

from api.nodes import nodes_of, nodes_of_triples
from api.pages.beside import Beside
from api.pages.evaluations import Evaluations
from api.pages.findings import Findings
from api.pages.narrative import Narrative
from api.pages.place_table import PlaceTable
from api.pages.places import places_of
from api.pages.report_parts import Part, part_of, parts_of, tabs
from api.pages.shown import Shower, sources_of
from api.pages.view import View


class _Content(Protocol):
    """What the parts of reports have in common."""

    #: The queries of its data: as a table, and as RDF.
    table: str
    graph: str

    def iris(self) -> set[str]:
        """What needs a name."""

    def shown(self, shower: Shower) -> Mapping[str, Any]:
        """What the template shows."""


def part_content(view: View, iri: str) -> Mapping[str, Any]:
    """What the template of a part shows: of that which `?part=` names.

    Raises:
        NotFound: the report has no such part.
    """
    parts = parts_of(view, iri)
    part = part_of(parts, dict(view.parameters)["part"])
    content = _content(view, iri, part)
    places = {other.place for other in parts if other.place}
    labels = view.labels(content.iris() | places | {iri})
    shower = Shower(view, labels, sources_of(view))
    listed, at = tabs(view, labels, parts), parts.index(part)
    return {
        "iri": iri,
        "name": shower.iri(iri),
        "part": listed[at],
        "tabs": listed,
        "previous": listed[at - 1] if at else None,
        "next": listed[at + 1] if at + 1 < len(listed) else None,
        "data": {
            "csv": view.links.path("/sparql", query=content.table, format="csv"),
            "rdf": view.links.path("/sparql", query=content.graph, format="ttl"),
            "query": view.links.path("/sparql", query=content.table),
        },
        **_NOTHING,
        **content.shown(shower),
    }


#: What the template asks after; a part has one of them.
_NOTHING: Mapping[str, Any] = {
    "place": None,
    "findings": (),
    "evaluations": (),
    "told": None,
    "beside": (),
}


def _content(view: View, iri: str, part: Part) -> _Content:
    if part.place is not None:
        return _Place(view, iri, part.place)
    if part.name == "findings":
        return _FindingsPart(view, iri)
    return _Told(view, iri, part)


class _Place:
    """A table or section, and its lines."""

    def __init__(self, view: View, iri: str, place: str) -> None:
        store, published = view.site.store, view.site.queries.published
        self.table = published("place_data", report=iri, place=place)
        self.graph = published("report_place", report=iri, place=place)
        nodes = nodes_of_triples(store.construct(self.graph))
        found = next(p for p in places_of(nodes, view.site.namespace) if p.iri == place)
        year = str(view.site.release.reports[iri].fiscal_year)
        self._beside = Beside(sources_of(view)(f"{iri}/source"), nodes.values())
        self._table = PlaceTable(view, found, year, self._beside)

    def iris(self) -> set[str]:
        return self._table.iris()

    def shown(self, shower: Shower) -> Mapping[str, Any]:
        return {"place": self._table.shown(shower), "beside": self._beside.lines()}


class _FindingsPart:
    """All findings, each with what it rests on."""

    def __init__(self, view: View, iri: str) -> None:
        store, published = view.site.store, view.site.queries.published
        names = {"report": iri, "graph": view.site.namespace.graph("findings")}
        self.table = published("findings_data", **names, language=ox.Literal(view.language))
        self.graph = published("findings_graph", **names)
        found = nodes_of(store.select(published("findings", **names)).rows)
        facts = nodes_of_triples(store.construct(published("findings_facts", **names)))
        self._findings = Findings(view, found.values(), facts)

    def iris(self) -> set[str]:
        return self._findings.iris()

    def shown(self, shower: Shower) -> Mapping[str, Any]:
        return {"findings": self._findings.shown(shower)}


class _Told:
    """The self-evaluations, or what is told in words."""

    def __init__(self, view: View, iri: str, part: Part) -> None:
        store, published = view.site.store, view.site.queries.published
        self.table = published("things_data", report=iri, classes=part.classes)
        self.graph = published("report_things", report=iri, classes=part.classes)
        nodes = nodes_of_triples(store.construct(self.graph))
        self._narrative, self._evaluations = Narrative(nodes, view), Evaluations(nodes, view)

    def iris(self) -> set[str]:
        return self._narrative.iris() | self._evaluations.iris()

    def shown(self, shower: Shower) -> Mapping[str, Any]:
        return {
            "told": self._narrative.shown(shower),
            "evaluations": self._evaluations.shown(shower),
        }
