"""Documents to outlines: where each place of the national template begins and ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.collector import collector_at_rest
from kg.document import Document
from kg.outline.contents import lines_without_contents
from kg.outline.headings import Titles, headings
from kg.outline.kinds import check_kind
from kg.outline.numbering import NUMBER, STYLES, numbered_ends
from kg.outline.section import Section
from kg.outline.stream import Stream, stream
from kg.outline.tables import TitledTable, titled_tables
from kg.outline.worded import told, worded
from kg.starts import places

#: The parts of a report that don't explain its figures.
NOT_EXPLAINED = ("overview", "tables", "glossary", "annex")
#: How points of a section are numbered.
POINTS = ("point", "item")


@dataclass(frozen=True)
class Outline:
    """A report's parts and sections in its running text, and its tables."""

    document: Document
    stream: Stream
    parts: dict[str, Section]
    sections: dict[str, Section]
    tables: tuple[TitledTable, ...]


@collector_at_rest()
def outline(document: Document) -> Outline:
    """Find a report's parts, sections and tables.

    Raises:
        NotAReport: it is another kind of document, or nothing of a report is in it.

    """
    text = stream(document)
    lines = lines_without_contents(text)
    heads = _parts(text, lines)
    parts = _fullest(text, heads)
    sections = _sections(text, lines, parts, [head.heading for head in heads])
    tables = titled_tables(document)
    titled = {place for place, section in sections.items() if section.heading < section.start}
    check_kind(text, {*titled, *(table.place for table in tables if table.place)}, {*sections})
    return Outline(document, text, parts, sections, tuple(tables))


def _parts(text: Stream, lines: Sequence[int]) -> list[Section]:
    """All parts, 第一部分 …; where there are none, the chapters 一、… that stand for them."""
    words = headings()
    end = len(text.text)
    return _find(text, words.parts, lines, end) or _find(text, words.chapters, lines, end)


def _sections(
    text: Stream, lines: Sequence[int], parts: Mapping[str, Section], breaks: Sequence[int]
) -> dict[str, Section]:
    """The sections, none of them over the beginning of a part (one of `breaks`)."""
    words = headings()
    titled = _find(text, words.sections, lines, len(text.text))
    numbered = numbered_ends(text.text, lines, {head.heading for head in titled})
    heads = _outermost(text, titled, numbered)
    cut = (_cut(head, breaks, numbered) for head in _up_to_next(heads, len(text.text)))
    found = list(_joined(cut))
    sections = _fullest(text, found)
    explanation = parts.get("explanation")
    if explanation and _has_sentences(text, explanation):
        # an annex may use the same titles at greater length
        own = [s for s in found if explanation.heading <= s.heading < explanation.end]
        sections |= _fullest(text, own)
    apart = [part for place, part in parts.items() if place in NOT_EXPLAINED]
    explained = _outside(lines, apart)
    sections = _with_lacking(text, sections, worded(text, explained), breaks, numbered)
    for place, other in words.alone.items():
        if place in sections and other not in sections:
            sections[other] = replace(sections.pop(place), place=other)
    left = told(text, _outside(explained, sections.values()))
    sections = _with_lacking(text, sections, left, breaks, numbered)
    for under, titles in words.subsections.items():
        if section := sections.get(under):
            within = text.line_starts_between(section.start, section.end)
            sections |= _fullest(text, _find(text, titles, within, section.end))
    return sections


def _outside(lines: Sequence[int], sections: Iterable[Section]) -> list[int]:
    """The lines that begin in none of some sections."""
    bounds = ((bisect_left(lines, s.heading), bisect_left(lines, s.end)) for s in sections)
    within = {line for first, last in bounds for line in lines[first:last]}
    return [line for line in lines if line not in within]


def _with_lacking(
    text: Stream,
    sections: Mapping[str, Section],
    heads: Iterable[Section],
    breaks: Sequence[int],
    numbered: Mapping[int, int],
) -> dict[str, Section]:
    """The sections and those of some headings that are lacking, which end the ones before them."""
    known = {section.heading for section in sections.values()}
    lacking = [h for h in heads if h.place not in sections and h.heading not in known]
    apart = [h for h in lacking if not _is_under_any(text, h, sections.values())]
    outer = list(_without_points(text, _outermost(text, apart, numbered), numbered))
    found = (_cut(head, breaks, numbered) for head in _up_to_next(outer, len(text.text)))
    every = {**sections, **_fullest(text, _joined(found))}
    starts = sorted(section.heading for section in every.values())
    following = {
        place: starts[bisect_right(starts, section.heading) :][:1]
        for place, section in every.items()
    }
    return {
        place: replace(section, end=min([section.end, *following[place]]))
        for place, section in every.items()
    }


