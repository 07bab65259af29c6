"""A report's head: its unit, year, title, date of issue, telephone and region."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from kg.document import Document
from kg.errors import ReportError
from kg.facts import Head, Passage
from kg.outline import Outline, Stream
from kg.regions import find_region
from kg.vocabulary import normal_name


class HeadError(ReportError):
    """A report that doesn't say whose it is, or for which year."""


@cache
def _patterns() -> Mapping[str, Any]:
    data = resources.files(__package__).joinpath("head.toml").read_text("utf-8")

    def compiled(value: Any) -> Any:
        return [re.compile(v) for v in value] if isinstance(value, list) else re.compile(value)

    return {name: compiled(value) for name, value in tomllib.loads(data).items()}


def read_head(outline: Outline) -> Head:
    """Who reports, for which year.

    Raises:
        HeadError: the unit or the year can't be found.

    """
    stream, name = outline.stream, outline.document.name
    unit, passage = _unit(outline, name)
    year = _year(stream, name)
    title = _title(outline, unit) or f"{unit}{year}年度部门决算"
    telephone = _patterns()["telephone"].search(stream.text)
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
    full = {p: sum(n for other, n in votes.items() if p.endswith(other)) for p in votes}
    return seen[max(full, key=lambda plain: (full[plain], len(plain)))]


def _unit_names(outline: Outline) -> Iterator[tuple[str, Passage]]:
    stream, patterns = outline.stream, _patterns()["unit"]
    for start, line in _windows(stream):
        for pattern in patterns:
            if match := pattern.match(line):
                first, last = (start + offset for offset in match.span("unit"))
                yield stream.printed(first, last), stream.passage(first, last)
                break
    for table in outline.tables:
        yield from _units_in_cells(outline.document, table.table.rows, patterns)


def _units_in_cells(document: Document, rows: Any, patterns: Any) -> Iterator[tuple[str, Passage]]:
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            for pattern in patterns:
                if match := pattern.match(cell.text):
                    yield match["unit"], document.cell_passage(cell, number, column)
                    break


def _year(stream: Stream, name: str) -> int:
    votes = Counter(match["year"] for match in _patterns()["year"].finditer(stream.text))
    if not votes:
        raise HeadError(f"{name}: no fiscal year is named; expected 20XX年度部门决算")
    return int(max(votes, key=lambda year: (votes[year], year)))


def _title(outline: Outline, unit: str) -> str | None:
    """The title on the cover, or else the one above the tables; a title names the unit."""
    stream = outline.stream
    cover = min([part.heading for part in outline.parts.values()], default=0)
    for pattern, end in zip(_patterns()["title"], (cover, None), strict=True):
        titles = [
            stream.printed(start + match.start("title"), start + match.end("title"))
            for start, line in _windows(stream, end)
            if (match := pattern.match(line)) and normal_name(unit) in normal_name(match["title"])
        ]
        if titles:
            return max(titles, key=len) if end else titles[0]
    return None


def _issued(outline: Outline) -> datetime.date | None:
    stream = outline.stream
    cover = min([part.heading for part in outline.parts.values()], default=0)
    for _, line in _windows(stream, cover):
        if match := _patterns()["issued"].match(line):
            return datetime.date(*(int(match[key]) for key in ("year", "month", "day")))
    return None
