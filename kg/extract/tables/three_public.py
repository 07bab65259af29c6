"""The table of three-public spending (09): one row, a column an item, budget beside accounts."""

from __future__ import annotations

from kg.extract.layouts import Given
from kg.extract.numbers import is_number
from kg.extract.tables.sheet import Sheet, meaning


def read_three_public(sheet: Sheet) -> None:
    """Read the row of values; each column means its own label and the half that it stands in."""
    layout = sheet.layout
    side = layout.sides[0]
    halves: dict[int, Given] = {}
    labels: dict[int, Given] = {}
    for row in sheet.rows:
        for column, cell in enumerate(row):
            if (half := meaning(cell.text, layout.halves)) is not None:
                halves[column] = half
            elif (label := meaning(cell.text, side.columns)) is not None:
                labels[column] = label
    values = _values(sheet)
    if values is None or not halves:
        return
    for column, label in sorted(labels.items()):
        if begun := [half for half in halves if half <= column]:
            sheet.state(values, column, {**side.dimensions, **label, **halves[max(begun)]})


def _values(sheet: Sheet) -> int | None:
    """The first row with numbers that isn't the one that counts the columns (1 2 3 …)."""
    for number, row in enumerate(sheet.rows):
        filled = [cell.text for cell in row if cell.text]
        if filled[:3] == ["1", "2", "3"]:
            sheet.pass_over(row)
        elif filled and all(is_number(text) for text in filled):
            return number
    return None
