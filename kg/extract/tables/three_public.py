"""The table of three-public spending (09): one row, a column an item, budget beside accounts."""

from __future__ import annotations

from bisect import bisect_right

from kg.extract.layouts import Given
from kg.extract.numbers import is_number
from kg.extract.tables.sheet import Sheet, counted, meaning


def read_three_public(sheet: Sheet) -> None:
    """Read the row of values; each column means its own label and the half that it stands in."""
    halves: dict[int, Given] = {}
    labels: dict[int, Given] = {}
    for row in sheet.rows:
        for column, cell in enumerate(row):
            if (half := meaning(cell.text, sheet.layout.halves)) is not None:
                halves[column] = half
            elif (label := meaning(cell.text, sheet.layout.sides[0].columns)) is not None:
                labels[column] = label
    values = _values(sheet)
    if values is None or not halves:
        return
    begins = sorted(halves)
    for column, label in sorted(labels.items()):
        if half_before := bisect_right(begins, column):
            sheet.state(values, column, {**label, **halves[begins[half_before - 1]]})


def _values(sheet: Sheet) -> int | None:
    """The first row with numbers that isn't the one that counts the columns (1 2 3 …)."""
    for number, row in enumerate(sheet.rows):
        filled = [cell.text for cell in row if cell.text]
        if filled and all(is_number(text) for text in filled):
            columns = counted(row)
            if columns is None or len(columns) < 3:
                return number
    return None
