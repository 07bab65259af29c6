"""The running text of a document: its lines joined in normal form, with where each line began."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.document import Document, Line, NormalText
from kg.facts import Passage
from kg.outline.furniture import without_furniture


@dataclass(frozen=True)
class Stream:
    """The prose of a document without its tables; positions count characters of `text`."""

    document: Document
    normal: NormalText
    line_starts: tuple[int, ...]

    @property
    def text(self) -> str:
        return self.normal.text

    def passage(self, start: int, end: int) -> Passage:
        """The passage of `text[start:end]`."""
        return self.document.passage(*self.normal.span(start, end))

    def printed(self, start: int, end: int) -> str:
        """`text[start:end]` as printed, without what a page's width and its number put in."""
        offsets = dict.fromkeys(self.normal.offsets[start:end])
        return "".join(map(self.document.text.__getitem__, offsets))

    def line_starts_between(self, start: int, end: int) -> tuple[int, ...]:
        """Where lines begin in `text[start:end]`."""
        first = bisect_left(self.line_starts, start)
        return self.line_starts[first : bisect_left(self.line_starts, end)]

    def breaks_at(self, position: int) -> bool:
        """Whether a line begins at a position, or the text ends there."""
        return bool(self.line_starts_between(position, position + 1)) or position == len(self.text)


def stream(document: Document) -> Stream:
    """The running text of a document."""
    parts = []
    starts = []
    length = 0
    for line in _prose(document):
        part = document.normal.between(line.start, line.end)
        if part.text:
            parts.append(part)
            starts.append(length)
            length += len(part.text)
    return Stream(document, NormalText.joined(parts), tuple(starts))


def _prose(document: Document) -> Iterator[Line]:
    """The lines of text: neither of a table nor blank nor of the page."""
    text = document.text
    in_tables = {n for t in document.tables for n in range(t.first_line, t.last_line + 1)}
    lines = [line for line in document.lines if text[line.start : line.end].strip()]
    return without_furniture(document, [line for line in lines if line.number not in in_tables])
