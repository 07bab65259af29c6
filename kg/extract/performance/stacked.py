"""Forms that a conversion has put on one line a cell, with a bar behind each: their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.document import Cell, Document, Table, in_rows, stacked_cells
from kg.extract.performance.levels import level
from kg.extract.performance.words import HEADER, is_label, role, words

#: Labels that begin a row of the form's head, and those that head the columns of its money.
FORM = ("project", "named", "unit", "label", "title")
MONEY = ("budget", "initial", "executed", "rate", "weight", "score", "other")


def stacked_forms(document: Document) -> Iterator[Table]:
    """The forms among the lines that bars end, outside of tables that came out even."""
    if "|" not in document.text:
        return
    in_tables = {n for t in document.tables for n in range(t.first_line, t.last_line + 1)}
    lines = [line for line in document.lines if line.number not in in_tables]
    for run in stacked_cells(document.text, document.normal, lines):
        if rows := _rows([cell for _, cell in run]):
            yield Table(tuple(rows), run[0][0], run[-1][0])


def _rows(cells: Sequence[Cell]) -> list[tuple[Cell, ...]]:
    """The rows of a form: up to the header of its indicators by their labels, below it by levels
    and the number of columns; none where it has no such header.
    """
    start, stop = _header(cells)
    if start == stop:
        return []
    header = cells[start:stop]
    own = stop - start - sum(role(cell.text) in ("level1", "level2") for cell in header)
    rows, n = [*in_rows(cells[:start], _ends_row), tuple(header)], stop
    while n < len(cells) and not _is_over(cells[n]):
        first = n
        while n < len(cells) and n - first < len(header) - own and level(cells[n].text):
            n += 1
        blanks = [Cell("", cells[first].start, cells[first].start)] * (
            len(header) - own - (n - first)
        )
        rows.append((*blanks, *cells[first : n + own]))
        n += own
    below = (_from_right(row, len(header)) for row in in_rows(cells[n:], _ends_row))
    return [*rows, *below]


def _from_right(row: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    """A row whose label spans columns: the total's points stand below the others' points."""
    blank = Cell("", row[0].end, row[0].end)
    spans = len(row) > 1 and is_label(words().rows["total"], row[0].text)
    return (row[0], *[blank] * (width - len(row)), *row[1:]) if spans else row


def _header(cells: Sequence[Cell]) -> tuple[int, int]:
    """From where to where the labels of the indicators' columns stand."""
    start = 0
    while start < len(cells):
        stop = start
        while stop < len(cells) and role(cells[stop].text):
            stop += 1
        if {role(cell.text) for cell in cells[start:stop]} >= HEADER:
            return start, stop
        start = stop + 1
    return 0, 0


def _is_over(cell: Cell) -> bool:
    """Whether a cell begins what stands below the indicators."""
    return any(is_label(words().rows[name], cell.text) for name in ("total", "end"))


def _ends_row(row: Sequence[Cell], cell: Cell) -> bool:
    """Whether a row ends before a cell: a label, but labels of columns of money are one row."""
    if _is_of_money(cell):
        return len(row) > 1 and not _is_of_money(row[-1])
    return _begins_row(cell)


def _is_of_money(cell: Cell) -> bool:
    return any(is_label(words().money[name], cell.text) for name in MONEY)


def _begins_row(cell: Cell) -> bool:
    """Whether a cell is a label of the form's head, of an amount, of a text or of the total."""
    kinds = (
        *(words().form[name] for name in FORM),
        *(words().money[name] for name in ("row", "source")),
        *words().texts.values(),
        *(words().rows[name] for name in ("total", "end")),
    )
    return any(is_label(kind, cell.text) for kind in kinds)
