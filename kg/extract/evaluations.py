"""Section 十三's reviews of projects to evaluations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from kg.extract.amounts import money_of, percent_of
from kg.extract.numbers import MONEY, PERCENT, ordinal
from kg.facts import Evaluation
from kg.outline import Outline, Section, Stream
from kg.resources import toml

QUOTES = "“”\"'‘’「」《》"
TEXTS = ("outputs", "problems", "improvements")
MONEYS = ("initial", "budget", "executed")
FIGURES = (*MONEYS, "rate", "score")
#: What opens a text, and the text's field.
_Mark = tuple[re.Match[str], str]


class _Item(NamedTuple):
    """The review of a project, and where it stands."""

    project: str
    start: int
    end: int


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    words = toml(__package__, "evaluations.toml")
    words["initial"] += MONEY
    words["budget"] += MONEY
    words["executed"] += MONEY
    words["rate"] += PERCENT
    return {name: re.compile(pattern) for name, pattern in words.items()}


def read_evaluations(outline: Outline, year: int) -> Iterator[Evaluation]:
    """The evaluations of projects in section 十三, under their heading or anywhere in it."""
    stream, reviews = outline.stream, outline.sections.get("S13-projects")
    section = outline.sections.get("S13")
    numbered = _items(stream, reviews.start, reviews.end) if reviews else ()
    titled = _titled(stream, section, _headings(outline, section)) if section else ()
    items = max(list(_named(stream, numbered)), list(_named(stream, titled)), key=len)
    for item in items:
        yield _evaluation(stream, item, year, "S13")


def items_of(stream: Stream, start: int, end: int, year: int, place: str) -> Iterator[Evaluation]:
    """The evaluations that a stretch of text lists, numbered from 1 on."""
    for item in _named(stream, _items(stream, start, end)):
        yield _evaluation(stream, item, year, place)


def _headings(outline: Outline, section: Section) -> list[Section]:
    """The sections within a section."""
    return [s for name, s in outline.sections.items() if name.startswith(f"{section.place}-")]


def _titled(
    stream: Stream, section: Section, within: Sequence[Section]
) -> Iterator[tuple[int, int]]:
    """Where items that open with a project's name and 绩效自评综述 begin, numbered or not (on a
    line, or behind a sentence or a heading), and where they end.
    """
    words, text, end = _patterns(), stream.text, section.end
    sentences = (m.end() for m in words["sentence"].finditer(text, section.start, end))
    lines = stream.line_starts_between(section.start, end)
    begins: list[tuple[int, int]] = []
    title_end = section.start
    places = {*lines, *sentences, *(s.start for s in within)} - {s.heading for s in within}
    for position in sorted(places):
        title = words["titled"].match(text, position, end) if position >= title_end else None
        if title:
            title_end = title.end()
            begins.append((position, title.start("title")))
    stops = sorted([*(position for position, _ in begins), *(s.heading for s in within), end])
    for position, first in begins:
        yield first, _closed(stream, first, stops[bisect_right(stops, position)])


def _closed(stream: Stream, start: int, end: int) -> int:
    """An item ends where the title of a form stands on a line of its own, at the latest."""
    closes = _patterns()["closes"]
    for line in stream.line_starts_between(start + 1, end):
        title = closes.match(stream.text, line, end)
        if title and stream.breaks_at(title.end()):
            return line
    return end


def _items(stream: Stream, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of the list: numbers that follow on each other, each with the signs of a review."""
    words, text = _patterns(), stream.text
    begins: list[tuple[int, int]] = []
    style: tuple[bool, bool] | None = None
    for position in stream.line_starts_between(start, end):
        match = words["number"].match(text, position, end)
        if match is None or ordinal(match["number"]) != len(begins) + 1:
            continue
        if style in (None, _style(match)):  # (1) within 1、 is a list of its own
            style = _style(match)
            begins.append((position, match.end()))
    bounds = [*(position for position, _ in begins), end]
    for (_, first), last in zip(begins, bounds[1:], strict=True):
        if words["signs"].search(text, first, last):
            yield first, _closed(stream, first, last)


def _style(mark: re.Match[str]) -> tuple[bool, bool]:
    """How items are marked: in brackets or not, with digits or in Chinese."""
    return "(" in mark[0], mark["number"].isdecimal()


def _named(stream: Stream, items: Iterable[tuple[int, int]]) -> Iterator[_Item]:
    """The items that name a project."""
    words = _patterns()
    for start, end in items:
        name = words["named"].match(stream.text, start, end)
        if name is None or words["nobody"].fullmatch(name["name"]):
            continue
        if project := _project(stream.printed(*name.span("name"))):
            yield _Item(project, start, end)


def _evaluation(stream: Stream, item: _Item, year: int, place: str) -> Evaluation:
    words, text = _patterns(), stream.text
    project, start, end = item
    marks = _marks(stream, start, end)
    figures_end = marks[0][0].start() if marks else end
    figures = {
        key: match for key in FIGURES if (match := words[key].search(text, start, figures_end))
    }
    told: dict[str, Any] = {name: stream.printed(*span) for name, *span in _behind(marks, end)}
    if figures and "outputs" not in told:
        told["outputs"] = _rest(stream, max(m.end() for m in figures.values()), figures_end)
    told |= {key: money_of(stream, figures[key]) for key in MONEYS if key in figures}
    rate, score = figures.get("rate"), figures.get("score")
    return Evaluation(
        project=project,
        fiscal_year=year,
        place=place,
        passage=stream.passage(start, end),
        execution_rate=percent_of(stream, rate) if rate else None,
        score=Decimal(score["score"]) if score else None,
        **told,
    )


def _rest(stream: Stream, start: int, end: int) -> str | None:
    """What an item without the words that open its outputs says behind its figures."""
    rest = _patterns()["rest"].match(stream.text, start, end)
    return stream.printed(*rest.span("rest")) if rest else None


def texts_of(stream: Stream, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The texts of an item: the field of each, and where it begins and ends."""
    return _behind(_marks(stream, start, end), end)


def _marks(stream: Stream, start: int, end: int) -> Sequence[_Mark]:
    """The words that open the texts of an item, with the field of each."""
    words = _patterns()
    marks = [(m, key) for key in TEXTS if (m := words[key].search(stream.text, start, end))]
    return sorted(marks, key=lambda mark: mark[0].start())


def _behind(marks: Sequence[_Mark], end: int) -> Iterator[tuple[str, int, int]]:
    """The texts that some words open, each up to the next."""
    starts = [*(match.start() for match, _ in marks), end]
    for (match, key), stop in zip(marks, starts[1:], strict=True):
        if match.end() < stop:
            yield key, match.end(), stop


def _project(printed: str) -> str:
    """A project's name without the quotation marks around it."""
    if printed[0] in QUOTES and printed[-1] in QUOTES:
        return printed.strip(QUOTES)
    return printed
