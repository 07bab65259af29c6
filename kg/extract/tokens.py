"""One item's tokens, from left to right: phrases, 科目 by their marks, remarks with figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from dataclasses import dataclass, field

from kg.extract.phrases import Scanner, Token, phrases
from kg.extract.references import Classifier, Reference, references

#: What only a stretch with marked 科目 has.
MARKED = re.compile(r"[类款]|项[级)]|\(2\d\d")
#: A sentence longer than a title without any of these tells nothing.
TITLE_LENGTH = 30
TELLING = re.compile(
    r"[\d零一二两三四五六七八九十百千](?:[亿万]?元|[亿万]?[,;。、)])|%|原因|主要|其中|[类款项]级?\)"
)


@dataclass
class Tokens:
    """The tokens of `text[start:end]`.

    `marked` are the 科目 with marks and `remarks` the remarks still to come, `ahead` is the phrase
    found last and where it begins.
    """

    text: str
    scanner: Scanner
    classifier: Classifier
    start: int
    end: int
    remarks: deque[re.Match[str]] = field(default_factory=deque)
    marked: deque[Reference] = field(init=False, default_factory=deque)
    mark_starts: list[int] = field(init=False, default_factory=list)
    ahead: tuple[int, Token | None] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        if MARKED.search(self.text, self.start, self.end):
            found = references(self.text, self.start, self.end, self.classifier.year)
            self.marked.extend(found)
            self.mark_starts = [reference.start for reference in self.marked]

    def next(self, position: int) -> Token | None:
        """The next token from a position on; what stands before that is over."""
        while self.marked and self.marked[0].start < position:
            self.marked.popleft()
        while self.remarks and self.remarks[0].start() < position:
            self.remarks.popleft()
        token = self._phrase(position)
        if self.remarks and self.remarks[0].start() < (token.start if token else self.end):
            remark = self.remarks.popleft()
            return Token("remark", *remark.span(), remark, {})
        if self.marked and (token is None or self.marked[0].start <= token.start):
            return token_of(self.marked.popleft())
        return token

    def _phrase(self, position: int) -> Token | None:
        """The next phrase; one that was found before and passed over isn't looked for again."""
        if self.ahead is None or self.ahead[0] < position:
            token = self.scanner.next(self.text, position, self.end)
            self.ahead = (token.start if token else self.end, token)
        return self.ahead[1]

    def at(self, position: int, end: int | None = None) -> Token | None:
        """The phrase that stands at a position."""
        return self.scanner.at(self.text, position, self.end if end is None else end)

    def after(self, position: int, end: int) -> Token | None:
        """The first phrase of `text[position:end]`."""
        return self.scanner.next(self.text, position, end)

    def heading(self, start: int) -> Reference | None:
        """The 科目 without marks that stands at a position, in sections that have such."""
        if self.scanner.place not in phrases().by_function:
            return None
        reference = self.classifier.heading(self.text, start, self.end)
        is_marked = reference is not None and self.is_marked(start, reference.end)
        return None if is_marked else reference

    def is_marked(self, start: int, end: int) -> bool:
        """Whether a 科目 with marks begins in `text[start:end]`."""
        first = bisect_left(self.mark_starts, start)
        return first < len(self.mark_starts) and self.mark_starts[first] < end

    def names_subject(self, position: int) -> bool:
        """Whether a subject stands at a position."""
        token = self.at(position)
        is_named = token is not None and token.kind in ("subject", "function")
        return is_named or self.is_marked(position, position + 1)

    def sentence_end(self, position: int) -> int:
        """Where the sentence ends that a position is in."""
        match = phrases().words["end"].search(self.text, position, self.end)
        return match.start() if match else self.end

    def next_telling(self, position: int) -> int:
        """Where the next sentence begins that may tell something, or the end of one before it."""
        stop = self.sentence_end(position)
        is_short = stop - position <= TITLE_LENGTH
        return position if is_short or TELLING.search(self.text, position, stop) else stop


def token_of(reference: Reference) -> Token:
    """A 科目 as a token."""
    entry = {"reference": reference}
    return Token("function", reference.start, reference.end, reference.match, entry)
