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
from kg.sample.accounts import FUNDS, PERSONNEL, Accounts, Line, by_code
from kg.sample.amounts import NumberForm
from kg.sample.dice import Dice
from kg.sample.numerals import chinese
from kg.sample.slots import Draft, Slot
from kg.sample.styles import Look
from kg.sample.telling import label

#: A column of a table by 科目: what its figures are about, and how much it is for some lines.
Column = tuple[dict[str, Any], Callable[[Sequence[Line]], int]]


@dataclass
class Grid:
    """A table: rows of cells, and which of the rows are totals."""

    place: str
    title: str
    number: str
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
    """The tables of one report, titled as its style does and in the heads of one dialect."""

    def __init__(
        self, accounts: Accounts, form: NumberForm, draft: Draft, look: Look, dice: Dice
    ) -> None:
        self._accounts = accounts
        self._form = form
        self._draft = draft
        self._look = look
        self._style = _dialect(look)
        self._title, self._number = (
            (look.title[0], look.number[0])
            if look.layout != "text"
            else (dice.choice(look.title), dice.choice(look.number))
        )
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
        slot.counted_in = self._form.unit
        slot.dimensions = Dimensions(self._accounts.year, place, **about)
        return self._draft.mark(slot)

    def _grid(self, place: str, rows: list[list[str]]) -> Grid:
        layout, look = table_data()[place], self._look
        dialect = look.public if place == "T09" and look.public in layout else self._style
        head = [row.split("|") for row in layout[dialect]]
        unit = self._draft.mark(Slot("unit-name", self._accounts.unit.name, place))
        n = look.tables.index(place) + 1
        known = {"n": n, "ordinal": chinese(n), "year": self._accounts.year}
        title = self._title.format(title=look.names.get(place, layout["title"]), **known)
        number, department = self._number.format(**known), f"{look.department}{unit}"
        return Grid(place, title, number, head, rows, layout["notes"], department)

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
        # of a code in three columns, the last that isn't empty can be misprinted
        levels = [code[:3], code[3:5], code[5:7]] if self._style == "levels" else [code]
        last = max(n for n, digits in enumerate(levels) if digits)
        name.code = Slot("function-code", levels[last], place)
        levels[last] = self._draft.mark(name.code)
        blank = ["", ""] if self._style == "markdown" else []
        lead = [*levels, *blank, printed]
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
        left = []
        for name, what in self._rows["T01_income"]:
            amount = ""
            if what in FUNDS:
                amount = cell(a.received(what), flow="income", fund=what)
            elif what == a.other_item:
                amount = cell(a.other_income, flow="income", item=what)
            left.append((name, amount))
        surplus, opening = a.surplus_used, a.opening_total
        left_totals = [
            ("本年收入合计", cell(a.income, flow="income")),
            ("使用非财政拨款结余", cell(surplus, flow="income", item="use-of-non-fiscal-surplus")),
            ("年初结转和结余", cell(opening, flow="income", item="opening-carry-over")),
            ("", ""),
            ("总计", cell(a.grand_total, flow="income", item="grand-total")),
        ]
        spent = by_code(a.lines)
        right = [
            [cell(sum(e.total for e in spent.get(code, ())), function=Function(code))]
            for code in self._rows["classes"]
        ]
        right_totals = [
            ("本年支出合计", [cell(a.expenditure)]),
            ("结余分配", [cell(a.distributed, item="surplus-distribution")]),
            ("年末结转和结余", [cell(a.closing_total, item="closing-carry-over")]),
            ("", [""]),
            ("总计", [cell(a.grand_total, item="grand-total")]),
        ]
        return self._sides("T01", left, left_totals, right, right_totals)

    def _fiscal(self) -> Grid:
        a, cell = self._accounts, functools.partial(self._cell, "T04", flow="income")
        names = [row[0] for row in self._rows["T04_income"]]
        left = [(n, cell(a.received(f), fund=f)) for n, f in zip(names, FUNDS, strict=True)]
        opening: dict[str, Any] = {"item": "opening-carry-over"}
        left_totals = [
            ("本年收入合计", cell(a.fiscal_income, fund="fiscal")),
            ("年初财政拨款结转和结余", cell(a.opening_total, fund="fiscal", **opening)),
        ]
        for name, fund in zip(names, FUNDS, strict=True):
            left_totals.append(
                (name.partition("、")[2], cell(a.opening(fund), fund=fund, **opening))
            )
        left_totals.append(("总计", cell(a.fiscal_grand_total, fund="fiscal", item="grand-total")))
        spent, blank = by_code(a.lines), [""] * 4
        right = [
            self._funds(_sums(spent.get(code, ()), _fiscal), function=Function(code))
            for code in self._rows["classes"]
        ]
        closing = self._funds(_sums(a.lines, _closing), item="closing-carry-over")
        right_totals = [
            ("本年支出合计", self._funds(_sums(a.lines, _fiscal))),
            ("年末财政拨款结转和结余", closing),
            *[("", blank)] * 3,
            ("总计", self._funds(_sums(a.lines, _fiscal_total), item="grand-total")),
        ]
        return self._sides("T04", left, left_totals, right, right_totals)

    def _funds(self, sums: dict[str, int], **about: Any) -> list[str]:
        """A row's cells under 合计 and the three funds."""
        return [self._cell("T04", value, fund=fund, **about) for fund, value in sums.items()]

    def _sides(
        self,
        place: str,
        left: list[tuple[str, str]],
        left_totals: list[tuple[str, str]],
        right: list[list[str]],
        right_totals: list[tuple[str, list[str]]],
    ) -> Grid:
        """Income beside the classes of expenditure, the totals of both below."""
        codes = self._rows["classes"]
        if self._style == "levels":  # only classes in which something was spent
            spent = [(code, cells) for code, cells in zip(codes, right, strict=True) if any(cells)]
            codes, right = [code for code, _ in spent], [cells for _, cells in spent]
        classes = [f"{chinese(n)}、{label(code)}" for n, code in enumerate(codes, 1)]
        upper = list(zip(classes, right, strict=True))
        height = max(len(left), len(upper))
        upper += [("", [""] * len(right_totals[0][1]))] * (height - len(upper))
        left = left + [("", "")] * (height - len(left)) + left_totals
        lines, count = self._style != "levels", len(left)
        rows = [
            [name, *[str(n)][:lines], amount, other, *[str(n + count)][:lines], *amounts]
            for n, ((name, amount), (other, amounts)) in enumerate(
                zip(left, upper + right_totals, strict=True), 1
            )
        ]
        grid = self._grid(place, rows)
        grid.totals = {height, count - 1}
        return grid

    # --- the others

    def _economic(self) -> Grid:
        if self._style == "levels":
            return self._economic_rows()
        sides = []
        for classes in self._rows[f"T06_{self._style}"]:
            codes = (c for c in self._economic_codes() if c[:3] in classes)
            cells = ((code, self._economic_cell(code, _nature(code))) for code in codes)
            sides.append([[code, label(code), cell] for code, cell in cells])
        blank = [""] * 3
        rows = [list(chain(*parts)) for parts in zip_longest(*sides, fillvalue=blank)]
        personnel, operating = self._natures_of_basic()
        rows.append(["", "人员经费合计", personnel, "", "公用经费合计", "", "", "", operating])
        grid = self._grid("T06", rows)
        grid.totals.add(len(rows) - 1)
        return grid

    def _economic_rows(self) -> Grid:
        """A row an item, its amount under 合计 and under 人员经费 or 公用经费."""
        a = self._accounts
        total = self._cell("T06", a.general_basic, fund="general", nature="basic")
        rows = [["合计", "", "", total, *self._natures_of_basic()]]
        for code in self._economic_codes():
            if not self._economic_amount(code):
                continue
            own = _nature(code)
            cells = [
                self._economic_cell(code, own) if nature == own else ""
                for nature in ("personnel", "operating")
            ]
            rows.append([code[:3], code[3:], label(code), self._economic_cell(code), *cells])
        return self._grid("T06", rows)

    def _economic_codes(self) -> list[str]:
        never = self._rows["T06_never"]
        return [c for c in load_code_lists().economic.codes() if c not in never]

    def _economic_amount(self, code: str) -> int:
        a = self._accounts
        return a.economic_total(code) if len(code) == 3 else a.economic.get(code, 0)

    def _economic_cell(self, code: str, nature: str = "basic") -> str:
        amount = self._economic_amount(code)
        return self._cell("T06", amount, economic=code, fund="general", nature=nature)

    def _natures_of_basic(self) -> list[str]:
        a = self._accounts
        return [
            self._cell("T06", amount, fund="general", nature=nature)
            for amount, nature in ((a.personnel, "personnel"), (a.operating, "operating"))
        ]

    def _three_public(self) -> Grid:
        a, items = self._accounts, self._rows["three_public"]
        halves = (("budget", a.three_public_budgets), ("final", a.three_public))
        columns = [(item, phase, values) for phase, values in halves for item in items]
        if self._look.public == "pairs":
            columns.sort(key=lambda column: items.index(column[0]))
        row = [
            self._cell("T09", values[item], fund="fiscal", phase=phase, item=item)
            for item, phase, values in columns
        ]
        return self._grid("T09", [row])


def _dialect(look: Look) -> str:
    """Which of the heads of `tables.toml` a style has."""
    if look.rows == "levels":
        return "levels"
    return "markdown" if look.layout == "markdown" else "ocr"


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


def _nature(code: str) -> str:
    """What kind of basic expenditure an economic class is."""
    return "personnel" if code[:3] in PERSONNEL else "operating"
