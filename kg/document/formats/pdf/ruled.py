"""Tables that are drawn with lines, over one page or several: their cells and rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.document.formats.canonical import Canonical, joined
from kg.document.formats.pdf.glyphs import Glyph
from kg.document.formats.pdf.grids import Grid
from kg.document.formats.pdf.lines import NUMBER, TextLine, lines_of

#: A cell with so many numbers under each other is a column whose rows aren't drawn.
NUMBERS = 3
#: How far (points) a table's lines may be from those of the page before, to be one table.
ALIKE = 5.0
#: How much room a wrapped line leaves in its cell at most: its margin (points), some characters.
MARGIN, ROOM = 6.0, 1.5

#: Marks that programs let hang over the end of a line, and how near (points) they are to it.
HANGING, TOUCHING = frozenset("）」》”，。、；："), 1.0

#: The lines of a cell's text.
Cell = Sequence[TextLine]
#: The row and column of a cell.
Place = tuple[int, int]


@dataclass
class Sheet:
    """A table's part on a page; `edges` are where its columns begin, and where the last ends."""

    edges: Sequence[float]
    rows: list[list[Cell]]

    @classmethod
    def of(cls, grid: Grid, glyphs: Sequence[Glyph]) -> Sheet:
        """The part that a grid holds; rows that hold nothing are left out."""
        width = len(grid.columns) - 1
        cells: dict[tuple[int, int], list[Glyph]] = {}
        for run in _runs(_placed(grid, glyphs)):
            for glyph, place in zip(run, _places(grid, run), strict=True):
                cells.setdefault(place, []).append(glyph[0])
        rows: list[list[Cell]] = []
        for row in sorted({row for row, _ in cells}):
            texts = [lines_of(cells.get((row, column), ())) for column in range(width)]
            rows += _undrawn_rows(texts) if any(map(_are_numbers, texts)) else [[*texts]]
        return cls(grid.columns, rows)

    def laid(self, edges: Sequence[float]) -> Iterator[list[str]]:
        """The rows in columns that are as many or more."""
        places = [bisect_right(edges, left + ALIKE) - 1 for left in self.edges[:-1]]
        for row in self.rows:
            cells = [""] * (len(edges) - 1)
            for place, cell in zip(places, row, strict=True):
                cells[place] = joined([line.text for line in cell])
            yield cells

    def take_rest_from(self, sheet: Sheet) -> None:
        """Take from the next page the rest of the last row, if its texts go on there."""
        if not self.rows or not sheet.rows or len(self.edges) != len(sheet.edges):
            return
        last, first = self.rows[-1], sheet.rows[0]
        rest = [n for n, cell in enumerate(first) if cell]
        if 2 * len(rest) <= sum(map(bool, last)) and all(self._goes_on(n, first[n]) for n in rest):
            self.rows[-1] = [[*above, *below] for above, below in zip(last, first, strict=True)]
            del sheet.rows[0]

    def _goes_on(self, column: int, below: Cell) -> bool:
        """Whether a cell of the last row is full to its end, and no number stands below."""
        cell = self.rows[-1][column]
        if not cell or NUMBER.fullmatch(below[0].text):
            return False
        word = cell[-1].words[-1]
        margin = min(cell[-1].words[0].left - self.edges[column], MARGIN)
        em = (word.right - word.left) / len(word.text)
        return self.edges[column + 1] - word.right - margin < ROOM * em


@dataclass
class RuledTable:
    """A table's parts, with the pages that begin between them."""

    parts: list[Sheet | None] = field(default_factory=list)

    def goes_on_in(self, sheet: Sheet) -> bool:
        """Whether a part is of the same columns, some of them merged, and has no title."""
        last = next(part for part in reversed(self.parts) if part)
        fewer, more = sorted((last.edges, sheet.edges), key=len)
        title = "".join(line.text for cell in sheet.rows[0] for line in cell) if sheet.rows else ""
        return (
            all(any(abs(at - other) < ALIKE for other in more) for at in fewer)
            and all(abs(last.edges[end] - sheet.edges[end]) < ALIKE for end in (0, -1))
            and not title.endswith("表")
        )

    def add(self, sheet: Sheet) -> None:
        """Add a part."""
        last = next((part for part in reversed(self.parts) if part), None)
        if last and self.parts[-1] is None:
            last.take_rest_from(sheet)
        self.parts.append(sheet)

    def page(self) -> None:
        """A page begins."""
        self.parts.append(None)

    def write(self, canonical: Canonical) -> None:
        """Write the rows, in the columns of all parts."""
        edges: list[float] = []
        for at in sorted(at for part in self.parts if part for at in part.edges):
            if not edges or at - edges[-1] > ALIKE:
                edges.append(at)
        for part in self.parts:
            if part is None:
                canonical.page()
            else:
                for row in part.laid(edges):
                    canonical.row(row)


def _placed(grid: Grid, glyphs: Iterable[Glyph]) -> Iterator[tuple[Glyph, Place]]:
    """Characters with their cells; a mark that hangs over the end of its cell is of it."""
    last: tuple[Glyph, Place] | None = None
    for glyph in glyphs:
        place = grid.place(glyph)
        if last and place != last[1] and glyph.text in HANGING:
            before = last[0]
            touches = abs(glyph.left - before.right) < TOUCHING
            if touches and before.top - TOUCHING < glyph.middle < before.bottom + TOUCHING:
                place = last[1]
        last = glyph, place
        yield last


def _runs(glyphs: Iterable[tuple[Glyph, Place]]) -> Iterator[Sequence[tuple[Glyph, Place]]]:
    """Characters by the texts that the file draws one after the other, each in one column."""
    run: list[tuple[Glyph, Place]] = []
    for glyph, place in glyphs:
        if run:
            last, before = run[-1]
            height = glyph.bottom - glyph.top
            if place[1] != before[1] or not -height < glyph.top - last.top < 2 * height:
                yield run
                run = []
        run.append((glyph, place))
    if run:
        yield run


def _places(grid: Grid, run: Sequence[tuple[Glyph, Place]]) -> list[Place]:
    """The cells that characters are in; one cell where they overflow it at both of its sides."""
    places = [place for _, place in run]
    if places[0] != places[-1] and any(grid.crosses(glyph) for glyph, _ in run):
        top, bottom = min(g.top for g, _ in run), max(g.bottom for g, _ in run)
        return [grid.place(run[0][0]._replace(top=top, bottom=bottom))] * len(run)
    return places


def _are_numbers(lines: Cell) -> bool:
    return len(lines) >= NUMBERS and all(NUMBER.fullmatch(line.text) for line in lines)


def _undrawn_rows(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """The rows of cells that hold a line for each row: the heights of the numbers tell them."""
    longest = max((lines for lines in cells if _are_numbers(lines)), key=len)
    ends = [(above.bottom + line.top) / 2 for above, line in pairwise(longest)]
    for row in range(len(longest)):
        yield [
            [line for line in lines if bisect_right(ends, line.middle) == row] for lines in cells
        ]
