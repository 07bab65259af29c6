"""The running text of a document: its lines joined in normal form, with where each line began."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.document import Document, Line, NormalText
from kg.facts import Passage

#: A line that is nothing but a page's number would break the sentence that runs over the page.
PAGE_NUMBER = re.compile(
    r"[-—－–]?\s*\d{1,3}\s*[-—－–]?|第\s*\d{1,3}\s*页(?:[\s,，/]*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
#: But a number of the sentence itself may stand alone between two breaks: "为", "100", "万元".
GOES_ON = re.compile(r"\s*(?:[亿万]?元|[%％])")
#: A line before that has a number already: "12", page 7, "万元", or "12万", page 7, "元".
WHOLE = re.compile(r"[\d亿万]$")


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
    """The lines that are neither of a table nor blank nor a page's number."""
    text = document.text
    in_tables = {n for t in document.tables for n in range(t.first_line, t.last_line + 1)}
    lines = [line for line in document.lines if text[line.start : line.end].strip()]
    before = ""
    for line, after in zip(lines, [*lines, None][1:], strict=True):
        if line.number in in_tables:
            continue
        printed = text[line.start : line.end].strip()
        alone = PAGE_NUMBER.fullmatch(printed) is not None
        goes_on = after is not None and GOES_ON.match(text, after.start, after.end) is not None
        if not alone or (goes_on and not WHOLE.search(before)):
            yield line
            before = printed
