"""A PDF's pages to canonical text: tables and lines from the top, without the page's number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from kg.document.formats.canonical import Canonical
from kg.document.formats.pdf.blocks import blocks_of
from kg.document.formats.pdf.glyphs import Glyph
from kg.document.formats.pdf.grids import grids_of
from kg.document.formats.pdf.lines import APART, TextLine, lines_of
from kg.document.formats.pdf.margins import Page, head_at, without_head
from kg.document.formats.pdf.ruled import RuledTable, Sheet
from kg.document.formats.pdf.rules import Rules
from kg.document.formats.pdf.unruled import UnruledTable

#: Text is in two columns where so many lines are divided, so far before what is on the right.
COLUMN, GUTTER = 6, 3.0


@dataclass
class Flow:
    """The pages of a document, one after the other."""

    canonical: Canonical = field(default_factory=Canonical)
    #: The table that the pages so far end in.
    _table: RuledTable | UnruledTable | None = None
    #: Where it begins, if on this page, and the lines of its head.
    _began: float | None = None
    _head: Sequence[TextLine] = ()

    def add(self, page: Page) -> None:
        """Add a page."""
        glyphs, rules = page.glyphs, page.rules
        self._began = None
        if self._table:
            glyphs = without_head(glyphs, self._head)
            self._table.page()
        else:
            self.canonical.page()
        grids = grids_of(rules)
        inside: list[list[Glyph]] = [[] for _ in grids]
        outside: list[Glyph] = []
        for glyph in glyphs:
            of = next((n for n, grid in enumerate(grids) if grid.holds(glyph)), None)
            (outside if of is None else inside[of]).append(glyph)
        tops = [grid.top for grid in grids]
        between: list[list[TextLine]] = [[] for _ in range(len(grids) + 1)]
        for line in lines_of(outside):
            between[bisect_right(tops, line.middle)].append(line)
        self._lines(between[0], rules)
        for grid, held, below in zip(grids, inside, between[1:], strict=True):
            self._grid(grid.top, Sheet.of(grid, held))
            self._lines(below, rules)
        if self._began is not None:
            self._head = head_at(page.glyphs, self._began)

    def close(self) -> None:
        """Write the table that the pages so far end in."""
        if self._table:
            self.canonical.gap()
            self._table.write(self.canonical)
        self._table = self._began = None

    def _grid(self, top: float, sheet: Sheet) -> None:
        if not (isinstance(self._table, RuledTable) and self._table.goes_on_in(sheet)):
            self.close()
            self._table, self._began = RuledTable(), top
        self._table.add(sheet)

    def _lines(self, lines: Sequence[TextLine], rules: Rules) -> None:
        """Lines of prose, and the tables among them that are drawn without lines."""
        heights = sorted(rule.at for rule in rules.level)
        for block, is_table in blocks_of(lines):
            if is_table:
                if not (isinstance(self._table, UnruledTable) and self._table.goes_on_in(block)):
                    self.close()
                    self._table, self._began = UnruledTable(), block[0].top
                self._table.add(block, heights)
                continue
            rest = self._table.rest_in(block) if isinstance(self._table, UnruledTable) else 0
            if isinstance(self._table, UnruledTable) and rest:
                self._table.add(block[:rest], heights)
            if rest < len(block):
                self.close()
                for text in _prose(block[rest:]):
                    self.canonical.line(text)


def _prose(lines: Sequence[TextLine]) -> Iterator[str]:
    """Lines; what only happens to stand at one height is a line each."""
    pieces = [line.pieces(APART) for line in lines]
    halves = [found for found in pieces if len(found) == 2]
    if len(halves) >= COLUMN and 2 * len(halves) > len(lines):
        gutter = median(found[1].left for found in halves) - GUTTER
        if all(found[0].right < gutter < found[1].left for found in halves):
            words = [word for found in pieces for word in found]
            pieces = [[word] for word in sorted(words, key=lambda word: word.left > gutter)]
    for found in pieces:
        if all(len(piece.text) == 1 for piece in found):  # 目     录
            yield " ".join(piece.text for piece in found)
        else:
            yield from (piece.text for piece in found)
