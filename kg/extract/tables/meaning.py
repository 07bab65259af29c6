"""What a row or a column means, and what the cell where they meet states."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import field, replace
from functools import lru_cache
from typing import Any

from kg.extract.layouts import Given, Labels, layouts
from kg.extract.numbers import UNITS
from kg.facts import MoneyUnit
from kg.record import record


@record
class Meaning:
    """Dimensions, and the money unit that is printed with the label.

    `number` are the item and the unit of a number of things, `of_number` says that this is meant;
    `within` is the item or flow that it is a part of; a `measure` (change, growth, completion)
    tells how an amount compares with its `base`.
    """

    given: Given = field(default_factory=dict)
    number: tuple[str, str] | None = None
    of_number: bool = False
    money: MoneyUnit | None = None
    spans: bool = False
    within: str | None = None
    measure: str | None = None
    base: str | None = None

    def below(self, other: Meaning) -> Meaning:
        """What this means below another: its own dimensions come first."""
        return Meaning(
            {**other.given, **self.given},
            self.number or other.number,
            self.of_number or other.of_number,
            self.money or other.money,
            self.spans,
            measure=self.measure or other.measure,
            base=self.base or other.base,
        )

    def without(self, dimension: str) -> Meaning:
        """The same, but for one dimension."""
        return replace(self, given={n: v for n, v in self.given.items() if n != dimension})

    def agrees_with(self, other: Meaning) -> bool:
        """Whether a row and a column don't say different things of one cell."""
        return {**self.given, **other.given} == {**other.given, **self.given}


@record
class Printed:
    """A printed label: its words without number, year and unit, and these."""

    words: str
    year: int | None
    unit: str | None


@lru_cache(maxsize=4096)
def printed(text: str) -> Printed:
    """A label taken apart.

    >>> printed("(2)2023年度决算数(万元)")
    Printed(words='决算数', year=2023, unit='万元')
    """
    words = layouts().words
    bare = words["mark"].sub("", text)
    unit = words["suffix"].search(bare)
    if unit:
        bare = bare[: unit.start()]
    year = words["year"].match(bare)
    if year:
        bare = bare[year.end() :]
    return Printed(bare, int(year["year"]) if year else None, unit["unit"] if unit else None)


def meaning_of(text: str, labels: Labels, above: Collection[str] = ()) -> Meaning | None:
    """What a printed label means, where it is one of `labels`; `above` are items it is under."""
    label = printed(text)
    given: dict[str, Any] = {"fiscal_year": label.year} if label.year else {}
    found = labels.find(label.words, above)
    if found is None:
        return Meaning(given) if given and not label.words else None
    given = {**found.given, **given}
    if found.part:
        given["part"] = label.words
    money = UNITS.get(label.unit or "")
    counted_in = label.unit if label.unit and not money else None
    item = found.number or given.get("item", "all")
    return Meaning(
        given,
        number=(item, counted_in or found.unit) if found.unit else None,
        of_number=found.of_number or bool(found.unit and (counted_in or not found.number)),
        money=money,
        spans=found.spans,
        within=found.within,
        measure=found.measure,
        base=found.base,
    )


@lru_cache(maxsize=1 << 14)
def is_word(name: str, text: str) -> bool:
    """Whether a text is one of the words that all tables share."""
    return layouts().words[name].fullmatch(text) is not None


CHINESE = re.compile(r"[一-鿿]")
