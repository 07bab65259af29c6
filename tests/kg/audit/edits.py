"""A report's text with one thing in it edited: kinds of edits, and where they fit."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from kg.facts import (
    Change,
    Count,
    Evaluation,
    Explanation,
    Extraction,
    Fact,
    Indicator,
    Mention,
    Money,
    Passage,
    Percent,
    Ratio,
    Statement,
    Target,
)

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
#: How far an edited number must be off for nobody to call it rounding.
CLEAR, CLEAR_SHARE = Decimal("0.3"), Decimal("0.03")
OPPOSITES = dict(
    pair
    for one, other in (
        ("增加", "减少"), ("增长", "下降"), ("上升", "下降"), ("大于", "小于"), ("高于", "低于"),
    )
    for pair in ((one, other), (other, one))
) | {"持平": "增加10.00万元", "等于": "大于", "持平于": "大于"}  # fmt: skip
SYNONYMS = {"增加": "上升", "减少": "下降"} | dict(
    pair
    for one, other in (("大于", "高于"), ("小于", "低于"))
    for pair in ((one, other), (other, one))
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of edit, as `edits.toml` has it."""

    id: str
    slip: str
    of: str = ""
    pattern: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    rules: Sequence[str] = ()
    sound: bool = False
    elsewhere: bool = False
    once: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """What a report says at characters `start` to `end`, and what the reader took it for."""

    of: str
    start: int
    end: int
    about: Mapping[str, str] = field(default_factory=dict)

    def fits(self, kind: Kind) -> bool:
        return self.of == kind.of and all(
            re.fullmatch(wanted, self.about.get(name, "")) for name, wanted in kind.where.items()
        )


@dataclass(frozen=True, slots=True)
class Edit:
    """`before` at character `start` becomes `after`."""

    kind: Kind
    start: int
    before: str
    after: str
    about: Mapping[str, str] = field(default_factory=dict)

    def made_in(self, text: str) -> str:
        return text[: self.start] + self.after + text[self.start + len(self.before) :]


def kinds() -> list[Kind]:
    told = tomllib.loads(Path(__file__).with_name("edits.toml").read_text("utf-8"))
    return [Kind(**entry) for entry in told["kinds"]]


def edits(kind: Kind, text: str, extraction: Extraction, chance: random.Random) -> Iterator[Edit]:
    """The edits of a kind that a report's text has places for, in any order."""
    if kind.pattern:
        found = [Value(kind.of, *m.span(1)) for m in re.finditer(kind.pattern, text)]
    else:
        found = [value for value in values(extraction, text) if value.fits(kind)]
    printed = [text[value.start : value.end] for value in found]
    for n in chance.sample(range(len(found)), len(found)):
        others = [printed[m] for m in (n + 1, n - 1) if 0 <= m < len(found)]
        after = SLIPS[kind.slip](printed[n], others, chance)
        if after is not None and after != printed[n]:
            yield Edit(kind, found[n].start, printed[n], after, found[n].about)


def values(extraction: Extraction, text: str) -> Iterator[Value]:
    """Every value that the reader found and that stands in one piece."""
    head = re.search(r"20\d\d(?=年度?)", text[extraction.head.passage.start :][:200])
    if head:
        yield Value("year", *(extraction.head.passage.start + at for at in head.span()))
    for fact in extraction.facts:
        about = _about(fact)
        for of, where in _stated(fact, text):
            if where is not None:
                yield Value(of, where.start, where.end, about)


def _about(fact: Fact) -> Mapping[str, str]:
    if not isinstance(fact, Statement | Ratio | Change | Count):
        return {"place": getattr(fact, "place", "")}
    said = fact.dimensions
    digits = len(said.function.code or "") if said.function else 0
    names = ("place", "flow", "fund", "phase", "nature", "economic", "item")
    return {name: getattr(said, name) for name in names} | {"digits": str(digits)}


def _stated(fact: Fact, text: str) -> Iterator[tuple[str, Passage | None]]:
    """The values of one fact: what each is of, and where it stands."""
    match fact:
        case Statement():
            yield "amount", fact.passage
        case Change():
            yield "change", fact.passage
        case Ratio():
            yield fact.kind, fact.passage
        case Count():
            yield "count", _number(text, fact.passage, Decimal(fact.count))
        case Explanation():
            yield "explanation", fact.passage
        case Mention():
            yield fact.kind, fact.passage
        case Target():
            for number in (fact.planned, fact.done, fact.percent):
                yield "target", _number(text, fact.passage, number)
        case Evaluation():
            named = {"budget": fact.budget, "executed": fact.executed, "rate": fact.execution_rate}
            for of, value in named.items():
                if isinstance(value, Money | Percent):
                    yield of, value.passage
            yield "evaluation-score", _number(text, fact.passage, fact.score)
        case Indicator():
            yield "weight", _number(text, fact.passage, fact.weight)
            yield "score", _number(text, fact.passage, fact.score)
            yield "actual", _number(text, fact.passage, fact.actual_value)
        case _:
            return


