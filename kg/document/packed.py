"""Tables of web pages that a conversion has packed: no blank cells, and bars behind the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.document.document import Cell
from kg.document.order import NUMBER, Side, counts, is_numbered, joined, laid

#: A code of the economic classification.
CODE = re.compile(r"3\d\d(?:\d\d)?")
#: Tables whose rows have words for values are read as they stand.
OF_PERFORMANCE = re.compile(r"绩效(?!工资)|指标")

Row = tuple[Cell, ...]


def unpacked(rows: Sequence[Row]) -> list[Row]:
    """Rows in the columns that their cells had, as far as that is sure; as they are if none is."""
    if any(map(_has_gap, rows)):
        return list(rows)  # nothing was left out
    filled = [tuple(cell for cell in row if cell.text) for row in rows]
    if any(OF_PERFORMANCE.search(cell.text) for row in filled for cell in row):
        return list(rows)
    numbered = is_numbered(filled)
    parted = [() if counts(row) else _sides(row, numbered=numbered) for row in filled]
    return laid(filled, parted, max(map(len, rows))) or list(rows)


def _has_gap(row: Row) -> bool:
    """Whether a blank cell stands before one that is filled."""
    filled = [cell.text != "" for cell in row]
    return filled != sorted(filled, reverse=True)


def _sides(row: Row, *, numbered: bool) -> tuple[Side, ...]:
    """A row's parts: each begins with a word, or with the codes before it; none of a head.

    A row without any number but codes is of the body where it has a code.
    """
    is_number = [NUMBER.fullmatch(cell.text) is not None for cell in row]
    if not any(is_number):
        return ()
    parts: list[tuple[list[Cell], list[Cell]]] = [([], [])]
    for n, cell in enumerate(row):
        names, numbers = parts[-1]
        is_name = not is_number[n] or (not numbered and _is_code(row, is_number, n))
        goes_on = not numbers and (not names or _go_together(names[-1], cell))
        if is_name and not goes_on:
            parts.append(([], []))
        parts[-1][0 if is_name else 1].append(cell)
    return tuple(Side(joined(names), tuple(numbers)) for names, numbers in parts)


def _is_code(row: Row, is_number: Sequence[bool], n: int) -> bool:
    """Whether a number is a code: one before the first word, or an economic one before a word."""
    if all(is_number[: n + 1]):
        return not all(is_number)
    return CODE.fullmatch(row[n].text) is not None and not all(is_number[n : n + 2])


def _go_together(before: Cell, cell: Cell) -> bool:
    """Whether two words that follow on each other name the same: codes and a name, 合 and 计."""
    return NUMBER.fullmatch(before.text) is not None or len(before.text) == len(cell.text) == 1
