"""Figures in normal form: how numbers, amounts of money and percentages are written."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.facts import YUAN, MoneyUnit

#: Digits, in groups of three or not: 1,234.56 / 1234.56 / -3.
NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
UNITS: dict[str, MoneyUnit] = {"亿元": "yi-yuan", "万元": "wan-yuan", "元": "yuan"}
MONEY = rf"(?P<amount>{NUMBER})(?P<unit>亿元|万元|元)"
PERCENT = rf"(?P<percent>{NUMBER})%"

_NUMBER = re.compile(NUMBER)


def is_number(text: str) -> bool:
    """Whether a text in normal form is a number and nothing else.

    >>> [is_number(t) for t in ("1,103.06", "0", "-3.5", "2.", "", "3辆")]
    [True, True, True, False, False, False]
    """
    return _NUMBER.fullmatch(text) is not None


def decimal(text: str) -> Decimal:
    """The value of a number in normal form.

    >>> decimal("1,103.06")
    Decimal('1103.06')
    """
    return Decimal(text.replace(",", ""))


def in_yuan(text: str, unit: MoneyUnit) -> Decimal:
    """The value in yuan of a number printed in some unit.

    >>> in_yuan("1,103.06", "wan-yuan")
    Decimal('11030600.00')
    """
    return decimal(text) * YUAN[unit]
