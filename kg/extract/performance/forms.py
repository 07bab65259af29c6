"""The forms of self-evaluation among a document's tables: which rows are of one form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from kg.document import Cell, Document, Table
from kg.extract.performance.stacked import stacked_forms
from kg.extract.performance.words import HEADER, LONGEST_LINE, is_label, role, words
from kg.outline import Outline, TitledTable
from kg.record import record

#: How many lines above a table the title of a form is looked for.
REACH = 16


@record
class Row:
    """A row of a table (`index`, 0-based); `table` tells tables apart.

    `filled` are the columns of the cells that aren't blank, `texts` their texts, `roles` what they
    are as labels of columns.
    """

    cells: Sequence[Cell]
    index: int
    table: int
    filled: tuple[int, ...]
    texts: tuple[str, ...]
    roles: frozenset[str | None]

    @classmethod
    def of(cls, cells: Sequence[Cell], index: int, table: int) -> Row:
        """The row of some cells."""
        filled = tuple([column for column, cell in enumerate(cells) if cell.text])
        texts = tuple([cells[column].text for column in filled])
        return cls(cells, index, table, filled, texts, frozenset(map(role, texts)))


@dataclass
class Form:
    """A form: its title and the line that names its project, if there are any above its tables,
    and its rows, over all tables that it is split into.
    """

    title: Cell | None = None
    named: Cell | None = None
    rows: list[Row] = field(default_factory=list)

    @property
    def title_text(self) -> str:
        return self.title.text if self.title else ""


def forms(outline: Outline) -> Iterator[Form]:
    """All forms: each begins at its title, or at its head rows where the one before is complete."""
    form, is_complete = Form(), False
    for entry in _entries(outline):
        title, names = _title(entry), isinstance(entry, Cell) and _names(entry)
        if title or _begins(entry, form, is_complete):
            yield form
            form, is_complete = Form(title), False
        if isinstance(entry, Cell):
            form.named = entry if names else form.named
        elif not title:
            form.rows.append(entry)
            is_complete = is_complete or is_header(entry)
    yield form


def is_header(row: Row) -> bool:
    """Whether a row heads the columns of indicators."""
    return row.roles >= HEADER


def _begins(entry: Row | Cell, form: Form, is_complete: bool) -> bool:
    """Whether what says whom a form is about is the first of another form."""
    labels = words().form
    if isinstance(entry, Cell):
        return is_complete and _names(entry)
    if len(entry.texts) == 1:
        return False
    if is_label(labels["project"], entry.texts[0]) or is_label(labels["named"], entry.texts[0]):
        return is_complete or form.title is None
    return is_complete and is_label(labels["unit"], entry.texts[0])


def _names(line: Cell) -> bool:
    return is_label(words().form["named"], line.text)


def _title(entry: Row | Cell) -> Cell | None:
    """A title: in a line above a table, or in a row, alone there."""
    if isinstance(entry, Row):
        if len(entry.texts) > 1:
            return None
        entry = entry.cells[entry.filled[0]]
    return entry if is_label(words().form["title"], entry.text) else None


def _entries(outline: Outline) -> Iterator[Cell | Row]:
    """The rows of the tables that aren't among the national nine, and the lines that head them."""
    before = 0
    stacked = [TitledTable(None, table, "") for table in stacked_forms(outline.document)]
    tables = sorted([*outline.tables, *stacked], key=lambda titled: titled.table.first_line)
    for number, titled in enumerate(tables):
        table = titled.table
        is_other = titled.place is None or titled.place.startswith("T-")
        rows = list(_rows(table, number)) if is_other else []
        if rows and (titled.place is None or any(map(is_header, rows))):
            above = range(max(before, table.first_line - 1 - REACH), table.first_line - 1)
            yield from _lines(outline.document, above)
            yield from rows
        before = table.last_line


def _rows(table: Table, number: int) -> Iterator[Row]:
    """The rows of a table that aren't blank; a header of two rows is one."""
    rows = (Row.of(cells, index, number) for index, cells in enumerate(table.rows))
    kept = [row for row in rows if any(not is_label(words().rows["rule"], t) for t in row.texts)]
    upper = None
    for row in kept:
        if upper and (both := _header(upper, row)):
            upper = both
            continue
        if upper:
            yield upper
        upper = row
    if upper:
        yield upper


def _header(upper: Row, lower: Row) -> Row | None:
    """The header that two rows make: below a label that spans columns stand those of its own."""
    if is_header(upper) or is_header(lower) or not upper.roles | lower.roles >= HEADER:
        return None
    pairs = zip_longest(upper.cells, lower.cells, fillvalue=Cell("", 0, 0))
    both = Row.of([low if low.text else up for up, low in pairs], lower.index, lower.table)
    return both if is_header(both) else None


def _lines(document: Document, lines: range) -> Iterator[Cell]:
    """The titles of forms and the names of projects among lines (by their 0-based indices)."""
    for line in map(document.lines.__getitem__, lines):
        if line.end - line.start > LONGEST_LINE:
            continue
        cell = document.cell(line.start, line.end)
        if cell.text and (_title(cell) or _names(cell)):
            yield cell
