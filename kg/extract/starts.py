"""Patterns of many phrases that pass at once over characters with which none of them begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

#: What matches no character itself: ^, $, \b, and what is only looked at.
_NOTHING = (op.AT, op.ASSERT, op.ASSERT_NOT)
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_CATEGORIES = {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s", op.CATEGORY_WORD: r"\w"}


class _Any(Exception):
    """A pattern that may begin with anything."""


def searchable(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern of several, the first that fits wins."""
    alternatives = "|".join(patterns)
    begins = beginnings(patterns)
    return re.compile(f"(?=[{begins}])(?:{alternatives})" if begins else alternatives)


def beginnings(patterns: Iterable[str]) -> str:
    r"""The inside of a character class: what matches begin with; empty where that is anything.

    >>> beginnings(["(?:比|较)?上年", "[0-9]+元"])
    '0-9上比较'
    >>> beginnings(["上年", "比?"]), beginnings(["[^。]元"])
    ('', '')
    """
    found = [_starts(pattern) for pattern in patterns]
    return "".join(sorted(frozenset().union(*found))) if all(found) else ""


@lru_cache(maxsize=4096)
def _starts(pattern: str) -> frozenset[str]:
    """The characters and classes that a pattern begins with; none where that is anything."""
    try:
        found, is_empty = _of(_parser.parse(pattern))
    except _Any:
        return frozenset()
    return frozenset() if is_empty else frozenset(found)


def _of(sequence: Any) -> tuple[set[str], bool]:
    """The characters that a parsed pattern may begin with, and whether it may match nothing."""
    found: set[str] = set()
    for kind, value in sequence:
        more, is_empty = _of_part(kind, value)
        found |= more
        if not is_empty:
            return found, False
    return found, True


def _of_part(kind: Any, value: Any) -> tuple[set[str], bool]:
    if kind in _NOTHING:
        return set(), True
    if kind is op.LITERAL:
        return {re.escape(chr(value))}, False
    if kind is op.IN:
        return {_in_class(*member) for member in value}, False
    if kind is op.SUBPATTERN:
        return _of(value[-1])
    if kind is op.BRANCH:
        branches = [_of(branch) for branch in value[1]]
        return set().union(*(f for f, _ in branches)), any(e for _, e in branches)
    if kind in _REPEATS:
        found, is_empty = _of(value[2])
        return found, is_empty or value[0] == 0
    raise _Any


def _in_class(kind: Any, value: Any) -> str:
    if kind is op.LITERAL:
        return re.escape(chr(value))
    if kind is op.RANGE:
        return "-".join(re.escape(chr(end)) for end in value)
    if kind is op.CATEGORY and value in _CATEGORIES:
        return _CATEGORIES[value]
    raise _Any
