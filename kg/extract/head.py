"""A report's head: its unit, year, title, date of issue, telephone and region."""

from __future__ import annotations

import contextlib
import datetime
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from itertools import accumulate, chain

from kg.document import Document, Table
from kg.errors import ReportError
from kg.facts import Head, Passage
from kg.outline import Outline, Stream
from kg.outline.marks import marks, unnamed
from kg.record import record
from kg.regions import find_region
from kg.resources import toml
from kg.vocabulary import normal_name

#: A title on the cover runs over so many lines at most, and stands so near the beginning.
TITLE_LINES, COVER = 4, 2000
#: How far behind a unit's name its year may be said.
BESIDE = 20
#: How far a sentence is looked into for whose accounts it tells of.
TOLD_LENGTH = 100
#: Years are printed in Chinese numerals too, with more than one sign for zero.
DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")


class HeadError(ReportError):
    """A report that doesn't say whose it is, or for which year."""


@record
class Patterns:
    """The patterns of head.toml, compiled; `unit` has a group for each way of naming it."""

    hints: re.Pattern[str]
    titled: re.Pattern[str]
    unit: re.Pattern[str]
    unit_told: re.Pattern[str]
    title: re.Pattern[str]
    part_title: re.Pattern[str]
    never: re.Pattern[str]
    year: re.Pattern[str]
    issued: re.Pattern[str]
    telephone: re.Pattern[str]
    fiscal_year: tuple[re.Pattern[str], ...]


@cache
def _patterns() -> Patterns:
    data = toml(__package__, "head.toml")

    def pattern(words: str) -> re.Pattern[str]:
        for name in ("name", "body", "year"):
            words = words.replace(f"{{{name}}}", data[name])
        return re.compile(words.replace("{mark}", unnamed(marks())))

    ways = (way.replace("(?P<unit>", f"(?P<unit{n}>") for n, way in enumerate(data["unit"]))
    listed = ("unit", "fiscal_year")
    alone = {f.name: pattern(data[f.name]) for f in fields(Patterns) if f.name not in listed}
    years = tuple(map(pattern, data["fiscal_year"]))
    return Patterns(unit=pattern("|".join(ways)), fiscal_year=years, **alone)


@record
class _Title:
    """A title: whether it is only a part's, over how many lines and where, whose it says it is."""

    of_part: bool
    lines: int
    start: int
    end: int
    unit: tuple[int, int]


def read_head(outline: Outline) -> Head:
    """Who reports, for which year.

    Raises:
        HeadError: the unit or the year can't be found.

    """
    stream, name = outline.stream, outline.document.name
    titles = list(_titles(outline))
    unit, passage = _unit(outline, titles, name)
    title = _title(stream, titles, unit)
    year = _year(stream, title, unit, name)
    telephone = _patterns().telephone.search(stream.text)
    return Head(
        unit=unit,
        fiscal_year=year,
        title=stream.printed(title.start, title.end) if title else f"{unit}{year}年度部门决算",
        passage=passage,
        issued=_issued(outline),
        telephone=telephone["telephone"] if telephone else None,
        region=find_region(normal_name(unit)),
    )


def _windows(stream: Stream, numbers: Iterable[int], lines: int) -> Iterator[tuple[int, int, int]]:
    """Each of some lines, alone and with those behind it: how many, from where to."""
    bounds = [*stream.line_starts, len(stream.text)]
    for number in numbers:
        for count, stop in enumerate(bounds[number + 1 : number + 1 + lines], 1):
            yield count, bounds[number], stop


def _hinted(stream: Stream, hints: re.Pattern[str]) -> set[int]:
    """The lines that have a hint of a name or a title."""
    return {stream.line_at(hint.start()) for hint in hints.finditer(stream.text)}


def _up_to(hinted: Iterable[int], lines: int) -> list[int]:
    """The lines that have a hint in them, or in those behind them up to so many in all."""
    return sorted({number - before for number in hinted for before in range(lines)})


def _titles(outline: Outline) -> Iterator[_Title]:
    """Everything that may be the report's title; on the cover it may run over lines."""
    stream, patterns = outline.stream, _patterns()
    cover = len(stream.line_starts_between(0, _cover(outline)))
    hinted = _hinted(stream, patterns.titled)
    first = [number for number in _up_to(hinted, TITLE_LINES) if number < cover]
    rest = [number for number in _up_to(hinted, 1) if number >= cover]
    on_cover = ((*w, patterns.title) for w in _windows(stream, first, TITLE_LINES))
    behind = ((*w, patterns.title) for w in _windows(stream, rest, 1))
    parts = ((*w, patterns.part_title) for w in _windows(stream, _up_to(hinted, 2), 2))
    told: set[int] = set()
    for lines, start, stop, pattern in chain(on_cover, behind, parts):
        if start in told:
            continue
        match = pattern.match(stream.text, start, stop)
        if match and not patterns.never.search(match["unit"]):
            told.add(start)
            of_part = pattern is patterns.part_title
            yield _Title(of_part, lines, *match.span("title"), match.span("unit"))


