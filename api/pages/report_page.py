"""A report's first page: its head, its year at a glance, its findings, and the way to its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.nodes import Node, nodes_of
from api.pages.findings import Findings
from api.pages.report_glance import totals_of
from api.pages.report_parts import parts_of, tabs
from api.pages.shown import Shower, iris_of, sources_of
from api.pages.view import View
from api.schema_org import embedded
from kg.vocabulary import PREFIXES

_HEAD = ("unit", "fiscalYear", "dct:issued", "schema:telephone", "dct:format", "sha256")
#: What the head names.
_NAMED = ("unit", "region")
#: How many findings it tells of.
_FINDINGS = 8


def report_content(view: View, iri: str) -> Mapping[str, Any]:
    """What the report's template shows."""
    store, make = view.site.store, view.site.queries.make
    head = _Head(view, nodes_of(store.select(make("report_head", report=iri)).rows), iri)
    graph = view.site.namespace.graph("findings")
    found = nodes_of(store.select(make("findings", report=iri, graph=graph)).rows)
    findings, totals = Findings(view, found.values(), {}), totals_of(view, iri)
    parts = parts_of(view, iri)
    places = {part.place for part in parts if part.place}
    labels = view.labels(head.iris() | places)
    shower = Shower(view, labels, sources_of(view))
    return {
        "iri": iri,
        "described": embedded(view.site, head.report),
        "name": shower.iri(iri),
        "head": head.rows(shower),
        "entry": view.site.release.reports.get(iri),
        "totals": totals.shown(shower),
        "findings": findings.briefly(shower, _FINDINGS),
        "found": len(found),
        "tabs": tabs(view, labels, parts),
    }


class _Head:
    """What a report says of itself and its unit."""

    def __init__(self, view: View, nodes: Mapping[str, Node], iri: str) -> None:
        self._bud = bud = view.site.namespace.ontology
        self.report = nodes.get(iri) or Node(iri)
        self._units = [nodes[u] for u in self.report.iris(f"{bud}unit") if u in nodes]

    def iris(self) -> set[str]:
        """What it names."""
        said = (
            value
            for node in (self.report, *self._units)
            for name in _NAMED
            for value in node.all(self._bud + name)
        )
        return {self.report.iri, *iris_of(said)}

    def rows(self, shower: Shower) -> list[tuple[str, Any]]:
        """The table that it is: the key of each row's name, and its value."""
        rows: list[tuple[str, Any]] = []
        for name in _HEAD:
            prefix, _, local = name.rpartition(":")
            property_ = (PREFIXES[prefix] if prefix else self._bud) + local
            values = self.report.all(property_)
            rows += [(f"report.{local}", shower.term(value, property_)) for value in values]
        for unit in self._units:
            regions = unit.iris(f"{self._bud}region")
            rows[1:1] = [("report.region", shower.iri(region)) for region in regions]
        return rows
