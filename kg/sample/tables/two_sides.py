"""Tables of two sides: income beside the classes of expenditure, with the totals of both."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from kg.facts import Function
from kg.sample.accounts import FUNDS, Line, by_code
from kg.sample.labels import label
from kg.sample.numerals import chinese
from kg.sample.tables.cells import Cells, Grid


def overall(cells: Cells) -> Grid:
    """All income and expenditure."""
    a, cell = cells.accounts, functools.partial(cells.cell, "T01")
    left = []
    for name, what in cells.rows["T01_income"]:
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
        for code in cells.rows["classes"]
    ]
    right_totals = [
        ("本年支出合计", [cell(a.expenditure)]),
        ("结余分配", [cell(a.distributed, item="surplus-distribution")]),
        ("年末结转和结余", [cell(a.closing_total, item="closing-carry-over")]),
        ("", [""]),
        ("总计", [cell(a.grand_total, item="grand-total")]),
    ]
    return _sides(cells, "T01", (left, left_totals), (right, right_totals))


def fiscal(cells: Cells) -> Grid:
    """Fiscal appropriation, its expenditure by fund."""
    a, cell = cells.accounts, functools.partial(cells.cell, "T04", flow="income")
    names = [row[0] for row in cells.rows["T04_income"]]
    left = [(n, cell(a.received(f), fund=f)) for n, f in zip(names, FUNDS, strict=True)]
    opening: dict[str, Any] = {"item": "opening-carry-over"}
    left_totals = [
        ("本年收入合计", cell(a.fiscal_income, fund="fiscal")),
        ("年初财政拨款结转和结余", cell(a.opening_total, fund="fiscal", **opening)),
    ]
    for name, fund in zip(names, FUNDS, strict=True):
        left_totals.append((name.partition("、")[2], cell(a.opening(fund), fund=fund, **opening)))
    left_totals.append(("总计", cell(a.fiscal_grand_total, fund="fiscal", item="grand-total")))
    spent, blank = by_code(a.lines), [""] * 4
    right = [
        _funds(cells, _sums(spent.get(code, ()), _fiscal), function=Function(code))
        for code in cells.rows["classes"]
    ]
    closing = _funds(cells, _sums(a.lines, _closing), item="closing-carry-over")
    right_totals = [
        ("本年支出合计", _funds(cells, _sums(a.lines, _fiscal))),
        ("年末财政拨款结转和结余", closing),
        *[("", blank)] * 3,
        ("总计", _funds(cells, _sums(a.lines, _fiscal_total), item="grand-total")),
    ]
    return _sides(cells, "T04", (left, left_totals), (right, right_totals))


def _funds(cells: Cells, sums: dict[str, int], **about: Any) -> list[str]:
    """A row's cells under 合计 and the three funds."""
    return [cells.cell("T04", value, fund=fund, **about) for fund, value in sums.items()]


def _sides(
    cells: Cells,
    place: str,
    income: tuple[list[tuple[str, str]], list[tuple[str, str]]],
    expenditure: tuple[list[list[str]], list[tuple[str, list[str]]]],
) -> Grid:
    """Income beside the classes of expenditure, the totals of both below."""
    (left, left_totals), (right, right_totals) = income, expenditure
    codes = cells.rows["classes"]
    if cells.dialect == "levels":  # only classes in which something was spent
        spent = [(code, row) for code, row in zip(codes, right, strict=True) if any(row)]
        codes, right = [code for code, _ in spent], [row for _, row in spent]
    classes = [f"{chinese(n)}、{label(code)}" for n, code in enumerate(codes, 1)]
    upper = list(zip(classes, right, strict=True))
    height = max(len(left), len(upper))
    upper += [("", [""] * len(right_totals[0][1]))] * (height - len(upper))
    left = left + [("", "")] * (height - len(left)) + left_totals
    lines, count = cells.dialect != "levels", len(left)
    rows = [
        [name, *[str(n)][:lines], amount, other, *[str(n + count)][:lines], *amounts]
        for n, ((name, amount), (other, amounts)) in enumerate(
            zip(left, upper + right_totals, strict=True), 1
        )
    ]
    grid = cells.grid(place, rows)
    grid.totals = {height, count - 1}
    return grid


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
