"""The running text of a document: its lines joined in normal form, with where each line began."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from kg.document import Document, NormalText
from kg.facts import Passage

#: A line that is nothing but a page's number would break the sentence that runs over the page.
PAGE_NUMBER = re.compile(r"\s*[-—－]?\s*\d{1,3}\s*[-—－]?\s*")


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
        """`text[start:end]` as printed, without the breaks that a page's width put in."""
        first, last = self.normal.span(start, end)
        return re.sub(r"\s+", "", self.document.text[first:last])

    def line_starts_between(self, start: int, end: int) -> tuple[int, ...]:
        """Where lines begin in `text[start:end]`."""
        first = bisect.bisect_left(self.line_starts, start)
        return self.line_starts[first : bisect.bisect_left(self.line_starts, end)]


def stream(document: Document) -> Stream:
    """The running text of a document."""
    text = document.text
    in_tables = {n for t in document.tables for n in range(t.first_line, t.last_line + 1)}
    ranges = [
        (line.start, line.end)
        for line in document.lines
        if line.number not in in_tables and not PAGE_NUMBER.fullmatch(text, line.start, line.end)
    ]
    normal = NormalText.of(text, ranges)
    starts = []
    for start, end in ranges:
        position = bisect.bisect_left(normal.offsets, start)
        if position < len(normal.offsets) and normal.offsets[position] < end:
            starts.append(position)
    return Stream(document, normal, tuple(starts))
