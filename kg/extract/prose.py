"""The explanation's sentences to facts: each figure gets the subject and the words it stands by."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kg.extract.functions import function_of_path, path_of
from kg.extract.numbers import UNITS, decimal, in_yuan
from kg.extract.phrases import Scanner, Token, phrases
from kg.facts import (
    Change,
    Dimensions,
    Explanation,
    Fact,
    Money,
    Passage,
    Ratio,
    Statement,
)
from kg.outline import Section, Stream

#: What opens an item of a list, where a line begins.
ITEM = re.compile(
    r"[-•]*(?:\d{1,2}(?:、|\.(?!\d))|\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}、)"
)
#: A remark in brackets speaks of other figures than the sentence around it.
REMARK = re.compile(r"\([^()\d]{5,}\)")
SENTENCE_END = re.compile("[。!?]")
YEAR_BEFORE = re.compile(r"(20\d\d)年度?$")


def read_prose(stream: Stream, section: Section, year: int) -> Iterator[Fact]:
    """The facts of one section's text, in reading order."""
    scanner = phrases().scanners[section.place]
    text = REMARK.sub(lambda m: "\N{OBJECT REPLACEMENT CHARACTER}" * len(m[0]), stream.text)
    for start, end in items(stream, section):
        yield from _Item(stream, text, scanner, section.place, year).read(start, end)


def items(stream: Stream, section: Section) -> Iterator[tuple[int, int]]:
    """The items of a section's lists, each without its mark, and what stands before the first."""
    start = section.start
    for position in stream.line_starts_between(section.start, section.end):
        if match := ITEM.match(stream.text, position, section.end):
            yield start, position
            start = match.end()
    yield start, section.end


