"""Headings by their numbers: 十一、 ends what 十、 began, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from kg.outline.marks import marks
from kg.starts import places

#: How headings are numbered, from the highest rank down.
STYLES = ("part", "chapter", "section", "point", "item")
#: A number at a line's beginning; the group's name is its style.
NUMBER = re.compile(rf"[#\-•]{{0,8}}(?:{marks(STYLES)})")
DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
#: So many lists within lists are followed; no report has more.
DEPTH = 16


@dataclass
class _Level:
    """A list that is open: the style and the number of its last entry, and where that begins."""

    style: str
    number: int
    start: int


def numbered_ends(
    text: str, line_starts: Sequence[int], known: Container[int]
) -> Mapping[int, int]:
    """Where each numbered line's entry ends: at the next number of its list or of one around it.

    A line is of a list where its number is the next one, or 1, or the first of all; one that is
    `known` for a heading by its title may also go on a list that lacks numbers.

    >>> text = "一、收入(一)甲1.子2.丑(二)乙二、支出"
    >>> numbered_ends(text, [0, 4, 8, 11, 14, 18], known=())
    {8: 11, 11: 14, 4: 14, 14: 18, 0: 18, 18: 22}
    """
    ends: dict[int, int] = {}
    levels: list[_Level] = []
    for start in places(NUMBER, text, line_starts):
        if not (match := NUMBER.match(text, start)) or not match.lastgroup:
            continue
        style, number = match.lastgroup, _value(match[match.lastgroup])
        ours = [n for n, level in enumerate(levels) if level.style == style]
        following = [n for n in ours if levels[n].number + 1 == number]
        if not following and start in known:
            following = [n for n in ours if levels[n].number < number]
        elif not following and number != 1 and levels:
            continue
        closed = 0 if style == "part" else following[-1] if following else len(levels)
        while len(levels) > closed:
            ends[levels.pop().start] = start
        levels.append(_Level(style, number, start))
        del levels[:-DEPTH]
    return ends | {level.start: len(text) for level in levels}


def _value(numeral: str) -> int:
    """A number from 1 to 99, in digits or Chinese."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    return (DIGITS.get(tens[-1:], 1) * 10 if ten else 0) + DIGITS.get(ones[-1:], 0)
