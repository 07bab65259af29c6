"""The overview (概况): a unit's duties, its offices, and the units that it accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from kg.document import Cell
from kg.extract.narrative.items import cut, cut_sentences, items, paragraphs
from kg.extract.narrative.names import Kind, is_unit, names_in
from kg.extract.performance.printed import printed
from kg.facts import Duty, Office, Subordinate
from kg.outline import Outline, Section, Stream
from kg.record import record
from kg.resources import toml

RECORDS: Mapping[Kind, type[Office | Subordinate]] = {
    "offices": Office,
    "subordinates": Subordinate,
}


@record
class Stretch:
    """What stands under a heading of the overview, and what it tells of."""

    tells: str
    start: int
    end: int


@record
class Words:
    """overview.toml, compiled: headings and openings of lists, with a group for each."""

    headings: re.Pattern[str]
    tells: Mapping[str, str]
    opens: re.Pattern[str]
    column: re.Pattern[str]
    names: Mapping[str, Kind]


@cache
def _words() -> Words:
    data = toml(__package__, "overview.toml")
    headings = {f"h{n}": entry for n, entry in enumerate(data["headings"])}
    lists = {f"l{n}": entry for n, entry in enumerate(data["lists"])}
    titles = "|".join(f"(?P<{group}>{e['title']})" for group, e in headings.items())
    opens = "|".join(f"(?P<{group}>{e['opens']})" for group, e in lists.items())
    return Words(
        re.compile(f"(?P<mark>{data['mark']})?(?:{titles})"),
        {group: entry["tells"] for group, entry in headings.items()},
        re.compile(opens),
        re.compile(data["column"]),
        {group: entry["names"] for group, entry in lists.items()},
    )


def stretches(outline: Outline) -> list[Stretch]:
    """What the overview's headings divide it into."""
    part = overview_of(outline)
    heads = [*_headings(outline.stream, part.start, part.end), ("", part.end, part.end)]
    return [
        Stretch(tells, body, max(body, end)) for (tells, _, body), (_, end, _) in pairwise(heads)
    ]


def overview_of(outline: Outline) -> Section:
    """The overview; one without a title of its own may be before the first section."""
    first = min((s.heading for s in outline.sections.values()), default=0)
    return outline.parts.get("overview") or Section("overview", 0, 0, first)


def _headings(stream: Stream, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """What each heading tells of, where it begins, and where it ends."""
    words = _words()
    for position in stream.line_starts_between(start, end):
        match = words.headings.match(stream.text, position, end)
        if match is None:
            continue
        closed = stream.breaks_at(match.end()) or stream.text[match.end()] in "。:"
        if closed and (match["mark"] or stream.breaks_at(match.end())):
            yield words.tells[match.lastgroup or ""], position, match.end()


def read_overview(outline: Outline) -> Iterator[Duty | Office | Subordinate]:
    """Duties, offices and subordinate units, in reading order."""
    for stretch in stretches(outline):
        end = cut(outline.stream, stretch.start, stretch.end)
        if stretch.tells == "duties":
            yield from _duties(outline.stream, stretch.start, end)
        elif stretch.tells != "work":
            yield from _lists(outline.stream, stretch, end)
    yield from _columns(outline)


def _duties(stream: Stream, start: int, end: int) -> Iterator[Duty]:
    """The duties that are numbered, or else the paragraphs that don't only open a list."""
    end = cut_sentences(stream, start, end)
    numbered = [(item.body, item.end) for item in items(stream, start, end)]
    for body, stop in numbered or paragraphs(stream, start, end):
        text = stream.printed(body, stop)
        if text and not text.endswith((":", "：")):
            yield Duty(text, stream.passage(body, stop))


def _lists(stream: Stream, stretch: Stretch, end: int) -> Iterator[Office | Subordinate]:
    """The names that a stretch lists, in a sentence or line by line."""
    words, position, found = _words(), stretch.start, False
    while match := words.opens.search(stream.text, position, end):
        position = match.end()
        kind = words.names[match.lastgroup or ""]
        for span in names_in(stream, kind, position, end):
            yield _record(stream, kind, *span)
            position, found = span[1], True
    if not found and stretch.tells in ("offices", "subordinates"):
        kind = "offices" if stretch.tells == "offices" else "subordinates"
        for span in names_in(stream, kind, stretch.start, end):
            yield _record(stream, kind, *span)


def _record(stream: Stream, kind: Kind, start: int, end: int) -> Office | Subordinate:
    return RECORDS[kind](stream.printed(start, end), stream.passage(start, end))


def _columns(outline: Outline) -> Iterator[Subordinate]:
    """The units that the overview's tables list in a column."""
    document, part = outline.document, overview_of(outline)
    offsets = outline.stream.normal.offsets
    places = (part.start, part.end)
    start, end = (offsets[n] if n < len(offsets) else len(document.text) for n in places)
    for table in (titled.table for titled in outline.tables):
        if not start <= document.lines[table.first_line - 1].start < end:
            continue
        column: int | None = None
        for number, row in enumerate(table.rows):
            heads = (n for n, cell in enumerate(row) if _words().column.fullmatch(cell.text))
            if (head := next(heads, None)) is not None:
                column = head
            elif column is not None and column < len(row) and is_unit(row[column].text):
                first = next(n for n, cell in enumerate(row) if cell.text)
                span = Cell("", row[first].start, row[column].end)  # the row's number is of it
                passage = document.cell_passage(span, number, first)
                yield Subordinate(printed(document, [row[column]]), passage)
