"""The lines of a report that state some facts, each marked: what stands beside a table of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from api.links import passage
from api.nodes import DERIVED, Node

#: How many lines are shown around what is marked, and how many in all.
_AROUND, _MOST = 1, 800


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a line; what states a fact is marked, at an anchor, and leads to it."""

    text: str
    anchor: str | None = None
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; `gap` says that others stand before it that aren't shown."""

    number: int
    pieces: list[Piece]
    gap: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    fact: str


class Beside:
    """The lines of a text that state some facts."""

    def __init__(self, text: str | None, facts: Iterable[Node]) -> None:
        self._text = text or ""
        self._marks = list(_apart(_marks(facts, len(self._text))))
        self._known = {mark.start for mark in self._marks}

    def anchor(self, node: Node) -> str | None:
        """Where a fact is marked; None for what isn't, for another fact stands there."""
        return f"c{node.start}" if node.start in self._known else None

    def lines(self) -> list[Line]:
        """The lines with their marks, and some around them."""
        starts = [0, *(at + 1 for at, character in enumerate(self._text) if character == "\n")]
        ends = [*(start - 1 for start in starts[1:]), len(self._text)]
        shown: dict[int, None] = {}
        for mark in self._marks:
            first, last = (bisect_right(starts, at) - 1 for at in (mark.start, mark.end - 1))
            shown |= dict.fromkeys(range(first - _AROUND, last + _AROUND + 1))
        numbers = sorted(number for number in shown if 0 <= number < len(starts))[:_MOST]
        before = -1
        lines = []
        for number in numbers:
            pieces = list(self._pieces(starts[number], ends[number]))
            lines.append(Line(number + 1, pieces, number != before + 1))
            before = number
        return lines

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        at = start
        first = bisect_right(self._marks, start, key=lambda mark: mark.end)
        for mark in self._marks[first:]:
            if mark.start >= end:
                break
            a, b = max(mark.start, at), min(mark.end, end)
            if at < a:
                yield Piece(self._text[at:a])
            yield Piece(self._text[a:b], f"c{mark.start}" if a == mark.start else None, mark.fact)
            at = b
        if at < end:
            yield Piece(self._text[at:end])


def _marks(facts: Iterable[Node], length: int) -> Iterator[_Mark]:
    for node in facts:
        found = passage(node.one(DERIVED) or "")
        if found and found.start < found.end <= length:
            yield _Mark(found.start, found.end, node.iri)


def _apart(marks: Iterable[_Mark]) -> list[_Mark]:
    """Marks in their order, of those that overlap the shorter."""
    kept: list[_Mark] = []
    taken = set[int]()
    for mark in sorted(marks, key=lambda mark: (mark.end - mark.start, mark.start)):
        characters = range(mark.start, mark.end)
        if taken.isdisjoint(characters):
            taken.update(characters)
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)
