"""A report's page: its head, its findings, and every figure by the place that states it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.money import grouped, in_wan
from api.nodes import Node, nodes_of
from api.places import DERIVED, Entry, Line, Place, is_all, places_of
from api.shown import Shower, iris_of, sources_of
from api.view import View
from kg.vocabulary import PREFIXES

_SH = PREFIXES["sh"]
_SEVERITIES = ("Violation", "Warning", "Info")
_HEAD = ("unit", "fiscalYear", "dct:issued", "schema:telephone", "dct:format", "sha256")
#: What nodes outside the tables point to, and is shown by its name.
_NAMED = ("project", "rule", "involves", "unit", "region")
#: What ratios and changes say of their kind.
_KINDS = ("ratioKind", "changeBase", "base")


def report_content(view: View, iri: str) -> Mapping[str, Any]:
    """What the report's template shows."""
    store, make = view.site.store, view.site.queries.make
    nodes = nodes_of(store.select(make("graph", graph=iri)).rows)
    findings = list(nodes_of(store.select(make("findings", report=iri)).rows).values())
    places = places_of(nodes.values(), view.site.namespace)
    report = ReportPage(view, nodes, iri)
    shower = report.shower(findings, places)
    return {
        "iri": iri,
        "name": shower.iri(iri),
        "head": report.head(shower),
        "entry": view.site.release.reports.get(iri),
        "findings": [report.finding(shower, node) for node in sorted(findings, key=_severity)],
        "places": [report.place(shower, place) for place in places],
        "evaluations": [report.evaluation(shower, node) for node in report.evaluations],
    }


def _severity(finding: Node) -> tuple[int, str]:
    """The gravest findings first."""
    name = (finding.one(f"{_SH}resultSeverity") or "").removeprefix(_SH)
    rank = _SEVERITIES.index(name) if name in _SEVERITIES else len(_SEVERITIES)
    return rank, finding.iri


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
        self.evaluations = [
            node for _, node in sorted(nodes.items()) if f"{bud}Evaluation" in node.types
        ]

    def shower(self, findings: Iterable[Node], places: Iterable[Place]) -> Shower:
        """What shows this page's terms: it asks for the names of all of them at once."""
        named = [self._report, *self._units, *self.evaluations, *findings]
        wanted = {self._report.iri, *(iri for place in places for iri in place.iris())}
        for node in named:
            wanted |= iris_of(v for name in _NAMED for v in node.all(self._bud + name))
        for node in self._nodes.values():
            wanted.update(iri for name in _KINDS for iri in node.iris(self._bud + name))
        return Shower(self._view, self._view.labels(wanted), sources_of(self._view))

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

    def finding(self, shower: Shower, node: Node) -> Mapping[str, Any]:
        bud = self._bud
        return {
            "name": shower.iri(node.iri),
            "severity": (node.one(f"{_SH}resultSeverity") or "").removeprefix(_SH),
            "message": node.text(f"{_SH}resultMessage", self._view.language),
            "rule": [shower.term(rule) for rule in node.all(f"{bud}rule")],
            "numbers": [
                (f"finding.{name}", shower.term(value, bud + name))
                for name in ("expected", "found", "difference")
                for value in node.all(bud + name)
            ],
            "involves": [shower.term(value) for value in node.all(f"{bud}involves")],
            "passages": [shower.term(value) for value in node.all(DERIVED)],
        }

    def evaluation(self, shower: Shower, node: Node) -> Mapping[str, Any]:
        bud = self._bud
        budget, executed = f"{bud}budgetAmount", f"{bud}executedAmount"
        texts = ("outputs", "problems", "improvements")
        return {
            "name": shower.iri(node.iri),
            "project": [shower.term(project) for project in node.all(f"{bud}project")],
            "budget": [shower.term(value, budget) for value in node.all(budget)],
            "executed": [shower.term(value, executed) for value in node.all(executed)],
            "rate": node.decimal(f"{bud}executionRate"),
            "score": node.decimal(f"{bud}score"),
            "texts": [
                (f"evaluation.{name}", node.text(bud + name, self._view.language))
                for name in texts
                if node.all(bud + name)
            ],
            "passages": [shower.term(value) for value in node.all(DERIVED)],
        }

    def place(self, shower: Shower, place: Place) -> Mapping[str, Any]:
        most = self._view.site.settings.table_rows
        common = [iri for iri in place.common if iri and not is_all(iri) and iri != self._usual]
        return {
            "name": shower.iri(place.iri),
            "anchor": place.iri.rpartition("/")[2],
            "common": [shower.iri(iri) for iri in common],
            "columns": [[shower.iri(i).text for i in place.heading(c)] for c in place.columns],
            "rows": [self._row(shower, place, row) for row in place.rows[:most]],
            "more": max(0, len(place.rows) - most),
        }

    def _row(self, shower: Shower, place: Place, row: Line) -> Mapping[str, Any]:
        return {
            "about": [shower.iri(iri) for iri in place.about(row)],
            "year": row.year if row.year != self._year else None,
            "text": row.text,
            "cells": [self._entries(shower, row.amounts.get(c, ())) for c in place.columns],
            "ratios": self._entries(shower, row.ratios),
            "changes": self._entries(shower, row.changes),
            "reasons": self._entries(shower, row.reasons),
        }

    def _entries(self, shower: Shower, entries: Sequence[Entry]) -> list[Mapping[str, Any]]:
        return [self._entry(shower, entry.node) for entry in entries]

    def _entry(self, shower: Shower, node: Node) -> Mapping[str, Any]:
        """A fact as a cell shows it."""
        bud, href = self._bud, self._view.links.href
        percent = node.decimal(f"{bud}percent")
        amount, printed = in_wan(node.decimal(f"{bud}amount"), node.one(f"{bud}reportedAmount"))
        return {
            "href": href(node.iri),
            "amount": amount,
            "printed": printed,
            "percent": grouped(percent) if percent is not None else None,
            "text": node.one(f"{bud}text"),
            "kinds": [shower.iri(i).text for name in _KINDS[:2] for i in node.iris(bud + name)],
            "restates": bool(node.all(f"{bud}restates")),
            "contested": (node.one(f"{bud}agreement") or "").endswith("/contested"),
            "passage": href(node.one(DERIVED) or ""),
            "line": node.integer(f"{bud}line"),
            "page": node.integer(f"{bud}page"),
        }
