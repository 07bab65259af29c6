"""The nine tables of a unit's accounts as rows of cells; how their heads look is `tables.toml`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Any

from kg.codes import load_code_lists
from kg.facts import Dimensions, Function
from kg.resources import toml
from kg.sample.accounts import FUNDS, Accounts, Line, by_code
from kg.sample.amounts import NumberForm
from kg.sample.numerals import chinese
from kg.sample.slots import Draft, Slot
from kg.sample.telling import label

#: A column of a table by 科目: what its figures are about, and how much it is for some lines.
Column = tuple[dict[str, Any], Callable[[Sequence[Line]], int]]


@dataclass
class Grid:
    """A table: rows of cells, and which of the rows are totals."""

    place: str
    title: str
    head: list[list[str]]
    rows: list[list[str]]
    notes: list[str]
    department: str = ""
    totals: set[int] = field(default_factory=set)

    @property
    def width(self) -> int:
        return max(map(len, [*self.head, *self.rows]))


@functools.cache
def table_data() -> dict[str, Any]:
    """The layouts of the tables (`tables.toml`)."""
    return toml(__package__, "tables.toml")


class Tables:
    """The tables of one report, in the heads of one style (``ocr`` or ``markdown``)."""

    def __init__(self, accounts: Accounts, form: NumberForm, draft: Draft, style: str) -> None:
        self._accounts = accounts
        self._form = form
        self._draft = draft
        self._style = style
        self._rows = table_data()["rows"]

    def all(self) -> dict[str, Grid]:
        """Every table by its place."""
        a = self._accounts
        fiscal, general = list(a.lines), a.general
        return {
            "T01": self._overall(),
            "T02": self._by_function("T02", fiscal, self._income_columns()),
            "T03": self._by_function("T03", fiscal, EXPENDITURE),
            "T04": self._fiscal(),
            "T05": self._by_function("T05", general, _natures("general")),
            "T06": self._economic(),
            "T07": self._by_function("T07", a.of("government-fund"), FUND),
            "T08": self._by_function("T08", a.of("state-capital"), _natures("state-capital")),
            "T09": self._three_public(),
        }

    # --- cells

    def _cell(self, place: str, value: int, name: Slot | None = None, **about: Any) -> str:
        """A figure's cell; most reports print nothing for nothing."""
        if not value and not self._form.zeros:
            return ""
        slot = Slot("statement", self._form.money(value), place, name=name)
        slot.dimensions = Dimensions(self._accounts.year, place, **about)
        return self._draft.mark(slot)

    def _grid(self, place: str, rows: list[list[str]]) -> Grid:
        layout = table_data()[place]
        head = [row.split("|") for row in layout[self._style]]
        unit = self._draft.mark(Slot("unit-name", self._accounts.unit.name, place))
        return Grid(place, layout["title"], head, rows, layout["notes"], f"部门：{unit}")

    # --- tables with a row a 科目

    def _by_function(self, place: str, lines: Sequence[Line], columns: Sequence[Column]) -> Grid:
        total = table_data()[place][f"{self._style}_total"].split("|")
        figures = [self._cell(place, value(lines), **about) for about, value in columns]
        rows = [total + figures]
        for code, under in by_code(lines).items():
            values = [value(under) for _, value in columns]
            if any(values):
                rows.append(self._function_row(place, code, columns, values))
        grid = self._grid(place, rows)
        grid.totals.add(0)
        return grid

    def _function_row(
        self, place: str, code: str, columns: Sequence[Column], values: Sequence[int]
    ) -> list[str]:
        name = Slot("function-name", label(code), place)
        printed = self._draft.mark(name)
        lead = [code, printed] if self._style == "ocr" else [code, "", "", printed]
        function = Function(code)
        return lead + [
            self._cell(place, value, name, function=function, **about)
            for (about, _), value in zip(columns, values, strict=True)
        ]

    def _income_columns(self) -> list[Column]:
        columns: list[Column] = [
            ({"flow": "income"}, lambda es: sum(e.fiscal_income + e.other_income for e in es)),
            ({"flow": "income", "fund": "fiscal"}, lambda es: sum(e.fiscal_income for e in es)),
        ]
        for item in self._rows["other_income"]:
            own = item == self._accounts.other_item
            columns.append(({"flow": "income", "item": item}, _other_income if own else _nothing))
        return columns

    # --- tables of two sides

    def _overall(self) -> Grid:
        a, cell = self._accounts, functools.partial(self._cell, "T01")
        left = [""] * 31
        names = [""] * 31
        for n, (name, what) in enumerate(self._rows["T01_income"]):
            names[n] = name
            if what in FUNDS:
                left[n] = cell(a.received(what), flow="income", fund=what)
            elif what == a.other_item:
                left[n] = cell(a.other_income, flow="income", item=what)
        names[26:] = "本年收入合计", "使用非财政拨款结余", "年初结转和结余", "", "总计"
        left[26] = cell(a.income, flow="income")
        left[27] = cell(a.surplus_used, flow="income", item="use-of-non-fiscal-surplus")
        left[28] = cell(a.opening(*FUNDS), flow="income", item="opening-carry-over")
        left[30] = cell(a.grand_total, flow="income", item="grand-total")
        spent = by_code(a.lines)
        right = [
            cell(sum(e.total for e in spent.get(code, ())), function=Function(code))
            for code in self._rows["classes"]
        ]
        right += [
            cell(a.expenditure),
            cell(a.distributed, item="surplus-distribution"),
            cell(a.closing(*FUNDS), item="closing-carry-over"),
            "",
            cell(a.grand_total, item="grand-total"),
        ]
        right_names = ["本年支出合计", "结余分配", "年末结转和结余", "", "总计"]
        return self._sides("T01", names, left, right_names, [[r] for r in right])

    def _fiscal(self) -> Grid:
        a, cell = self._accounts, functools.partial(self._cell, "T04", flow="income")
        names = [row[0] for row in self._rows["T04_income"]] + [""] * 23
        left = [cell(a.received(fund), fund=fund) for fund in FUNDS] + [""] * 23
        names += ["本年收入合计", "年初财政拨款结转和结余"]
        left.append(cell(a.fiscal_income, fund="fiscal"))
        left.append(cell(a.opening(*FUNDS), fund="fiscal", item="opening-carry-over"))
        for fund, row in zip(FUNDS, self._rows["T04_income"], strict=True):
            names.append(row[0].partition("、")[2])
            left.append(cell(a.opening(fund), fund=fund, item="opening-carry-over"))
        names.append("总计")
        left.append(cell(a.fiscal_grand_total, fund="fiscal", item="grand-total"))
        spent = by_code(a.lines)
        right = [
            self._funds(_sums(spent.get(code, ()), _fiscal), function=Function(code))
            for code in self._rows["classes"]
        ]
        right.append(self._funds(_sums(a.lines, _fiscal)))
        right.append(self._funds(_sums(a.lines, _closing), item="closing-carry-over"))
        right += [[""] * 4] * 3
        right.append(self._funds(_sums(a.lines, _fiscal_total), item="grand-total"))
        right_names = ["本年支出合计", "年末财政拨款结转和结余", "", "", "", "总计"]
        return self._sides("T04", names, left, right_names, right)

    def _funds(self, sums: dict[str, int], **about: Any) -> list[str]:
        """A row's cells under 合计 and the three funds."""
        return [self._cell("T04", value, fund=fund, **about) for fund, value in sums.items()]

    def _sides(
        self,
        place: str,
        names: list[str],
        left: list[str],
        right_names: list[str],
        right: list[list[str]],
    ) -> Grid:
        codes = self._rows["classes"]
        classes = [f"{chinese(n)}、{label(code)}" for n, code in enumerate(codes, 1)]
        count = len(names)
        rows = [
            [name, str(n), amount, other, str(n + count), *amounts]
            for n, (name, amount, other, amounts) in enumerate(
                zip(names, left, classes + right_names, right, strict=True), 1
            )
        ]
        grid = self._grid(place, rows)
        grid.totals = {26, count - 1}
        return grid

    # --- the others

    def _economic(self) -> Grid:
        a = self._accounts
        about: dict[str, Any] = {"fund": "general", "nature": "basic"}
        never = self._rows["T06_never"]
        codes = [c for c in load_code_lists().economic.codes() if c not in never]
        sides = []
        for classes in self._rows[f"T06_{self._style}"]:
            side = []
            for code in (c for c in codes if c[:3] in classes):
                value = a.economic_total(code) if len(code) == 3 else a.economic.get(code, 0)
                side.append([code, label(code), self._cell("T06", value, economic=code, **about)])
            sides.append(side)
        blank = [""] * 3
        rows = [list(chain(*parts)) for parts in zip_longest(*sides, fillvalue=blank)]
        personnel = self._cell("T06", a.personnel, fund="general", nature="personnel")
        operating = self._cell("T06", a.operating, fund="general", nature="operating")
        rows.append(["", "人员经费合计", personnel, "", "公用经费合计", "", "", "", operating])
        grid = self._grid("T06", rows)
        grid.totals.add(len(rows) - 1)
        return grid

    def _three_public(self) -> Grid:
        a = self._accounts
        halves = (("budget", a.three_public_budgets), ("final", a.three_public))
        row = [
            self._cell("T09", values[item], fund="fiscal", phase=phase, item=item)
            for phase, values in halves
            for item in self._rows["three_public"]
        ]
        return self._grid("T09", [row])


