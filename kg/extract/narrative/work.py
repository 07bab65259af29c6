"""The key work of the year: items of prose, rows of tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from kg.document import Cell, Document
from kg.extract.narrative.items import Item, cut, cut_sentences, items, paragraphs
from kg.extract.narrative.overview import stretches
from kg.extract.narrative.wrapping import columns_of
from kg.extract.performance.printed import printed
from kg.facts import WorkItem
from kg.outline import Outline, Section, Stream
from kg.record import record
from kg.resources import toml

#: An item without a sentence is the heading of those within it.
HEADING_LENGTH = 60
WORK = "工作"
Row = Sequence[Cell]
#: A flattened row begins with its number, alone on a line or with a name behind it.
ROW = re.compile(r"[1-9]\d?(?=[一-鿿]|$)")


@cache
def _words() -> Mapping[str, re.Pattern[str]]:
    words = toml(__package__, "work.toml")
    return {name: re.compile(words[name]) for name in ("head", "line", "title", "flat", "status")}


@cache
def _columns() -> Mapping[str, re.Pattern[str]]:
    columns = toml(__package__, "work.toml")["columns"]
    return {name: re.compile(pattern) for name, pattern in columns.items()}


def read_work(outline: Outline) -> Iterator[WorkItem]:
    """The items of work, of the text first and then of tables."""
    for start, end in _stretches(outline):
        flat = _words()["flat"].search(outline.stream.text, start, end)
        stop = flat.start() if flat else cut_sentences(outline.stream, start, end)
        yield from _prose(outline.stream, start, stop)
        if flat:
            yield from _flat_rows(outline.stream, flat.end(), end)
    yield from _table_rows(outline)


def _stretches(outline: Outline) -> Iterator[tuple[int, int]]:
    """Where work is told of: a part of its own, up to a section, or a stretch of the overview."""
    told = [(s.start, s.end) for s in stretches(outline) if s.tells == "work"]
    if part := outline.parts.get("work"):
        told += _in_part(outline.stream, part)
    for start, end in told:
        sections = [s.heading for s in outline.sections.values() if start <= s.heading < end]
        yield start, cut(outline.stream, start, min([end, *sections]))


def _in_part(stream: Stream, part: Section) -> Iterator[tuple[int, int]]:
    """A part on work; of one on other matters, too, the items that are headed so."""
    start = _next_line(stream, part.start)
    if WORK in stream.text[part.heading : start]:
        yield start, part.end
        return
    for item in items(stream, start, part.end):
        if WORK in stream.text[item.body : item.own_end][:HEADING_LENGTH]:
            yield item.start, item.end


def _next_line(stream: Stream, position: int) -> int:
    """A part's title may go on to the end of its line."""
    if stream.breaks_at(position):
        return position
    return next(iter(stream.line_starts_between(position, len(stream.text))), position)


# --- prose


def _prose(stream: Stream, start: int, end: int) -> Iterator[WorkItem]:
    numbered = items(stream, start, end)
    for body, stop in () if numbered else paragraphs(stream, start, end):
        if stream.text[stop - 1] in "。!?":
            yield WorkItem(stream.printed(body, stop), stream.passage(body, stop))
    for item in numbered:
        yield from _items(stream, item)


def _items(stream: Stream, item: Item) -> Iterator[WorkItem]:
    """An item, or those within it that it is the heading of; bare titles are its own text."""
    if _words()["title"].fullmatch(stream.text, item.body, item.end):
        return
    own = stream.text[item.body : item.own_end]
    is_heading = "。" not in own[:-1] and len(own) <= HEADING_LENGTH
    if item.within and is_heading and any(_says_more(stream, child) for child in item.within):
        for child in item.within:
            yield from _items(stream, child)
    else:
        yield _item(stream, item)


def _says_more(stream: Stream, item: Item) -> bool:
    """Whether an item says more than a title."""
    return bool(item.within) or "。" in stream.text[item.body : item.end - 1]


def _item(stream: Stream, item: Item) -> WorkItem:
    passage = stream.passage(item.body, item.end)
    end, begin = _name_end(stream, item)
    name = stream.printed(item.body, end) if end else None
    return WorkItem(stream.printed(begin, item.end), passage, name)


def _name_end(stream: Stream, item: Item) -> tuple[int | None, int]:
    """Where an item's name ends, if it has one, and where its text begins."""
    line = min([*stream.line_starts_between(item.body + 1, item.end), item.end])
    if line < item.end and _words()["line"].fullmatch(stream.text, item.body, line):
        return line, line
    head = _words()["head"].match(stream.text, item.body, item.end)
    if head and head.end() < item.end:
        return head.end("head"), head.end()
    if item.within and item.body < item.own_end:
        return item.own_end, item.own_end
    return None, item.body


