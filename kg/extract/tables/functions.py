"""Tables with a row a 科目 (02, 03, 05, 07, 08): by the code and name that open each row."""

from __future__ import annotations

import re
from collections import Counter

from kg.extract.functions import function_of_code
from kg.extract.layouts import layouts
from kg.extract.numbers import is_number
from kg.extract.tables.columns import columns_of
from kg.extract.tables.sheet import Row, Sheet

CHINESE = re.compile(r"[一-鿿]")


def read_functions(sheet: Sheet) -> None:
    """Read a row for each 科目, and the row of the total."""
    side = sheet.layout.sides[0]
    first = next((n for n, row in enumerate(sheet.rows) if _opens(row)), len(sheet.rows))
    columns = columns_of(sheet.rows[:first], side)
    for row in sheet.rows[:first]:
        sheet.pass_over(row)
    openings = {n: o for n, row in enumerate(sheet.rows) if n >= first and (o := _opens(row))}
    usual = Counter(name for code, name in openings.values() if code).most_common(1)
    for number, (code, name) in openings.items():
        row = sheet.rows[number]
        sheet.pass_over(row[:name])
        function = function_of_code(code, row[name].text, sheet.year) if code else None
        # 合计 may stand left of its column: its values stand where those of the other rows do
        start = (usual[0][0] if usual and not code else name) + 1
        for offset, given in enumerate(columns):
            sheet.state(number, start + offset, {**side.dimensions, **given}, function)


def _opens(row: Row) -> tuple[str, int] | None:
    """The code that a row begins with and the column of its name; no code is the total's row."""
    code, after = _code(row)
    named = [c for c in range(after, len(row)) if CHINESE.search(row[c].text)]
    if not named or any(is_number(cell.text) for cell in row[after : named[-1]]):
        return None
    name = named[-1]
    if code:
        return code, name
    printed = "".join(cell.text for cell in row[: name + 1])
    return ("", name) if layouts().total.fullmatch(printed) else None


def _code(row: Row) -> tuple[str, int]:
    """The code's digits, in one cell or in three (类, 款, 项), and the column behind them."""
    digits = ""
    for column, cell in enumerate(row):
        wanted = r"\d{3}(?:\d\d){0,2}" if not digits else r"\d\d"
        if re.fullmatch(wanted, cell.text) and len(digits) < 7:
            digits += cell.text
        elif cell.text:
            return digits, column
    return digits, len(row)
