"""The running text of a document: its lines joined in normal form, with where each line began."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from kg.document import Document, NormalText
from kg.facts import Passage
from kg.outline.furniture import furniture

#: From where to where a line stands.
Extent = tuple[int, int]

#: A longer line is a whole report whose ends of lines a conversion has made blanks.
LONGEST = 4000
WORD = re.compile(r"\S+")
#: What a line may end in that is none of its text.
BARS = " \t\u3000|"


@dataclass(frozen=True)
class Stream:
    """The prose of a document without its tables; positions count characters of `text`."""

    document: Document
    normal: NormalText
    text: str
    line_starts: tuple[int, ...]

    def passage(self, start: int, end: int) -> Passage:
        """The passage of `text[start:end]`."""
        offsets = self.normal.offsets
        return self.document.passage(offsets[start], offsets[end - 1] + 1)

    def printed(self, start: int, end: int) -> str:
        """`text[start:end]` as printed, without what a page's width and its number put in."""
        return self.normal.printed(self.document.text, start, end)

    def line_starts_between(self, start: int, end: int) -> tuple[int, ...]:
        """Where lines begin in `text[start:end]`."""
        first = bisect_left(self.line_starts, start)
        return self.line_starts[first : bisect_left(self.line_starts, end)]

    def breaks_at(self, position: int) -> bool:
        """Whether a line begins at a position, or the text ends there."""
        line = bisect_left(self.line_starts, position)
        begins = line < len(self.line_starts) and self.line_starts[line] == position
        return begins or position == len(self.text)

    def line_at(self, position: int) -> int:
        """The line that a character stands in, counted from 0."""
        return bisect_right(self.line_starts, position) - 1


def stream(document: Document) -> Stream:
    """The running text of a document."""
    places = document.normal.places
    bounds = [(places[start], places[end]) for start, end in _prose(document)]
    kept = [(first, last) for first, last in bounds if first < last]
    starts = tuple(accumulate([last - first for first, last in kept], initial=0))[:-1]
    normal = document.normal.joined(kept)
    return Stream(document, normal, normal.text, starts)


def _prose(document: Document) -> Iterator[Extent]:
    """The lines of text, from where to where: neither of a table nor blank nor of the page.

    A very long one goes by its blanks, which were the ends of lines; bars at a line's end are what
    is left of a table that was there for its looks.
    """
    text = document.text
    in_tables = {n for t in document.tables for n in range(t.first_line, t.last_line + 1)}
    extents: list[Extent] = []
    printed: list[str] = []
    for number, start, end in document.lines:
        if start < end and number not in in_tables:
            words = text[start:end].rstrip(BARS)
            if stripped := words.strip():
                extents.append((start, start + len(words)))
                printed.append(stripped)
    left_out = furniture(printed)
    for number, (start, end) in enumerate(extents):
        if number in left_out:
            continue
        if end - start <= LONGEST:
            yield start, end
        else:
            yield from (word.span() for word in WORD.finditer(text, start, end))
