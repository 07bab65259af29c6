"""Reports as converted to markdown: headings with #, contents as lists, bold rows of totals."""

from __future__ import annotations

from kg.sample.dice import Dice
from kg.sample.layout import Layout, broken_once, merged, rows_of, year_spaces
from kg.sample.report import Block, Report
from kg.sample.tables import Grid


class MarkdownLayout(Layout):
    """Headings of uneven rank, as converters give them."""

    unit_words = "金额单位：万元"

    def __init__(self, report: Report, dice: Dice) -> None:
        super().__init__(report, dice)
        self._covered = False
        self._spaced = dice.chance(50)
        self.page.write("\n\n")

    def contents_begin(self) -> None:
        self.page.write("# 目 录\n\n")

    def cover(self, block: Block) -> None:
        mark = "" if self._covered else "# "
        self._covered = True
        self.page.write(f"{mark}{block.text}\n\n")

    def contents(self, block: Block) -> None:
        if not block.text.startswith("# "):
            self.page.write(f"- {block.text}\n")
        elif block.text[3] in "四五六":
            self.page.write(f"\n#### **{block.text[2:]}**\n")
        else:
            self.page.write(f"\n#{block.text}\n\n")

    def part(self, block: Block) -> None:
        mark = self.dice.choice(("# ", "# ", "## ", ""))
        self.page.write(f"\n{mark}{block.text}\n\n")

    def section(self, block: Block) -> None:
        mark = self.dice.choice(("## ", "## ", "### ", "#### "))
        bold = "**" if self.dice.chance(20) else ""
        self.page.write(f"{mark}{bold}{block.text}{bold}\n\n")

    def subsection(self, block: Block) -> None:
        self.page.write(f"{self.dice.choice(('### ', '#### '))}{block.text}\n\n")

    def paragraph(self, block: Block) -> None:
        self.page.write(f"{block.text}\n\n", self._breaks)

    def _breaks(self, text: str) -> list[tuple[int, str]]:
        spaced = year_spaces(self.dice, text) if self._spaced else []
        return merged(broken_once(self.dice, text, 6), spaced)

    def numbered_table(self, grid: Grid) -> None:
        year, width = self.report.accounts.year, grid.width
        title = f"{year}年度{grid.title}"
        number, department = f"公开0{grid.place[-1]}表", grid.department
        if grid.place in ("T01", "T04"):
            grid.rows = [
                [f"<b>{cell}</b>" if cell else "" for cell in row] if n in grid.totals else row
                for n, row in enumerate(grid.rows)
            ]
        body = rows_of(grid.head + grid.rows, width)
        if grid.place == "T09":
            text = f"{title}\n\n{department} {number}  \n{self.unit_words}\n\n{body}"
        else:
            blank = [""] * (width - 2)
            titled = self.dice.chance(50)
            first = [title if titled else "", *blank, number]
            head = rows_of([first, [department, *blank, self.unit_words]], width)
            mark = "## " if self.dice.chance(10) else ""
            text = f"{head}\n{body}" if titled else f"{mark}{title}\n\n{head}\n{body}"
        self.page.write(f"{text}\n\n")
