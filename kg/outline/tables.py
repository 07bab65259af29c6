"""The tables of a document with their places: by the title above or in each, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.document import Document, Table
from kg.outline.headings import headings
from kg.outline.stream import PAGE_NUMBER

#: How many lines above a table its title is looked for, and below it what else is said of it.
REACH = 12
#: A longer line is prose that speaks of a table.
TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class TitledTable:
    """A table with the place its title gives it, or None where it has no title that we know.

    `around` is what is printed above it, in its first rows and below it.
    """

    place: str | None
    table: Table
    around: str


def titled_tables(document: Document) -> list[TitledTable]:
    """The tables that aren't contents, in order; one that goes on over a page is one."""
    tables = [table for table in document.tables if not _is_contents(table)]
    below = [*(table.first_line - 1 for table in tables), len(document.lines)][1:]
    titled: list[TitledTable] = []
    for table, end in zip(tables, below, strict=True):
        before = titled[-1] if titled else None
        if before and before.place and _goes_on(document, before.table, table):
            rows = before.table.rows + table.rows
            whole = Table(rows, before.table.first_line, table.last_line)
            titled[-1] = TitledTable(before.place, whole, before.around)
        else:
            start = before.table.last_line if before else 0
            titled.append(_titled(document, table, start, end))
    return titled


def _titled(document: Document, table: Table, start: int, end: int) -> TitledTable:
    """A table with its title; `start` and `end` are where the tables before and behind it are."""
    above = _lines(document, max(start, table.first_line - 1 - REACH), table.first_line - 1)
    below = _lines(document, table.last_line, min(end, table.last_line + REACH))
    rows = _first_rows(table)
    place = _place([*reversed(rows), *reversed(above)])
    return TitledTable(place, table, "\n".join([*above, *rows, *below]))


def _is_contents(table: Table) -> bool:
    """Whether its rows lead to pages: by dots, or some of them by the page's number alone."""
    rows = ["".join(cell.text for cell in row) for row in table.rows]
    led = [headings().leader.search(row) is not None for row in rows]
    paged = (PAGE_NUMBER.fullmatch(row[-1].text) is not None for row in table.rows)
    return any(led) and all(leader or page for leader, page in zip(led, paged, strict=True))


def _goes_on(document: Document, before: Table, table: Table) -> bool:
    """Whether a table is the rest of the one before: as wide, no title, a page's end between."""
    return (
        len(table.rows[0]) == len(before.rows[-1])
        and all(
            PAGE_NUMBER.fullmatch(line) or not line
            for line in _lines(document, before.last_line, table.first_line - 1)
        )
        and _place(_first_rows(table)) is None
    )


def _first_rows(table: Table) -> list[str]:
    return ["".join(cell.text for cell in row) for row in table.rows[:3]]


def _lines(document: Document, first: int, last: int) -> list[str]:
    """The lines from one 0-based index up to another, in normal form."""
    lines = document.lines[first:last]
    return [document.normal.between(line.start, line.end).text for line in lines]


def _place(lines: Iterable[str]) -> str | None:
    """The place that the nearest title names."""
    titles = headings().tables
    for line in lines:
        if len(line) <= TITLE_LENGTH and (match := titles.pattern.search(line)):
            return titles.place(match)
    return None
