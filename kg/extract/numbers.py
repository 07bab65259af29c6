"""Figures in normal form: how numbers, amounts of money and percentages are written."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from kg.facts import YUAN, MoneyUnit

#: A minus; a dash between two numbers is none (97%-100%).
_SIGN = r"(?:(?<![\d%元年月日A-Za-z])[-−])?"
#: Digits in groups of three or not. Each run of digits is tried once, so that a page of nothing but
#: digits costs no more than a page of text.
_DIGITS = r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,5}+|\d{1,16}+)(?:\.\d{1,10}+)?(?!\d)"
NUMBER = _SIGN + _DIGITS
UNITS: dict[str, MoneyUnit] = {"亿元": "yi-yuan", "万元": "wan-yuan", "元": "yuan"}
#: What units are in a sentence that leaves out 元.
SAID_UNITS: dict[str, MoneyUnit] = {**UNITS, "亿": "yi-yuan", "万": "wan-yuan"}
MONEY = rf"(?P<amount>{NUMBER})(?P<unit>亿元|万元|元)"
PERCENT = rf"(?P<percent>{NUMBER})%"

#: Numbers in Chinese: 三百二十, 零点五.
_CHINESE = r"[零〇一二两三四五六七八九十百千]{1,12}(?:点[零〇一二三四五六七八九]{1,4})?"
_STOPS = r"(?=[,;。、)]|$)"
#: The unit of the figures behind, where figures in a row have it at their end (412.5、413.9万元)
#: or a difference has it (比上年的412.5减少1.2万元).
_MOVED = rf"(?:增加|减少|增长|下降|上升)了?{_DIGITS}"
_ROW = rf"(?<=\.\d\d)(?=(?:(?:[,、和]{_DIGITS}){{1,7}}|{_MOVED})(?P<shared>亿元|万元|元))"
#: As `MONEY` and `PERCENT`, where the words before tell which it is: also in Chinese, without 元
#: (0.39万,), without the sign (增长13.95, 均为零).
SAID_MONEY = rf"(?P<amount>{NUMBER}|{_CHINESE})(?:(?P<unit>亿元|万元|元|[亿万]{_STOPS})|{_ROW})"
SAID_PERCENT = rf"(?P<percent>{NUMBER}|零)(?:%|{_STOPS})"

CHINESE = "〇一二三四五六七八九"
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMERALS = frozenset([*CHINESE, *_TENS, "零", "两"])

_NUMBER = re.compile(NUMBER)


@lru_cache(maxsize=1 << 14)
def is_number(text: str) -> bool:
    """Whether a text in normal form is a number and nothing else.

    >>> [is_number(t) for t in ("1,103.06", "0", "-3.5", "−2", "2.", "", "3辆", "7-8")]
    [True, True, True, True, False, False, False, False]
    """
    return text[-1:].isdecimal() and _NUMBER.fullmatch(text) is not None


def decimal(text: str) -> Decimal:
    """The value of a number in normal form.

    >>> decimal("1,103.06")
    Decimal('1103.06')
    >>> [decimal(text) for text in ("三百二十", "零点五", "十二", "٣")]
    [Decimal('320'), Decimal('0.5'), Decimal('12'), Decimal('3')]
    """
    if text[0] in _NUMERALS:
        return _chinese(text.replace("零", "〇").replace("两", "二"))
    return Decimal(text.replace(",", "").replace("−", "-"))


def _chinese(text: str) -> Decimal:
    whole, _, fraction = text.partition("点")
    value, digit = 0, 0
    for sign in whole:
        if sign in _TENS:
            value += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            digit = CHINESE.index(sign)
    digits = "".join(str(CHINESE.index(sign)) for sign in fraction)
    return Decimal(f"{value + digit}.{digits or 0}") if digits else Decimal(value + digit)


@lru_cache(maxsize=1 << 14)
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
