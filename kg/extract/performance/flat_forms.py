"""The forms that a conversion has flattened: where they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.document import Cell, Document, Line
from kg.extract.performance.flat import Flat
from kg.extract.performance.words import LONGEST_LINE, is_label, role, words
from kg.outline.stream import LONGEST
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
    """The forms whose titles are lines of their own, outside of tables; tables end them.

    In a line as long as a whole report, titles are words.
    """
    firsts = [table.first_line for table in document.tables]
    titles = list(_titles(document))
    nexts = [*(title.start for title in titles), len(document.text)][1:]
    for title, following in zip(titles, nexts, strict=True):
        table = bisect_left(firsts, document.line_at(title.start))
        ends = [document.lines[first - 1].start for first in firsts[table : table + 1]]
        end = min([following, *ends])
        flat, behind = _words(document, title.end, end)
        yield FlatForm(title, flat, _behind(document, behind, end))


def _titles(document: Document) -> Iterator[Cell]:
    """The lines (or words) that are titles, by the word that all of them have."""
    text, offsets = document.text, document.normal.offsets
    found = [offsets[m.start()] for m in re.finditer(TITLE, document.normal.text)]
    in_tables = {n for t in document.tables for n in range(t.first_line, t.last_line + 1)}
    extents = dict.fromkeys(
        _extent(text, document.lines[number - 1], at)
        for at in found
        if (number := document.line_at(at)) not in in_tables
    )
    for start, end in extents:
        if end - start <= LONGEST_LINE:
            cell = document.cell(start, end)
            if is_label(words().flat["title"], cell.text):
                yield cell


def _extent(text: str, line: Line, at: int) -> tuple[int, int]:
    """From where to where a title may be: its line, or in a very long one its word."""
    if line.end - line.start <= LONGEST:
        return line.start, line.end
    return next(
        (w.span() for w in WORD.finditer(text, line.start, line.end) if w.end() > at), (at, at)
    )


def _words(document: Document, start: int, end: int) -> tuple[Flat, int]:
    """The words from one character up to another or to the form's reasons, and where these are."""
    cells: list[Cell] = []
    ends: set[int] = set()
    for line in document.lines[document.line_at(start) - 1 : document.line_at(end)]:
        begin, last = max(start, line.start), min(end, line.end)
        is_long = line.end - line.start > LONGEST
        for word in WORD.finditer(document.text, begin, last):
            cell = document.cell(*word.span())
            if cell.text:
                cells.append(cell)
            if is_long and _ends(cells):
                return Flat(cells, frozenset(ends)), word.start()
        if _ends(cells):
            return Flat(cells, frozenset(ends)), begin
        if cells:
            ends.add(len(cells) - 1)
    return Flat(cells, frozenset(ends)), end


def _ends(cells: Sequence[Cell]) -> bool:
    """Whether the last word begins the reasons, and isn't the last label of the header."""
    if not cells or not is_label(words().flat["end"], cells[-1].text):
        return False
    return len(cells) == 1 or role(cells[-2].text) is None


def _behind(document: Document, start: int, end: int) -> tuple[int, int]:
    """The characters from one up to the next heading, or up to another character."""
    for line in document.lines[document.line_at(start) - 1 : document.line_at(end)]:
        is_short = line.end - line.start <= LONGEST_LINE
        if is_short and is_label(words().flat["behind"], document.cell(line.start, line.end).text):
            end = max(start, line.start)
            break
    return start, end
