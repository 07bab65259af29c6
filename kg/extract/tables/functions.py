"""Tables with a row a 科目 (02, 03, 05, 07, 08): by the code and name that open each row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kg.extract.functions import function_of_code
from kg.extract.layouts import layouts
from kg.extract.numbers import is_number
from kg.extract.tables.columns import columns_of
from kg.extract.tables.sheet import Row, Sheet, counted

CHINESE = re.compile(r"[一-鿿]")

#: The code that a row begins with ("" is the total's row), and the column of its name.
Opening = tuple[str, int]


def read_functions(sheet: Sheet) -> None:
    """Read a row for each 科目, and the row of the total."""
    openings = {n: o for n, row in enumerate(sheet.rows) if (o := _opens(row))}
    if not openings:
        return
    header = sheet.rows[: min(openings)]
    columns = columns_of(header, sheet.layout.sides[0])
    starts = _starts(header, openings)
    if any(sheet.holds(n, start + len(columns)) for n, start in starts.items()):
        return  # there are columns that we don't know: which is which is not sure
    for number, (code, name) in openings.items():
        row = sheet.rows[number]
        sheet.pass_over(row[:name])
        function = function_of_code(code, row[name].text, sheet.year) if code else None
        for column, given in enumerate(columns, starts[number]):
            if given is not None:
                sheet.state(number, column, given, function)


def _starts(header: Sequence[Row], openings: Mapping[int, Opening]) -> dict[int, int]:
    """Where each row's values begin: behind its name.

    合计 may stand left of that, so its values begin where those of most rows do, and where there
    are no others, not before the column that is counted as the first.
    """
    usual = Counter(name for code, name in openings.values() if code).most_common(1)
    first = next((numbers[0] for numbers in map(counted, header) if numbers), 0)
    total = usual[0][0] + 1 if usual else first
    return {n: name + 1 if code else max(name + 1, total) for n, (code, name) in openings.items()}


def _opens(row: Row) -> Opening | None:
    """What opens a row that states something, where it is such a row."""
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
