"""form.toml, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, cast

from kg.facts import IrregularityKind
from kg.record import record
from kg.resources import toml

#: So far around a hint a match is looked for.
REACH = 128
#: How far behind a match its pattern looks: no stretch ends within 上升了2,526,000.00元.
LOOKAHEAD = 20


@record
class Sought:
    """What is looked for near its hints: each match has one of them in it or beside it."""

    hints: Sequence[str]
    pattern: re.Pattern[str]

    def is_hinted(self, text: str) -> bool:
        """Whether a text has a hint."""
        return any(hint in text for hint in self.hints)

    def find(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Each match that a hint is near to, in order."""
        for first, last in self._near(text, start, end):
            for match in self.pattern.finditer(text, first, min(end, last + LOOKAHEAD)):
                if match.start() >= last:
                    break
                yield match

    def _near(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches that are near to hints, each of them once."""
        first = last = start
        for place in sorted(at for hint in self.hints for at in places(hint, text, start, end)):
            if place - REACH > last:
                yield first, last
                first = place - REACH
            last = min(end, place + REACH)
        yield first, last


def places(hint: str, text: str, start: int, end: int) -> Iterator[int]:
    """Where a string stands in `text[start:end]`: nothing is found as fast as a string.

    >>> list(places("预算", "预算数与年初预算", 0, 8))
    [0, 6]
    """
    at = text.find(hint, start, end)
    while at >= 0:
        yield at
        at = text.find(hint, at + 1, end)


@record
class Irregular:
    """A kind of irregularity, and in which text it is one."""

    kind: IrregularityKind
    where: str
    sought: Sought


@cache
def words() -> dict[str, Any]:
    """The tables of form.toml as they are."""
    return toml(__package__, "form.toml")


@cache
def irregular() -> tuple[Irregular, ...]:
    """The irregularities, in the order of form.toml."""
    return tuple(
        Irregular(
            cast(IrregularityKind, entry["kind"]),
            entry.get("where", "all"),
            Sought(entry["hints"], re.compile(entry["pattern"])),
        )
        for entry in words()["irregularities"]
    )


@lru_cache(maxsize=64)  # units are as many as reports
def pattern(table: str, name: str, unit: str = "") -> re.Pattern[str]:
    """A pattern of form.toml; `unit` is the name that {unit} stands for."""
    return re.compile(words()[table][name].replace("{unit}", re.escape(unit)))
