"""Section 十三's reviews of projects to evaluations."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib import resources

from kg.extract.numbers import MONEY, PERCENT, UNITS, decimal, in_yuan
from kg.facts import Evaluation, Money, Percent
from kg.outline import Section, Stream

QUOTES = "“”\"'‘’「」《》"
TEXTS = ("outputs", "problems", "improvements")


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    data = resources.files(__package__).joinpath("evaluations.toml").read_text("utf-8")
    words = tomllib.loads(data)
    words["budget"] += MONEY
    words["executed"] += MONEY
    words["rate"] += PERCENT
    return {name: re.compile(pattern) for name, pattern in words.items()}


def read_evaluations(stream: Stream, section: Section, year: int) -> Iterator[Evaluation]:
    """The evaluations that a section lists, numbered from 1 on."""
    for start, end in _items(stream, section):
        if evaluation := _evaluation(stream, start, end, year):
            yield evaluation


def _items(stream: Stream, section: Section) -> Iterator[tuple[int, int]]:
    """The items of the list: numbers that follow on each other, each with the signs of a review."""
    words, text = _patterns(), stream.text
    begins: list[tuple[int, int]] = []
    for position in stream.line_starts_between(section.start, section.end):
        match = words["number"].match(text, position, section.end)
        if match and int(match["number"]) == len(begins) + 1:
            begins.append((position, match.end()))
    bounds = [*(position for position, _ in begins), section.end]
    for (_, start), end in zip(begins, bounds[1:], strict=True):
        if words["signs"].search(text, start, end):
            yield start, end


def _evaluation(stream: Stream, start: int, end: int, year: int) -> Evaluation | None:
    words, text = _patterns(), stream.text
    name = words["named"].match(text, start, end)
    if name is None:
        return None
    marks = [m for key in TEXTS if (m := words[key].search(text, start, end))]
    figures_end = min([m.start() for m in marks], default=end)
    score = words["score"].search(text, start, figures_end)
    return Evaluation(
        project=_project(stream.printed(*name.span("name"))),
        fiscal_year=year,
        place="S13",
        passage=stream.passage(start, end),
        budget=_money(stream, words["budget"].search(text, start, figures_end)),
        executed=_money(stream, words["executed"].search(text, start, figures_end)),
        execution_rate=_percent(stream, words["rate"].search(text, start, figures_end)),
        score=Decimal(score["score"]) if score else None,
        **_texts(stream, start, end),
    )


def _texts(stream: Stream, start: int, end: int) -> dict[str, str | None]:
    """The texts of an item, each as printed."""
    words = _patterns()
    marks = [(m, key) for key in TEXTS if (m := words[key].search(stream.text, start, end))]
    marks.sort(key=lambda mark: mark[0].start())
    starts = [*(match.start() for match, _ in marks), end]
    texts: dict[str, str | None] = {}
    for (match, key), stop in zip(marks, starts[1:], strict=True):
        if match.end() < stop:
            texts[key] = stream.printed(match.end(), stop)
    return texts


def _project(printed: str) -> str:
    """A project's name without the quotation marks around it."""
    if printed[0] in QUOTES and printed[-1] in QUOTES:
        return printed.strip(QUOTES)
    return printed


def _money(stream: Stream, match: re.Match[str] | None) -> Money | None:
    if match is None:
        return None
    unit, span = UNITS[match["unit"]], match.span("amount")
    amount = in_yuan(match["amount"], unit)
    return Money(amount, stream.printed(*span), unit, stream.passage(*span))


def _percent(stream: Stream, match: re.Match[str] | None) -> Percent | None:
    if match is None:
        return None
    span = match.span("percent")
    return Percent(decimal(match["percent"]), stream.printed(*span), stream.passage(*span))
