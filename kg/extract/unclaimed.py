"""What no fact took: every figure of a document that is left over."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Literal

from kg.document import Cell, Document
from kg.extract.numbers import NUMBER, is_number
from kg.facts import Evaluation, Fact, Indicator, Passage, Unclaimed
from kg.outline import Outline, Stream

FIGURE = re.compile(f"(?P<number>{NUMBER})(?P<unit>亿元|万元|元|%)")
#: Where a figure may be: a run of digits, looked at once, with the beginning of a unit behind it.
RUN = re.compile(r"[\d,.](?<![\d,.]{2})[\d,.]*+[亿万元%]")


def unclaimed(
    outline: Outline, facts: Iterable[Fact], structure: Collection[int]
) -> Iterator[Unclaimed]:
    """The figures (amounts and percentages in text, numbers in cells) that are in no fact.

    A figure within a text that a fact keeps as printed (a reason, the outputs of a project) is in
    that fact. `structure` are the cells that are no figures, by their start.
    """
    claimed = _Claimed(facts)
    starts = {*structure, *claimed.starts}

    def is_taken(offset: int) -> bool:
        return offset in starts or claimed.covers(offset)

    yield from _in_stream(outline.stream, is_taken)
    for titled in outline.tables:
        for number, row in enumerate(titled.table.rows):
            for column, cell in enumerate(row):
                if is_number(cell.text):
                    if cell.start not in starts and not claimed.covers(cell.start):
                        passage = outline.document.cell_passage(cell, number, column)
                        yield Unclaimed(cell.text, "cell", passage)
                elif "元" in cell.text or "%" in cell.text:
                    yield from _in_cell(outline.document, cell, number, column, is_taken)


def _in_stream(stream: Stream, is_taken: Callable[[int], bool]) -> Iterator[Unclaimed]:
    for match in _in_text(stream.text):
        if not is_taken(stream.normal.offsets[match.start()]):
            passage = stream.passage(*match.span("number"))
            yield Unclaimed(stream.printed(*match.span()), _kind(match), passage)


def _in_cell(
    document: Document, cell: Cell, row: int, column: int, is_taken: Callable[[int], bool]
) -> Iterator[Unclaimed]:
    """The figures in a cell's text."""
    for match in _in_text(cell.text):
        start, end = document.normal.between(cell.start, cell.end).span(*match.span("number"))
        if not is_taken(start):
            passage = document.cell_passage(Cell(match[0], start, end), row, column)
            yield Unclaimed(match[0], _kind(match), passage)


def _in_text(text: str) -> Iterator[re.Match[str]]:
    for run in RUN.finditer(text):
        yield from FIGURE.finditer(text, max(0, run.start() - 1), run.end() + 1)


def _kind(match: re.Match[str]) -> Literal["money", "percent"]:
    return "percent" if match["unit"] == "%" else "money"


def _passages(fact: Fact) -> tuple[Passage, ...]:
    return fact.passages if isinstance(fact, Evaluation | Indicator) else (fact.passage,)


class _Claimed:
    """The stretches of a document that facts were read from."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        # a review's passage is the whole of it: each of its figures is in its fields or texts
        stretches = sorted((p.start, p.end) for fact in facts for p in _passages(fact))
        self.starts: list[int] = []
        self._ends: list[int] = []
        for start, end in stretches:
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self.starts.append(start)
                self._ends.append(end)

    def covers(self, offset: int) -> bool:
        place = bisect.bisect_right(self.starts, offset) - 1
        return place >= 0 and offset < self._ends[place]