# --- tables


def _flat_rows(stream: Stream, start: int, end: int) -> Iterator[WorkItem]:
    """The rows of a table that was flattened: each begins with the number that comes next."""
    rows: list[_RowMark] = []
    marks = list(_row_marks(stream, start, end))
    while nexts := [mark for mark in marks if mark.number == len(rows) + 1]:
        rows.append(next((mark for mark in nexts if mark.alone), nexts[0]))
        marks = [mark for mark in marks if mark.start > rows[-1].start]
    stops = [*(row.start for row in rows[1:]), end]
    spans = [(row.begin, stop) for row, stop in zip(rows, stops, strict=False) if row.begin < stop]
    starts = [[begin, *stream.line_starts_between(begin + 1, stop)] for begin, stop in spans]
    cuts = columns_of(
        [
            [stream.text[line:after] for line, after in pairwise([*row, stop])]
            for row, (_, stop) in zip(starts, spans, strict=True)
        ],
        _words()["status"],
    )
    for n, (begin, stop) in enumerate(spans):
        if cuts and (cut := cuts[n]):
            yield _flat_cells(stream, begin, starts[n][cut[0]], starts[n][cut[1]], stop)
        else:
            yield _flat_row(stream, begin, stop)


def _flat_cells(stream: Stream, begin: int, text: int, status: int, end: int) -> WorkItem:
    """A row whose cells the widths of its lines tell apart."""
    return WorkItem(
        stream.printed(text, status),
        stream.passage(begin, end),
        stream.printed(begin, text),
        status=stream.printed(status, end),
    )


def _flat_row(stream: Stream, begin: int, end: int) -> WorkItem:
    """A row whose cells run into each other; only a status in so many words is told apart."""
    last = max([begin, *stream.line_starts_between(begin, end)])
    passage = stream.passage(begin, end)
    if begin < last and _words()["status"].fullmatch(stream.text, last, end):
        status = stream.printed(last, end)
        return WorkItem(stream.printed(begin, last), passage, status=status)
    return WorkItem(stream.printed(begin, end), passage)


@record
class _RowMark:
    """What may be a row's number: where it stands and ends, and whether its line does, too."""

    number: int
    start: int
    begin: int
    alone: bool


def _row_marks(stream: Stream, start: int, end: int) -> Iterator[_RowMark]:
    """Numbers that lines begin with; alone on a line, the running text took them for a page's."""
    document, offsets = stream.document, stream.normal.offsets
    first, last = (document.line_at(offset) for offset in (offsets[start - 1], offsets[end - 1]))
    for line in document.lines[first - 1 : last]:
        normal = document.normal.between(line.start, line.end)
        if match := ROW.match(normal.text):
            position = bisect_left(offsets, line.start)
            begin = bisect_left(offsets, normal.offsets[match.end() - 1] + 1)
            if start <= position < end:
                alone = match.end() == len(normal.text)
                yield _RowMark(int(match[0]), position, begin, alone)


def _table_rows(outline: Outline) -> Iterator[WorkItem]:
    """The rows of tables of work; one without a head of its own goes on with the one before."""
    annex = outline.parts.get("annex")
    stop = outline.stream.normal.offsets[annex.heading] if annex else len(outline.document.text)
    columns: Mapping[str, int] | None = None
    width = 0
    for table in (titled.table for titled in outline.tables):
        if outline.document.lines[table.first_line - 1].start >= stop:
            break
        for number, row in enumerate(table.rows):
            if head := _head(row):
                columns, width = head, len(row)
            elif columns and len(row) == width:
                if item := _row_item(outline.document, row, number, columns):
                    yield item
            else:
                columns = None


@lru_cache(maxsize=4096)
def _column(label: str) -> str | None:
    """What a column holds, by its label."""
    return next((name for name, label_of in _columns().items() if label_of.fullmatch(label)), None)


def _head(row: Row) -> Mapping[str, int] | None:
    """The columns of a row that heads a table of work."""
    names = [_column(cell.text) for cell in row]
    is_work = "name" in names and "status" in names and ("text" in names or "goal" in names)
    return {name: names.index(name) for name in names if name} if is_work else None


def _row_item(
    document: Document, row: Row, number: int, columns: Mapping[str, int]
) -> WorkItem | None:
    told = {
        name: printed(document, [row[column]])
        for name, column in columns.items()
        if name != "number" and row[column].text
    }
    filled = [column for column, cell in enumerate(row) if cell.text]
    text = told.pop("text", None) or told.pop("goal", None) or told.pop("name", None)
    if text is None:
        return None
    span = Cell("", row[filled[0]].start, row[filled[-1]].end)
    return WorkItem(text, document.cell_passage(span, number, filled[0]), **told)
