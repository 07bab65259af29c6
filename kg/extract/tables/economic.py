"""The table of economic classification (06): groups of code, name and amount, side by side."""

from __future__ import annotations

from kg.codes import load_code_lists
from kg.extract.tables.sheet import Row, Sheet, meaning


def read_economic(sheet: Sheet) -> None:
    """Read each code's amount two cells behind it, and the totals of personnel and operating."""
    side = sheet.layout.sides[0]
    codes = load_code_lists().economic
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            if cell.text in codes:
                sheet.pass_over([cell])
                given = {**side.dimensions, "economic": cell.text}
                sheet.state(number, column + 2, given)
            elif (total := meaning(cell.text, side.rows)) is not None:
                value = _next_filled(row, column + 1)
                sheet.state(number, value, {**side.dimensions, **total})


def _next_filled(row: Row, start: int) -> int:
    return next((c for c in range(start, len(row)) if row[c].text), len(row))
