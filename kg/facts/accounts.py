"""What the accounts state: amounts, ratios, changes, numbers of things, reasons and uses."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from typing import Literal

from kg.facts.values import Dimensions, FactError, Money, Passage
from kg.record import record

RatioKind = Literal["completion", "share", "growth", "execution"]
Direction = Literal["above", "below", "level", "more", "less"]
UseKind = Literal["purpose", "outcome"]
ChangeBase = Literal["prior-year", "earlier-year", "initial-budget", "adjusted-budget", "budget"]


@record
class Statement:
    """A money figure as stated at one place."""

    dimensions: Dimensions
    money: Money

    @property
    def passage(self) -> Passage:
        return self.money.passage


@record
class Ratio:
    """A percentage as stated; `base` (``phase/initial-budget``) is what it is relative to."""

    dimensions: Dimensions
    kind: RatioKind
    percent: Decimal
    reported: str
    passage: Passage
    base: str | None = None


@record
class Change:
    """A difference as stated: `money.amount` is signed (减少 is negative), `reported` is not."""

    dimensions: Dimensions
    base: ChangeBase
    money: Money

    @property
    def passage(self) -> Passage:
        return self.money.passage


@record
class Count:
    """A number of things as stated: vehicles, visits, projects; `unit` as printed (辆)."""

    dimensions: Dimensions
    count: int
    unit: str
    reported: str
    passage: Passage


Observation = Statement | Ratio | Change | Count


@record
class Composition:
    """What a figure is said to be made up of: 人员经费 …，主要包括：基本工资、津贴补贴、….

    `economic` are the codes of the names that are the economic classification's, `text` is the list
    as printed.
    """

    dimensions: Dimensions
    text: str
    economic: tuple[str, ...]
    passage: Passage


@record
class Explanation:
    """The reason a report gives, as printed, and the facts that it is given for.

    `direction`: where the words before it have the accounts against the budget (小于预算数), or
    else which way they have moved (增加的主要原因 is ``more``).
    """

    text: str
    explains: tuple[Statement | Ratio | Change, ...]
    place: str
    passage: Passage
    direction: Direction | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not self.explains:
            raise FactError("an explanation must explain something")


@record
class Use:
    """What money was for (主要用于), or what it brought about (主要成效), as printed.

    `functions` are the codes of the 科目 that it names, where the money is a class's.
    """

    kind: UseKind
    text: str
    tells_of: tuple[Statement, ...]
    place: str
    passage: Passage
    functions: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if not self.tells_of:
            raise FactError("a use must be that of some money")