# --- what columns add up


def _nothing(_lines: Sequence[Line]) -> int:
    return 0


def _other_income(lines: Sequence[Line]) -> int:
    return sum(e.other_income for e in lines)


def _fiscal(line: Line) -> int:
    return line.fiscal


def _closing(line: Line) -> int:
    return line.closing


def _fiscal_total(line: Line) -> int:
    return line.fiscal + line.closing


def _sums(lines: Sequence[Line], value: Callable[[Line], int]) -> dict[str, int]:
    """The sum of all fiscal funds, then of each."""
    each = {fund: sum(value(e) for e in lines if e.fund == fund) for fund in FUNDS}
    return {"fiscal": sum(each.values()), **each}


EXPENDITURE: list[Column] = [
    ({}, lambda lines: sum(e.total for e in lines)),
    ({"nature": "basic"}, lambda lines: sum(e.basic + e.other_basic for e in lines)),
    ({"nature": "project"}, lambda lines: sum(e.project + e.other_project for e in lines)),
    ({"nature": "paid-up"}, _nothing),
    ({"nature": "business"}, _nothing),
    ({"nature": "subsidy"}, _nothing),
]


def _natures(fund: str) -> list[Column]:
    return [
        ({"fund": fund}, lambda lines: sum(e.fiscal for e in lines)),
        ({"fund": fund, "nature": "basic"}, lambda lines: sum(e.basic for e in lines)),
        ({"fund": fund, "nature": "project"}, lambda lines: sum(e.project for e in lines)),
    ]


_GOV: dict[str, Any] = {"fund": "government-fund"}
FUND: list[Column] = [
    (
        {"flow": "income", "item": "opening-carry-over", **_GOV},
        lambda es: sum(e.opening for e in es),
    ),
    ({"flow": "income", **_GOV}, lambda lines: sum(e.fiscal_income for e in lines)),
    (_GOV, lambda lines: sum(e.fiscal for e in lines)),
    ({"nature": "basic", **_GOV}, lambda lines: sum(e.basic for e in lines)),
    ({"nature": "project", **_GOV}, lambda lines: sum(e.project for e in lines)),
    ({"item": "closing-carry-over", **_GOV}, lambda lines: sum(e.closing for e in lines)),
]
