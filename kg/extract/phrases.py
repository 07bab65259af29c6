"""phrases.toml as one scanner for each section: text to tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.codes import load_code_lists
from kg.extract.numbers import MONEY, PERCENT
from kg.resources import toml
from kg.vocabulary import normal_name

#: A 科目 with its level marks: 名(类)名(款)名(项), or the first of them only.
FUNCTION = (
    r"(?P<class>[一-鿿]{2,20})\(类\)(?:支出)?(?:"
    r"(?P<rest>(?:[,、](?!主要))?[^。;:,\d]{2,60}?(?:\(款\)[,、]?[^。;:,\d]{2,60}?)?)\(项级?\)"
    r"|(?P<division>(?:[,、](?!主要))?[^。;:,\d]{2,40}?)\(款\)(?:支出)?)?"
)


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
    whole: str | None
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
    """What phrases.toml says beside the scanners."""

    filler: re.Pattern[str]
    alone: re.Pattern[str]
    joins: re.Pattern[str]
    end: re.Pattern[str]
    year: re.Pattern[str]
    year_before: re.Pattern[str]
    shares: tuple[tuple[re.Pattern[str], str], ...]
    scanners: Mapping[str, Scanner]


@cache
def phrases() -> Phrases:
    """The phrases of phrases.toml."""
    data = toml(__package__, "phrases.toml")
    words = data["words"]
    return Phrases(
        re.compile(words["filler"]),
        re.compile(words["alone"]),
        re.compile(words["joins"]),
        re.compile(words["end"]),
        re.compile(words["year"]),
        re.compile(f"(?:{words['year']})$"),
        tuple((re.compile(e["match"]), e["base"]) for e in data["shares"]),
        {place: _scanner(data, place) for place in data["sections"]},
    )


def _scanner(data: Mapping[str, Any], place: str) -> Scanner:
    words = data["words"]
    entries: list[tuple[str, str, Mapping[str, Any]]] = [
        ("money", MONEY, {}),
        ("percent", PERCENT, {}),
        ("end", words["end"], {}),
        ("reason", words["reason"], {}),
    ]
    entries += [("completion", e["match"], e) for e in data["completions"]]
    entries += [("comparison", e["match"], e) for e in data["comparisons"]]
    entries += [("share", words["share"], {}), ("function", FUNCTION, {})]
    subjects = [s for s in data["subjects"] if place in s.get("in", [place])]
    entries += [("subject", s["match"], s) for s in subjects]
    if any(s.get("lists_classes") for s in subjects):
        entries.append(("class", _class_names(), {}))
    entries += [("phase", e["match"], e) for e in data["phases"]]
    entries += [(kind, words[f"{kind}s"], {}) for kind in ("level", "rise", "fall")]
    entries.append(("aside", words["aside"], {}))
    groups = {f"g{n}": (kind, entry) for n, (kind, _, entry) in enumerate(entries)}
    # the outermost group must close last for `lastgroup` to name it, so it wraps the phrase
    pattern = "|".join(f"(?P<g{n}>{match})" for n, (_, match, _) in enumerate(entries))
    whole = data["wholes"].get(place)
    return Scanner(place, data["sections"][place], whole, re.compile(pattern), groups)


def _class_names() -> str:
    """The names of all classes (类), the longest first."""
    functional = load_code_lists().functional
    names = {normal_name(n) for c in functional.codes() if len(c) == 3 for n in functional.names(c)}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return f"(?:{'|'.join(map(re.escape, longest_first))})中?"
