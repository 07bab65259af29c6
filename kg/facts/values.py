"""What records are made of: places in the text, money, percentages, functions, dimensions."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from operator import attrgetter
from typing import Literal

from kg.record import record

ALL = "all"

Flow = Literal["income", "expenditure", "both"]
Fund = Literal["all", "fiscal", "general", "government-fund", "state-capital"]
Planned = Literal["initial-budget", "adjusted-budget", "budget"]
Phase = Literal[Planned, "final"]
Nature = Literal[
    "all", "basic", "project", "personnel", "operating", "paid-up", "business", "subsidy"
]
MoneyUnit = Literal["yuan", "wan-yuan", "yi-yuan"]

#: What one printed unit is worth, in yuan.
YUAN: dict[MoneyUnit, Decimal] = {
    "yuan": Decimal(1),
    "wan-yuan": Decimal(10_000),
    "yi-yuan": Decimal(100_000_000),
}


class FactError(ValueError):
    """A record that can't be valid was about to be made; the message says which field is wrong."""


@record
class Passage:
    """Characters `start` to `end` (0-based, end exclusive) of the canonical text (RFC 5147).

    `line` is 1-based; `page` is set for PDFs, `row` and `column` (1-based) for cells of a table.
    """

    start: int
    end: int
    line: int
    page: int | None = None
    row: int | None = None
    column: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise FactError(f"a passage needs 0 <= start < end, not {self.start},{self.end}")
        if self.line < 1:
            raise FactError(f"lines are counted from 1, not {self.line}")


@record
class Money:
    """An amount as printed (`reported`, without separators removed) and in yuan (`amount`)."""

    amount: Decimal
    reported: str
    unit: MoneyUnit
    passage: Passage

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise FactError(f"an amount must be a finite decimal, not {self.amount}")


@record
class Percent:
    """A percentage as printed (`reported`, without its sign) and in per cent (`value`)."""

    value: Decimal
    reported: str
    passage: Passage


@record
class Function:
    """A 科目 of the functional classification as a report names it.

    `code` is 3, 5 or 7 digits, or None where the names can't be resolved (never a guess); `text`
    is the printed name or 类/款/项 path, kept where it isn't the label of `code`, and `at` where
    that stands; `resolved` tells that the code was found by the names, since the report prints none
    there.
    """

    code: str | None
    text: str | None = None
    resolved: bool = dataclasses.field(default=False, compare=False)
    at: Passage | None = dataclasses.field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.code is None and not self.text:
            raise FactError("a function without a code must keep its printed name")


@record
class Dimensions:
    """What a figure is about; `fiscal_year` is the year spoken of, not always the report's.

    `part` is the printed name of a part of a breakdown that no code list has: 党建事务经费;
    `within` the part that it is a part of (其中).
    """

    fiscal_year: int
    place: str
    flow: Flow = "expenditure"
    fund: Fund = "all"
    phase: Phase = "final"
    nature: Nature = "all"
    function: Function | None = None
    economic: str = ALL
    item: str = ALL
    part: str | None = None
    within: str | None = None

    def without_place(self) -> tuple[object, ...]:
        """The combination that identifies the unit's figure, wherever and however it is stated."""
        function = self.function
        if function is None:
            return _others(self)
        return function.code, None if function.code else function.text, *_others(self)


_others = attrgetter(
    *(f.name for f in dataclasses.fields(Dimensions) if f.name not in ("place", "function"))
)
