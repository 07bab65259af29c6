"""Documents to outlines: where each place of the national template begins and ends."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from kg.document import Document, NormalText, Table
from kg.errors import ReportError
from kg.outline.stream import Stream, stream

#: How many lines above a table its title is looked for.
TITLE_REACH = 12


class NotAReport(ReportError):
    """A document in which nothing of a final-accounts report is found."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the running text: its title from `heading`, its body from `start` to `end`."""

    place: str
    heading: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TitledTable:
    """A table with the place its title gives it, or None where it has no title that we know."""

    place: str | None
    table: Table
    around: str


@dataclass(frozen=True)
class Outline:
    """A report's parts and sections in its running text, and its tables."""

    document: Document
    stream: Stream
    parts: dict[str, Section]
    sections: dict[str, Section]
    tables: tuple[TitledTable, ...]


@dataclass(frozen=True, slots=True)
class Headings:
    """The patterns of headings.toml, compiled."""

    parts: tuple[tuple[str, re.Pattern[str]], ...]
    sections: tuple[tuple[str, re.Pattern[str]], ...]
    subsections: tuple[tuple[str, str, re.Pattern[str]], ...]
    tables: tuple[tuple[str, re.Pattern[str]], ...]
    leader: re.Pattern[str]


@cache
def headings() -> Headings:
    """The wording of headings, from headings.toml."""
    data = tomllib.loads(resources.files(__package__).joinpath("headings.toml").read_text("utf-8"))
    lead = data["mark"] + data["year"]

    def titled(pattern: str) -> re.Pattern[str]:
        return re.compile(f"{lead}(?:{pattern}){data['tail']}")

    return Headings(
        tuple((e["name"], re.compile(f"#*{data['part']}{e['title']}")) for e in data["parts"]),
        tuple((e["place"], titled(e["title"])) for e in data["sections"]),
        tuple((e["under"], e["place"], titled(e["title"])) for e in data["subsections"]),
        tuple((e["place"], re.compile(e["title"])) for e in data["tables"]),
        re.compile(data["leader"]),
    )


def outline(document: Document) -> Outline:
    """Find a report's parts, sections and tables.

    Raises:
        NotAReport: there is neither a section nor a table of a final-accounts report.

    """
    text = stream(document)
    words = headings()
    parts = _longest(_find(text, words.parts, 0, len(text.text)))
    sections = _sections(text, words, parts)
    tables = tuple(_titled_tables(document, words))
    if not sections and not any(table.place for table in tables):
        raise NotAReport(
            f"{document.name}: not a final-accounts report (部门决算): none of its nine tables and "
            "no section of its explanation (收入支出决算总体情况说明 …) is there"
        )
    return Outline(document, text, parts, sections, tables)


def _sections(text: Stream, words: Headings, parts: dict[str, Section]) -> dict[str, Section]:
    found = list(_find(text, words.sections, 0, len(text.text)))
    ends = [part.heading for part in parts.values()]
    sections = _longest(_cut(section, ends) for section in found)
    for under, section in list(sections.items()):
        inner = [(place, p) for parent, place, p in words.subsections if parent == under]
        sections |= _longest(_find(text, inner, section.start, section.end))
    return sections


def _find(
    text: Stream, patterns: Sequence[tuple[str, re.Pattern[str]]], start: int, end: int
) -> Iterator[Section]:
    """Every heading between two positions, each reaching to the next one."""
    heads = []
    for position in text.line_starts_between(start, end):
        for place, pattern in patterns:
            if match := pattern.match(text.text, position, end):
                heads.append((place, position, match.end()))
                break
    for (place, heading, body), (_, following, _) in pairwise([*heads, ("", end, end)]):
        yield Section(place, heading, body, max(body, following))


def _cut(section: Section, ends: Iterable[int]) -> Section:
    """A section ends where a part begins, at the latest."""
    end = min([section.end, *(e for e in ends if e > section.heading)])
    return Section(section.place, section.heading, section.start, max(end, section.start))


def _longest(sections: Iterable[Section]) -> dict[str, Section]:
    """One section a place: contents and cross-references have the title but no body."""
    longest: dict[str, Section] = {}
    for section in sections:
        known = longest.get(section.place)
        if known is None or section.end - section.start > known.end - known.start:
            longest[section.place] = section
    return longest


def _titled_tables(document: Document, words: Headings) -> Iterator[TitledTable]:
    previous = 0
    begins = [*(table.first_line for table in document.tables), len(document.lines) + 1]
    for table, below in zip(document.tables, begins[1:], strict=True):
        first = max(previous, table.first_line - TITLE_REACH - 1)
        above = [_line(document, n) for n in range(first, table.first_line - 1)]
        rows = ["".join(cell.text for cell in row) for row in table.rows]
        if all(words.leader.search(row) for row in rows):
            continue  # a table of contents
        rows = rows[:3]
        after = [_line(document, n) for n in range(table.last_line, below - 1)]
        place = _place([*reversed(rows), *reversed(above)], words)
        yield TitledTable(place, table, "\n".join([*above, *rows, *after[:TITLE_REACH]]))
        previous = table.last_line


def _line(document: Document, index: int) -> str:
    line = document.lines[index]
    return NormalText.of(document.text, [(line.start, line.end)]).text


def _place(lines: Iterable[str], words: Headings) -> str | None:
    """The place that the nearest title names; a long line is prose that speaks of a table."""
    for line in lines:
        if len(line) <= 60:
            for place, pattern in words.tables:
                if pattern.search(line):
                    return place
    return None
