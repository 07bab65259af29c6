"""The table of economic classification (06): groups of code, name and amount, side by side."""

from __future__ import annotations

from kg.codes import load_code_lists
from kg.extract.numbers import is_number
from kg.extract.tables.sheet import Row, Sheet, meaning


def read_economic(sheet: Sheet) -> None:
    """Read each code's amount two cells behind it, and the totals of personnel and operating."""
    codes = load_code_lists().economic
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            # an amount may look like a code: behind a code stands its name
            if cell.text in codes and column + 1 < len(row) and _is_name(row[column + 1].text):
                sheet.pass_over([cell])
                sheet.state(number, column + 2, {"economic": cell.text})
            elif (total := meaning(cell.text, sheet.layout.sides[0].rows)) is not None:
                sheet.state(number, _next_filled(row, column + 1), total)


def _is_name(text: str) -> bool:
    return text != "" and not is_number(text)


def _next_filled(row: Row, start: int) -> int:
    return next((c for c in range(start, len(row)) if row[c].text), len(row))
