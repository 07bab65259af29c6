"""Tables of web pages that a conversion has put on one line a cell, with a bar behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.document.document import Cell, Line, Table
from kg.document.normal import NormalText
from kg.document.order import NUMBER

#: So many cells are a table at least, and it is no wider than this.
LEAST, WIDEST = 8, 13

Row = tuple[Cell, ...]


def stacked_tables(text: str, normal: NormalText, lines: Sequence[Line]) -> Iterator[Table]:
    """The tables whose cells stand on a line each, where their width is sure."""
    for run in stacked_cells(text, normal, lines):
        if rows := _rows([cell for _, cell in run]):
            yield Table(tuple(rows), run[0][0], run[-1][0])


def in_rows(cells: Iterable[Cell], ends: Callable[[Sequence[Cell], Cell], bool]) -> Iterator[Row]:
    """Cells in rows: `ends` says of a row whether it ends before the cell that follows."""
    row: list[Cell] = []
    for cell in cells:
        if row and ends(row, cell):
            yield tuple(row)
            row = []
        row.append(cell)
    if row:
        yield tuple(row)


def stacked_cells(
    text: str, normal: NormalText, lines: Iterable[Line]
) -> Iterator[list[tuple[int, Cell]]]:
    """The runs of lines that a bar ends, enough for a table: each line's number and its cell."""
    run: list[tuple[int, Cell]] = []
    for line in (*lines, None):
        printed = text[line.start : line.end].rstrip() if line else ""
        if line and not printed:
            continue
        if line and printed.find("|") == len(printed) - 1:  # a blank cell is the bar alone
            words = printed[:-1].rstrip()
            start = line.start + len(words) - len(words.lstrip())
            end = line.start + len(words)
            run.append((line.number, Cell(normal.between(start, end).text, start, end)))
            continue
        if len(run) >= LEAST:
            yield run
        run = []


def _rows(cells: Sequence[Cell]) -> list[Row]:
    """The rows of a table: a head, then rows that name something before their figures.

    There are none where the cells come out even in no width, or in several.
    """
    first = next((n for n, cell in enumerate(cells) if NUMBER.fullmatch(cell.text)), 0)
    found = [
        rows
        for width in range(2, min(first, WIDEST) + 1)
        if _is_table(rows := list(_in_rows(cells, width)), first // width)
    ]
    return found[0] if len(found) == 1 else []


def _in_rows(cells: Sequence[Cell], width: int) -> Iterator[Row]:
    """Cells in rows of a width; the last is filled up."""
    end = cells[-1].end
    for start in range(0, len(cells), width):
        row = cells[start : start + width]
        yield (*row, *[Cell("", end, end)] * (width - len(row)))


def _is_table(rows: Sequence[Row], head: int) -> bool:
    """Whether rows below a head each have one name, in the same column, and figures behind it."""
    if head == 0 or len(rows) - head < 2:
        return False
    names = {_name_of(row) for row in rows[head:]}
    return len(names) == 1 and None not in names


def _name_of(row: Row) -> int | None:
    """The column of a row's name, if all others are figures behind it, or blank."""
    filled = [n for n, cell in enumerate(row) if cell.text]
    if not filled or any(not NUMBER.fullmatch(row[n].text) for n in filled[1:]):
        return None
    return None if NUMBER.fullmatch(row[filled[0]].text) else filled[0]
