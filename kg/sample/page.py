"""The text of a report as it grows, and where each slot and span came to stand in it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from kg.facts import Passage
from kg.sample.slots import Draft, Expanded, Slot, Span

#: What a layout puts into a paragraph (line breaks, spaces), and before which character.
Insertions = Sequence[tuple[int, str]]


class Placed(NamedTuple):
    """A slot or span, its characters in the report's text, and what it says without line breaks."""

    what: Slot | Span
    start: int
    end: int
    text: str


class Page:
    """A report's text being written."""

    def __init__(self, draft: Draft) -> None:
        self.placed: list[Placed] = []
        self._draft = draft
        self._parts: list[str] = []
        self._length = 0
        #: Drafts without insertions, which are expanded together.
        self._waiting: list[str] = []

    def write(self, draft: str, breaks: Callable[[str], Insertions] | None = None) -> None:
        """Add a draft; `breaks` says what to insert where, given the paragraph as one line."""
        if breaks is None:
            self._waiting.append(draft)
            return
        self._settle()
        found = self._draft.expand(draft)
        if insertions := breaks(found.text):
            self._insert(found, insertions)
        else:
            self._place(found)

    def text(self) -> str:
        self._settle()
        return "".join(self._parts)

    def _settle(self) -> None:
        self._place(self._draft.expand("".join(self._waiting)))
        self._waiting.clear()

    def _place(self, found: Expanded) -> None:
        """Add what has no insertions."""
        base, text = self._length, found.text
        self.placed += [Placed(w, base + s, base + e, text[s:e]) for w, s, e in found.places]
        self._parts.append(text)
        self._length += len(text)

    def _insert(self, found: Expanded, insertions: Insertions) -> None:
        plain, base = found.text, self._length
        offsets = [offset for offset, _ in insertions]
        grown = [0, *accumulate(len(text) for _, text in insertions)]
        for what, start, end in found.places:
            first = base + start + grown[bisect.bisect_right(offsets, start)]
            last = base + end + grown[bisect.bisect_left(offsets, end)]
            self.placed.append(Placed(what, first, last, plain[start:end]))
        inserted = ("", *(text for _, text in insertions))
        for text, (start, end) in zip(inserted, pairwise((0, *offsets, len(plain))), strict=True):
            self._parts += (text, plain[start:end])
        self._length += len(plain) + grown[-1]


class Places:
    """Passages of a finished text, with rows and columns where a line has tabs."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]
        #: The row of each line in its table, 0 for lines without tabs.
        tabbed = (int("\t" in line) for line in text.split("\n"))
        self._rows = list(accumulate(tabbed, lambda row, tab: row + 1 if tab else 0))

    def passage(self, start: int, end: int) -> Passage:
        line = bisect.bisect_right(self._starts, start)
        row = self._rows[line - 1]
        if not row:
            return Passage(start, end, line)
        column = self._text.count("\t", self._starts[line - 1], start) + 1
        return Passage(start, end, line, row=row, column=column)
