"""Statements to figures: which of several statements is the unit's figure, and do they agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kg.facts import YUAN, Statement

Agreement = Literal["agreed", "contested", "single"]

#: A table comes before text, the most detailed table first; what isn't named comes behind those of
#: its kind, in order.
TABLES = ("T06", "T05", "T03", "T02", "T07", "T08", "T09", "T04", "T01")
SECTIONS = ("S05-3", "S05-2")


@dataclass(frozen=True, slots=True)
class Figure:
    """The statement that speaks for the unit, those that restate it, and whether all agree."""

    statement: Statement
    restatements: tuple[Statement, ...]
    agreement: Agreement


def figures(statements: Iterable[Statement]) -> list[Figure]:
    """One figure for each combination of the dimensions other than place, in reading order."""
    stated: dict[object, list[Statement]] = defaultdict(list)
    for statement in statements:
        stated[statement.dimensions.without_place()].append(statement)
    return [_figure(group) for group in stated.values()]


def _figure(group: list[Statement]) -> Figure:
    first, *others = sorted(group, key=_precedence)
    if not others:
        return Figure(first, (), "single")
    agreed = all(same_amount(first, other) for other in others)
    return Figure(first, tuple(others), "agreed" if agreed else "contested")


def _precedence(statement: Statement) -> tuple[bool, int, int]:
    place = statement.dimensions.place
    is_table = place.startswith("T")
    order = TABLES if is_table else SECTIONS
    rank = order.index(place) if place in order else len(order)
    return not is_table, rank, statement.passage.start


def same_amount(one: Statement, other: Statement) -> bool:
    """Whether two amounts are the same within what was printed of them.

    The coarser of the two may be rounded: they may differ by half of its last printed place.
    """
    tolerance = max(last_place(one), last_place(other)) / 2
    return abs(one.money.amount - other.money.amount) <= tolerance


def last_place(statement: Statement) -> Decimal:
    """What the last printed digit of an amount is worth, in yuan; a whole number is exact.

    万元 are kept to two places and printed without zeros at their end: 2.5 stands for 2.50.
    """
    _, point, decimals = statement.money.reported.partition(".")
    places = max(len(decimals), 2) if point else 2
    return YUAN[statement.money.unit].scaleb(-places)
