"""Section 十三's reviews of projects to evaluations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from kg.extract.amounts import money_of, percent_of
from kg.extract.numbers import MONEY, PERCENT, ordinal
from kg.facts import Evaluation
from kg.outline import Section, Stream
from kg.resources import toml

QUOTES = "“”\"'‘’「」《》"
TEXTS = ("outputs", "problems", "improvements")


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    words = toml(__package__, "evaluations.toml")
    words["initial"] += MONEY
    words["budget"] += MONEY
    words["executed"] += MONEY
    words["rate"] += PERCENT
    return {name: re.compile(pattern) for name, pattern in words.items()}


def read_evaluations(stream: Stream, section: Section, year: int) -> Iterator[Evaluation]:
    """The evaluations that section 十三 lists."""
    numbered = list(items_of(stream, section.start, section.end, year, "S13"))
    yield from numbered or _named_items(stream, section, year)


def items_of(stream: Stream, start: int, end: int, year: int, place: str) -> Iterator[Evaluation]:
    """The evaluations that a stretch of text lists, numbered from 1 on."""
    for first, last in _items(stream, start, end):
        if evaluation := _evaluation(stream, first, last, year, place):
            yield evaluation


def _named_items(stream: Stream, section: Section, year: int) -> Iterator[Evaluation]:
    """Items without numbers: lines that begin with a project's name and 绩效自评综述."""
    words, end = _patterns(), section.end
    lines = stream.line_starts_between(section.start, end)
    begins = [line for line in lines if words["unnumbered"].match(stream.text, line, end)]
    for first, last in pairwise([*begins, end]):
        if evaluation := _evaluation(stream, first, last, year, "S13"):
            yield evaluation


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
            yield first, last


def _style(mark: re.Match[str]) -> tuple[bool, bool]:
    """How items are marked: in brackets or not, with digits or in Chinese."""
    return "(" in mark[0], mark["number"].isdecimal()


def _evaluation(stream: Stream, start: int, end: int, year: int, place: str) -> Evaluation | None:
    words, text = _patterns(), stream.text
    name = words["named"].match(text, start, end)
    if name is None or not (project := _project(stream.printed(*name.span("name")))):
        return None
    marks = [m for key in TEXTS if (m := words[key].search(text, start, end))]
    figures_end = min([m.start() for m in marks], default=end)

    def figure(key: str) -> re.Match[str] | None:
        return words[key].search(text, start, figures_end)

    score = figure("score")
    texts: Mapping[str, Any] = {
        name: stream.printed(*span) for name, *span in texts_of(stream, start, end)
    }
    return Evaluation(
        project=project,
        fiscal_year=year,
        place=place,
        passage=stream.passage(start, end),
        initial=money_of(stream, match) if (match := figure("initial")) else None,
        budget=money_of(stream, match) if (match := figure("budget")) else None,
        executed=money_of(stream, match) if (match := figure("executed")) else None,
        execution_rate=percent_of(stream, match) if (match := figure("rate")) else None,
        score=Decimal(score["score"]) if score else None,
        **texts,
    )


def texts_of(stream: Stream, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The texts of an item: the field of each, and where it begins and ends."""
    words = _patterns()
    marks = [(m, key) for key in TEXTS if (m := words[key].search(stream.text, start, end))]
    marks.sort(key=lambda mark: mark[0].start())
    starts = [*(match.start() for match, _ in marks), end]
    for (match, key), stop in zip(marks, starts[1:], strict=True):
        if match.end() < stop:
            yield key, match.end(), stop


def _project(printed: str) -> str:
    """A project's name without the quotation marks around it."""
    if printed[0] in QUOTES and printed[-1] in QUOTES:
        return printed.strip(QUOTES)
    return printed
