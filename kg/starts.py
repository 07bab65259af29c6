"""Patterns of many phrases, of which a character leads to those alone that may begin with it.

Python's `re` tries the alternatives of a pattern one after the other. Here they stand in a tree:
before each of its parts a class of characters is looked at, and the part passed over if no phrase
of it begins with the character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

#: An atom of a pattern: a group's opening, what is only looked at, a class, an escape, any other.
ATOM = re.compile(
    r"(?P<look>\(\?<?[=!])|(?P<group>\((?:\?:|\?P<\w+>|(?!\?)))|(?P<flags>\(\?)|(?P<other>[.)|])"
    r"|(?P<class>\[(?:\\.|[^\]\\])+\])|(?P<nothing>[\^$]|\\[bB])|(?P<escape>\\.)|(?P<letter>.)",
    re.DOTALL,
)
#: How often an atom comes; what may be absent begins with nothing.
TIMES = re.compile(r"(?:(?P<absent>[?*]|\{(?:0?,\d*|0)\})|\+|\{\d+(?:,\d*)?\})[?+]?")
#: A member of a class: a range, or one character or category.
MEMBER = re.compile(r"(?P<first>\\.|[^\\])(?:-(?P<last>\\.|[^\\]))?", re.DOTALL)
CATEGORIES = ("\\d", "\\s", "\\w")
#: Each part of the tree has so many, down to single phrases.
BRANCHES = 4
#: Characters and classes; None where it may be anything.
Begins = frozenset[str] | None
NOTHING: frozenset[str] = frozenset()


def searchable(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern of several, the first that fits wins."""
    return re.compile(guarded(patterns))


def guarded(patterns: Sequence[str]) -> str:
    """Several patterns as one that fits what the first of them fits that fits anything.

    >>> guarded(["上年", "比?上", "年"])
    '(?=[上年比])(?:上年|比?上|年)'
    """
    size = max(1, -(-len(patterns) // BRANCHES))
    parts = [patterns[first : first + size] for first in range(0, len(patterns), size)]
    is_leaf = len(patterns) <= BRANCHES
    alternatives = "|".join(patterns if is_leaf else map(guarded, parts))
    begins = beginnings(patterns)
    return f"(?=[{begins}])(?:{alternatives})" if begins else alternatives


def places(pattern: re.Pattern[str], text: str, positions: Sequence[int]) -> list[int]:
    """Those of some positions in a text where a match may begin, as the character there tells.

    >>> places(re.compile("#?[一二]、"), "一、甲#二、乙", [0, 2, 3, 6])
    [0, 3]
    """
    letters = "".join(map(text.__getitem__, positions))
    return [positions[number] for number in likely(pattern, letters)]


def likely(pattern: re.Pattern[str], letters: str) -> Sequence[int]:
    r"""Which of some texts may match, by their first letters.

    >>> likely(re.compile(r"(?:#|\(?)[一二]、"), "#一年(")
    [0, 1, 3]
    """
    begins = _begins(pattern.pattern)
    return [m.start() for m in begins.finditer(letters)] if begins else range(len(letters))


@lru_cache(maxsize=64)
def _begins(pattern: str) -> re.Pattern[str] | None:
    begins = beginnings((pattern,))
    return re.compile(f"[{begins}]") if begins else None


def beginnings(patterns: Iterable[str]) -> str:
    r"""The inside of a character class: what matches begin with; empty where that is anything.

    >>> beginnings(["(?:比|较)?上年", "[0-9]+元"])
    '0-9上比较'
    >>> beginnings(["(?<=[,。])(?P<a>、|b)*\\d{1,3}(?!元)"])
    '\\db、'
    >>> beginnings(["上年", "比?"]), beginnings(["[^。]元"])
    ('', '')
    """
    found = [_starts(pattern) for pattern in patterns]
    return "".join(sorted(frozenset().union(*found))) if all(found) else ""


@lru_cache(maxsize=4096)
def _starts(pattern: str) -> frozenset[str]:
    """The characters and classes that a pattern begins with; none where that is anything."""
    found, is_empty, _ = _branches(pattern, 0)
    return NOTHING if is_empty or found is None else found


def _branches(pattern: str, position: int) -> tuple[Begins, bool, int]:
    """What the branches up to a closing bracket begin with, if one may be empty, and where."""
    found: Begins = NOTHING
    may_be_empty, is_open = False, True
    while position < len(pattern) and pattern[position] != ")":
        if pattern[position] == "|":
            may_be_empty, is_open = may_be_empty or is_open, True
            position += 1
            continue
        begins, is_absent, position = _atom(pattern, position)
        if is_open:
            found = None if found is None or begins is None else found | begins
            is_open = is_absent
    return found, may_be_empty or is_open, position


def _atom(pattern: str, position: int) -> tuple[Begins, bool, int]:
    """What one atom begins with, if it may match nothing, and where it ends."""
    atom = ATOM.match(pattern, position)
    assert atom is not None  # any letter is one
    begins: Begins = NOTHING
    is_absent, end = False, atom.end()
    match atom.lastgroup:
        case "look" | "group" | "flags":
            begins, is_absent, end = _branches(pattern, end)
            end += 1
            if atom.lastgroup == "look":
                begins, is_absent = NOTHING, True
            elif atom.lastgroup == "flags":
                begins = None
        case "class":
            begins = _members(atom[0][1:-1])
        case "nothing":
            is_absent = True
        case "escape" | "letter":
            begins = _one(_member(atom[0]))
        case _:
            begins = None
    times = TIMES.match(pattern, end)
    is_absent = is_absent or bool(times and times["absent"])
    return begins, is_absent, times.end() if times else end


def _members(inside: str) -> Begins:
    """The members of a class."""
    if inside[0] == "^":
        return None
    found: Begins = NOTHING
    for member in MEMBER.finditer(inside):
        ends = [_member(end) for end in (member["first"], member["last"]) if end]
        one = None if None in ends else _one("-".join(filter(None, ends)))
        found = None if found is None or one is None else found | one
    return found


def _one(member: str | None) -> Begins:
    return None if member is None else frozenset((member,))


def _member(text: str) -> str | None:
    """A character or a category, as it is written in a class; None for one that is many others."""
    if text in CATEGORIES:
        return text
    letter = text.removeprefix("\\") or text
    return None if text != letter and letter.isalnum() else re.escape(letter)
