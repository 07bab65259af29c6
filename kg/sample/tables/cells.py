"""A table and its cells: each figure a slot, heads and titles as the report's style has them."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any

from kg.facts import Dimensions
from kg.resources import toml
from kg.sample.accounts import Accounts
from kg.sample.amounts import NumberForm
from kg.sample.dice import Dice
from kg.sample.numerals import chinese
from kg.sample.slots import Draft, Slot
from kg.sample.styles import Look


@dataclass
class Grid:
    """A table: rows of cells, and which of the rows are totals."""

    place: str
    title: str
    number: str
    head: list[list[str]]
    rows: list[list[str]]
    notes: list[str]
    department: str = ""
    totals: set[int] = field(default_factory=set)

    @property
    def width(self) -> int:
        return max(map(len, [*self.head, *self.rows]))


@functools.cache
def table_data() -> dict[str, Any]:
    """The layouts of the tables (`tables.toml`)."""
    return toml(__package__, "tables.toml")


class Cells:
    """The cells of one report's tables; their titles are its style's, their heads a dialect's."""

    def __init__(
        self, accounts: Accounts, form: NumberForm, draft: Draft, look: Look, dice: Dice
    ) -> None:
        self.accounts = accounts
        self._form = form
        self.draft = draft
        self.look = look
        self.dialect = _dialect(look)
        self._title, self._number = (
            (look.title[0], look.number[0])
            if look.layout != "text"
            else (dice.choice(look.title), dice.choice(look.number))
        )
        self.rows = table_data()["rows"]

    def cell(self, place: str, value: int, name: Slot | None = None, **about: Any) -> str:
        """A figure's cell; most reports print nothing for nothing."""
        if not value and not self._form.zeros:
            return ""
        slot = Slot("statement", self._form.money(value), place, name=name)
        slot.counted_in = self._form.unit
        slot.dimensions = Dimensions(self.accounts.year, place, **about)
        return self.draft.mark(slot)

    def grid(self, place: str, rows: list[list[str]]) -> Grid:
        """A table of these rows, with the head and the title that its style gives it."""
        layout, look = table_data()[place], self.look
        dialect = look.public if place == "T09" and look.public in layout else self.dialect
        head = [row.split("|") for row in layout[dialect]]
        unit = self.draft.mark(Slot("unit-name", self.accounts.unit.name, place))
        n = look.tables.index(place) + 1
        known = {"n": n, "ordinal": chinese(n), "year": self.accounts.year}
        title = self._title.format(title=look.names.get(place, layout["title"]), **known)
        number, department = self._number.format(**known), f"{look.department}{unit}"
        return Grid(place, title, number, head, rows, layout["notes"], department)


def _dialect(look: Look) -> str:
    """Which of the heads of `tables.toml` a style has."""
    if look.rows == "levels":
        return "levels"
    return "markdown" if look.layout == "markdown" else "ocr"
