"""The tables of a document with their places: by the title above or in each, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from kg.document import Cell, Document, Table
from kg.outline.furniture import PAGE_NUMBER
from kg.outline.headings import Titles, headings
from kg.record import record
from kg.resources import toml

#: How many lines above a table its title is looked for, and below it what else is said of it.
REACH = 12
#: How many of its rows may be its head.
HEAD = 4
#: A longer line is prose that speaks of a table.
TITLE_LENGTH = 60
FIGURE = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")


@record
class TitledTable:
    """A table with the place its title gives it, or None where it has no title that we know.

    `around` is what is printed above it, in its first rows and below it.
    """

    place: str | None
    table: Table
    around: str


@record
class Wording:
    """How tables are titled or else known, which lines are none, what stands between pages."""

    titles: Titles
    alone: dict[str, str]
    rows: dict[str, list[re.Pattern[str]]]
    prose: re.Pattern[str]
    between: re.Pattern[str]
    budget: re.Pattern[str]


@cache
def _wording() -> Wording:
    data = toml(__package__, "headings.toml")
    lines, entries = data["table_lines"], data["tables"]
    return Wording(
        Titles.of(entries, tail=lines["tail"]),
        {entry["place"]: entry["alone"] for entry in entries if "alone" in entry},
        {e["place"]: list(map(re.compile, e["row"])) for e in entries if "row" in e},
        *(re.compile(lines[name]) for name in ("prose", "between", "budget")),
    )


def titled_tables(document: Document) -> list[TitledTable]:
    """The tables that aren't contents, in order; one that goes on over a page is one."""
    tables = [
        part for table in document.tables if not _is_contents(table) for part in _parts(table)
    ]
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
    found = {entry.place for entry in titled}
    return [
        replace(entry, place=other)
        if (other := _wording().alone.get(entry.place or "")) and other not in found
        else entry
        for entry in titled
    ]


def _titled(document: Document, table: Table, start: int, end: int) -> TitledTable:
    """A table with its title; `start` and `end` are where the tables before and behind it are."""
    above = _lines(document, max(start, table.first_line - 1 - REACH), table.first_line - 1)
    below = _lines(document, table.last_line, min(end, table.last_line + REACH))
    rows = _head(table)
    place = _place([*above, *rows])
    if place is None and not any(map(_wording().budget.search, [*above, *rows])):
        place = _place_by_row(table)
    return TitledTable(place, table, "\n".join([*above, *rows, *below]))


def _place_by_row(table: Table) -> str | None:
    """The place of a table that has a row which only that place has."""
    for row in table.rows:
        texts = [cell.text for cell in row if cell.text]
        for place, labels in _wording().rows.items() if len(texts) > 1 else ():
            if all(any(map(label.fullmatch, texts)) for label in labels):
                return place
    return None


def _parts(table: Table) -> Iterator[Table]:
    """The tables that stand in one block of rows: each begins with a row that is its title."""
    starts = [0]
    for number, row in enumerate(table.rows):
        # the title is the first of a head: above it are another table's figures
        if _is_title(row) and any(_has_figures(r) for r in table.rows[starts[-1] : number]):
            starts.append(number)
    for start, end in pairwise([*starts, len(table.rows)]):
        # in text, a row is a line
        last = table.first_line + end - 1
        yield Table(table.rows[start:end], table.first_line + start, last)


def _is_title(row: Sequence[Cell]) -> bool:
    text = "".join([cell.text for cell in row])
    return "表" in text and not _has_figures(row) and _place([text]) is not None


def _has_figures(row: Sequence[Cell]) -> bool:
    return any(cell.text and FIGURE.fullmatch(cell.text) for cell in row)


def _is_contents(table: Table) -> bool:
    """Whether its rows lead to pages: by dots, or some of them by the page's number alone."""
    leads = False
    for row in table.rows:
        if headings().leader.search("".join([cell.text for cell in row])):
            leads = True
        elif not PAGE_NUMBER.fullmatch(row[-1].text):
            return False
    return leads


def _goes_on(document: Document, before: Table, table: Table) -> bool:
    """Whether a table is the rest of the one before: as wide, no title, a page's end between."""
    width = max(map(len, before.rows))
    return (
        (len(table.rows[0]) == len(before.rows[-1]) or width == max(map(len, table.rows)))
        and all(
            not line or PAGE_NUMBER.fullmatch(line) or _wording().between.fullmatch(line)
            for line in _lines(document, before.last_line, table.first_line - 1)
        )
        and _place(_head(table)) is None
    )


def _head(table: Table) -> list[str]:
    return ["".join(cell.text for cell in row) for row in table.rows[:HEAD]]


def _lines(document: Document, first: int, last: int) -> list[str]:
    """The lines from one 0-based index up to another, in normal form."""
    text, places = document.normal.text, document.normal.places
    return [text[places[line.start] : places[line.end]] for line in document.lines[first:last]]


def _place(lines: Sequence[str]) -> str | None:
    """The place that the lowest title names; a title may be broken into two lines."""
    filled = [line for line in lines if line]
    for upper, line in zip(reversed(["", *filled[:-1]]), reversed(filled), strict=True):
        whole = _title_in(upper + line)
        if whole and whole.start() < len(upper) < whole.end():
            return _wording().titles.place(whole)
        if match := _title_in(line):
            return _wording().titles.place(match)
    return None


def table_titled(line: str) -> str | None:
    """The place that a line titles, if it is a table's title."""
    match = _title_in(line)
    return _wording().titles.place(match) if match else None


def _title_in(line: str) -> re.Match[str] | None:
    if len(line) > TITLE_LENGTH or "表" not in line or _wording().prose.search(line):
        return None
    return _wording().titles.pattern.search(line)
