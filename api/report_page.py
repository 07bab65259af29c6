"""A report's page: its head, its findings, every figure by its place, and what else it tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.evaluations import Evaluations
from api.findings import Findings
from api.formats import TURTLE
from api.money import grouped, in_wan
from api.narrative import Narrative
from api.nodes import Node, nodes_in, nodes_of
from api.places import Entry, Line, Place, is_all, places_of
from api.schema_org import embedded
from api.shown import Shower, iris_of, sources_of
from api.view import View
from kg.vocabulary import PREFIXES

_HEAD = ("unit", "fiscalYear", "dct:issued", "schema:telephone", "dct:format", "sha256")
#: What nodes outside the tables point to, and is shown by its name.
_NAMED = ("unit", "region")
#: What is said of a row beside its amounts and counts, in the order of the columns.
_SAID = ("Ratio", "Change")
#: What ratios and changes say of their kind.
_KINDS = ("ratioKind", "changeBase")


def report_content(view: View, iri: str) -> Mapping[str, Any]:
    """What the report's template shows."""
    store, make = view.site.store, view.site.queries.make
    nodes = nodes_in(store.graph(iri, TURTLE, {}))
    found = nodes_of(store.select(make("findings", report=iri)).rows)
    places = places_of(nodes, view.site.namespace)
    report, findings = ReportPage(view, nodes, iri), Findings(view, found.values(), nodes)
    evaluations, narrative = Evaluations(nodes, view), Narrative(nodes, view)
    wanted = report.iris(places) | findings.iris() | evaluations.iris() | narrative.iris()
    shower = Shower(view, view.labels(wanted), sources_of(view))
    return {
        "iri": iri,
        "described": embedded(view.site, nodes.get(iri) or Node(iri)),
        "name": shower.iri(iri),
        "head": report.head(shower),
        "entry": view.site.release.reports.get(iri),
        "findings": findings.shown(shower),
        "places": [report.place(shower, place) for place in places],
        "evaluations": evaluations.shown(shower),
        "told": narrative.shown(shower),
    }


class ReportPage:
    """What the parts of one report's page are made from."""

    def __init__(self, view: View, nodes: Mapping[str, Node], iri: str) -> None:
        self._view = view
        self._bud = bud = view.site.namespace.ontology
        self._nodes = nodes
        self._report = nodes.get(iri) or Node(iri)
        self._units = [nodes[u] for u in self._report.iris(f"{bud}unit") if u in nodes]
        self._year = self._report.one(f"{bud}fiscalYear")
        self._usual = view.site.namespace.code("flow/expenditure")

    def iris(self, places: Iterable[Place]) -> set[str]:
        """What the page names of its own and its tables."""
        wanted = {self._report.iri, *(iri for place in places for iri in place.iris())}
        for node in (self._report, *self._units):
            wanted |= iris_of(v for name in _NAMED for v in node.all(self._bud + name))
        for node in self._nodes.values():
            wanted.update(iri for name in _KINDS for iri in node.iris(self._bud + name))
        return wanted

    def head(self, shower: Shower) -> list[tuple[str, Any]]:
        rows: list[tuple[str, Any]] = []
        for name in _HEAD:
            prefix, _, local = name.rpartition(":")
            property_ = (PREFIXES[prefix] if prefix else self._bud) + local
            values = self._report.all(property_)
            rows += [(f"report.{local}", shower.term(value, property_)) for value in values]
        for unit in self._units:
            regions = unit.iris(f"{self._bud}region")
            rows[1:1] = [("report.region", shower.iri(region)) for region in regions]
        return rows

    def place(self, shower: Shower, place: Place) -> Mapping[str, Any]:
        most = self._view.site.settings.table_rows
        common = [iri for iri in place.common if iri and not is_all(iri) and iri != self._usual]
        said = [kind for kind in _SAID if any(kind in row.said for row in place.rows)]
        heads = [" · ".join(shower.iri(i).text for i in place.heading(c)) for c in place.columns]
        return {
            "name": shower.iri(place.iri),
            "anchor": place.iri.rpartition("/")[2],
            "common": [shower.iri(iri) for iri in common],
            "columns": [*heads, *(self._view.text(f"said.{kind}") for kind in said)],
            "explained": any("Explanation" in row.said for row in place.rows),
            "rows": [self._row(shower, place, row, said) for row in place.rows[:most]],
            "more": max(0, len(place.rows) - most),
        }

    def _row(
        self, shower: Shower, place: Place, row: Line, said: Sequence[str]
    ) -> Mapping[str, Any]:
        stated = (row.stated.get(column, ()) for column in place.columns)
        beside = (row.said.get(kind, ()) for kind in said)
        return {
            "about": [shower.iri(iri) for iri in place.about(row)],
            "depth": len(row.wholes),
            "year": row.year if row.year != self._year else None,
            "text": row.text,
            "cells": [[self._entry(shower, e) for e in cell] for cell in (*stated, *beside)],
            "reasons": [
                {"text": e.node.one(f"{self._bud}text"), "spot": shower.spot(e.node)}
                for e in row.said.get("Explanation", ())
            ],
        }

    def _entry(self, shower: Shower, entry: Entry) -> Mapping[str, Any]:
        """A fact as a cell shows it."""
        bud, node = self._bud, entry.node
        value, printed = self._value(entry)
        return {
            "href": self._view.links.href(node.iri),
            "value": value,
            "unit": node.one(f"{bud}countUnit"),
            "printed": printed,
            "kinds": [shower.iri(iri).text for name in _KINDS for iri in node.iris(bud + name)],
            "restates": bool(node.all(f"{bud}restates")),
            "contested": (node.one(f"{bud}agreement") or "").endswith("/contested"),
            "spot": shower.spot(node),
        }

    def _value(self, entry: Entry) -> tuple[str | None, str | None]:
        """A fact's number, and what the report prints where that is another form of it."""
        bud, node = self._bud, entry.node
        match entry.kind:
            case "Ratio":
                percent = node.decimal(f"{bud}percent")
                return (None if percent is None else f"{grouped(percent)}%"), None
            case "Count":
                count, printed = node.integer(f"{bud}count") or 0, node.one(f"{bud}reportedCount")
                is_same = printed is None or printed.replace(",", "") == str(count)
                return grouped(count), None if is_same else printed
            case _:
                amount = node.decimal(f"{bud}amount")
                return in_wan(amount, node.one(f"{bud}reportedAmount"))
