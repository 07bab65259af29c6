"""The columns of a table's header, in their printed order, with what they mean."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from kg.extract.layouts import Given, Side
from kg.extract.numbers import is_number
from kg.extract.tables.sheet import Row, counted, meaning


def columns_of(rows: Sequence[Row], side: Side) -> list[Given | None]:
    """What the columns of values mean, from left to right; None is one whose label isn't known.

    Cells of a header often slide against those of the rows below, so only the order of the labels
    is believed: the first label is of the first column behind the row's name, and so on. Where the
    row that counts the columns has more of them than there are labels, the labels that stand right
    above a number say which columns they are; if one doesn't, nothing is known.
    """
    labels = _labels(rows, side)
    numbers = next(filter(None, map(counted, rows)), None)
    if numbers is None or len(numbers) == len(labels):
        return [given for _, given in labels]
    known = dict(labels)
    if known.keys() <= set(numbers):
        return [known.get(column) for column in numbers]
    return []


def _labels(rows: Sequence[Row], side: Side) -> list[tuple[int, Given | None]]:
    """The labels in order, with their columns; those under a group come where that stands."""
    groups = sorted(c for row in rows for c in range(len(row)) if _is_group(row[c].text, side))
    order: list[tuple[int, int, Given | None]] = []
    for row in rows:
        spans_groups = any(_is_group(cell.text, side) for cell in row)
        for column, given in _labels_in(row, side):
            place = column if spans_groups or not groups else _place_under(column, groups)
            order.append((place, column, given))
    order.sort(key=lambda entry: entry[:2])
    return [(column, given) for _, column, given in order]


def _labels_in(row: Row, side: Side) -> list[tuple[int, Given | None]]:
    """A row's known labels, and others that stand between them."""
    means = [(c, meaning(cell.text, side.columns)) for c, cell in enumerate(row)]
    known = [column for column, given in means if given is not None]
    return [
        (column, given)
        for column, given in means
        if given is not None
        or (known and known[0] < column < known[-1] and _is_label(row[column].text, side))
    ]


def _is_label(text: str, side: Side) -> bool:
    return text != "" and not is_number(text) and not _is_group(text, side)


def _is_group(text: str, side: Side) -> bool:
    return side.group is not None and side.group.fullmatch(text) is not None


def _place_under(column: int, groups: Sequence[int]) -> int:
    """The place of the group that a label in a lower row stands under: the nearest to its left."""
    return groups[max(0, bisect_right(groups, column) - 1)]
