"""The forms that a conversion has flattened: where they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.document import Cell, Document
from kg.extract.performance.flat import Flat
from kg.extract.performance.words import LONGEST_LINE, is_label, role, words
from kg.record import record

WORD = re.compile(r"\S+")
TITLE = "自评表"


@record
class FlatForm:
    """A form: its title, its words from there to its reasons or to the next title, and where the
    text of its reasons begins and ends.
    """

    title: Cell
    flat: Flat
    behind: tuple[int, int]


def flat_forms(document: Document) -> Iterator[FlatForm]:
    """The forms whose titles are lines of their own, outside of tables; tables end them."""
    firsts = [table.first_line for table in document.tables]
    titles = list(_titles(document))
    lines = [document.line_at(title.start) for title in titles]
    ends = [*(line - 1 for line in lines), len(document.lines)][1:]
    for title, first, last in zip(titles, lines, ends, strict=True):
        table = bisect_left(firsts, first)
        stop = min(last, firsts[table] - 1) if table < len(firsts) else last
        flat, last_row = _words(document, first, stop)
        yield FlatForm(title, flat, _behind(document, last_row, stop))


def _titles(document: Document) -> Iterator[Cell]:
    """The lines that are titles, by the word that all of them have."""
    found = (m.start() for m in re.finditer(TITLE, document.normal.text))
    numbers = dict.fromkeys(document.line_at(document.normal.offsets[at]) for at in found)
    in_tables = {n for t in document.tables for n in range(t.first_line, t.last_line + 1)}
    for line in (document.lines[number - 1] for number in numbers if number not in in_tables):
        if line.end - line.start <= LONGEST_LINE:
            cell = document.cell(line.start, line.end)
            if is_label(words().flat["title"], cell.text):
                yield cell


def _words(document: Document, first: int, last: int) -> tuple[Flat, int]:
    """The words of some lines (0-based, the last not included), up to the form's reasons, and the
    line that these begin with.
    """
    cells: list[Cell] = []
    ends: set[int] = set()
    for number, line in enumerate(document.lines[first:last], first):
        for word in WORD.finditer(document.text, line.start, line.end):
            cell = document.cell(*word.span())
            if cell.text:
                cells.append(cell)
        if _ends(cells):
            return Flat(cells, frozenset(ends)), number
        if cells:
            ends.add(len(cells) - 1)
    return Flat(cells, frozenset(ends)), last


def _ends(cells: Sequence[Cell]) -> bool:
    """Whether the last word begins the reasons, and isn't the last label of the header."""
    labels = [is_label(words().flat["end"], cell.text) for cell in cells[-1:]]
    return any(labels) and not (len(cells) > 1 and role(cells[-2].text))


def _behind(document: Document, first: int, last: int) -> tuple[int, int]:
    """The characters from a line up to the next heading, or up to another line."""
    lines = document.lines[first:last]
    for number, line in enumerate(lines):
        is_short = line.end - line.start <= LONGEST_LINE
        if is_short and is_label(words().flat["behind"], document.cell(line.start, line.end).text):
            lines = lines[:number]
            break
    return (lines[0].start, lines[-1].end) if lines else (0, 0)
