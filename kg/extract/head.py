"""A report's head: its unit, year, title, date of issue, telephone and region."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.document import Document, Table
from kg.errors import ReportError
from kg.facts import Head, Passage
from kg.outline import Outline, Stream
from kg.regions import find_region
from kg.resources import toml
from kg.vocabulary import normal_name


class HeadError(ReportError):
    """A report that doesn't say whose it is, or for which year."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of head.toml, compiled; `unit` has a group for each way of naming it."""

    unit: re.Pattern[str]
    year: re.Pattern[str]
    cover_title: re.Pattern[str]
    tables_title: re.Pattern[str]
    issued: re.Pattern[str]
    telephone: re.Pattern[str]


@cache
def _patterns() -> Patterns:
    data = toml(__package__, "head.toml")
    ways = (way.replace("(?P<unit>", f"(?P<unit{n}>") for n, way in enumerate(data["unit"]))
    cover, tables = data["title"]
    patterns = ("|".join(ways), data["year"], cover, tables, data["issued"], data["telephone"])
    return Patterns(*map(re.compile, patterns))


def read_head(outline: Outline) -> Head:
    """Who reports, for which year.

    Raises:
        HeadError: the unit or the year can't be found.

    """
    stream, name = outline.stream, outline.document.name
    unit, passage = _unit(outline, name)
    year = _year(stream, name)
    title = _title(outline, unit) or f"{unit}{year}年度部门决算"
    telephone = _patterns().telephone.search(stream.text)
    return Head(
        unit=unit,
        fiscal_year=year,
        title=title,
        passage=passage,
        issued=_issued(outline),
        telephone=telephone["telephone"] if telephone else None,
        region=find_region(normal_name(unit)),
    )


def _windows(stream: Stream, end: int | None = None) -> Iterator[tuple[int, str]]:
    """Each line, and each line with the next (a title may be wrapped), with where it starts."""
    ends = [*stream.line_starts[1:], len(stream.text), len(stream.text)]
    for first, second, third in zip(stream.line_starts, ends, ends[1:], strict=False):
        if end is not None and first >= end:
            return
        yield first, stream.text[first:second]
        yield first, stream.text[first:third]


def _unit(outline: Outline, name: str) -> tuple[str, Passage]:
    """The unit's name as printed where it is named most often (a slip is outvoted).

    A short form (街道办事处 without its district) counts for the full name that ends in it.
    """
    votes: Counter[str] = Counter()
    seen: dict[str, tuple[str, Passage]] = {}
    for printed, passage in _unit_names(outline):
        plain = normal_name(printed)
        votes[plain] += 1
        seen.setdefault(plain, (printed, passage))
    if not votes:
        raise HeadError(
            f"{name}: no unit is named; expected a title such as 第一部分 …概况 or 部门：…"
        )
    # each end of a name that is itself a name counts for it
    full = {p: sum(votes[p[n:]] for n in range(len(p)) if p[n:] in votes) for p in votes}
    return seen[max(full, key=lambda plain: (full[plain], len(plain)))]


def _unit_names(outline: Outline) -> Iterator[tuple[str, Passage]]:
    stream, pattern = outline.stream, _patterns().unit
    for start, line in _windows(stream):
        if match := pattern.match(line):
            first, last = (start + offset for offset in match.span(match.lastgroup or 0))
            yield stream.printed(first, last), stream.passage(first, last)
    for table in outline.tables:
        yield from _units_in_cells(outline.document, table.table)


def _units_in_cells(document: Document, table: Table) -> Iterator[tuple[str, Passage]]:
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if match := _patterns().unit.match(cell.text):
                yield match[match.lastgroup or 0], document.cell_passage(cell, number, column)


def _year(stream: Stream, name: str) -> int:
    votes = Counter(match["year"] for match in _patterns().year.finditer(stream.text))
    if not votes:
        raise HeadError(f"{name}: no fiscal year is named; expected 20XX年度部门决算")
    return int(max(votes, key=lambda year: (votes[year], year)))


def _title(outline: Outline, unit: str) -> str | None:
    """The title on the cover, or else the one above the tables; a title names the unit."""
    cover = _cover(outline)
    on_cover = max(
        _titles(outline.stream, _patterns().cover_title, unit, cover), key=len, default=""
    )
    return on_cover or next(_titles(outline.stream, _patterns().tables_title, unit, None), None)


def _titles(stream: Stream, pattern: re.Pattern[str], unit: str, end: int | None) -> Iterator[str]:
    """The titles that lines up to some position match, with the unit's name in them."""
    for start, line in _windows(stream, end):
        match = pattern.match(line)
        if match and normal_name(unit) in normal_name(match["title"]):
            yield stream.printed(start + match.start("title"), start + match.end("title"))


def _issued(outline: Outline) -> datetime.date | None:
    """The first date that stands alone on the cover."""
    for _, line in _windows(outline.stream, _cover(outline)):
        if match := _patterns().issued.match(line):
            with contextlib.suppress(ValueError):  # the 45th of a month is no date
                return datetime.date(*(int(match[key]) for key in ("year", "month", "day")))
    return None


def _cover(outline: Outline) -> int:
    """Where the first part begins."""
    return min([part.heading for part in outline.parts.values()], default=0)
