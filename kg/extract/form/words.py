"""form.toml, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from kg.facts import IrregularityKind
from kg.record import record
from kg.resources import toml

#: How far behind a match its pattern looks: no window ends within 上升了2,526,000.00元.
LOOKAHEAD = 20


@record
class Sought:
    """What is looked for near its hints: `hints` is one pattern, cheap to search for."""

    hints: re.Pattern[str]
    pattern: re.Pattern[str]

    def find(self, text: str, start: int, end: int, reach: int = 120) -> Iterator[re.Match[str]]:
        """Each match that a hint is near to, in order."""
        after = start
        for hint in self.hints.finditer(text, start, end):
            if hint.start() < after - 1:
                continue
            first, last = max(after, hint.start() - reach), hint.end() + reach
            for match in self.pattern.finditer(text, first, min(end, last + LOOKAHEAD)):
                if match.start() >= last:
                    break
                after = match.end()
                yield match
            after = max(after, hint.end())


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
            Sought(any_of(entry["hints"]), re.compile(entry["pattern"])),
        )
        for entry in words()["irregularities"]
    )


@cache
def pattern(table: str, name: str, unit: str = "") -> re.Pattern[str]:
    """A pattern of form.toml; `unit` is the name that {unit} stands for."""
    return re.compile(words()[table][name].replace("{unit}", re.escape(unit)))


def any_of(hints: list[str]) -> re.Pattern[str]:
    """One pattern that finds each of some strings."""
    return re.compile("|".join(map(re.escape, hints)))
