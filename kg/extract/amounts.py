"""Matches of figures in the running text to records: money and percentages with their passages."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.extract.numbers import SAID_UNITS, decimal, in_yuan
from kg.facts import Money, MoneyUnit, Percent
from kg.outline import Stream

#: Nothing is nothing in any unit: that of most reports, where none is printed.
UNIT_OF_NOTHING: MoneyUnit = "wan-yuan"


def money_of(stream: Stream, match: re.Match[str], sign: int = 1) -> Money:
    """The amount of a match of `SAID_MONEY`; `sign` is -1 for what is taken away."""
    unit, span = SAID_UNITS[match["unit"] or match["shared"]], match.span("amount")
    amount = in_yuan(match["amount"], unit) * sign + 0  # nothing is 0, not -0
    return Money(amount, stream.printed(*span), unit, stream.passage(*span))


def percent_of(stream: Stream, match: re.Match[str], sign: int = 1) -> Percent:
    """The percentage of a match of `SAID_PERCENT`."""
    span = match.span("percent")
    value = decimal(match["percent"]) * sign + 0
    return Percent(value, stream.printed(*span), stream.passage(*span))


def nothing_of(stream: Stream, match: re.Match[str]) -> Money | None:
    """The amount of a match of `SAID_PERCENT` that is a bare 0: 支出0。"""
    if match[0].endswith("%") or decimal(match["percent"]):
        return None
    span = match.span("percent")
    return Money(Decimal(0), stream.printed(*span), UNIT_OF_NOTHING, stream.passage(*span))
