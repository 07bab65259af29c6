"""The texts of a flattened form: its goal beside what became of it, and those behind its rows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.document import Cell, Document
from kg.extract.performance.flat import Flat
from kg.extract.performance.printed import printed
from kg.extract.performance.texts import Said
from kg.extract.performance.words import words

SENTENCE = re.compile("[。；;!]$")


def goal_texts(document: Document, flat: Flat) -> Iterator[Said]:
    """The goal and what became of it, where their two cells are a line or end a sentence each."""
    for goal in words().flat["goal_text"].finditer(flat.text):
        first, last = (bisect_left(flat.starts, place) for place in goal.span())
        yield _said(document, "goal", list(flat.cells[first:last]))
    heads = words().flat["goals"].search(flat.text)
    stop = words().flat["indicators"].search(flat.text, heads.end()) if heads else None
    if heads is None or stop is None:
        return
    lines = list(_lines(flat, heads.end(), stop.start()))
    while lines and not words().cells["words"].search(_text(lines[-1])):
        lines.pop()  # the score of the goal
    ends = [n for n, line in enumerate(lines, 1) if SENTENCE.search(_text(line))]
    if len(lines) == 2:
        ends = [1, 2]
    elif lines and _text(lines[-1])[-1] != "。":
        return
    else:
        ends = [n for n in ends if _text(lines[n - 1]).endswith("。")]
    if len(ends) == 2 and ends[-1] == len(lines):
        for name, part in (("goal", lines[: ends[0]]), ("outputs", lines[ends[0] :])):
            yield _said(document, name, [cell for line in part for cell in line])


def tail_texts(document: Document, start: int, end: int) -> Iterator[Said]:
    """The problems and improvements among the characters of the text behind a form's rows."""
    normal = document.normal.between(start, end)
    marks = [
        (match.start(), match.end(), name)
        for name in ("problems", "improvements")
        if (match := words().flat[name].search(normal.text))
    ]
    marks.sort()
    bounds = [*(begin for begin, _, _ in marks), len(normal.text)]
    for (_, begin, name), stop in zip(marks, bounds[1:], strict=True):
        if begin < stop:
            cell = Cell("", *normal.span(begin, stop))
            yield Said(name, printed(document, [cell]), document.passage(cell.start, cell.end))


def _lines(flat: Flat, start: int, end: int) -> Iterator[list[Cell]]:
    """The words between two positions of a form's text, line by line."""
    line: list[Cell] = []
    for word, cell in enumerate(flat.cells):
        if start <= flat.starts[word] < end:
            line.append(cell)
            if word in flat.line_ends:
                yield line
                line = []
    if line:
        yield line


def _text(line: list[Cell]) -> str:
    return "".join(cell.text for cell in line)


def _said(document: Document, name: str, cells: list[Cell]) -> Said:
    passage = document.passage(cells[0].start, cells[-1].end)
    return Said(name, printed(document, cells), passage)
