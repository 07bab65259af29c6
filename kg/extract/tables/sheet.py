"""A table while it is read: its cells, its money unit, and what has been read from it so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import cast

from kg.document import Cell, Document
from kg.extract.layouts import Given, Layout, layouts
from kg.extract.numbers import MONEY, PERCENT, UNITS, decimal, in_yuan, is_number
from kg.extract.tables.economic_names import meant_by
from kg.extract.tables.meaning import CHINESE, Meaning, is_word
from kg.facts import (
    Change,
    ChangeBase,
    Count,
    Dimensions,
    Irregularity,
    Money,
    MoneyUnit,
    Passage,
    Ratio,
    RatioKind,
    Statement,
)
from kg.outline import TitledTable

Row = Sequence[Cell]

#: An amount that prints its own unit: 12.5万元.
AMOUNT = re.compile(MONEY)
#: A cell that is a percentage.
PERCENTAGE = re.compile(PERCENT)
#: The dimensions that tell what is compared, and so none of how it compares.
OF_PHASES = ("fiscal_year", "phase")
#: What measures in per cent are, and what they are relative to.
KINDS: dict[str, tuple[RatioKind, str]] = {
    "growth": ("growth", "change"),
    "completion": ("completion", "phase"),
}
Stated = Statement | Count | Change | Ratio
#: The dimensions of a number of things, beside its item.
OF_COUNTS = ("fiscal_year", "phase", "part")


@dataclass
class TableReading:
    """What a table states, and the cells (by their start) whose numbers are no figures.

    `misnomers` are names of the economic classification beside codes that aren't theirs.
    """

    facts: list[Stated] = field(default_factory=list)
    misnomers: list[Irregularity] = field(default_factory=list)
    structure: set[int] = field(default_factory=set)


@dataclass
class Sheet:
    """One table being read."""

    document: Document
    titled: TitledTable
    layout: Layout
    year: int
    reading: TableReading = field(default_factory=TableReading)

    @cached_property
    def rows(self) -> Sequence[Row]:
        return self.titled.table.rows

    @cached_property
    def unit(self) -> MoneyUnit | None:
        """The money unit in the table's head; the national form's 万元 where none is printed."""
        match = layouts().words["unit"].search(self.titled.around)
        return UNITS.get(match["unit"]) if match else "wan-yuan"

    @cached_property
    def said(self) -> Given:
        """What the table's title says beyond its place."""
        titled = (given for title, given in self.layout.titled if title.search(self.titled.around))
        return next(titled, {})

    def pass_over(self, cells: Iterable[Cell]) -> None:
        """Cells whose numbers are codes, or count rows or columns."""
        self.reading.structure.update([cell.start for cell in cells if is_number(cell.text)])

    def state(self, row: int, column: int, meaning: Meaning) -> None:
        """What a cell's figure states, where that is sure."""
        fact = self._fact(self.rows[row][column], row, column, meaning)
        if fact:
            self.reading.facts.append(fact)

    def passage(self, row: int, column: int) -> Passage:
        """Where a cell stands."""
        return self.document.cell_passage(self.rows[row][column], row, column)

    def name(self, row: int, column: int, code: str) -> None:
        """What is wrong with the name that a cell prints beside a code, if anything is."""
        cell = self.rows[row][column]
        if meant := meant_by(code, cell.text, self.year):
            printed = f"{code} {cell.text}"
            said = Irregularity("economic-name", printed, self.passage(row, column), meant)
            self.reading.misnomers.append(said)

    def _fact(self, cell: Cell, row: int, column: int, meaning: Meaning) -> Stated | None:
        passage = self.document.cell_passage(cell, row, column)
        reported = "".join(self.document.text[cell.start : cell.end].split())
        if meaning.measure:
            return self._comparison(cell.text, meaning, reported, passage)
        if meaning.of_number:
            return self._count(cell.text, meaning, reported, passage)
        own = AMOUNT.fullmatch(cell.text) if cell.text.endswith("元") else None
        money_unit = UNITS[own["unit"]] if own else meaning.money or self.unit
        if money_unit is None or not (own or is_number(cell.text)):
            return None
        amount = in_yuan(own["amount"] if own else cell.text, money_unit)
        reported = reported.removesuffix(own["unit"]) if own else reported
        return Statement(self._dimensions(meaning), Money(amount, reported, money_unit, passage))

    def _comparison(
        self, text: str, meaning: Meaning, reported: str, passage: Passage
    ) -> Change | Ratio | None:
        """How an amount compares; a bare percentage of 1 or less may be a part of 1."""
        base, said = meaning.base, {k: v for k, v in meaning.given.items() if k not in OF_PHASES}
        if base is None:
            return None
        dimensions = self._dimensions(Meaning(said))
        if meaning.measure == "change":
            unit = meaning.money or self.unit
            if unit is None or not is_number(text):
                return None
            money = Money(in_yuan(text, unit), reported, unit, passage)
            return Change(dimensions, cast("ChangeBase", base), money)
        number = text.removesuffix("%")
        if not is_number(number) or (number == text and 0 < abs(decimal(text)) <= 1):
            return None
        kind, scheme = KINDS[meaning.measure or ""]
        percent, printed = decimal(number), reported.rstrip("%％")
        return Ratio(dimensions, kind, percent, printed, passage, f"{scheme}/{base}")

    def _count(self, text: str, meaning: Meaning, reported: str, passage: Passage) -> Count | None:
        """A number of things; it is of no fund."""
        match = layouts().words["number_of"].fullmatch(text)
        if match is None or meaning.number is None:
            return None
        item, unit = meaning.number
        given = {name: meaning.given[name] for name in OF_COUNTS if name in meaning.given}
        dimensions = self._dimensions(Meaning({**given, "item": item}))
        count = int(decimal(match["count"]))
        return Count(dimensions, count, match["unit"] or unit, reported, passage)

    def _dimensions(self, meaning: Meaning) -> Dimensions:
        given = dict(meaning.given)
        year = given.pop("fiscal_year", 0)
        return Dimensions(year if year > 0 else self.year + year, self.layout.place, **given)


@lru_cache(maxsize=1 << 12)
def is_figure(text: str) -> bool:
    """Whether a cell's text is a figure: a number, alone or with its unit."""
    if is_number(text) or PERCENTAGE.fullmatch(text):
        return True
    is_amount = text[:1].isdecimal() and AMOUNT.fullmatch(text) is not None
    return is_amount or (text[:1].isdecimal() and is_word("number_of", text))


@lru_cache(maxsize=1 << 12)
def is_name(text: str) -> bool:
    """Whether a cell's text names something: it has words, and is no figure with its unit."""
    return CHINESE.search(text) is not None and not is_figure(text)


def counts_columns(row: Row) -> bool:
    """Whether a row counts the columns (栏次 1 2 3 …)."""
    texts = [cell.text for cell in row]
    if "1" not in texts and "栏次" not in texts:
        return False
    filled = [text for text in texts if text]
    if "栏次" in filled:
        return all(not is_number(text) or text.isdecimal() for text in filled)
    numbers = [text for text in filled if is_number(text)]
    others = [text for text in filled if not is_number(text)]
    in_order = numbers == [str(n) for n in range(1, len(numbers) + 1)]
    known = all(is_word("stub", t) or is_word("furniture", t) or "=" in t for t in others)
    return in_order and known and len(numbers) >= (1 if others else 3)
