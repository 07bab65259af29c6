"""Figures in normal form: how numbers, amounts of money and percentages are written."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.facts import YUAN, MoneyUnit

#: A minus; a dash between two numbers is none (97%-100%).
_SIGN = r"(?:(?<![\d%元年月日A-Za-z])[-−])?"
#: Digits in groups of three or not. Each run of digits is tried once, so that a page of nothing but
#: digits costs no more than a page of text.
_DIGITS = r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,5}+|\d{1,16}+)(?:\.\d{1,10}+)?(?!\d)"
NUMBER = _SIGN + _DIGITS
UNITS: dict[str, MoneyUnit] = {"亿元": "yi-yuan", "万元": "wan-yuan", "元": "yuan"}
MONEY = rf"(?P<amount>{NUMBER})(?P<unit>亿元|万元|元)"
PERCENT = rf"(?P<percent>{NUMBER})%"

CHINESE = "〇一二三四五六七八九"

_NUMBER = re.compile(NUMBER)


def is_number(text: str) -> bool:
    """Whether a text in normal form is a number and nothing else.

    >>> [is_number(t) for t in ("1,103.06", "0", "-3.5", "−2", "2.", "", "3辆", "7-8")]
    [True, True, True, True, False, False, False, False]
    """
    return _NUMBER.fullmatch(text) is not None


def decimal(text: str) -> Decimal:
    """The value of a number in normal form.

    >>> decimal("1,103.06")
    Decimal('1103.06')
    """
    return Decimal(text.replace(",", "").replace("−", "-"))


def in_yuan(text: str, unit: MoneyUnit) -> Decimal:
    """The value in yuan of a number printed in some unit.

    >>> in_yuan("1,103.06", "wan-yuan")
    Decimal('11030600.00')
    """
    return decimal(text) * YUAN[unit]


def ordinal(text: str) -> int:
    """The value of an item's number, in digits or in Chinese.

    >>> [ordinal(t) for t in ("7", "七", "十", "十二", "二十", "三十一")]
    [7, 7, 10, 12, 20, 31]
    """
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    value = CHINESE.find(ones)
    return value + 10 * (CHINESE.find(tens) if tens else 1) if ten else value
