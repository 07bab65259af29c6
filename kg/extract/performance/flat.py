"""Forms that a conversion has flattened to lines: their indicators, known by their points."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from kg.document import Cell
from kg.extract.numbers import decimal, is_number, ordinal
from kg.extract.performance.levels import Level, Levels, level, levels
from kg.extract.performance.values import parse_value
from kg.extract.performance.words import words
from kg.record import record

#: No row of a form earns more.
MOST_POINTS = 50
#: A target and an actual value are of so many words at most, a level's name of so many.
MOST_VALUES, MOST_LEVEL = 6, 5
#: A longer name has something of another cell in it; a longer word is a line of text.
LONGEST_NAME = LONGEST_WORD = 60


@dataclass(frozen=True)
class Flat:
    """The words of a form (what blanks and breaks divide), and those that end a line."""

    cells: Sequence[Cell]
    line_ends: frozenset[int]

    @cached_property
    def text(self) -> str:
        return "".join(cell.text for cell in self.cells)

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each word begins in the text, and where the last one ends."""
        starts = [0]
        for cell in self.cells:
            starts.append(starts[-1] + len(cell.text))
        return starts

    def word_at(self, position: int) -> int | None:
        """The word that begins at a position of the text."""
        word = bisect_left(self.starts, position)
        return word if self.starts[word] == position else None


@record
class FlatRow:
    """An indicator: the words of its cells, by role."""

    levels: Levels
    goal: int | None
    cells: dict[str, Sequence[Cell]]


def flat_rows(flat: Flat) -> Iterator[FlatRow]:
    """The indicators of a form: a name, its points, two values, and a score of no more points.

    Where a name begins is sure behind the points of a level and behind the score of the row before;
    rows of which it isn't sure are left out.
    """
    known, goal = Levels(), None
    begin: int | None = None  # the word with which the next name begins
    done = 0
    for mark in words().flat["points"].finditer(flat.text):
        if mark.start() < done:
            continue
        behind = flat.word_at(mark.end())
        if number := _goal(flat, mark):
            known, goal, begin = Levels(), number, None
        elif behind is None:  # points in the middle of a word
            begin = None
        elif score := _score(flat, behind, Decimal(mark["points"])):
            values = _values(flat, behind, score)
            if begin is not None:
                known, begin = _behind_levels(flat, begin, mark.start(), known)
            if begin is not None and values and known.first and _is_name(flat, begin, mark.start()):
                target, actual = values
                name, points = flat.cells[begin:behind], flat.cells[score : score + 1]
                cells = {"name": name, "target": target, "actual": actual, "score": points}
                yield FlatRow(known, goal, cells)
            begin = score + 1
        elif named := _level(flat, mark.start()):
            known, begin = levels([named], known, None), behind
        elif begin is not None and (late := _late(flat, begin, mark.start())):
            cells, done = late
            if known.first:
                yield FlatRow(known, goal, cells)
            begin = flat.word_at(done)
        elif begin is not None:
            # points alone are of a cell that was left out, words with them of who knows which
            begin = behind if flat.starts[begin] == mark.start() else None


def _late(flat: Flat, begin: int, end: int) -> tuple[dict[str, Sequence[Cell]], int] | None:
    """The cells of a row whose points, and those of its levels, a page's end has put behind it, and
    where the last of these points ends: one line has both values and the score.
    """
    words_end = flat.word_at(end)
    score = words_end - 1 if words_end else begin
    if score < begin + 3 or {score - 2, score - 1} & flat.line_ends or score not in flat.line_ends:
        return None
    points, own = words().flat["points"], None
    while mark := points.match(flat.text, own.end() if own else end):
        own = mark
    first = flat.word_at(own.start()) if own else None
    behind = flat.word_at(own.end()) if own else None
    text = flat.cells[score].text
    if own is None or first is None or behind is None or not is_number(text):
        return None
    if not 0 <= decimal(text) <= Decimal(own["points"]):
        return None
    if not _is_name(flat, begin, flat.starts[score - 2]):
        return None
    name, (target, actual) = flat.cells[begin : score - 2], flat.cells[score - 2 : score]
    cells = {"name": [*name, *flat.cells[first:behind]], "target": [target], "actual": [actual]}
    return {**cells, "score": [flat.cells[score]]}, own.end()


