"""The contents of a report: where they stand, so that their lines are taken for no heading."""

from __future__ import annotations

from itertools import pairwise

from kg.outline.headings import headings
from kg.outline.stream import Stream
from kg.outline.tables import table_titled
from kg.starts import places

#: So many lines after 目录 the first entry stands, and so long contents are at most.
AHEAD, LENGTH = 4, 6000


def lines_without_contents(text: Stream) -> tuple[int, ...]:
    """Where the lines of a text begin, those of its contents left out."""
    starts, title = text.line_starts, headings().contents.title
    for start in places(title, text.text, starts):
        number = text.line_at(start) + 1
        end = starts[number] if number < len(starts) else len(text.text)
        if title.fullmatch(text.text, start, end):
            over = _over(text, starts[number:])
            return tuple(s for s in starts if not start <= s < over)
    return starts


def contents_lines(text: Stream) -> list[tuple[int, int]]:
    """The lines of the contents, each from where to where."""
    kept = set(lines_without_contents(text))
    bounds = pairwise([*text.line_starts, len(text.text)])
    return [(start, end) for start, end in bounds if start not in kept]


def listed_place(text: str, start: int, end: int) -> str | None:
    """The place of the part, section or table that a line of the contents lists."""
    words = headings()
    if match := words.parts.pattern.match(text, start, end):
        return words.parts.place(match)
    if place := table_titled(words.leader.split(text[start:end])[0]):
        return place
    match = words.sections.pattern.match(text, start, end)
    return words.sections.place(match) if match else None


def _over(text: Stream, starts: tuple[int, ...]) -> int:
    """Where the contents that begin before some lines are over; 0 if they aren't told apart."""
    words = headings().contents
    marks = ((start, words.mark.match(text.text, start)) for start in starts[:AHEAD])
    first = next(((start, match["mark"]) for start, match in marks if match), None)
    if first is None:
        return 0
    start, mark = first
    for again in text.line_starts_between(start + 1, start + LENGTH):
        match = words.mark.match(text.text, again)
        if match and match["mark"] == mark:
            return 0 if words.figure.search(text.text, start, again) else again
    return 0
