"""Documents to outlines: where each place of the national template begins and ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.document import Document
from kg.errors import ReportError
from kg.outline.headings import Titles, headings
from kg.outline.stream import Stream, stream
from kg.outline.tables import TitledTable, titled_tables


class NotAReport(ReportError):
    """A document in which nothing of a final-accounts report is found."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the running text: its title from `heading`, its body from `start` to `end`."""

    place: str
    heading: int
    start: int
    end: int


@dataclass(frozen=True)
class Outline:
    """A report's parts and sections in its running text, and its tables."""

    document: Document
    stream: Stream
    parts: dict[str, Section]
    sections: dict[str, Section]
    tables: tuple[TitledTable, ...]


def outline(document: Document) -> Outline:
    """Find a report's parts, sections and tables.

    Raises:
        NotAReport: there is neither a section nor a table of a final-accounts report.

    """
    text = stream(document)
    heads = list(_find(text, headings().parts, 0, len(text.text)))
    parts = _fullest(text, heads)
    sections = _sections(text, parts, [head.heading for head in heads])
    tables = titled_tables(document)
    if not sections and not any(table.place for table in tables):
        raise NotAReport(
            f"{document.name}: not a final-accounts report (部门决算): none of its nine tables and "
            "no section of its explanation (收入支出决算总体情况说明 …) is there"
        )
    return Outline(document, text, parts, sections, tuple(tables))


def _sections(text: Stream, parts: dict[str, Section], ends: list[int]) -> dict[str, Section]:
    """The sections, none of them over the beginning of a part (one of `ends`)."""
    words = headings()
    found = [_cut(section, ends) for section in _find(text, words.sections, 0, len(text.text))]
    sections = _fullest(text, found)
    explanation = parts.get("explanation")
    if explanation and _has_sentences(text, explanation):
        # an annex may use the same titles at greater length
        own = [s for s in found if explanation.heading <= s.heading < explanation.end]
        sections |= _fullest(text, own)
    for under, titles in words.subsections.items():
        if section := sections.get(under):
            sections |= _fullest(text, _find(text, titles, section.start, section.end))
    return sections


def _find(text: Stream, titles: Titles, start: int, end: int) -> Iterator[Section]:
    """Every heading between two positions, each reaching to the next one.

    A heading has a mark or a line of its own: a line of a paragraph may begin with a title's words.
    """
    heads = []
    for position in text.line_starts_between(start, end):
        match = titles.pattern.match(text.text, position, end)
        if match and (match["mark"] or text.breaks_at(match.end())):
            heads.append((titles.place(match), position, match.end()))
    for (place, heading, body), (_, following, _) in pairwise([*heads, ("", end, end)]):
        yield Section(place, heading, body, max(body, following))


def _cut(section: Section, ends: Sequence[int]) -> Section:
    """A section ends where a part begins, at the latest."""
    following = bisect_right(ends, section.heading)
    end = min([section.end, *ends[following : following + 1]])
    return Section(section.place, section.heading, section.start, max(end, section.start))


def _fullest(text: Stream, sections: Iterable[Section]) -> dict[str, Section]:
    """One section a place: contents and cross-references have its title, but no sentences."""
    fullest: dict[str, Section] = {}
    sizes: dict[str, tuple[bool, int]] = {}
    for section in sections:
        size = (_has_sentences(text, section), section.end - section.start)
        if size > sizes.get(section.place, (False, -1)):
            fullest[section.place], sizes[section.place] = section, size
    return fullest


def _has_sentences(text: Stream, section: Section) -> bool:
    return text.text.find("。", section.start, section.end) >= 0
