"""Tables that are drawn without lines, over one page or several: their columns and rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from statistics import median

from kg.document.formats.canonical import Canonical
from kg.document.formats.pdf.columns import column_of, columns_of, figured, fit, row_of
from kg.document.formats.pdf.heads import spread
from kg.document.formats.pdf.lines import TextLine
from kg.document.formats.pdf.wraps import Group, Wraps, has_number, pitch_of, units_of

#: A line of so many words without a number among them is a table's head.
HEAD = 3
#: How many lines a row that was begun on the page before goes on for at most.
REST = 4
#: How many lines tell the columns of a table that goes on.
BEGINNING, END = 120, 60


class Layout:
    """How some lines are a table: the size of its characters, its columns, how its cells wrap."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self.size = median(line.size for line in lines)
        self.pitch = pitch_of(lines)
        self.units = units_of(lines, self.pitch)
        self.columns = columns_of(self.units, self.size)
        self.wraps = Wraps(
            self.units, lambda word: column_of(word, self.columns), self.size, self.pitch
        )


@dataclass
class UnruledTable:
    """A table's lines, those of each page below those of the page before."""

    lines: list[TextLine] = field(default_factory=list)
    #: The heights of the lines that are drawn between them.
    heights: list[float] = field(default_factory=list)
    #: The heights of the last lines on each page, but for the last one.
    pages: list[float] = field(default_factory=list)
    #: How far the lines of this page are moved down; not known before the first.
    _down: float | None = 0.0
    _layout: Layout | None = None

    def goes_on_in(self, lines: Sequence[TextLine]) -> bool:
        """Whether lines fit the columns, and have neither a title nor a head."""
        words = lines[0].words
        if any(word.text.endswith("表") for word in words):
            return False
        if len(words) >= HEAD and not has_number(lines[:1]):
            return False
        return fit(Layout(lines).columns, lines, self._laid().columns)

    def rest_in(self, lines: Sequence[TextLine]) -> int:
        """How many lines below are the rest of the last row, or few last rows on a page."""
        layout = self._laid()
        above, count = layout.units[-1], 0
        for line in self._moved(lines[:REST]):
            is_row = self._down is None and has_number([line])
            if not (self._is_row(line) if is_row else layout.wraps.goes_on(above, [line])):
                break
            above, count = [line], count + 1
        return count

    def _is_row(self, line: TextLine) -> bool:
        """Whether each word of a line stands in a column of its own."""
        columns = self._laid().columns
        places = {column_of(word, columns) for word in line.words}
        return 1 < len(places) == len(line.words) and all(
            columns[place][0] < word.right and word.left < columns[place][1]
            for word in line.words
            for place in [column_of(word, columns)]
        )

    def add(self, lines: Sequence[TextLine], heights: Sequence[float]) -> None:
        """Add lines, and the heights of what is drawn on their page."""
        moved = self._moved(lines)
        down = self._down = moved[0].top - lines[0].top
        self.heights += [at + down for at in heights if lines[0].top < at < lines[-1].bottom]
        self.lines += moved
        self._layout = None

    def page(self) -> None:
        """A page begins."""
        self.pages.append(self.lines[-1].middle)
        self._down = None

    def write(self, canonical: Canonical) -> None:
        """Write the rows."""
        layout, pages = Layout(self.lines), [*self.pages]
        groups = self._between_rules(layout) or layout.wraps.rows()
        first = next((n for n, group in enumerate(groups) if has_number(group)), 0)
        heads = spread(groups[:first], layout.columns, layout.size)
        figures = figured(groups[first:], layout.columns)
        body = (row_of(group, layout.columns, figures) for group in groups[first:])
        for group, row in zip(groups, chain(heads, body), strict=True):
            while pages and pages[0] < group[0].middle:
                canonical.page()
                del pages[0]
            canonical.row(row)
        for _ in pages:
            canonical.page()

    def _laid(self) -> Layout:
        """How the lines so far are a table; of a long one its beginning and its end tell."""
        if self._layout is None:
            long = len(self.lines) > BEGINNING + END
            lines = [*self.lines[:BEGINNING], *self.lines[-END:]] if long else self.lines
            self._layout = Layout(lines)
        return self._layout

    def _moved(self, lines: Sequence[TextLine]) -> list[TextLine]:
        """Lines of another page as far down as if they were the next ones here."""
        down = self._down
        if down is None:
            down = self.lines[-1].middle + self._laid().pitch - lines[0].middle
        return [line._replace(top=line.top + down, bottom=line.bottom + down) for line in lines]

    def _between_rules(self, layout: Layout) -> list[Group]:
        """The rows where a line is drawn between them; none where too few are."""
        numbered = sum(has_number([line]) for line in self.lines)
        if not 2 * len(self.heights) >= numbered > 2:
            return []
        rows: list[Group] = []
        for band, goes_on in self._bands():
            if goes_on and layout.wraps.goes_on(rows[-1], band) and not has_number(band):
                rows[-1] = [*rows[-1], *band]
            else:
                rows.append(band)
        return rows

    def _bands(self) -> Iterator[tuple[Group, bool]]:
        """Lines between those that are drawn, and whether a page begins with them."""
        ends = sorted([*self.heights, *(at + 1 for at in self.pages)])
        before = 0
        for _, band in groupby(self.lines, key=lambda line: bisect_right(ends, line.middle)):
            lines = list(band)
            page = bisect_right(self.pages, lines[0].middle - 1)
            yield lines, page > before
            before = page
