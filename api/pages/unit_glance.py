"""A unit's year at a glance: what came in, what was spent and on what, by its charts' numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from api.charts.numbers import Line, Numbers, local
from api.charts.page import Charts
from api.pages.money import grouped, per_cent, wan
from api.pages.view import View

#: What was planned for three-public spending, the first that is stated.
_PLANNED = ("budget", "initial-budget", "adjusted-budget")
_PARTS = ("going-abroad", "vehicles", "reception")


class Total(NamedTuple):
    """A number of the year, with what it is told beside, and the chart that has it."""

    name: str
    number: str
    beside: str | None
    chart: str


def glance(view: View, charts: Charts) -> list[Total]:
    """The totals of the year that a unit's page shows; what no report states is left out."""
    if charts.year is None:  # a unit that others tell of, without a report of its own
        return []
    found = _Glance(view, charts, charts.year)
    totals = (
        found.flow("income"),
        found.flow("expenditure"),
        found.three_public(),
        found.projects(),
        found.indicators(),
        found.findings(),
    )
    return [total for total in totals if total]


class _Glance:
    def __init__(self, view: View, charts: Charts, year: int) -> None:
        self._view = view
        self._charts = charts
        self._year, self._before = str(year), str(year - 1)

    def flow(self, flow: str) -> Total | None:
        """Income or spending, against the year before."""
        now, before = (
            self._cells("unit-years", year).get(flow) for year in (self._year, self._before)
        )
        if now is None:
            return None
        beside = self._text("prior", _change(now, before)) if before else None
        return Total(flow, self._money(now), beside, "unit-years")

    def three_public(self) -> Total | None:
        cells = self._cells("unit-three-public", self._year)
        parts = [cells[name] for name in _PARTS if name in cells]
        spent = cells.get("three-public", sum(parts, Decimal(0)) if parts else None)
        if spent is None:
            return None
        planned = next((cells[name] for name in _PLANNED if name in cells), None)
        beside = self._text("share", per_cent(spent, planned)) if planned else None
        return Total("three-public", self._money(spent), beside, "unit-three-public")

    def projects(self) -> Total | None:
        lines = self._lines("unit-projects")
        planned, done = (
            sum((line.cells[n].number for line in lines if n in line.cells), Decimal(0))
            for n in ("budget", "executed")
        )
        beside = self._text("executed", per_cent(done, planned)) if planned else None
        return Total("projects", grouped(len(lines)), beside, "unit-projects") if lines else None

    def indicators(self) -> Total | None:
        cells = self._cells("unit-indicators", self._year)
        met, all_ = cells.get("true", Decimal(0)), sum(cells.values(), Decimal(0))
        if not all_:
            return None
        number = f"{grouped(met)} / {grouped(all_)}"
        return Total(
            "indicators", number, self._text("met", per_cent(met, all_)), "unit-indicators"
        )

    def findings(self) -> Total | None:
        if not self._lines("unit-findings"):
            return None
        number = sum(self._cells("unit-findings", self._year).values(), Decimal(0))
        return Total("findings", grouped(number), None, "unit-findings")

    def _lines(self, chart: str) -> Sequence[Line]:
        numbers: Numbers | None = self._charts.numbers(chart)
        return numbers.lines if numbers else ()

    def _cells(self, chart: str, year: str) -> Mapping[str, Decimal]:
        rows = [line for line in self._lines(chart) if local(line.key)[:4] == year]
        return {name: cell.number for row in rows for name, cell in row.cells.items()}

    def _money(self, yuan: Decimal) -> str:
        return self._view.text("unit.wan", number=wan(yuan))

    def _text(self, key: str, percent: str) -> str:
        return self._view.text(f"glance.{key}", percent=percent)


def _change(now: Decimal, before: Decimal) -> str:
    return f"{(now - before) * 100 / before:+.1f}%".replace("-", "−")