def _is_under_any(text: Stream, head: Section, sections: Iterable[Section]) -> bool:
    """Whether a heading within one of some sections is numbered as a part of it."""
    return any(
        section.heading < head.heading < section.end and _rank(text, head) > _rank(text, section)
        for section in sections
    )


def _without_points(
    text: Stream, heads: Iterable[Section], numbered: Mapping[int, int]
) -> Iterator[Section]:
    """Headings without those that are numbered as points of one before them."""
    ends: dict[int, int] = {}  # how far the headings of each rank reach
    for head in heads:
        rank = _rank(text, head)
        is_within = any(head.heading < end for above, end in ends.items() if above < rank)
        if not (is_within and _style(text, head) in POINTS):
            ends[rank] = max(ends.get(rank, 0), numbered.get(head.heading, head.end))
            yield head


def _rank(text: Stream, section: Section) -> int:
    """How deep a heading is numbered; one without a number stands above all."""
    style = _style(text, section)
    return STYLES.index(style) if style else -1


def _find(text: Stream, titles: Titles, lines: Sequence[int], end: int) -> list[Section]:
    """Every heading among some lines, each reaching to the next one or to `end`.

    A heading has a mark or a line of its own: a line of a paragraph may begin with a title's words.
    """
    heads = []
    pattern = titles.pattern
    for position in places(pattern, text.text, lines):
        match = pattern.match(text.text, position, end)
        if match and (match.groupdict().get("mark") or text.breaks_at(match.end())):
            heads.append(Section(titles.place(match), position, match.end(), match.end()))
    return list(_up_to_next(heads, end))


def _up_to_next(heads: Sequence[Section], end: int) -> Iterator[Section]:
    """Headings, each with its section up to the next one, the last one's up to `end`."""
    following = [*(head.heading for head in heads), end]
    for head, stop in zip(heads, following[1:], strict=True):
        yield Section(head.place, head.heading, head.start, max(head.start, stop))


def _joined(sections: Iterable[Section]) -> Iterator[Section]:
    """Sections; those of one place that follow on each other (总体情况, 具体情况) as one."""
    last: Section | None = None
    for section in sections:
        if last and section.place == last.place and section.heading == last.end:
            last = replace(last, end=section.end)
            continue
        if last:
            yield last
        last = section
    if last:
        yield last


def _outermost(
    text: Stream, heads: Iterable[Section], numbered: Mapping[int, int]
) -> list[Section]:
    """Headings without those that repeat the title that they stand under, or open a subsection."""
    kept: list[Section] = []
    around: list[Section] = []
    for head in heads:
        while around and head.heading >= numbered[around[-1].heading]:
            around.pop()
        if not any(_belongs(text, head, outer) for outer in around):
            kept.append(head)
            if head.heading in numbered:
                around.append(head)
    return kept


def _belongs(text: Stream, head: Section, outer: Section) -> bool:
    """Whether a heading within a section is of that section, and not of one of its own."""
    if _style(text, head) == _style(text, outer):
        return False
    titles = headings().subsections.get(outer.place)
    opens = titles is not None and titles.pattern.match(text.text, head.heading) is not None
    place = headings().alone.get(head.place, head.place)
    return opens or head.place.startswith(outer.place) or place == outer.place


def _style(text: Stream, head: Section) -> str | None:
    number = NUMBER.match(text.text, head.heading)
    return number.lastgroup if number else None


def _cut(section: Section, breaks: Sequence[int], numbered: Mapping[int, int]) -> Section:
    """A section ends where a part begins or the next number of its list stands, at the latest."""
    following = bisect_right(breaks, section.heading)
    ends = [*breaks[following : following + 1], numbered.get(section.heading, section.end)]
    end = min([section.end, *ends])
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
