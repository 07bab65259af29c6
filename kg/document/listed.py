"""Tables whose cells a conversion has put on a line each, with nothing between them.

Of a blank cell a blank line may be left, or nothing (see order.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from kg.document.document import Cell
from kg.document.order import (
    LEVELS,
    NUMBER,
    ORDINAL,
    STUB,
    Side,
    counts,
    is_numbered,
    joined,
    laid,
)
from kg.document.stacked import in_rows

#: The code of a function or of an economic class, where a name follows.
CODE = re.compile(r"[23]\d\d(?:\d\d){0,2}")
#: What stands before the numbers of the columns.
COUNTING = "栏次"
#: So many rows are a table at least.
LEAST = 3

Row = tuple[Cell, ...]


def listed_rows(cells: Sequence[Cell]) -> list[Row]:
    """The rows of a table whose cells are given one behind the other; none if they aren't sure.

    Cells that are blank may be among them, or some may be others' distance: they count if every row
    comes out even with them.
    """
    filled = [cell for cell in cells if cell.text]
    start = _body(filled)
    head, body = filled[:start], filled[start:]
    if not body or not any(STUB.fullmatch(cell.text) for cell in head):
        return []
    heads = list(in_rows(head, _ends_head))
    if is_numbered([head]):
        rows = list(_by_ordinals(_numbered_sides(body)))
    else:
        columns = len([cell for cell in heads[-1] if cell.text not in LEVELS])
        spaced = cells[cells.index(body[0]) :] if counts(heads[-1]) else []
        sides = _spaced_sides(spaced, columns) or list(_sides(body))
        rows = list(_side_by_side(sides, max(map(_alike, heads))))
    if len(rows) < LEAST:
        return []
    whole = [tuple(cell for side in row for cell in (*side.names, *side.numbers)) for row in rows]
    return laid([*heads, *whole], [*([()] * len(heads)), *rows])


def _body(cells: Sequence[Cell]) -> int:
    """Where the first row below the head begins: with the name before its first number.

    The numbers that count the columns are of the head.
    """
    texts = [cell.text for cell in cells]
    start, counted = 0, 0
    for n, text in enumerate(texts):
        if text == str(counted + 1) and (counted or n == 0 or texts[n - 1] in LEVELS):
            start, counted = n + 1, counted + 1
        elif NUMBER.fullmatch(text):
            first = n if _is_code(cells, n) else n - 1
            return max(first, start)
    return len(cells)


def _is_code(cells: Sequence[Cell], n: int) -> bool:
    """Whether a number is a code: a name follows it."""
    follows = cells[n + 1 : n + 2]
    is_before_name = bool(follows) and not NUMBER.fullmatch(follows[0].text)
    return is_before_name and CODE.fullmatch(cells[n].text) is not None


def _sides(cells: Sequence[Cell]) -> Iterator[Side]:
    """Names, each with the code before it, and the numbers behind."""
    names: list[Cell] = []
    numbers: list[Cell] = []
    for n, cell in enumerate(cells):
        is_name = _is_code(cells, n) or not NUMBER.fullmatch(cell.text)
        if is_name and numbers:
            yield Side(joined(names), tuple(numbers))
            names, numbers = [], []
        (names if is_name else numbers).append(cell)
    if numbers:
        yield Side(joined(names), tuple(numbers))


def _spaced_sides(cells: Sequence[Cell], columns: int) -> list[Side]:
    """The same with blank cells: behind each name as many numbers or blanks as there are columns.

    There are none where that doesn't come out even.
    """
    sides: list[Side] = []
    n = 0
    while n < len(cells):
        first = n
        while n < len(cells) and (_is_code(cells, n) or not _is_value(cells[n])):
            n += 1
        names, numbers = cells[first:n], cells[n : n + columns]
        values = range(n, min(n + columns, len(cells)))
        if not names or any(_is_code(cells, at) or not _is_value(cells[at]) for at in values):
            return []
        n += columns
        blanks = [Cell("", cells[-1].end, cells[-1].end)] * (columns - len(numbers))
        sides.append(Side(joined(names), (*numbers, *blanks)))
    return sides


def _is_value(cell: Cell) -> bool:
    return cell.text == "" or NUMBER.fullmatch(cell.text) is not None


def _numbered_sides(cells: Sequence[Cell]) -> Iterator[Side]:
    """The same where the first number behind a name is its row's; one more such number, the next of
    the left side's, begins a side without a name.
    """
    row = 0
    for side in _sides(cells):
        numbers = side.numbers
        if _ordinal(numbers[0]) == row + 1:
            row += 1
        if len(numbers) > 1 and _ordinal(numbers[-1]) == row + 1:
            yield Side(side.names, numbers[:-1])
            yield Side((), numbers[-1:])
            row += 1
        else:
            yield side


def _by_ordinals(sides: Iterable[Side]) -> Iterator[tuple[Side, ...]]:
    """Sides in rows: the next number of the left side's begins a row."""
    row: list[Side] = []
    count = 0
    for side in sides:
        if _ordinal(side.numbers[0]) == count + 1:
            if row:
                yield tuple(row)
            row, count = [], count + 1
        row.append(side)
    if row:
        yield tuple(row)


def _ordinal(cell: Cell) -> int | None:
    return int(cell.text) if ORDINAL.fullmatch(cell.text) else None


def _ends_head(row: Sequence[Cell], cell: Cell) -> bool:
    """Whether a row of the head ends before a cell: a label of names that the row hasn't."""
    before = [other.text for other in row]
    is_stub = STUB.fullmatch(cell.text) is not None and not all(map(STUB.fullmatch, before))
    return cell.text not in before and (is_stub or cell.text == COUNTING)


def _alike(row: Row) -> int:
    """How many sides a row of the head labels alike."""
    return sum(cell.text == row[0].text for cell in row)


def _side_by_side(sides: Iterable[Side], count: int) -> Iterator[tuple[Side, ...]]:
    """Sides in rows of so many: a code says what it is of, wherever it stands; totals have none."""
    for _, alike in groupby(sides, lambda side: len(side.names) > 1):
        while row := tuple(islice(alike, count)):
            yield row
