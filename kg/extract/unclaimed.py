"""What no fact took: every figure of a document that is left over."""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection, Iterable, Iterator

from kg.document import Cell, Document, NormalText
from kg.extract.numbers import MONEY, PERCENT, is_number
from kg.facts import Fact, Passage, Unclaimed
from kg.outline import Outline

FIGURE = re.compile(f"{MONEY}|{PERCENT}")


def unclaimed(
    outline: Outline, facts: Iterable[Fact], structure: Collection[int]
) -> Iterator[Unclaimed]:
    """The figures (amounts and percentages in text, numbers in cells) that are in no fact.

    A figure within a text that a fact keeps as printed (a reason, the outputs of a project) is in
    that fact. `structure` are the cells that are no figures, by their start.
    """
    claimed = _Claimed(facts)
    for kind, text, passage in _figures(outline):
        if passage.start not in structure and not claimed.covers(passage.start):
            yield Unclaimed(text, kind, passage)  # type: ignore[arg-type]


def _figures(outline: Outline) -> Iterator[tuple[str, str, Passage]]:
    stream = outline.stream
    for match in FIGURE.finditer(stream.text):
        group = "amount" if match["amount"] else "percent"
        kind = "money" if match["amount"] else "percent"
        yield kind, stream.printed(*match.span()), stream.passage(*match.span(group))
    for titled in outline.tables:
        for number, row in enumerate(titled.table.rows):
            for column, cell in enumerate(row):
                yield from _in_cell(outline.document, cell, number, column)


def _in_cell(
    document: Document, cell: Cell, row: int, column: int
) -> Iterator[tuple[str, str, Passage]]:
    """A cell's number, or the figures in a cell's text."""
    if is_number(cell.text):
        yield "cell", cell.text, document.cell_passage(cell, row, column)
        return
    normal = NormalText.of(document.text, [(cell.start, cell.end)])
    for match in FIGURE.finditer(normal.text):
        kind = "money" if match["amount"] else "percent"
        start, end = normal.span(*match.span("amount" if match["amount"] else "percent"))
        yield kind, match[0], document.cell_passage(Cell(match[0], start, end), row, column)


class _Claimed:
    """The stretches of a document that facts were read from."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        # a review's passage is the whole of it: each of its figures is in its fields or texts
        stretches = sorted((fact.passage.start, fact.passage.end) for fact in facts)
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in stretches:
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def covers(self, offset: int) -> bool:
        place = bisect.bisect_right(self._starts, offset) - 1
        return place >= 0 and offset < self._ends[place]
