"""Chinese numerals up to 99, as lists and headings count."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number in Chinese numerals.

    >>> [chinese(n) for n in (1, 10, 13, 26)]
    ['一', '十', '十三', '二十六']
    """
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones else "")
