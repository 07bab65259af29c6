"""A table while it is read: its cells, its money unit, and what has been read from it so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.document import Cell, Document
from kg.extract.layouts import Given, Label, Layout, Side, layouts
from kg.extract.numbers import UNITS, in_yuan, is_number
from kg.facts import Dimensions, Function, Money, MoneyUnit, Statement
from kg.outline import TitledTable

Row = Sequence[Cell]


@dataclass
class TableReading:
    """A table's statements, and the cells (by their start) whose numbers are no figures."""

    statements: list[Statement] = field(default_factory=list)
    structure: set[int] = field(default_factory=set)


@dataclass
class Sheet:
    """One table being read."""

    document: Document
    titled: TitledTable
    layout: Layout
    year: int
    reading: TableReading = field(default_factory=TableReading)

    @property
    def rows(self) -> Sequence[Row]:
        return self.titled.table.rows

    @cached_property
    def unit(self) -> MoneyUnit:
        """The money unit in the table's head; the national form's 万元 where none is printed."""
        match = layouts().unit.search(self.titled.around)
        return UNITS[match["unit"]] if match else "wan-yuan"

    def pass_over(self, cells: Iterable[Cell]) -> None:
        """Cells whose numbers are codes, or count rows or columns."""
        self.reading.structure.update(cell.start for cell in cells if is_number(cell.text))

    def holds(self, row: int, start: int, end: int | None = None) -> bool:
        """Whether a row has a number from one column on (up to another)."""
        return any(is_number(cell.text) for cell in self.rows[row][start:end])

    def state(
        self,
        row: int,
        column: int,
        given: Given,
        function: Function | None = None,
        side: Side | None = None,
    ) -> None:
        """A statement of a cell, where the cell holds a number; a blank states nothing."""
        cells = self.rows[row]
        if column >= len(cells) or not is_number(cells[column].text):
            return
        cell = cells[column]
        reported = re.sub(r"\s+", "", self.document.text[cell.start : cell.end])
        passage = self.document.cell_passage(cell, row, column)
        money = Money(in_yuan(cell.text, self.unit), reported, self.unit, passage)
        side = side or self.layout.sides[0]
        dimensions = Dimensions(
            self.year,
            self.layout.place,
            function=function,
            **{**side.dimensions, **given},  # type: ignore[arg-type]
        )
        self.reading.statements.append(Statement(dimensions, money))


def meaning(text: str, labels: Sequence[Label]) -> Given | None:
    """What a printed label means, where it is one of `labels`."""
    return next((label.dimensions for label in labels if label.pattern.fullmatch(text)), None)


def counted(row: Row) -> list[int] | None:
    """The columns that a row counts (栏次 1 2 3 …), where it is such a row."""
    numbers = [column for column, cell in enumerate(row) if is_number(cell.text)]
    if numbers and [row[c].text for c in numbers] == [str(n + 1) for n in range(len(numbers))]:
        return numbers
    return None
