"""Tables with a row for each 科目: what their columns are about, and what they add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kg.facts import Function
from kg.sample.accounts import Line, by_code
from kg.sample.labels import label
from kg.sample.slots import Slot
from kg.sample.tables.cells import Cells, Grid, table_data

#: A column of a table by 科目: what its figures are about, and how much it is for some lines.
Column = tuple[dict[str, Any], Callable[[Sequence[Line]], int]]


def by_function(cells: Cells, place: str, lines: Sequence[Line], columns: Sequence[Column]) -> Grid:
    """The totals of some lines, then a row for each 类, 款 and 项 of them that has a figure."""
    total = table_data()[place][f"{cells.dialect}_total"].split("|")
    figures = [cells.cell(place, value(lines), **about) for about, value in columns]
    rows = [total + figures]
    for code, under in by_code(lines).items():
        values = [value(under) for _, value in columns]
        if any(values):
            rows.append(_function_row(cells, place, code, columns, values))
    grid = cells.grid(place, rows)
    grid.totals.add(0)
    return grid


def _function_row(
    cells: Cells, place: str, code: str, columns: Sequence[Column], values: Sequence[int]
) -> list[str]:
    name = Slot("function-name", label(code), place)
    printed = cells.draft.mark(name)
    # of a code in three columns, the last that isn't empty can be misprinted
    levels = [code[:3], code[3:5], code[5:7]] if cells.dialect == "levels" else [code]
    last = max(n for n, digits in enumerate(levels) if digits)
    name.code = Slot("function-code", levels[last], place)
    levels[last] = cells.draft.mark(name.code)
    blank = ["", ""] if cells.dialect == "markdown" else []
    lead = [*levels, *blank, printed]
    function = Function(code)
    return lead + [
        cells.cell(place, value, name, function=function, **about)
        for (about, _), value in zip(columns, values, strict=True)
    ]


def income_columns(cells: Cells) -> list[Column]:
    """All income, that of fiscal appropriation, then each other kind."""
    columns: list[Column] = [
        ({"flow": "income"}, lambda es: sum(e.fiscal_income + e.other_income for e in es)),
        ({"flow": "income", "fund": "fiscal"}, lambda es: sum(e.fiscal_income for e in es)),
    ]
    for item in cells.rows["other_income"]:
        own = item == cells.accounts.other_item
        columns.append(({"flow": "income", "item": item}, _other_income if own else _nothing))
    return columns


def _nothing(_lines: Sequence[Line]) -> int:
    return 0


def _other_income(lines: Sequence[Line]) -> int:
    return sum(e.other_income for e in lines)


EXPENDITURE: list[Column] = [
    ({}, lambda lines: sum(e.total for e in lines)),
    ({"nature": "basic"}, lambda lines: sum(e.basic + e.other_basic for e in lines)),
    ({"nature": "project"}, lambda lines: sum(e.project + e.other_project for e in lines)),
    ({"nature": "paid-up"}, _nothing),
    ({"nature": "business"}, _nothing),
    ({"nature": "subsidy"}, _nothing),
]


def natures(fund: str) -> list[Column]:
    """What was spent of a fund, and of which nature."""
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
