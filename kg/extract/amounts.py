"""Matches of figures in the running text to records: money and percentages with their passages."""

from __future__ import annotations

import re

from kg.extract.numbers import SAID_UNITS, decimal, in_yuan
from kg.facts import Money, Percent
from kg.outline import Stream


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