@dataclass
class _Item:
    """One item of a list, read from left to right."""

    stream: Stream
    text: str
    scanner: Scanner
    place: str
    year: int
    subject: Dimensions | None = None
    head: Dimensions | None = None
    named: bool = False
    listing: Dimensions | None = None
    comparison: str | None = None
    previous: Token | None = None
    recent: list[Statement | Ratio | Change] = field(default_factory=list)

    def read(self, start: int, end: int) -> Iterator[Fact]:
        skip = start
        for token in self.scanner.tokens(self.text, start, end):
            if token.start < skip:
                continue
            if token.kind in ("reason", "aside"):
                stop = SENTENCE_END.search(self.text, token.end, end)
                skip = stop.start() if stop else end
                if token.kind == "reason":
                    yield from self._reason(token.end, skip)
            elif token.kind in ("money", "percent"):
                fact = self._figure(token)
                if fact is None:
                    self.recent.clear()  # a reason that follows is for a figure that we don't know
                else:
                    self.recent.append(fact)
                    yield fact
            else:
                getattr(self, f"_{token.kind}")(token)
            self.previous = token

    # --- whose figure

    def _subject(self, token: Token) -> None:
        entry = token.entry
        if entry.get("unknown"):
            self.subject, self.named = None, True
            return
        self._name(self._dimensions(token, **entry["dimensions"]))
        self.listing = self.subject if entry.get("lists_classes") else None

    def _function(self, token: Token) -> None:
        match = token.match
        path = path_of(match["class"], match["rest"], match["division"], self.year)
        fund = self.scanner.defaults.get("fund")
        self.head = None
        function = function_of_path(path, self.year, fund)
        self._name(self._dimensions(token, flow="expenditure", function=function))
        self.listing = None

    def _class(self, token: Token) -> None:
        """A class's bare name is a subject in a list of classes only; "…支出中" opens its item."""
        function = function_of_path([token.match[0].removesuffix("中")], self.year)
        if token.match[0].endswith("中"):
            self.head = self._dimensions(token, flow="expenditure", function=function)
            self.subject, self.named = None, True
        elif self.listing is not None:
            self._name(dataclasses.replace(self.listing, function=function))

    def _name(self, subject: Dimensions) -> None:
        self.subject, self.named = subject, True
        self.head = self.head or subject

    def _dimensions(self, token: Token, **given: Any) -> Dimensions:
        dimensions = {**self.scanner.defaults, **given}
        return Dimensions(self._year_before(token) or self.year, self.place, **dimensions)

    def _year_before(self, token: Token) -> int | None:
        match = YEAR_BEFORE.search(self.text, max(0, token.start - 7), token.start)
        return int(match[1]) if match else None

    # --- what is said of it

    def _phase(self, token: Token) -> None:
        self._resume()

    def _completion(self, token: Token) -> None:
        self._resume()

    def _share(self, token: Token) -> None:
        pass

    def _rise(self, token: Token) -> None:
        pass

    def _fall(self, token: Token) -> None:
        pass

    def _comparison(self, token: Token) -> None:
        self.comparison = token.entry["base"]

    def _end(self, token: Token) -> None:
        self.named, self.comparison = False, None

    def _resume(self) -> None:
        """A sentence without a subject of its own goes on about the item's first."""
        if not self.named:
            self.subject = self.head

    # --- figures

    def _figure(self, token: Token) -> Statement | Ratio | Change | None:
        cue = self.previous
        if cue is None or self.subject is None:
            return None
        if not phrases().filler.fullmatch(self.text, cue.end, token.start):
            return None
        return self._amount(token, cue) if token.kind == "money" else self._percentage(token, cue)

    def _amount(self, token: Token, cue: Token) -> Statement | Change | None:
        assert self.subject is not None
        if cue.kind in ("rise", "fall"):
            money = self._money(token, Decimal(-1 if cue.kind == "fall" else 1))
            return Change(self.subject, self.comparison or "prior-year", money)  # type: ignore[arg-type]
        if cue.kind == "phase":
            year = self._year_before(cue) or self.subject.fiscal_year
            phase = cue.entry["phase"]
            dimensions = dataclasses.replace(self.subject, phase=phase, fiscal_year=year)
            return Statement(dimensions, self._money(token))
        if cue.kind in ("subject", "function", "class"):
            return Statement(self.subject, self._money(token))
        return None

    def _percentage(self, token: Token, cue: Token) -> Ratio | None:
        assert self.subject is not None
        reported = token.match["percent"]
        value, passage = decimal(reported), self._number(token, "percent")
        if cue.kind == "completion":
            base = cue.entry["base"]
            return Ratio(self.subject, "completion", value, reported, passage, base)
        if cue.kind == "share":
            base = self._whole(cue.match["whole"])
            return Ratio(self.subject, "share", value, reported, passage, base)
        if cue.kind in ("rise", "fall"):
            signed = -value if cue.kind == "fall" else value
            base = f"change/{self.comparison or 'prior-year'}"
            return Ratio(self.subject, "growth", signed, reported, passage, base)
        return None

    def _whole(self, printed: str) -> str | None:
        """What a share is a share of, where the words are known."""
        if not printed:
            return self.scanner.whole
        return next((base for p, base in phrases().shares if p.fullmatch(printed)), None)

    def _money(self, token: Token, sign: Decimal = Decimal(1)) -> Money:
        unit = UNITS[token.match["unit"]]
        amount = in_yuan(token.match["amount"], unit) * sign
        start, end = token.match.span("amount")
        return Money(amount, self.stream.printed(start, end), unit, self._number(token, "amount"))

    def _number(self, token: Token, group: str) -> Passage:
        return self.stream.passage(*token.match.span(group))

    # --- reasons

    def _reason(self, start: int, end: int) -> Iterator[Explanation]:
        explained = _explained(self.recent)
        self.recent.clear()
        text = self.stream.printed(start, end) if start < end else ""
        if explained and text.strip(":：,，。;；"):
            passage = self.stream.passage(start, end)
            yield Explanation(text.lstrip(":："), explained, self.place, passage)


def _explained(
    recent: list[Statement | Ratio | Change],
) -> tuple[Statement | Ratio | Change, ...]:
    """What a reason is given for: the change of the last subject, or else its accounts."""
    if not recent:
        return ()
    subject = dataclasses.replace(recent[-1].dimensions, phase="final")
    facts = [f for f in recent if dataclasses.replace(f.dimensions, phase="final") == subject]
    changes = tuple(f for f in facts if isinstance(f, Change))
    finals = tuple(f for f in facts if isinstance(f, Statement) and f.dimensions.phase == "final")
    return changes or finals or tuple(facts[-1:])
