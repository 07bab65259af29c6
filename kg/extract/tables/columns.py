"""The columns of a table's header, in their printed order, with what they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.layouts import Given, Side
from kg.extract.tables.sheet import Row, meaning


def columns_of(rows: Sequence[Row], side: Side) -> list[Given]:
    """The labelled columns of a header's rows, from left to right.

    Cells of a header often slide against those of the rows below, so only the order of the labels
    is believed: the first label is of the first column behind the row's name, and so on. Labels
    that stand under a group come where the group stands.
    """
    groups = [c for row in rows for c, cell in enumerate(row) if _is_group(cell.text, side.group)]
    order: list[tuple[float, int, Given]] = []
    for row in rows:
        spans_groups = any(_is_group(cell.text, side.group) for cell in row)
        for column, cell in enumerate(row):
            if (given := meaning(cell.text, side.columns)) is not None:
                place = column if spans_groups or not groups else _place_under(column, groups)
                order.append((place, column, given))
    return [given for _, _, given in sorted(order, key=lambda entry: entry[:2])]


def _is_group(text: str, group: re.Pattern[str] | None) -> bool:
    return group is not None and group.fullmatch(text) is not None


def _place_under(column: int, groups: Sequence[int]) -> float:
    """The place of the group that a label in a lower row stands under: the nearest to its left."""
    return max((g for g in groups if g <= column), default=groups[0])
