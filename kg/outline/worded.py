"""Sections without a known title: by the words of their titles, or by what their sentences tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kg.outline.headings import headings
from kg.outline.numbering import NUMBER, numbered_ends
from kg.outline.section import Section
from kg.outline.stream import Stream
from kg.starts import places

#: A figure, and what a sentence has and a title hasn't.
FIGURE = re.compile(r"\d(?:[亿万]?元|%|辆|台)")
SENTENCE = re.compile(rf"[,;。:](?!$)|{FIGURE.pattern}")
#: How far a paragraph is looked into for its first figure.
TELLING = 120
#: What a paragraph begins behind.
ENDS = "。:"


def worded(text: Stream, lines: Sequence[int]) -> Iterator[Section]:
    """Headings in no words but those of titles: on a line of their own, or over two."""
    words = headings().worded
    for position in places(words.line, text.text, lines):
        ends = text.line_starts_between(position + 1, position + words.longest)[:2]
        for end in reversed(ends):
            closed = words.closed.search(text.text, position, end)
            stop = closed.end() if closed else end
            match = words.line.fullmatch(text.text, position, stop)
            place = words.place(match) if match else None
            if match and place and (stop == end or match["mark"]):
                yield Section(place, position, stop, len(text.text))
                break


def told(text: Stream, lines: Iterable[int]) -> Iterator[Section]:
    """Paragraphs under no heading that say whose figure their first one is."""
    topics, never = headings().told, headings().defined
    for position in lines:
        figure = FIGURE.search(text.text, position, position + TELLING)
        if figure and _begins(text, position):
            opening = text.text[position : figure.start()]
            place = next((t.place for t in topics if t.match.search(opening)), None)
            if place and not never.search(opening):
                yield Section(place, position, position, len(text.text))


def _begins(text: Stream, position: int) -> bool:
    """Whether a paragraph begins with a line: it is numbered, or behind a sentence or a title."""
    line = text.line_at(position)
    if line == 0 or _is_title(text, line):
        return False
    is_behind = text.text[position - 1] in ENDS or _is_title(text, line - 1)
    return is_behind or NUMBER.match(text.text, position) is not None


def _is_title(text: Stream, line: int) -> bool:
    """Whether a line may be a title: it is short, and no part of a sentence."""
    start, *following = text.line_starts[line : line + 2]
    end = following[0] if following else len(text.text)
    is_short = end - start <= headings().worded.longest
    return is_short and not SENTENCE.search(text.text, start, end)


def numbered_titles(text: Stream, section: Section) -> Iterator[tuple[int, int, int]]:
    """The numbered titles in a section: where each begins, what it heads begins and that ends."""
    lines = text.line_starts_between(section.start, section.end)
    ends = numbered_ends(text.text[: section.end], lines, ())
    for start, following in pairwise([*lines, section.end]):
        if start in ends and _is_title(text, text.line_at(start)):
            yield start, following, ends[start]
