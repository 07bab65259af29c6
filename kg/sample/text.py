"""Reports as text laid out by their own style: Word and PDF files of other places, web pages."""

from __future__ import annotations

from kg.sample.dice import Dice
from kg.sample.layout import Layout, rows_of, wrapped
from kg.sample.report import Block, Report
from kg.sample.tables import Grid


class TextLayout(Layout):
    """A paragraph a line, or hard-wrapped as PDF readers give it; titles above their tables."""

    def __init__(self, report: Report, dice: Dice) -> None:
        super().__init__(report, dice)
        self._page_number = 1
        self._width = 2 * dice.between(30, 42) if dice.chance(30) else None
        self._gap = dice.choice(("\n", "\n\n"))
        self._inside = dice.chance(40)
        self.unit_words = f"{dice.choice(('单位：', '金额单位：'))}{report.table_unit}"

    def contents_begin(self) -> None:
        self.page.write(f"目录{self._gap}")

    def contents(self, block: Block) -> None:
        self._page_number += self.dice.below(3)
        kind = self.report.look.contents
        end = ""
        if kind == "dots":
            end = "." * self.dice.between(6, 40) + str(self._page_number)
        elif kind == "pageref":
            end = f" PAGEREF _Toc{self.dice.between(1000, 32000)} \\h {self._page_number}"
        self.page.write(f"{block.text}{end}{self._gap}")

    def cover(self, block: Block) -> None:
        self.line(block.text)

    def figure(self, block: Block) -> None:
        self.line(block.text)

    def paragraph(self, block: Block) -> None:
        self.page.write(f"{block.text}{self._gap}", self._breaks)

    def line(self, text: str) -> None:
        self.page.write(f"{text}{self._gap}")

    def _breaks(self, text: str) -> list[tuple[int, str]]:
        return wrapped(text.rstrip("\n"), self._width, lambda: "\n") if self._width else []

    def numbered_table(self, grid: Grid) -> None:
        blank = [""] * (grid.width - 2)
        if self._inside:
            above = rows_of([[grid.number, *blank], [grid.department, *blank, self.unit_words]], 2)
        else:
            above = "\n".join(filter(None, (grid.number, grid.department, self.unit_words)))
        body = rows_of(grid.head + grid.rows, grid.width)
        self.page.write(f"{grid.title}\n{above}\n{body}\n\n")
