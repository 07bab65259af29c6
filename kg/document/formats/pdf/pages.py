"""A PDF's pages to canonical text: tables and lines from the top, without the page's number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.document.formats.canonical import Canonical, joined
from kg.document.formats.pdf.blocks import blocks_of
from kg.document.formats.pdf.columns import Columns, table_of
from kg.document.formats.pdf.glyphs import Glyph
from kg.document.formats.pdf.grids import Grid, grids_of
from kg.document.formats.pdf.lines import APART, NUMBER, TextLine, lines_of
from kg.document.formats.pdf.rules import Rules

PAGE_NUMBER = re.compile(
    r"[-—–－·~\s]*\d{1,4}[-—–－·~\s]*|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4}"
)
#: A cell with so many numbers under each other is a column whose rows aren't drawn.
NUMBERS = 3
#: How far (points) a table's lines may be from those of the page before, to be one table.
ALIKE = 5.0


@dataclass
class Sheet:
    """A table's rows; `edges` are where its columns begin, and where the last ends."""

    edges: Sequence[float]
    rows: list[list[str]]

    def laid(self, edges: Sequence[float]) -> Iterator[list[str]]:
        """The rows in columns that are as many or more."""
        places = [bisect_right(edges, left + ALIKE) - 1 for left in self.edges[:-1]]
        for row in self.rows:
            cells = [""] * (len(edges) - 1)
            for place, text in zip(places, row, strict=True):
                cells[place] = text
            yield cells


@dataclass
class Flow:
    """The pages of a document, one after the other."""

    canonical: Canonical = field(default_factory=Canonical)
    #: The table that the pages so far end in, as parts with the pages that begin between them.
    _open: list[Sheet | None] = field(default_factory=list)
    #: Where the columns of the table end that they end in, if it is drawn without lines.
    _columns: Columns | None = None

    def add(self, glyphs: Sequence[Glyph], rules: Rules) -> None:
        """Add a page."""
        self._page()
        grids = grids_of(rules)
        inside: list[list[Glyph]] = [[] for _ in grids]
        outside: list[Glyph] = []
        for glyph in glyphs:
            of = next((n for n, grid in enumerate(grids) if grid.holds(glyph)), None)
            (outside if of is None else inside[of]).append(glyph)
        tops = [grid.top for grid in grids]
        between: list[list[TextLine]] = [[] for _ in range(len(grids) + 1)]
        for line in _without_number(lines_of(outside)):
            between[bisect_right(tops, line.middle)].append(line)
        self._lines(between[0], rules)
        for grid, held, below in zip(grids, inside, between[1:], strict=True):
            self._grid(Sheet(grid.columns, list(_grid_rows(grid, held))))
            self._lines(below, rules)

    def close(self) -> None:
        """Write what is left of the table that the pages so far end in."""
        parts = [part for part in self._open if part]
        edges: list[float] = []
        for at in sorted(at for part in parts for at in part.edges):
            if not edges or at - edges[-1] > ALIKE:
                edges.append(at)
        if parts:
            self.canonical.gap()
        for part in self._open:
            if part is None:
                self.canonical.page()
            else:
                for row in part.laid(edges):
                    self.canonical.row(row)
        self._open = []

    def _page(self) -> None:
        if self._open:
            self._open.append(None)
        else:
            self.canonical.page()

    def _grid(self, sheet: Sheet) -> None:
        last = next((part for part in reversed(self._open) if part), None)
        if last and not all(abs(last.edges[end] - sheet.edges[end]) < ALIKE for end in (0, -1)):
            self.close()
        self._open.append(sheet)
        self._columns = None

    def _lines(self, lines: Sequence[TextLine], rules: Rules) -> None:
        """Lines of prose, and the tables among them that are drawn without lines."""
        for block, is_table in blocks_of(lines):
            self.close()
            if is_table:
                heights = (rule.at for rule in rules.level)
                columns, rows = table_of(block, heights, self._columns)
                if self._columns is not None and len(columns) != len(self._columns):
                    self.canonical.gap()
                self._columns = columns
                for row in rows:
                    self.canonical.row(row)
            else:
                self._columns = None
                for text in _prose(block):
                    self.canonical.line(text)


def _prose(lines: Sequence[TextLine]) -> Iterator[str]:
    """Lines; what only happens to stand at one height is a line each."""
    for line in lines:
        pieces = line.pieces(APART)
        if all(len(piece.text) == 1 for piece in pieces):  # 目     录
            yield line.text
        else:
            yield from (piece.text for piece in pieces)


def _without_number(lines: list[TextLine]) -> list[TextLine]:
    """The lines without the page's number, which is the first or the last."""
    if lines and PAGE_NUMBER.fullmatch(lines[-1].text):
        return lines[:-1]
    if lines and PAGE_NUMBER.fullmatch(lines[0].text):
        return lines[1:]
    return lines


def _grid_rows(grid: Grid, glyphs: Sequence[Glyph]) -> Iterator[list[str]]:
    width = len(grid.columns) - 1
    cells: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        cells.setdefault(grid.place(glyph), []).append(glyph)
    for row in range(len(grid.rows) - 1):
        texts = [lines_of(cells.get((row, column), ())) for column in range(width)]
        if any(map(_are_numbers, texts)):
            yield from _undrawn_rows(texts)
        else:
            yield [joined([line.text for line in lines]) for lines in texts]


def _are_numbers(lines: Sequence[TextLine]) -> bool:
    return len(lines) >= NUMBERS and all(NUMBER.fullmatch(line.text) for line in lines)


def _undrawn_rows(cells: Sequence[Sequence[TextLine]]) -> Iterator[list[str]]:
    """The rows of cells that hold a line for each row: the heights of the numbers tell them."""
    longest = max((lines for lines in cells if _are_numbers(lines)), key=len)
    ends = [(above.bottom + line.top) / 2 for above, line in pairwise(longest)]
    for row in range(len(longest)):
        yield [
            joined([line.text for line in lines if bisect_right(ends, line.middle) == row])
            for lines in cells
        ]
