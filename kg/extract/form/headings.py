"""A report's headings: which parts, sections and tables there are, and which its contents list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.document import Document, Table
from kg.extract.form.words import pattern, words
from kg.facts import Heading
from kg.outline import Outline, Section, TitledTable, contents_lines, listed_place, table_titled
from kg.record import record
from kg.vocabulary import normal_name

#: What a title is printed with: marks of markdown, what leads to a page.
AROUND = re.compile(r"^[#•-]+|(?:\.{2,}|…|·{3,}|PAGEREF).*$")
#: What the titles of annexes and forms begin with: 附件1, 二、.
TITLING = frozenset("附一二三四五六七八九十")
FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


@record
class Printed:
    """A line's text without the blanks around it, and where the line begins and ends."""

    text: str
    start: int
    end: int


def read_headings(outline: Outline) -> list[Heading]:
    """The headings of parts, sections and tables, and the entries of the contents."""
    titles = list(_table_titles(outline.document))
    entries = list(_entries(outline))
    listed = {entry.passage.line for entry in entries}
    titles = [title for title in titles if title[1] not in listed]
    tables = list(_tables(outline, titles))
    return [
        *_parts_and_sections(outline),
        *tables,
        *_lost_tables(outline, titles, tables),
        *_untold(outline),
        *entries,
    ]


def _parts_and_sections(outline: Outline) -> Iterator[Heading]:
    stream, told = outline.stream, words()["headings"]
    for part in outline.parts.values():
        place = told["renamed"].get(part.place, part.place)
        ends = stream.line_starts_between(part.start + 1, part.end) or (part.end,)
        end = part.start if stream.breaks_at(part.start) else ends[0]
        title = _plain(stream.printed(part.heading, end))
        yield Heading("part", place, title, stream.passage(part.heading, end), end >= part.end)
    for section in outline.sections.values():
        if section.place not in told["unlisted"] and section.heading < section.start:
            span = section.heading, section.start
            empty = section.end <= section.start
            title = _plain(stream.printed(*span))
            yield Heading("section", section.place, title, stream.passage(*span), empty)


def _plain(title: str) -> str:
    return AROUND.sub("", title) or title


# --- tables


def _table_titles(document: Document) -> Iterator[tuple[str, int]]:
    """The lines that title a table, each with its place."""
    normal = document.normal
    after = 0
    for hint in re.finditer("表", normal.text):
        if hint.start() < after:
            continue
        line = document.lines[document.line_at(normal.offsets[hint.start()]) - 1]
        first, after = normal.bounds(line.start, line.end)
        if place := table_titled(normal.text[first:after]):
            yield place, line.number


def _tables(outline: Outline, titles: Sequence[tuple[str, int]]) -> Iterator[Heading]:
    """The tables that have a place, by the first line near them that titles it."""
    seen: set[str] = set()
    reach = words()["headings"]["reach"]
    for titled in outline.tables:
        if titled.place is None or titled.place in seen:
            continue
        seen.add(titled.place)
        first = titled.table.first_line
        near = (
            line
            for place, line in titles
            if place == titled.place and first - reach <= line <= titled.table.last_line
        )
        number = next(near, None)
        yield _table(outline.document, titled, number)


def _table(document: Document, titled: TitledTable, number: int | None) -> Heading:
    empty = not _has_figures(titled.table)
    assert titled.place is not None
    if number is None:  # known by its rows, or by a title that is broken into two lines
        cell = next(cell for row in titled.table.rows for cell in row if cell.text)
        title, passage = cell.text, document.passage(cell.start, cell.end)
        return Heading("table", titled.place, title, passage, empty)
    return _line_heading(document, titled.place, number, empty)


def _line_heading(document: Document, place: str, number: int, empty: bool | None) -> Heading:
    line, normal = document.lines[number - 1], document.normal
    first, last = normal.bounds(line.start, line.end)
    title = _plain(normal.printed(document.text, first, last))
    return Heading("table", place, title, document.passage(*normal.span(first, last)), empty)


def _has_figures(table: Table) -> bool:
    """Whether a row has figures beside the numbers of columns and lines."""
    counted = [str(n) for n in range(1, 40)]
    for row in table.rows:
        figures = [cell.text for cell in row if FIGURE.fullmatch(cell.text)]
        if len(figures) == 1 and figures[0] in counted:
            continue
        if figures and figures != counted[: len(figures)]:
            return True
    return False


def _lost_tables(
    outline: Outline, titles: Iterable[tuple[str, int]], tables: Iterable[Heading]
) -> Iterator[Heading]:
    """Tables of which a conversion kept nothing but the title, in the part of the tables."""
    part = outline.parts.get("tables")
    if part is None:
        return
    first, last = (
        outline.stream.passage(at, at + 1).line
        for at in (part.heading, max(part.end - 1, part.heading))
    )
    seen = {heading.place for heading in tables}
    for place, line in titles:
        if first < line <= last and place not in seen:
            seen.add(place)
            yield _line_heading(outline.document, place, line, None)


# --- annexes


def _untold(outline: Outline) -> Iterator[Heading]:
    """Annexes and forms, in the annex and the report on the year's work, that are a title alone."""
    number, untold, below = (pattern("annex", name) for name in ("number", "untold", "below"))
    for part in filter(None, map(outline.parts.get, ("work", "annex"))):
        lines = _lines(outline, part)
        for at, line in enumerate(lines):
            if line.text[:1] not in TITLING:
                continue
            title, after = normal_name(line.text), at + 1
            if not untold.match(title) and title[1:2] == "、" and after < len(lines):
                title += normal_name(lines[after].text)  # a title that is broken in two
                after += 1
            behind = normal_name(lines[after].text) if after < len(lines) else ""
            is_empty = not behind or below.fullmatch(behind) or number.fullmatch(behind)
            if is_empty and (number.fullmatch(title) or untold.fullmatch(title)):
                passage = outline.document.passage(line.start, lines[after - 1].end)
                yield Heading("section", part.place, title, passage, True)


def _lines(outline: Outline, part: Section) -> list[Printed]:
    """The lines of a part, its tables' too, but for blank ones and page numbers."""
    if part.end <= part.start:
        return []
    document, stream = outline.document, outline.stream
    is_last = all(other.start <= part.start for other in outline.parts.values())
    first = stream.passage(part.start, part.start + 1).line - 1
    last = len(document.lines) if is_last else stream.passage(part.end - 1, part.end).line
    printed = (
        (line, document.text[line.start : line.end].strip()) for line in document.lines[first:last]
    )
    return [
        Printed(text, line.start, line.end) for line, text in printed if text.strip("-—0123456789 ")
    ]


# --- contents


def _entries(outline: Outline) -> Iterator[Heading]:
    """The lines of the contents that list a part, a section or a table."""
    stream, renamed = outline.stream, words()["headings"]["renamed"]
    seen: set[str] = set()
    for start, end in contents_lines(stream):
        place = listed_place(stream.text, start, end)
        if place and place not in seen:
            seen.add(place)
            title, passage = _plain(stream.printed(start, end)), stream.passage(start, end)
            yield Heading("entry", renamed.get(place, place), title, passage)
