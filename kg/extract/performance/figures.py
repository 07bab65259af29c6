"""The figures of a report in prose: budget, executed amount, rate; of the whole, and of parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from kg.extract.amounts import money_of, percent_of
from kg.extract.numbers import MONEY, PERCENT
from kg.extract.performance.money import NATURES
from kg.extract.performance.words import words
from kg.facts import Dimensions, Money, Nature, Passage, Percent, Phase, Ratio, Statement
from kg.outline import Stream

AMOUNTS = ("initial", "adjusted", "budget", "received", "executed")
#: What a part's amount is where the words before the whole's say what that is.
PHASES: dict[str, Phase] = {
    "initial": "initial-budget",
    "adjusted": "adjusted-budget",
    "budget": "budget",
    "executed": "final",
}

CLAUSE = re.compile("[,。;:]")
YEAR = re.compile(r"(20\d\d)年")


@dataclass
class Figures:
    """What a report's figures say: of the whole by field, of its parts as facts of their own.

    `project` is whose report it is, in normal form; `end` is where its last figure ends.
    """

    stream: Stream
    year: int
    place: str
    project: str | None = None
    of_whole: dict[str, Any] = field(default_factory=dict)
    of_parts: list[Statement | Ratio] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    end: int | None = None

    def is_of_others(self, start: int, end: int) -> bool:
        """Whether the clause before a figure's words speaks of a part of the money, or of a year
        that isn't the report's.
        """
        clause = CLAUSE.split(self.stream.text[max(start, end - 60) : end])[-1]
        if self.project:
            clause = clause.replace(self.project, "")
        years = {int(year) for year in YEAR.findall(clause)}
        return bool(re.search(words().figures["others"], clause)) or not years <= {self.year}

    def say(self, name: str, value: Any, passage: Passage) -> None:
        """A figure of the whole; what is said again is taken only where it is the same."""
        if name == "adjusted":  # then what was called the budget before is the initial one
            if "budget" in self.of_whole and "initial" not in self.of_whole:
                self.of_whole["initial"] = self.of_whole.pop("budget")
            name = "budget"
        if _plain(self.of_whole.setdefault(name, value)) == _plain(value):
            self.passages.append(passage)

    def say_part(self, nature: Nature, name: str, value: Money | Percent) -> None:
        """A figure of the basic or of the project expenditure."""
        if isinstance(value, Percent):
            about = Dimensions(self.year, self.place, nature=nature)
            self.of_parts.append(
                Ratio(about, "execution", value.value, value.reported, value.passage)
            )
        elif phase := PHASES.get(name):
            about = Dimensions(self.year, self.place, phase=phase, nature=nature)
            self.of_parts.append(Statement(about, value))


def _plain(value: Any) -> Any:
    match value:
        case Money(amount):
            return amount
        case Percent(number):
            return number
    return value


@cache
def _figure() -> re.Pattern[str]:
    """A figure behind the words that say what it is; 。 ends what is said of a part."""
    said, link = words().figures, words().figures["link"]
    money = "|".join(f"(?P<{name}>{said[name]})" for name in AMOUNTS)
    amount, part = MONEY.replace("?P<", "?P<part_"), said["part"]
    return re.compile(
        f"(?P<part>{part.replace('MONEY', amount)})"
        f"|(?:{money}){link}{MONEY}"
        f"|(?P<rate>{said['rate']}){link}{PERCENT}"
        "|(?P<stop>。)"
    )


def read_figures(figures: Figures, start: int, end: int) -> None:
    """Read the figures of a stretch of text."""
    stream, said = figures.stream, words().figures
    nature: Nature | None = None
    last = ""
    for match in _figure().finditer(stream.text, start, end):
        if match["stop"]:
            nature = None
        elif match["part_amount"]:
            figures.say_part(NATURES[match["nature"]], last, _part_money(stream, match))
        elif match["part"]:
            nature = NATURES[match["nature"]]
        elif not figures.is_of_others(start, match.start()):
            last = next(name for name in (*AMOUNTS, "rate") if match[name])
            value = percent_of(stream, match) if match["percent"] else money_of(stream, match)
            if nature:
                figures.say_part(nature, last, value)
            else:
                name = "execution_rate" if last == "rate" else last
                figures.say(name, value, value.passage)
                figures.end = match.end()
    _read_points(figures, re.compile(said["score"]), re.compile(said["execution"]), start, end)


def _read_points(
    figures: Figures, score: re.Pattern[str], execution: re.Pattern[str], start: int, end: int
) -> None:
    """The score of the whole, which stands first, and the points of execution."""
    stream = figures.stream
    if "score" not in figures.of_whole and (match := score.search(stream.text, start, end)):
        passage = stream.passage(*match.span("score"))
        figures.say("score", Decimal(match["score"]), passage)
        figures.end = max(figures.end or 0, match.end())
    if match := execution.search(stream.text, start, end):
        figures.of_whole.setdefault("weight", Decimal(match["weight"]))
        figures.of_whole.setdefault("execution_score", Decimal(match["points"]))


def _part_money(stream: Stream, match: re.Match[str]) -> Money:
    """The amount that stands right behind 基本支出."""
    span = match.span("part_amount")
    own = re.compile(MONEY).match(stream.text, span[0])
    assert own is not None
    return money_of(stream, own)
