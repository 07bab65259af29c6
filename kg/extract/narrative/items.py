"""A stretch of running text to the items that it numbers, each with those within it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from statistics import median

from kg.extract.numbers import ordinal
from kg.outline import Stream
from kg.record import record
from kg.resources import toml

#: How items are marked, in the order in which a mark is tried.
MARKS = {
    "(一)": r"\((?P<a>[一二三四五六七八九十]{1,3})\)[、.]?",
    "一、": r"第?(?P<b>[一二三四五六七八九十]{1,3})[、.]",
    "(1)": r"\((?P<c>\d{1,2})\)[、.]?",
    "1)": r"(?P<d>\d{1,2})\)[、.]?",
    "1.": r"(?P<e>\d{1,2})(?:、|\.(?!\d))",
    "①": r"(?P<f>[①-⑳])",
}
MARK = re.compile(r"[#\-•·●◆■]{0,8}(?:" + "|".join(MARKS.values()) + ")")
#: A bullet alone marks an item without a number.
BULLET = re.compile(r"[•●◆■]{1,2}")
CHINESE = ("(一)", "一、")
STYLES = dict(zip("abcdef", MARKS, strict=True))
#: Within a line, a mark stands behind the end of what is before it.
INLINE = re.compile(r"(?<=[。;:!?])" + MARK.pattern)
ENDS = "。;:!?"


@record
class Item:
    """An item: its mark from `start`, its text from `body`, up to `end` with all within it."""

    style: str
    number: int
    start: int
    body: int
    end: int
    within: tuple[Item, ...] = ()

    @property
    def own_end(self) -> int:
        """Where its own text ends, and that of the items within it begins."""
        return self.within[0].start if self.within else self.end


@dataclass(slots=True)
class _Open:
    """An item whose end isn't known yet."""

    style: str
    number: int
    start: int
    body: int
    within: list[Item] = field(default_factory=list)

    def closed(self, end: int) -> Item:
        return Item(self.style, self.number, self.start, self.body, end, tuple(self.within))


def items(stream: Stream, start: int, end: int) -> tuple[Item, ...]:
    """The numbered items of `text[start:end]`; what stands before the first is in none of them.

    An item is within the one before it that is marked otherwise. Within a line only the number that
    comes next opens an item, so that a figure is none.
    """
    roots: list[Item] = []
    stack: list[_Open] = []

    def close(depth: int, position: int) -> None:
        while len(stack) > depth:
            closed = stack.pop().closed(position)
            (stack[-1].within if stack else roots).append(closed)

    marks = list(_marks(stream, start, end))
    opening = _openings(stream, marks)
    for mark in marks:
        depth = next((n for n, item in enumerate(stack) if item.style == mark.style), len(stack))
        last = stack[depth].number if depth < len(stack) else 0
        is_new = depth == len(stack)
        above = stack[-1].start if stack else start
        opens = mark.start in opening or _is_line(stream, above, mark.start)
        if (is_new and opens) or _follows(stream, mark, last):
            close(depth, mark.start)
            stack.append(mark)
    close(0, end)
    return tuple(roots)


def _marks(stream: Stream, start: int, end: int) -> Iterator[_Open]:
    """What looks like a mark, in reading order."""
    starts = set(stream.line_starts_between(start, end))
    inline = {match.start() for match in INLINE.finditer(stream.text, start, end)}
    for position in sorted(starts | inline):
        if match := MARK.match(stream.text, position, end):
            group = match.lastgroup or ""
            yield _Open(STYLES[group], _number(match[group]), position, match.end())
        elif position in starts and (match := BULLET.match(stream.text, position, end)):
            yield _Open("•", 0, position, match.end())


def _openings(stream: Stream, marks: Sequence[_Open]) -> set[int]:
    """Where Chinese numbers on lines of their own go on from each other, whatever the first is."""
    found: set[int] = set()
    following: dict[str, int] = {}
    for mark in reversed(marks):
        if mark.style in CHINESE and stream.breaks_at(mark.start):
            if following.get(mark.style) == mark.number + 1:
                found.add(mark.start)
            following[mark.style] = mark.number
    return found


def _number(printed: str) -> int:
    return ord(printed) - ord("①") + 1 if printed in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳" else ordinal(printed)


def _follows(stream: Stream, mark: _Open, last: int) -> bool:
    """Whether a mark's number comes next; where a paragraph begins, numbering may slip."""
    if mark.number in (0, last + 1):
        return True
    before = stream.text[mark.start - 1 : mark.start]
    return stream.breaks_at(mark.start) and (mark.number == 1 or before in ENDS)


def _is_line(stream: Stream, start: int, end: int) -> bool:
    """Whether a stretch is a line or nothing, so that a list may begin behind it."""
    return stream.breaks_at(end) and len(stream.line_starts_between(start, end)) <= 1


def paragraphs(stream: Stream, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraphs of a text without numbers: they end a sentence, and not in a full line."""
    if start == end:
        return
    lines = list(pairwise([start, *stream.line_starts_between(start + 1, end), end]))
    ended = sum(stream.text[stop - 1] in ENDS for _, stop in lines)
    full = 0 if 2 * ended > len(lines) else median(stop - line for line, stop in lines) - 1
    for line, stop in lines:
        if stop == end or (stream.text[stop - 1] in ENDS and (not full or stop - line < full)):
            yield start, stop
            start = stop


def cut(stream: Stream, start: int, end: int) -> int:
    """Where a list ends: before a line that says something else, such as a telephone number."""
    for position in stream.line_starts_between(start, end):
        if _after().match(stream.text, position, end):
            return position
    return end


def cut_sentences(stream: Stream, start: int, end: int) -> int:
    """Where a list of sentences ends: lines without a mark behind the last are the page's."""
    end = cut(stream, start, end)
    last = stream.text.rfind("。", start, end) + 1
    lines = stream.line_starts_between(last, end)
    if last and last in lines and not any(MARK.match(stream.text, n, end) for n in lines):
        return last
    return end


@cache
def _after() -> re.Pattern[str]:
    return re.compile(toml(__package__, "narrative.toml")["after"])
