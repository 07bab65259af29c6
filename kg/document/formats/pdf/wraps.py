"""Which lines of a table without lines are one row: those of figures, and texts wrapped to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from statistics import median

from kg.document.formats.pdf.lines import NUMBER, TextLine, Word

#: Lines whose distance is less than so much of the rows' are of cells beside each other.
BESIDE = 0.75
#: Rows are set as tight as the tightest of so many are.
TIGHT = 5
#: The lines of one cell are no farther from each other than so much of the rows' distance.
WRAPPED = 1.25
#: How many characters less than its column's longest a text may have that wraps.
FULL = 1.3
#: A part of a label has fewer characters.
LABEL = 7
#: How far from flush or centred they may be, in characters.
FLUSH = 2
#: The number of a column.
COUNT = re.compile(r"[1-9]\d?", re.ASCII)
#: What doesn't stand at the end of a line.
OPENING = frozenset("（(《“‘「【")

#: The lines of one row, or a line with those that overlap it.
Group = Sequence[TextLine]
#: The number of a word's column.
Column = Callable[[Word], int]


def is_number(word: Word) -> bool:
    """Whether a word is a number, or the dash that stands for none."""
    return _is_number(word.text)


@lru_cache(maxsize=8192)
def _is_number(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None


def has_number(group: Group) -> bool:
    """Whether a number stands in some lines."""
    return any(is_number(word) for line in group for word in line.words)


def numbers_columns(group: Group) -> bool:
    """Whether a row numbers the columns: 栏次 1 2 3."""
    words = sorted(word for line in group for word in line.words)
    numbers = [int(word.text) for word in words if COUNT.fullmatch(word.text)]
    texts = [word for word in words if not is_number(word)]
    return (
        len(numbers) > 1
        and len(numbers) + len(texts) == len(words)
        and all(len(word.text) < 3 for word in texts)
        and all(after == before + 1 for before, after in pairwise(numbers))
    )


def units_of(lines: Sequence[TextLine], pitch: float) -> list[Group]:
    """Lines with those that overlap them: nearer to them than any two rows are.

    What stands between two rows of figures, as the name of both, is of the upper one.
    """
    reach = BESIDE * pitch
    units: list[list[TextLine]] = [[]]
    figured: TextLine | None = None
    for above, line in zip([lines[0], *lines], lines, strict=False):
        has_figures = has_number([line])
        is_row = has_figures and figured and line.middle - figured.middle > reach
        if is_row or line.middle - above.middle > reach:
            units.append([])
            figured = None
        units[-1].append(line)
        figured = figured or (line if has_figures else None)
    return [*units]


def pitch_of(lines: Sequence[TextLine]) -> float:
    """How far lines are from each other that are next to each other in a column."""
    size = median(line.size for line in lines)
    steps = sorted(
        below.middle - line.middle
        for number, line in enumerate(lines)
        for below in [next((b for b in lines[number + 1 : number + 4] if _is_over(line, b)), None)]
        if below
    )
    return min(max(steps[len(steps) // TIGHT], size), 2 * size) if steps else size


def _is_over(line: TextLine, below: TextLine) -> bool:
    return any(w.left < v.right and v.left < w.right for w in line.words for v in below.words)


class Wraps:
    """How the cells of a table wrap; `units` are its lines with those that overlap them."""

    def __init__(self, units: Sequence[Group], column: Column, size: float, pitch: float) -> None:
        self._units = units
        self._column = column
        self._size = size
        self._pitch = pitch
        self._ends: dict[int, float] = {}
        first = next((n for n, unit in enumerate(units) if has_number(unit)), 0)
        for unit in units[first:]:
            for place, word in self._texts(unit):
                self._ends[place] = max(self._ends.get(place, word.right), word.right)
        self._middle = self._is_set_to_the_middle(units[first:])

    def rows(self) -> list[Group]:
        """The rows, from the top; each has its figures at one height."""
        rows: list[Group] = []
        loose: list[Group] = []
        for has_figures, run in groupby(self._units, key=has_number):
            if not has_figures:
                loose = list(run)
                count = self._below(rows[-1], loose) if rows else 0
                rows[-1:] = [_joined([*rows[-1:], *loose[:count]])] if rows else []
                loose = loose[count:]
                continue
            first, *others = run
            count = self._above(loose, first)
            rows += self._labels(loose[: len(loose) - count])
            rows += [_joined([*loose[len(loose) - count :], first]), *others]
            loose = []
        return [*rows, *self._labels(loose)]

    def _below(self, row: Group, loose: Sequence[Group]) -> int:
        """How many of the lines below a row are of it: if set to the middle, as many as above."""
        most = len(loose)
        if self._middle:
            figured = [has_number([line]) for line in row]
            most = min(most, max(figured.index(True) - figured[::-1].index(True), 0))
        count = 0
        for above, line in zip([row, *loose], loose[:most], strict=False):
            if not self.goes_on(above, line):
                break
            count += 1
        return count

    def _above(self, loose: Sequence[Group], row: Group) -> int:
        """How many of the lines above a row are of it."""
        count = 0
        while self._middle and count < len(loose):
            line, below = loose[-1 - count], [*loose, row][len(loose) - count]
            if not self._goes_on(line, below, line):
                break
            count += 1
        return count

    def _labels(self, loose: Sequence[Group]) -> list[Group]:
        """The rows of lines without figures: labels that wrap are centred under each other."""
        rows: list[Group] = []
        for group in loose:
            above = rows[-1] if rows else ()
            under = above and self._is_under(group, above[-1:])
            if under or (above and (self._begins(above, group) or self._goes_under(above, group))):
                rows[-1] = _joined([above, group])
            else:
                rows.append(group)
        return rows

    def _begins(self, group: Group, below: Group) -> bool:
        """Whether a lone word is the beginning of a label below, beside others."""
        words = [word for _, word in self._texts(group)]
        return len(words) == 1 and len(words[0].text) < LABEL and self._is_under(below, group, 1)

    def _goes_under(self, group: Group, below: Group) -> bool:
        """Whether all words of a line go on below, each in one word that is no longer."""
        if below[0].middle - group[-1].middle > WRAPPED * self._pitch:
            return False
        lower = [word for _, word in self._texts(below)]
        for _, word in self._texts(group[-1:]):
            under = [w for w in lower if w.left < word.right and word.left < w.right]
            if len(under) != 1 or under[0].right - under[0].left > word.right - word.left:
                return False
            if abs(word.left + word.right - under[0].left - under[0].right) > self._size:
                return False
        return True

    def _is_under(self, group: Group, above: Group, least: int | None = None) -> bool:
        """Whether all words of a line, or so many, are centred under shorter or longer ones."""
        words = [word for _, word in self._texts(group)]
        centred = [
            word
            for word in words
            for _, other in self._texts(above)
            if abs(word.left + word.right - other.left - other.right) < self._size
            and (least or word.right - word.left < other.right - other.left + self._size / 2)
        ]
        return len(centred) >= (least or len(words))

    def goes_on(self, above: Group, below: Group) -> bool:
        """Whether each text of a line goes on with one above it, which is as long as can be."""
        return self._goes_on(above, below, below)

    def _texts(self, group: Group) -> Iterator[tuple[int, Word]]:
        for line in group:
            for word in line.words:
                if not is_number(word):
                    yield self._column(word), word

    def _goes_on(self, above: Group, below: Group, loose: Group) -> bool:
        """Whether texts go on below; each of the `loose` group, which is one of the two."""
        if below[0].middle - above[-1].middle > WRAPPED * self._pitch:
            return False
        upper, lower = dict(self._texts(above)), dict(self._texts(below))
        return all(
            place in lower and place in upper and self._is_full(place, upper[place], lower[place])
            for place, _ in self._texts(loose)
        )

    def _is_full(self, place: int, word: Word, below: Word) -> bool:
        em = (word.right - word.left) / len(word.text)
        centres = (word.left + word.right) / 2, (below.left + below.right) / 2
        if min(abs(word.left - below.left), abs(centres[0] - centres[1])) > FLUSH * em:
            return False
        bound = 1 if below.text[0] in OPENING else 0  # it may not end a line
        return self._ends.get(place, word.right) - word.right < (FULL + bound) * em

    def _is_set_to_the_middle(self, units: Sequence[Group]) -> bool:
        """Whether figures stand beside the middle of a text that wraps, and not beside its top."""
        votes = 0
        for above, loose, below in zip(units, units[1:], units[2:], strict=False):
            if has_number(loose):
                votes += not has_number(loose[:1]) and not has_number(loose[-1:])
            elif has_number(above) and has_number(below):
                votes += self._goes_on(loose, below, loose) - self.goes_on(above, loose)
        return votes > 0


def _joined(groups: Iterable[Group]) -> Group:
    return [line for group in groups for line in group]
