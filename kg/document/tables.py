"""The tables in a text: rows as lines with tabs or blanks, markdown's with |, HTML's with tags."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, groupby, islice, pairwise

import numpy as np
import numpy.typing as npt

from kg.document.blanks import tables_by_blanks
from kg.document.characters import codes_of
from kg.document.document import Cell, Line, Table
from kg.document.normal import NormalText
from kg.document.packed import unpacked
from kg.document.stacked import stacked_tables

#: From where to where a cell's text stands.
Extent = tuple[int, int]
#: Characters, by where they stand in the canonical text.
Places = npt.NDArray[np.intp]

#: A row of markdown's, with bars around it; one of a web page's table copied, with a bar behind
#: each cell; and the row of dashes below a head.
PIPED = re.compile(r"[ \t]*\|.*\|[ \t]*|[^|\n]+\|[^\n]*\|[ \t]*", re.DOTALL)
DASHES = re.compile(r"[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*")
#: What `Cell._make` does, without its call.
_cell = partial(tuple.__new__, Cell)
#: Where a cell of markdown ends.
PIPE = re.compile(r"(?<!\\)\|")
#: The tags that make a table, and what they say of cells that are merged.
TAG = re.compile(r"<(/?)(table|tr|td|th)\b([^<>]{0,300})>", re.IGNORECASE)
SPAN = re.compile(r"(col|row)span\s*=\s*[\"']?\s*(\d{1,3})", re.IGNORECASE)
#: No table is wider, whatever its tags say.
COLUMNS = 200


def split_tables(text: str, normal: NormalText, lines: Sequence[Line]) -> tuple[Table, ...]:
    """The tables of a text, in order."""
    starts = [line.start for line in lines]
    found = list(_in_html(text, normal, starts)) if "<" in text else []
    tagged = {n for table in found for n in range(table.first_line, table.last_line + 1)}
    tabbed = _tabbed(text, normal, lines, starts)
    barred = {line.number for line in lines if _has_bars(text, line)} if "|" in text else set()
    rows = [(number, number in tabbed) for number in sorted({*tabbed, *barred} - tagged)]
    for (has_tabs, _), run in groupby(enumerate(rows), key=_run):
        numbers = [number for _, (number, _) in run]
        first, last = numbers[0], numbers[-1]
        if has_tabs:
            filled = [tabbed[number] for number in numbers]
        else:
            filled = _by_bars(text, normal, lines[first - 1 : last])
        if filled:
            found.append(Table(tuple(filled), first, last))
    found += tables_by_blanks(text, normal, lines)
    found += stacked_tables(text, normal, lines) if "|" in text else ()
    return tuple(sorted(found, key=lambda table: table.first_line))


def _run(numbered: tuple[int, tuple[int, bool]]) -> tuple[bool, int]:
    """What rows that follow on each other have in common: if they have tabs, and their distance
    from the first line when rows alone are counted.
    """
    count, (number, has_tabs) = numbered
    return has_tabs, number - count


def _tabbed(
    text: str, normal: NormalText, lines: Sequence[Line], starts: Sequence[int]
) -> dict[int, tuple[Cell, ...]]:
    """The cells of each line with tabs, by its number: those of all lines are cut at once."""
    tabs = np.flatnonzero(codes_of(text) == ord("\t"))
    numbers, counts = np.unique(np.searchsorted(starts, tabs, "right"), return_counts=True)
    rows = [lines[number - 1] for number in numbers.tolist()]
    begins = np.sort(np.array([*(row.start for row in rows), *(tabs + 1).tolist()], np.intp))
    ends = np.sort(np.array([*(row.end for row in rows), *tabs.tolist()], np.intp))
    cells = _cells(normal, begins, ends)
    return {
        row.number: tuple(islice(cells, count + 1))
        for row, count in zip(rows, counts.tolist(), strict=True)
    }


def _has_bars(text: str, line: Line) -> bool:
    """Whether bars divide a line."""
    has_bar = text.find("|", line.start, line.end) >= 0
    return has_bar and PIPED.fullmatch(text, line.start, line.end) is not None


def _by_bars(text: str, normal: NormalText, lines: Sequence[Line]) -> list[tuple[Cell, ...]]:
    """Rows whose cells bars divide; a bar stands before the first cell too, or before none."""
    found = [
        (line.start, bars)
        for line in lines
        if not DASHES.fullmatch(text, line.start, line.end)
        and (bars := [match.start() for match in PIPE.finditer(text, line.start, line.end)])
    ]
    is_open = any(text[start : bars[0]].strip() for start, bars in found)
    extents = [list(_between([start - 1, *bars] if is_open else bars)) for start, bars in found]
    cells = _cells(normal, *np.array([*chain(*extents)], np.intp).reshape(-1, 2).T)
    rows = [tuple(islice(cells, len(row))) for row in extents]
    if not any(sum(cell.text != "" for cell in row) > 1 for row in rows):
        return []
    return unpacked(rows) if is_open else rows


def _between(bounds: Sequence[int]) -> Iterator[Extent]:
    return ((start + 1, end) for start, end in pairwise(bounds))


def _cells(normal: NormalText, begins: Places, ends: Places) -> Iterator[Cell]:
    """Cells by where the text of each begins and ends."""
    text, offsets, places = normal.text, np.asarray(normal.offsets), np.asarray(normal.places)
    firsts, lasts = places[begins], places[ends]
    filled = firsts < lasts
    starts, stops = begins.copy(), begins.copy()
    starts[filled] = offsets[firsts[filled]]
    stops[filled] = offsets[lasts[filled] - 1] + 1
    texts = [text[first:last] for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)]
    return map(_cell, zip(texts, starts.tolist(), stops.tolist(), strict=True))


def _in_html(text: str, normal: NormalText, starts: Sequence[int]) -> Iterator[Table]:
    """Tables as tags; where one holds another, the inner one."""
    begin = -1
    rows: list[list[tuple[Extent, int, int]]] = []
    open_cell: tuple[int, str] | None = None
    for tag in TAG.finditer(text):
        closes, name = tag[1], tag[2].lower()
        if open_cell and rows:
            spans = {kind.lower(): int(span) for kind, span in SPAN.findall(open_cell[1])}
            cell = (open_cell[0], tag.start()), spans.get("col", 1), spans.get("row", 1)
            rows[-1].append(cell)
        open_cell = None
        if name == "table" and not closes:
            begin, rows = tag.start(), []
        elif name == "table":
            extents = [extent for row in rows for extent, _, _ in row]
            found = _cells(normal, *np.array(extents, np.intp).reshape(-1, 2).T)
            cells = tuple(_laid(found, rows))
            if begin >= 0 and cells:
                last = bisect_right(starts, tag.start())
                yield Table(cells, bisect_right(starts, begin), last)
            begin, rows = -1, []
        elif name == "tr" and not closes:
            rows.append([])
        elif not closes and begin >= 0:
            rows = rows or [[]]
            open_cell = tag.end(), tag[3]


def _laid(
    found: Iterator[Cell], rows: Sequence[Sequence[tuple[Extent, int, int]]]
) -> Iterator[tuple[Cell, ...]]:
    """Rows of the cells found, with blank cells where they span others."""
    down: dict[int, int] = {}
    for row in rows:
        cells: list[Cell] = []
        spanned, down = down, {column: n - 1 for column, n in down.items() if n > 1}
        for extent, across, rowspan in row:
            while len(cells) in spanned and len(cells) < COLUMNS:
                cells.append(Cell("", extent[0], extent[0]))
            if rowspan > 1:
                down |= dict.fromkeys(range(len(cells), len(cells) + across), rowspan - 1)
            cells.append(next(found))
            blank = Cell("", extent[1], extent[1])
            cells += [blank] * min(across - 1, COLUMNS - len(cells))
        while len(cells) in spanned and cells and len(cells) < COLUMNS:
            cells.append(Cell("", cells[-1].end, cells[-1].end))
        if cells:
            yield tuple(cells)