def _goal(flat: Flat, mark: re.Match[str]) -> int | None:
    """The number of the goal whose points these are."""
    goal = words().flat["goal"].search(flat.text, max(0, mark.start() - 10), mark.end())
    return ordinal(goal["number"]) if goal and goal.end() == mark.start() else None


def _score(flat: Flat, start: int, points: Decimal) -> int | None:
    """The word that is the score of the row whose values begin with a word: a line ends in it.

    One of more points than there are is a slip where it stands right behind two words of values.
    """
    for word in range(start, min(start + MOST_VALUES + 1, len(flat.cells))):
        text = flat.cells[word].text
        if len(text) > LONGEST_WORD or words().flat["points"].search(text):
            return None
        if word >= start + 2 and word in flat.line_ends and is_number(text):
            is_slip = word == start + 2 and points < decimal(text) <= MOST_POINTS
            return word if is_slip or 0 <= decimal(text) <= points else None
    return None


def _behind_levels(flat: Flat, begin: int, end: int, known: Levels) -> tuple[Levels, int | None]:
    """The word behind the names of levels, which a page may have cut off from their points."""
    last = bisect_left(flat.starts, end)
    while True:
        ahead = range(min(begin + MOST_LEVEL, last - 1), begin, -1)
        stops = (n for n in ahead if _is_level(flat.text[flat.starts[begin] : flat.starts[n]]))
        if (stop := next(stops, None)) is None:
            return known, begin
        named = level(flat.text[flat.starts[begin] : flat.starts[stop]])
        known, begin = levels([named] if named else [], known, None), stop


def _values(flat: Flat, start: int, end: int) -> tuple[Sequence[Cell], Sequence[Cell]] | None:
    """Target and actual value: two words, or more that can be divided in one way only."""
    cells = flat.cells[start:end]
    halves = [(cells[:n], cells[n:]) for n in range(1, len(cells))]
    if len(halves) == 1:
        return halves[0]
    texts = [["".join(cell.text for cell in half) for half in pair] for pair in halves]
    equal = [n for n, (one, other) in enumerate(texts) if one == other]
    read = [n for n, pair in enumerate(texts) if all(map(parse_value, pair))]
    found = equal or read or [n - start - 1 for n in _cuts(flat, start, end)]
    return halves[found[0]] if len(found) == 1 else None


def _cuts(flat: Flat, start: int, end: int) -> list[int]:
    """The words at which the lines of two cells can be divided, as wide as both are.

    A cell's line is broken where its column ends: none of its lines is longer than those before.
    """
    ends = [word + 1 for word in range(start, end) if word in flat.line_ends]
    begins = [start, *ends]
    if not ends or ends[-1] != end:
        return []
    lines = {b: _width(flat.text[flat.starts[b] : flat.starts[e]]) for b, e in pairwise(begins)}

    def is_cell(first: int, last: int) -> bool:
        widths = [width for begin, width in lines.items() if first <= begin < last]
        full = all(one + 1 >= other for one, other in pairwise(widths))
        return full and flat.starts[last] - flat.starts[first] > 1

    return [cut for cut in ends[:-1] if is_cell(start, cut) and is_cell(cut, end)]


def _width(text: str) -> float:
    """How wide a text is printed, in Chinese characters."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def _level(flat: Flat, end: int) -> Level | None:
    """The level whose name ends at a position: the longest of whole words."""
    last = bisect_left(flat.starts, end)
    for word in range(max(0, last - MOST_LEVEL), last):
        start = flat.starts[word]
        if end - start <= LONGEST_WORD and (named := level(flat.text[start:end])):
            return named
    return None


def _is_name(flat: Flat, begin: int, end: int) -> bool:
    """Whether the words up to a position are a name and nothing of another cell."""
    if end - flat.starts[begin] > LONGEST_NAME:
        return False
    text = flat.text[flat.starts[begin] : end]
    within = flat.line_ends.intersection(range(begin, bisect_left(flat.starts, end) - 1))
    if any(is_number(flat.cells[word].text) for word in within):
        return False  # the score of a row whose points are missing
    ahead = range(begin + 1, min(begin + MOST_LEVEL, len(flat.starts)))
    return bool(
        words().cells["words"].search(text)
        and parse_value(flat.cells[begin].text) is None
        and not words().flat["header"].search(text)
        and not any(_is_level(flat.text[flat.starts[begin] : flat.starts[n]]) for n in ahead)
    )


def _is_level(text: str) -> bool:
    return words().cells["level"].search(text) is not None and level(text) is not None
