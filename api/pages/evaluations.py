"""A report's self-evaluations as its page shows them: each with its money, texts and indicators."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from api.nodes import Node
from api.pages.money import grouped
from api.pages.shown import Shower
from api.pages.view import View
from kg.vocabulary import PREFIXES

_LABEL = f"{PREFIXES['skos']}prefLabel"
#: Money as the table's columns, then what the form may state beside it.
_COLUMNS = ("budgetAmount", "executedAmount")
_BESIDE = ("initialAmount", "receivedAmount")
_TEXTS = ("goal", "outputs", "problems", "improvements")
#: What heads a group of indicators.
_LEVELS = ("level1", "level2")


class Evaluations:
    """The self-evaluations among a report's nodes, in the order of its text."""

    def __init__(self, nodes: Mapping[str, Node], view: View) -> None:
        self._view = view
        self._bud = view.site.namespace.ontology
        self._evaluations: list[Node] = []
        self._indicators: dict[str, list[Node]] = {}
        self._funding: dict[str, list[Node]] = {}
        for node in sorted(nodes.values(), key=lambda node: node.start):
            of = node.one(f"{self._bud}evaluation") or ""
            if f"{self._bud}Evaluation" in node.types:
                self._evaluations.append(node)
            elif f"{self._bud}Indicator" in node.types:
                self._indicators.setdefault(of, []).append(node)
            elif f"{self._bud}Funding" in node.types:
                self._funding.setdefault(of, []).append(node)

    def iris(self) -> set[str]:
        """What the evaluations and their indicators name."""
        wanted = {
            iri
            for node in self._evaluations
            for name in ("project", "place")
            for iri in node.iris(self._bud + name)
        }
        rows = [row for rows in self._indicators.values() for row in rows]
        return wanted | {iri for row in rows for n in _LEVELS for iri in row.iris(self._bud + n)}

    def shown(self, shower: Shower) -> list[Mapping[str, Any]]:
        """Each evaluation, as the template shows it."""
        return [self._evaluation(shower, node) for node in self._evaluations]

    def _evaluation(self, shower: Shower, node: Node) -> Mapping[str, Any]:
        bud = self._bud
        rows = [self._indicator(shower, row) for row in self._indicators.get(node.iri, [])]
        return {
            "href": self._view.links.href(node.iri),
            "project": [shower.iri(iri) for iri in node.iris(f"{bud}project")],
            "place": [shower.iri(iri) for iri in node.iris(f"{bud}place")],
            "kinds": node.values(f"{bud}projectKind"),
            "columns": [self._money(shower, node, name) for name in _COLUMNS],
            "beside": [
                (f"evaluation.{name}", shown)
                for name in _BESIDE
                if (shown := self._money(shower, node, name))
            ],
            "rate": self._number(node, "executionRate"),
            "score": self._number(node, "score"),
            "texts": [
                (f"evaluation.{name}", text)
                for name in _TEXTS
                if (text := node.text(bud + name, self._view.language))
            ],
            "funding": [self._source(shower, row) for row in self._funding.get(node.iri, [])],
            "count": len(rows),
            "met": sum(row["attained"] == "met" for row in rows),
            "groups": [(head, list(group)) for head, group in groupby(rows, lambda r: r["group"])],
            "weighed": any(row["weight"] for row in rows),
            "scored": any(row["score"] for row in rows),
            "spot": shower.spot(node),
        }

    def _source(self, shower: Shower, node: Node) -> Mapping[str, Any]:
        """A source of the money that is evaluated."""
        names = ("initialAmount", *_COLUMNS)
        return {
            "name": node.one(_LABEL),
            "numbers": [
                (f"evaluation.{name}", shown.text)
                for name in names
                if (shown := self._money(shower, node, name))
            ],
            "rate": self._number(node, "executionRate"),
            "spot": shower.spot(node),
        }

    def _indicator(self, shower: Shower, node: Node) -> Mapping[str, Any]:
        """A row of the table of indicators; its group is the goal and levels that it is under."""
        bud = self._bud
        levels = [shower.iri(iri).text for name in _LEVELS for iri in node.iris(bud + name)]
        return {
            "group": (node.integer(f"{bud}goalNumber"), " · ".join(levels)),
            "href": self._view.links.href(node.iri),
            "name": node.one(_LABEL),
            "target": node.one(f"{bud}target"),
            "actual": node.one(f"{bud}actual"),
            "reason": node.one(f"{bud}reason"),
            "weight": self._number(node, "weight"),
            "score": self._number(node, "score"),
            "attained": {"true": "met", "false": "missed"}.get(node.one(f"{bud}attained") or ""),
            "spot": shower.spot(node),
        }

    def _money(self, shower: Shower, node: Node, name: str) -> Any:
        """An amount in 万元, with its yuan; None where none is stated."""
        property_ = self._bud + name
        return next((shower.term(value, property_) for value in node.all(property_)), None)

    def _number(self, node: Node, name: str) -> str | None:
        number = node.decimal(self._bud + name)
        return None if number is None else grouped(number)
