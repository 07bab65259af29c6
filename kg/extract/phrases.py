"""phrases.toml as one scanner for each section: text to tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.extract.numbers import SAID_MONEY, SAID_PERCENT
from kg.extract.starts import searchable
from kg.resources import toml

#: The kinds of tokens whose entries are lists of phrases of the same name (completions, ...).
LISTED = {
    "completion": "completions",
    "comparison": "comparisons",
    "subject": "subjects",
    "phase": "phases",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of text that means something: its kind, its place, what the data says of it."""

    kind: str
    start: int
    end: int
    match: re.Match[str]
    entry: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scanner:
    """The phrases of one section, as one regular expression with a group for each phrase."""

    place: str
    defaults: Mapping[str, str]
    wholes: Mapping[str, str]
    pattern: re.Pattern[str]
    groups: Mapping[str, tuple[str, Mapping[str, Any]]]

    def next(self, text: str, start: int, end: int) -> Token | None:
        """The first token of `text[start:end]`."""
        match = self.pattern.search(text, start, end)
        return self._token(match) if match else None

    def at(self, text: str, start: int, end: int) -> Token | None:
        """The token that `text[start:end]` begins with."""
        match = self.pattern.match(text, start, end)
        return self._token(match) if match else None

    def _token(self, match: re.Match[str]) -> Token:
        kind, entry = self.groups[match.lastgroup or ""]
        return Token(kind, match.start(), match.end(), match, entry)


@dataclass(frozen=True, slots=True)
class Phrases:
    """What phrases.toml says beside the scanners.

    `divisible` are the items that lists break down, `by_function` the sections with items by 科目,
    `sections` those that have a scanner, `titles` what names a fund in a section's title.
    """

    words: Mapping[str, re.Pattern[str]]
    year_before: re.Pattern[str]
    part: re.Pattern[str]
    shares: tuple[tuple[re.Pattern[str], str], ...]
    divisible: Mapping[str, str]
    by_function: frozenset[str]
    sections: frozenset[str]
    titles: Mapping[str, re.Pattern[str]]

    def fund_of_title(self, title: str) -> str | None:
        """The fund whose money a section is about, where its title names one."""
        return next((fund for fund, named in self.titles.items() if named.search(title)), None)


@cache
def phrases() -> Phrases:
    """The phrases of phrases.toml."""
    data = _data()
    words = data["words"]
    return Phrases(
        {name: re.compile(pattern) for name, pattern in words.items()},
        re.compile(f"(?:{words['year']})$"),
        re.compile(words["part"] + SAID_MONEY),
        tuple((re.compile(e["match"]), e["base"]) for e in data["shares"]),
        data["divisible"],
        frozenset(data["by_function"]["sections"]),
        frozenset(data["sections"]),
        {fund: re.compile(pattern) for fund, pattern in data["titles"].items()},
    )


@cache
def _data() -> Mapping[str, Any]:
    return toml(__package__, "phrases.toml")


@cache
def scanner_of(place: str) -> Scanner:
    """The scanner of a section."""
    data = _data()
    words = data["words"]
    entries: list[tuple[str, str, Mapping[str, Any]]] = [
        ("money", SAID_MONEY, {}),
        ("percent", SAID_PERCENT, {}),
        *((kind, words[kind], {}) for kind in ("end", "opener", "reason")),
    ]
    for kind in ("completion", "comparison"):
        entries += _listed(data, kind, place)
    entries.append(("share", words["share"], {}))
    for kind in ("subject", "phase"):
        entries += _listed(data, kind, place)
    entries += [(kind, words[kind], {}) for kind in ("level", "rise", "fall", "aside")]
    groups = {f"g{n}": (kind, entry) for n, (kind, _, entry) in enumerate(entries)}
    # an empty group behind each phrase is the last to close, so that `lastgroup` names it; around
    # the phrase it would hide the first letter, which tells at once that a phrase isn't here
    pattern = searchable([f"(?:{match})(?P<g{n}>)" for n, (_, match, _) in enumerate(entries)])
    wholes = data["wholes"].get(place, {})
    said_of = data["places"].get(place, place)
    return Scanner(said_of, data["sections"][place], wholes, pattern, groups)


def _listed(
    data: Mapping[str, Any], kind: str, place: str
) -> list[tuple[str, str, Mapping[str, Any]]]:
    """The phrases of a kind that a section uses."""
    return [(kind, e["match"], e) for e in data[LISTED[kind]] if place in e.get("in", [place])]