def _unit(outline: Outline, titles: Iterable[_Title], name: str) -> tuple[str, Passage]:
    """The unit's name as printed where it is named most often (a slip is outvoted).

    A short form (街道办事处 without its district) counts for the full name that ends in it, if that
    is named more than once: lines that run together are no name.
    """
    votes: Counter[str] = Counter()
    seen: dict[str, tuple[str, Passage]] = {}
    for printed, passage in list(_unit_names(outline, titles)) or _units_told(outline.stream):
        plain = normal_name(printed)
        votes[plain] += 1
        if plain not in seen or passage.start < seen[plain][1].start:
            seen[plain] = (printed, passage)
    if not votes:
        raise HeadError(
            f"{name}: no unit is named; expected a title such as 第一部分 …概况 or 部门：…"
        )

    def standing(plain: str) -> tuple[int, bool, int]:
        ends = range(len(plain) if votes[plain] > 1 else 1)
        named = sum(votes[plain[n:]] for n in ends if plain[n:] in votes)
        return named, find_region(plain) is not None, len(plain)

    return seen[max(votes, key=standing)]


def _unit_names(outline: Outline, titles: Iterable[_Title]) -> Iterator[tuple[str, Passage]]:
    stream = outline.stream
    for title in titles:
        yield stream.printed(*title.unit), stream.passage(*title.unit)
    for _, start, stop in _windows(stream, _up_to(_hinted(stream, _patterns().hints), 2), 2):
        if span := _named(stream.text, start, stop):
            yield stream.printed(*span), stream.passage(*span)
    for table in outline.tables:
        yield from _units_in_cells(outline.document, table.table)


def _units_told(stream: Stream) -> Iterator[tuple[str, Passage]]:
    """The names that lines or sentences begin with which tell of somebody's accounts."""
    sentences = (match.end() for match in re.finditer("。", stream.text))
    for start in sorted({*stream.line_starts, *sentences}):
        match = _patterns().unit_told.match(stream.text, start, start + TOLD_LENGTH)
        if match and not _patterns().never.search(match["unit"]):
            yield stream.printed(*match.span("unit")), stream.passage(*match.span("unit"))


def _units_in_cells(document: Document, table: Table) -> Iterator[tuple[str, Passage]]:
    hints = _patterns().hints
    printed = ["\n".join([cell.text for cell in row]) for row in table.rows]
    ends = list(accumulate(len(row) + 1 for row in printed))
    hinted = {bisect_right(ends, hint.start()) for hint in hints.finditer("\n".join(printed))}
    for number in sorted(hinted):
        row = table.rows[number]
        for column, cell in enumerate(row):
            if hints.search(cell.text) and (span := _named(cell.text, 0, len(cell.text))):
                yield cell.text[slice(*span)], document.cell_passage(cell, number, column)


def _named(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """Where a line or a cell names the unit, if it does."""
    match = _patterns().unit.match(text, start, stop)
    if match and match.lastgroup and not _patterns().never.search(match[match.lastgroup]):
        return match.span(match.lastgroup)
    return None


def _title(stream: Stream, titles: Iterable[_Title], unit: str) -> _Title | None:
    """The title that names the unit and a year, else the unit alone, on as few lines as can be."""
    plain = normal_name(unit)
    own = [t for t in titles if normal_name(stream.text[slice(*t.unit)]).endswith(plain)]

    def rank(title: _Title) -> tuple[bool, bool, int]:
        has_year = _patterns().year.search(stream.text, title.start, title.end) is not None
        return not has_year, title.of_part, title.lines

    return min(own, key=rank, default=None)


def _year(stream: Stream, title: _Title | None, unit: str, name: str) -> int:
    """The year of the title, or one said beside the unit's name, or else the one said most."""
    if title and (match := _patterns().year.search(stream.text, title.start, title.end)):
        return _number(match[0])
    year, plain = _patterns().year.pattern, re.escape(normal_name(unit))
    behind = f"{plain}[^。,;:]{{0,{BESIDE}}}?(?<![较比与同])(?P<behind>{year})(?!\\d)"  # no date
    if match := re.search(f"(?P<before>{year})度?{plain}|{behind}", stream.text):
        return _number(match["before"] or match["behind"])
    for pattern in _patterns().fiscal_year:
        if votes := Counter(_number(m["year"]) for m in pattern.finditer(stream.text)):
            return max(votes, key=lambda year: (votes[year], year))
    raise HeadError(f"{name}: no fiscal year is named; expected 20XX年度部门决算")


def _number(year: str) -> int:
    """A year in digits or Chinese numerals.

    >>> _number("二〇二三年")
    2023
    """
    digits = year.removesuffix("年")
    return int(digits if digits.isdigit() else digits.replace("二", "2").translate(DIGITS))


def _issued(outline: Outline) -> datetime.date | None:
    """The first date on the cover that stands alone or says that it is the date of issue."""
    stream = outline.stream
    on_cover = range(len(stream.line_starts_between(0, _cover(outline))))
    for _, start, stop in _windows(stream, on_cover, 1):
        match = _patterns().issued.search(stream.text[start:stop])
        if match and (match.start() != match.start("year") or match["alone"] is not None):
            with contextlib.suppress(ValueError):  # the 45th of a month is no date
                return datetime.date(*(int(match[key]) for key in ("year", "month", "day")))
    return None


def _cover(outline: Outline) -> int:
    """Where the first part or section begins."""
    heads = [s.heading for s in (*outline.parts.values(), *outline.sections.values())]
    return min([*heads, COVER])
