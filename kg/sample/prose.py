"""Reports as conversions of prose alone: hard-wrapped lines with blank ones between, no tables."""

from __future__ import annotations

from kg.sample.dice import Dice
from kg.sample.layout import Layout, merged, spaces, wrapped
from kg.sample.report import Block, Report


class ProseLayout(Layout):
    """Lines of some thirty characters; a page's first line begins with a space."""

    def __init__(self, report: Report, dice: Dice) -> None:
        super().__init__(report, dice)
        self._width = 2 * dice.between(28, 32)
        self._page_lines = dice.between(22, 28)
        self._before, self._after = dice.choice(((0, 0), (85, 10), (90, 80)))
        self._lines = 0
        self._pages = 1
        self.page.write(" ")

    def part(self, block: Block) -> None:
        self._lines = max(self._lines, self._page_lines)
        self.line(block.text)

    def figure(self, block: Block) -> None:
        self.line(block.text)

    def line(self, text: str) -> None:
        if self._lines:
            self.page.write(self._line_end())
        self.page.write(text, self._breaks)

    def _breaks(self, text: str) -> list[tuple[int, str]]:
        # the lines are counted as they are ended, so the ends come first
        ends = wrapped(text, self._width, self._line_end)
        self._lines += 1
        return merged(ends, spaces(self.dice, text, self._before, self._after))

    def _line_end(self) -> str:
        """The end of a line, or of a page: now and then with its number."""
        self._lines += 1
        if self._lines <= self._page_lines:
            return "\n\n"
        self._lines = 1
        self._pages += 1
        return f"\n\n{self._pages}\n\n" if self.dice.chance(8) else "\n "