def _number(text: str, within: Passage, value: Decimal | None) -> Passage | None:
    """Where a number stands in a passage; None where it stands there more than once."""
    if value is None:
        return None
    found = [
        match
        for match in NUMBER.finditer(text, within.start, within.end)
        if Decimal(match[0].replace(",", "")) == value
    ]
    return Passage(*found[0].span(), within.line) if len(found) == 1 else None


#: What a slip makes of what is printed, with what is printed beside it of the same kind.
Slip = Callable[[str, Sequence[str], random.Random], str | None]


def _digit(printed: str, _others: Sequence[str], chance: random.Random) -> str | None:
    """One digit another, so that it is clearly off."""
    ways = [
        printed[:n] + new + printed[n + 1 :]
        for n, digit in enumerate(printed)
        if digit.isdigit()
        for new in "123456789"
        if new != digit
    ]
    return _clear(printed, chance.sample(ways, len(ways)))


def _swapped(printed: str, _others: Sequence[str], chance: random.Random) -> str | None:
    """Two neighbouring digits in each other's place."""
    ways = [
        printed[:n] + printed[n + 1] + printed[n] + printed[n + 2 :]
        for n in range(len(printed) - 1)
        if printed[n : n + 2].isdigit() and (n or printed[n + 1] != "0")
    ]
    return _clear(printed, chance.sample(ways, len(ways)))


def _clear(printed: str, ways: Sequence[str]) -> str | None:
    """The first of several ways that makes quite another number; codes have none."""
    right = _value(printed)
    if right is None:
        return None
    if re.fullmatch(r"\d{5,}", printed):
        return next((way for way in ways if way[:-2] == printed[:-2]), None)
    least = max(CLEAR, right * CLEAR_SHARE)
    return next((way for way in ways if abs((_value(way) or right) - right) >= least), None)


def _value(printed: str) -> Decimal | None:
    match = NUMBER.search(printed)
    return Decimal(match[0].replace(",", "")) if match else None


def _scaled(factor: int) -> Slip:
    def scaled(printed: str, _others: Sequence[str], _chance: random.Random) -> str | None:
        right = _value(printed)
        return f"{right * factor:f}" if right and right >= 1 else None

    return scaled


def _plus(step: int) -> Slip:
    def plus(printed: str, _others: Sequence[str], _chance: random.Random) -> str | None:
        right = _value(printed)
        number = NUMBER.search(printed)
        if right is None or number is None or right + step < 0:
            return None
        return printed[: number.start()] + f"{right + step:f}" + printed[number.end() :]

    return plus


def _lower(printed: str, _others: Sequence[str], _chance: random.Random) -> str | None:
    """About half of it, which meets no target that it met."""
    right = _value(printed)
    return str(int(right / 2)) if right and right >= 2 else None


def _fixed(becomes: str) -> Slip:
    return lambda printed, _others, _chance: becomes


def _mapped(words: Mapping[str, str]) -> Slip:
    def mapped(printed: str, _others: Sequence[str], _chance: random.Random) -> str | None:
        known = re.search("|".join(words), printed)
        if known is None:
            return None
        return printed[: known.start()] + words[known[0]] + printed[known.end() :]

    return mapped


def _neighbour(printed: str, others: Sequence[str], _chance: random.Random) -> str | None:
    """What stands in the row below or above."""
    return next((other for other in others if other != printed), None)


def _character(printed: str, _others: Sequence[str], chance: random.Random) -> str | None:
    """A character left out in the middle."""
    if len(printed) < 4:
        return None
    n = chance.randrange(1, len(printed) - 1)
    return printed[:n] + printed[n + 1 :]


def _year(printed: str, _others: Sequence[str], chance: random.Random) -> str | None:
    return str(int(printed) + chance.choice((-2, -1, 1, 2)))


def _separators(printed: str, _others: Sequence[str], _chance: random.Random) -> str | None:
    """The thousands told apart by commas, or no longer."""
    right = _value(printed)
    if right is None or right < 1000 or not NUMBER.fullmatch(printed):
        return None
    return printed.replace(",", "") if "," in printed else f"{Decimal(printed):,}"


def _zero(printed: str, _others: Sequence[str], _chance: random.Random) -> str | None:
    """12.3 as 12.30."""
    return f"{printed}0" if re.fullmatch(r"[\d,]+\.\d", printed) else None


SLIPS: dict[str, Slip] = {
    "digit": _digit,
    "swapped": _swapped,
    "tenfold": _scaled(10),
    "ten-thousandfold": _scaled(10_000),
    "more": _plus(2),
    "fewer": _plus(-2),
    "lower": _lower,
    "placeholder": _fixed("XX"),
    "opposite": _mapped(OPPOSITES),
    "synonym": _mapped(SYNONYMS),
    "undecided": _mapped({"增加": "增加（减少）", "减少": "增加（减少）"}),
    "dropped": _fixed(""),
    "blank": _fixed(" "),
    "twice": lambda printed, _others, _chance: printed * 2,
    "neighbour": _neighbour,
    "character": _character,
    "year": _year,
    "separators": _separators,
    "zero": _zero,
}
