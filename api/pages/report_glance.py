"""A report's year at a glance: its totals, each with the words that state it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from api.charts.numbers import local, number_of
from api.nodes import DERIVED, Node
from api.pages.money import per_cent
from api.pages.shown import Shower
from api.pages.view import View
from api.store import Row

#: The totals that tell of a year, in their order: flow, item, and the phases that may stand for it.
_TOTALS: Sequence[tuple[str, str, str, tuple[str, ...]]] = (
    ("income", "income", "all", ("final",)),
    ("expenditure", "expenditure", "all", ("final",)),
    ("planned", "expenditure", "all", ("initial-budget", "budget", "adjusted-budget")),
    ("three-public", "expenditure", "three-public", ("final",)),
    ("three-planned", "expenditure", "three-public", ("initial-budget", "budget")),
)
#: Each total with the one that it is told as a share of.
_SHARES = {"expenditure": "planned", "three-public": "three-planned"}


class Totals:
    """The totals that a report states."""

    def __init__(self, view: View, rows: Sequence[Row]) -> None:
        self._view = view
        self._bud = view.site.namespace.ontology
        found: dict[tuple[str, ...], Row] = {}
        for row in rows:
            found.setdefault(tuple(local(row[n]) for n in ("flow", "item", "phase")), row)
        self._rows: dict[str, Row] = {}
        for name, flow, item, phases in _TOTALS:
            rows_of = [found[key] for phase in phases if (key := (flow, item, phase)) in found]
            if rows_of:
                self._rows[name] = rows_of[0]

    def shown(self, shower: Shower) -> list[Mapping[str, Any]]:
        """Each total: amount, words that state it, share of the plan, and if it is contested."""
        return [self._total(shower, name, row) for name, row in self._rows.items()]

    def _total(self, shower: Shower, name: str, row: Row) -> Mapping[str, Any]:
        node = _node(row, self._bud)
        return {
            "name": name,
            "href": self._view.links.href(node.iri),
            "amount": shower.term(row["amount"], f"{self._bud}amount"),
            "share": self._share(name),
            "contested": local(row["agreement"]) == "contested",
            "words": shower.term(row["passage"]),
            "spot": shower.spot(node),
        }

    def _share(self, name: str) -> str | None:
        """How much of what was planned that is."""
        whole = self._rows.get(_SHARES.get(name, ""))
        planned = number_of(whole["amount"]) if whole else None
        done = number_of(self._rows[name]["amount"])
        if not planned or done is None:
            return None
        return self._view.text("glance.share", percent=per_cent(done, planned))


def totals_of(view: View, report: str) -> Totals:
    """The totals of a report, in one query."""
    code = view.site.namespace.code
    query = view.site.queries.make(
        "report_totals",
        report=report,
        function=code("functional/all"),
        nature=code("nature/all"),
        economic=code("economic/all"),
        item=code("item/all"),
        three=code("item/three-public"),
        fund=code("fund/all"),
    )
    return Totals(view, view.site.store.select(query).rows)


def _node(row: Row, bud: str) -> Node:
    figure = row["figure"]
    assert isinstance(figure, ox.NamedNode)
    node = Node(figure.value)
    node.add(DERIVED, row["passage"])
    for name in ("line", "page"):
        if name in row:
            node.add(bud + name, row[name])
    return node
