"""What a sample says and where: the facts of its slots, and the contradictions planted in it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import cast

from kg.codes import load_code_lists
from kg.facts import (
    YUAN,
    Change,
    ChangeBase,
    Composition,
    Count,
    Dimensions,
    Evaluation,
    Explanation,
    Fact,
    Function,
    Head,
    Money,
    MoneyUnit,
    Passage,
    Percent,
    Ratio,
    RatioKind,
    Statement,
)
from kg.sample.accounts import Accounts
from kg.sample.amounts import value
from kg.sample.page import Page, Placed, Places
from kg.sample.slips import BROKEN
from kg.sample.slots import Slot, Span
from kg.sample.words import is_fall
from kg.vocabulary import normal_name

_UNITS: dict[str, MoneyUnit] = {"万元": "wan-yuan", "元": "yuan"}
_RATIOS = frozenset({"completion", "share", "growth"})


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A planted error: the kind (`rule`), its place, what the accounts say and what is printed."""

    rule: str
    passage: Passage
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented report with its truth: head, facts in reading order, contradictions."""

    text: str
    head: Head
    facts: tuple[Fact, ...]
    contradictions: tuple[Contradiction, ...]


def sample_of(page: Page, accounts: Accounts) -> Sample:
    """A written report with its truth."""
    text = page.text()
    reading = _Reading(page.placed, Places(text), accounts.year)
    return Sample(text, reading.head(accounts), reading.facts(), reading.contradictions())


class _Reading:
    """Slots and spans, once they are placed, as facts."""

    def __init__(self, placed: list[Placed], places: Places, year: int) -> None:
        self._placed = sorted(placed, key=lambda p: (p.start, -p.end))
        self._of = {id(p.what): p for p in placed}
        self._places = places
        self._year = year

    def head(self, accounts: Accounts) -> Head:
        title = next(p for p in self._placed if isinstance(p.what, Span) and p.what.kind == "title")
        name = accounts.unit.name
        return Head(name, self._year, title.text, self._passage(title))

    def facts(self) -> tuple[Fact, ...]:
        found = (self._fact(p) for p in self._placed)
        return tuple(fact for fact in found if fact is not None)

    def contradictions(self) -> tuple[Contradiction, ...]:
        return tuple(
            Contradiction(p.what.rule, self._around(p), p.what.expected or "", p.what.printed)
            for p in self._placed
            if isinstance(p.what, Slot) and p.what.rule
        )

    def _passage(self, placed: Placed) -> Passage:
        return self._places.passage(placed.start, placed.end)

    def _around(self, placed: Placed) -> Passage:
        """Where a slot is; of one that prints nothing, the character that it stands before."""
        return self._places.passage(placed.start, max(placed.end, placed.start + 1))

    def _fact(self, placed: Placed) -> Fact | None:
        if isinstance(placed.what, Slot):
            return self._figure(placed.what) if placed.what.dimensions else None
        if placed.what.kind == "explanation":
            figures = map(self._figure, placed.what.explains)
            explained = tuple(f for f in figures if isinstance(f, Statement | Change | Ratio))
            return Explanation(placed.text, explained, placed.what.place, self._passage(placed))
        if placed.what.kind == "composition" and placed.what.dimensions:
            economic, passage = placed.what.economic, self._passage(placed)
            return Composition(placed.what.dimensions, placed.text, economic, passage)
        return self._evaluation(placed) if placed.what.kind == "evaluation" else None

    def _figure(self, slot: Slot) -> Statement | Change | Ratio | Count | None:
        """What a slot states, as printed: an error in it is stated, too."""
        if slot.printed == BROKEN:
            return None
        dimensions = _dimensions(slot)
        if slot.label == "statement":
            return Statement(dimensions, self._money(slot))
        sign = -1 if slot.direction and is_fall(slot.direction.printed) else 1
        if slot.label == "change":
            return Change(dimensions, cast(ChangeBase, slot.base), self._money(slot, sign))
        if slot.label in _RATIOS:
            passage = self._passage(self._of[id(slot)])
            percent = sign * value(slot.printed)
            kind = cast(RatioKind, slot.label)
            return Ratio(dimensions, kind, percent, slot.printed, passage, slot.base)
        if slot.label.startswith("count"):
            passage = self._passage(self._of[id(slot)])
            return Count(dimensions, int(slot.printed), slot.counted_in, slot.printed, passage)
        return None

    def _money(self, slot: Slot, sign: int = 1) -> Money:
        unit = _UNITS[slot.unit.printed if slot.unit else slot.counted_in]
        amount = sign * value(slot.printed) * YUAN[unit]
        return Money(amount, slot.printed, unit, self._passage(self._of[id(slot)]))

    def _evaluation(self, placed: Placed) -> Evaluation:
        span = cast(Span, placed.what)
        rate = span.figures["rate"]
        texts = {name: self._of[id(text)].text for name, text in span.texts.items()}
        return Evaluation(
            project=texts.get("project"),
            fiscal_year=self._year,
            place=span.place,
            passage=self._passage(placed),
            budget=self._money(span.figures["budget"]),
            executed=self._money(span.figures["executed"]),
            execution_rate=Percent(
                value(rate.printed), rate.printed, self._passage(self._of[id(rate)])
            ),
            outputs=texts["outputs"],
            problems=texts.get("problems"),
            improvements=texts.get("improvements"),
        )


def _dimensions(slot: Slot) -> Dimensions:
    """A slot's dimensions; where its row's code or name is misprinted, with these as printed."""
    dimensions = slot.dimensions
    assert dimensions is not None
    if slot.name and dimensions.function and dimensions.function.code:
        function = _misprinted(dimensions.function.code, slot.name)
        if function:
            return dataclasses.replace(dimensions, function=function)
    return dimensions


def _misprinted(code: str, name: Slot) -> Function | None:
    """The function that a misprinted row or path states; None where nothing is misprinted."""
    functional = load_code_lists().functional
    if name.code and name.code.rule:
        printed, label = code[: -len(name.code.printed)] + name.code.printed, name.printed
        if printed in functional:
            return Function(printed, normal_name(label))
        return Function(None, f"{printed} {normal_name(label)}")
    if name.rule and name.label == "path-class":
        below = (functional.label(code[:n]) or "" for n in (5, 7) if n <= len(code))
        return Function(None, "/".join(map(normal_name, (name.printed, *below))))
    return Function(code, normal_name(name.printed)) if name.rule else None
