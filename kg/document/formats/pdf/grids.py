"""Tables that are drawn with lines: lines that cross make a grid, its cells hold the characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kg.document.formats.pdf.glyphs import Glyph
from kg.document.formats.pdf.rules import NEAR, Rule, Rules

#: How far lines stick out over the outermost upright ones where a table is open at its sides.
OPEN = 12.0
#: How much of a character reaches over the end of its row only if its text overflows the cell.
CROSSED = 0.25


@dataclass(frozen=True)
class Grid:
    """A table's lines: `columns` and `rows` are where its cells begin and end."""

    columns: Sequence[float]
    rows: Sequence[float]
    level: Sequence[Rule]
    upright: Sequence[Rule]

    @property
    def top(self) -> float:
        return self.rows[0]

    def holds(self, glyph: Glyph) -> bool:
        """Whether a character stands in the table."""
        across = self.columns[0] - NEAR <= glyph.centre <= self.columns[-1] + NEAR
        return across and self.rows[0] <= glyph.middle <= self.rows[-1]

    def place(self, glyph: Glyph) -> tuple[int, int]:
        """The row and column of the cell that a character stands in; merged cells are one."""
        row = _between(self.rows, glyph.middle)
        column = _between(self.columns, glyph.centre)
        return self._merged[row, column]

    def crosses(self, glyph: Glyph) -> bool:
        """Whether a character stands on the end of a row, more than it does where it is tight."""
        inside = CROSSED * (glyph.bottom - glyph.top)
        top, bottom = glyph.top + inside, glyph.bottom - inside
        return bisect_right(self.rows, top) != bisect_right(self.rows, bottom)

    @cached_property
    def _merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each cell the first one (highest, then leftmost) that no line divides it from."""
        heights = [(top + bottom) / 2 for top, bottom in pairwise(self.rows)]
        middles = [(left + right) / 2 for left, right in pairwise(self.columns)]
        upright = [_near(self.upright, at) for at in self.columns]
        level = [_near(self.level, at) for at in self.rows]
        first: dict[tuple[int, int], tuple[int, int]] = {}

        def root(cell: tuple[int, int]) -> tuple[int, int]:
            while first.setdefault(cell, cell) != cell:
                cell = first[cell]
            return cell

        for row, height in enumerate(heights):
            for column, middle in enumerate(middles):
                cell = (row, column)
                if column and not _is_drawn(upright[column], height):
                    _join(first, root((row, column - 1)), root(cell))
                if row and not _is_drawn(level[row], middle):
                    _join(first, root((row - 1, column)), root(cell))
                root(cell)
        return {cell: root(cell) for cell in first}


def grids_of(rules: Rules) -> list[Grid]:
    """The tables of a page: groups of lines that cross, of two columns and two rows or more."""
    grids = []
    for level, upright in _crossing(rules):
        columns = _places(upright, level)
        rows = _places(level, upright)
        if len(columns) > 2 and len(rows) > 1:
            grids.append(Grid(columns, rows, level, upright))
    return sorted(grids, key=lambda grid: grid.top)


def _crossing(rules: Rules) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of lines, each line crossing or meeting another of its group."""
    level_left, upright_left = list(rules.level), list(rules.upright)
    while upright_left:
        level: list[Rule] = []
        upright = fresh = [upright_left.pop()]
        while fresh:
            met, level_left = _split(level_left, fresh)
            level += met
            fresh, upright_left = _split(upright_left, met)
            upright = upright + fresh
        if len(level) > 1:
            yield level, upright


def _split(rules: list[Rule], others: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """The rules that cross one of the others, and those that don't."""
    crossing: list[Rule] = []
    apart: list[Rule] = []
    for rule in rules:
        crosses = any(o.reaches(rule.at) and rule.reaches(o.at) for o in others)
        (crossing if crosses else apart).append(rule)
    return crossing, apart


def _places(rules: Iterable[Rule], across: Sequence[Rule]) -> list[float]:
    """Where cells begin and end; at an open side, where the lines across end."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > NEAR:
            places.append(at)
    start, end = min(rule.start for rule in across), max(rule.end for rule in across)
    if start < places[0] - OPEN:
        places.insert(0, start)
    if end > places[-1] + OPEN:
        places.append(end)
    return places


def _near(rules: Iterable[Rule], at: float) -> list[Rule]:
    return [rule for rule in rules if abs(rule.at - at) <= NEAR]


def _is_drawn(rules: Iterable[Rule], through: float) -> bool:
    """Whether a line is drawn between two cells."""
    return any(rule.start <= through <= rule.end for rule in rules)


def _join(
    first: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]
) -> None:
    first[max(one, other)] = min(one, other)


def _between(places: Sequence[float], place: float) -> int:
    return min(max(bisect_right(places, place) - 1, 0), len(places) - 2)
