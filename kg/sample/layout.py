"""What the layouts share: blocks written one after another, tables with their titles and heads."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Sequence
from itertools import accumulate

from kg.sample.dice import Dice
from kg.sample.page import Insertions, Page
from kg.sample.report import Block, Report
from kg.sample.tables import Grid

#: Where a space may stand between a number and what is around it.
_BEFORE_NUMBER = re.compile(r"(?<=[一-鿿])(?=\d)")
_AFTER_NUMBER = re.compile(r"(?<=\d)(?=[一-鿿])")
_YEARS = re.compile(r"(?<=20\d\d)(?=年)")
#: Whole numbers and single characters: what a line may be broken between.
_TOKEN = re.compile(r"(?:[0-9A-Za-z.,%]+|.)[，。、；：）)”,;:]*")


class Layout:
    """A way in which a report is printed; each kind of block has a method of its name."""

    #: What a table's head says before the money's unit.
    unit_words = "单位：万元"

    def __init__(self, report: Report, dice: Dice) -> None:
        self.report = report
        self.dice = dice
        self.page = Page(report.draft)

    def written(self) -> Page:
        """The whole report."""
        before = ""
        dice = self.dice
        for block in self.report.blocks:
            # a misprint in a paragraph moves nothing in others
            self.dice = dice.child() if block.kind == "paragraph" else dice
            if block.kind == "contents" != before:
                self.contents_begin()
            getattr(self, block.kind)(block)
            before = block.kind
        self.page.write("\n")
        return self.page

    # --- blocks; layouts do otherwise where they differ

    def contents_begin(self) -> None:
        self.page.write("目 录\n\n")

    def cover(self, block: Block) -> None:
        self.page.write(f"{block.text}\n\n")

    def contents(self, block: Block) -> None:
        raise NotImplementedError

    def line(self, text: str) -> None:
        """What stands on a line of its own."""
        self.page.write(f"{text}\n\n")

    def part(self, block: Block) -> None:
        self.line(block.text)

    def section(self, block: Block) -> None:
        self.line(block.text)

    def subsection(self, block: Block) -> None:
        self.section(block)

    def figure(self, block: Block) -> None:
        self.page.write(f" \n\n\n{block.text}\n\n")

    def paragraph(self, block: Block) -> None:
        self.line(block.text)

    def table(self, block: Block) -> None:
        grid = self.report.grids[block.text]
        if grid.place == "indicators":
            self.page.write(f"{rows_of(grid.head + grid.rows, grid.width)}\n\n")
        else:
            self.numbered_table(grid)
            for note in grid.notes:
                self.page.write(f"{note}\n\n")

    def numbered_table(self, grid: Grid) -> None:
        raise NotImplementedError


def rows_of(rows: Sequence[Sequence[str]], width: int) -> str:
    """Rows of cells as lines with tabs, each as wide as the table."""
    return "\n".join("\t".join([*row, *[""] * (width - len(row))]) for row in rows)


def spaces(dice: Dice, text: str, before: int, after: int) -> list[tuple[int, str]]:
    """Spaces around numbers, in so many per cent of the places for them."""
    found = [(m.start(), " ") for m in _BEFORE_NUMBER.finditer(text) if dice.chance(before)]
    found += [(m.start(), " ") for m in _AFTER_NUMBER.finditer(text) if dice.chance(after)]
    return sorted(found)


def year_spaces(dice: Dice, text: str) -> list[tuple[int, str]]:
    """A space between a year and 年, now and then."""
    return [(m.start(), " ") for m in _YEARS.finditer(text) if dice.chance(60)]


def broken_once(dice: Dice, text: str, chance: int) -> list[tuple[int, str]]:
    """A paragraph that runs over a page's end: one break, between two words."""
    if len(text) < 60 or not dice.chance(chance):
        return []
    tokens = [m.start() for m in _TOKEN.finditer(text.rstrip("\n"))]
    return [] if len(tokens) < 40 else [(tokens[dice.between(20, len(tokens) - 3)], "\n\n")]


def wrapped(text: str, width: int, line_end: Callable[[], str]) -> list[tuple[int, str]]:
    """Line ends for lines of at most `width` half-width characters; numbers stay whole."""
    tokens = _TOKEN.findall(text)
    # in this encoding a character has as many bytes as it is half-widths wide
    widths = [0, *accumulate(len(token.encode("gb18030")) for token in tokens)]
    starts = [0, *accumulate(map(len, tokens))]
    found = []
    first = 0
    while widths[-1] - widths[first] > width:
        first = max(first + 1, bisect.bisect_right(widths, widths[first] + width) - 1)
        found.append((starts[first], line_end()))
    return found


def merged(first: Insertions, second: Insertions) -> list[tuple[int, str]]:
    """Both lists of insertions in order; where both insert, the first does."""
    return sorted({**dict(second), **dict(first)}.items())
