"""Reports as OCR reads them: contents with dots, tables with tabs, a number cut in two."""

from __future__ import annotations

import re

from kg.sample.dice import Dice
from kg.sample.layout import Layout, broken_once, merged, rows_of, spaces
from kg.sample.report import Block, Report
from kg.sample.tables import Grid

#: Punctuation that OCR reads as half-width in some paragraphs.
_HALF_WIDTH = str.maketrans("，；：（）", ",;:()")
#: Numbers long enough to be cut after their point's first digit.
_CUTTABLE = re.compile(r"(?<=\d\.\d)(?=\d万元)")


class OcrLayout(Layout):
    """Paragraphs mostly whole; the head of each table where the eye found it."""

    def __init__(self, report: Report, dice: Dice) -> None:
        super().__init__(report, dice)
        self._page_number = 1
        self._before, self._after = dice.choice(((0, 0), (0, 0), (60, 60)))
        self._cuts = dice.between(0, 2)
        self._bullets = dice.chance(30)
        self._part = 0
        self.page.write("\n\n")

    def cover(self, block: Block) -> None:
        self.page.write(f"{block.text}\n\n", self._title_break)

    def _title_break(self, text: str) -> list[tuple[int, str]]:
        return [(20, "\n")] if len(text) > 26 and self.dice.chance(60) else []

    def contents(self, block: Block) -> None:
        self._page_number += self.dice.below(3)
        title = block.text.removeprefix("# ")
        dots = "." * self.dice.between(3, 6)
        gap = self.dice.choice(("", "", "\t"))
        end = self.dice.choice(("\n", "\n\n"))
        self.page.write(f"{title}{dots}{gap}{self._page_number}{end}")

    def part(self, block: Block) -> None:
        self._part += 1
        self.page.write(f"\n{block.text}\n\n")

    def paragraph(self, block: Block) -> None:
        text = block.text
        if self.dice.chance(25):
            text = text.translate(_HALF_WIDTH)
        bullet = "- " if self._bullets and self._part == 1 and text[0].isdigit() else ""
        self.page.write(f"{bullet}{text}\n\n", self._breaks)

    def _breaks(self, text: str) -> list[tuple[int, str]]:
        breaks = broken_once(self.dice, text, 8)
        if not breaks and self._cuts and self.dice.chance(6):
            places = [m.start() for m in _CUTTABLE.finditer(text)]
            if places:
                self._cuts -= 1
                breaks = [(self.dice.choice(places), "\n\n")]
        return merged(breaks, spaces(self.dice, text, self._before, self._after))

    def numbered_table(self, grid: Grid) -> None:
        title, width = grid.title, grid.width
        number, department = f"公开0{grid.place[-1]}表", grid.department
        body = rows_of(grid.head + grid.rows, width)
        blank = [""] * (width - 2)
        unit = self.unit_words
        form = self.dice.below(5)
        if form == 0:
            text = f"{title}\n\n{body}\n\n{number}\n{unit}\n\n{department}"
        elif form == 1:
            head = rows_of([[title, *blank, number], [department, *blank, unit]], width)
            text = f"{title}\n\n{head}\n{body}"
        elif form == 2:
            head = rows_of([[number], [unit], [department]], width)
            text = f"{title}\n\n{head}\n{body}"
        elif form == 3:
            text = f"{title}\n\n{number}\n\n{department}\n\n{unit}\n\n{body}"
        else:
            head = rows_of([[title, *blank, number], [department, *blank, unit]], width)
            text = f"{head}\n{body}"
        self.page.write(f"{text}\n\n")
