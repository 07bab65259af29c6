"""Lists that break a figure down: 主要用于行政运行887.54万元，一般行政管理事务215.52万元."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from kg.codes import load_code_lists
from kg.extract.functions import DIGITS
from kg.extract.phrases import phrases
from kg.extract.references import Classifier
from kg.extract.tokens import Tokens
from kg.facts import ALL, Dimensions, Function, Fund
from kg.outline import Stream
from kg.vocabulary import normal_name

#: 资本性支出（基本建设）: its names are those of 资本性支出.
CONSTRUCTION = "309"
#: By how much the parts may exceed the whole: amounts are rounded.
TOLERANCE = Decimal("0.005")
#: What no name of a part begins with.
NAMELESS = ("subject", "phase", "completion", "comparison", "share")


@dataclass
class Breakdown:
    """One list: what it breaks down, and how much of that its parts haven't told yet.

    In a `numbered` list each item has a part at its head, behind a mark of one style (`mark`); in
    others parts follow on each other.
    """

    of: Dimensions
    whole: Decimal | None
    numbered: bool = False
    mark: str | None = None
    told: Decimal = field(default=Decimal(0))

    def lasts(self) -> bool:
        """Whether it goes on behind the sentence that it began in, as lists of projects do."""
        return self.numbered or (self.of.nature == "project" and self.of.part is None)

    def fund(self, name: str) -> Fund | None:
        """The fund that a part is paid from, where it goes by funds and a name is one's."""
        divides = self.of.fund in (ALL, "fiscal") or self.of.item in phrases().divisible
        return phrases().fund_of_part(name, self.of.flow) if divides else None

    def is_known(self, name: str) -> bool:
        """Whether a name is surely that of a part: of a fund, or of an economic classification."""
        return self.fund(name) is not None or self.is_economic(name)

    def is_economic(self, name: str) -> bool:
        """Whether it goes by the economic classification, and a name is one of that."""
        by_economic = phrases().divisible.get(self.of.item) == "economic"
        return (by_economic or self._is_of_nature()) and self._economic(name) is not None

    def _is_of_nature(self) -> bool:
        """Whether it breaks down personnel or operating expenditure."""
        return self.of.nature in ("personnel", "operating")

    def _economic(self, name: str) -> str | None:
        """The code of an economic classification's name, where it is below what is broken down."""
        code, above = _economic(name), self.of.economic
        is_below = code and (above == ALL or (code.startswith(above) and code != above))
        return code if is_below else None

    def admits(self, name: str, amount: Decimal) -> bool:
        """Whether another part may be so much; a whole that has been told has parts of nothing."""
        if self.whole is None:
            return True
        is_complete = self.told >= self.whole
        fits = self.told + amount <= self.whole * (1 + TOLERANCE)
        return fits and (not is_complete or self.is_known(name))

    def dimensions(self, name: str, classifier: Classifier) -> Dimensions | None:
        """Whose figure a part's is, where a part of that name makes sense."""
        fund = self.fund(name)
        if fund is None:
            return self._named(name, classifier)
        item = ALL if self.of.item == "grand-total" else self.of.item  # a total's are the year's
        return dataclasses.replace(self.of, fund=fund, item=item)

    def _named(self, name: str, classifier: Classifier) -> Dimensions | None:
        of = self.of
        if of.item in phrases().divisible:
            economic = self._economic(name) if phrases().divisible[of.item] == "economic" else None
            return dataclasses.replace(of, economic=economic) if economic else self._part(name)
        if self._is_of_nature():
            economic = self._economic(name)
            return dataclasses.replace(of, economic=economic) if economic else None
        if of.item != "all" or of.flow != "expenditure":
            return None
        if of.nature == "project":
            function = None if of.part or of.function else classifier.of_part(name, ())
            if function and len(function.code or "") == 3:
                return dataclasses.replace(of, function=function)
            return self._part(name)
        return self._function(name, classifier) if of.nature == "all" else None

    def _part(self, name: str) -> Dimensions:
        return dataclasses.replace(self.of, part=name, within=self.of.part)

    def _function(self, name: str, classifier: Classifier) -> Dimensions | None:
        """A part of a function is one below it; where its name is nobody's, it keeps the path."""
        above = _path(self.of.function)
        if len(above) == len(DIGITS):
            return self._part(name)
        function = classifier.of_part(name, above)
        if function is None and above:
            function = Function(None, "/".join((*above, name)))
        return dataclasses.replace(self.of, function=function) if function else None


def _path(function: Function | None) -> tuple[str, ...]:
    """The names of a function's levels, as printed where they were."""
    if function is None:
        return ()
    if function.code is None:
        return tuple((function.text or "").split("/"))
    functional = load_code_lists().functional
    printed = (function.text or "").split("/") if function.text else []
    levels = [n for n in DIGITS if n <= len(function.code)]
    labels = [functional.label(function.code[:n]) or "" for n in levels]
    return tuple(printed) if len(printed) == len(labels) else tuple(labels)


def _economic(name: str) -> str | None:
    """The code of an economic classification's name, where it is one's alone."""
    return _economic_names().get(normal_name(name))


@cache
def _economic_names() -> Mapping[str, str]:
    """The codes by name, without those of capital construction, which is none of an office's."""
    economic = load_code_lists().economic
    codes: dict[str, set[str]] = {}
    for code in economic.codes():
        for name in economic.names(code) if not code.startswith(CONSTRUCTION) else ():
            codes.setdefault(normal_name(name), set()).add(code)
    return {name: found.pop() for name, found in codes.items() if len(found) == 1}


def next_part(
    lists: list[Breakdown], name: str, amount: Decimal, classifier: Classifier
) -> Dimensions | None:
    """Whose figure the next part's is, of lists within lists; those it can't be of are over."""
    while lists and not lists[-1].admits(name, amount):
        lists.pop()
    dimensions = lists[-1].dimensions(name, classifier) if lists else None
    if dimensions:
        lists[-1].told += amount
    return dimensions


def part_at(
    stream: Stream, tokens: Tokens, lists: Sequence[Breakdown], position: int
) -> re.Match[str] | None:
    """The part that stands at a position: a name of no known subject, and its amount."""
    if not lists:
        return None
    match = phrases().part.match(tokens.text, position, tokens.end)
    if match is None or phrases().words["no_name"].search(name_of(stream, match)):
        return None
    start = match.start("name")
    token = tokens.at(start)
    if token and token.kind == "opener":  # 公用经费5万元，主要用于办公费: another list
        return None
    if lists[-1].is_known(name_of(stream, match)):
        return match
    is_subject = tokens.is_marked(start, start + 1) or (token and token.kind in NAMELESS)
    return None if is_subject else match


def name_of(stream: Stream, part: re.Match[str]) -> str:
    """A part's name, with its remarks."""
    name = stream.text[slice(*part.span("name"))]
    lead = phrases().words["before_name"].match(name)
    return name[lead.end() :] if lead else name
