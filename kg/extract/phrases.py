"""phrases.toml as one scanner for each section: text to tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from kg.extract.fragments import with_fragments
from kg.extract.functions import class_names
from kg.extract.numbers import SAID_MONEY, SAID_PERCENT
from kg.facts import Flow, Fund
from kg.outline.marks import marks, unnamed
from kg.record import record
from kg.resources import toml
from kg.starts import searchable

#: The kinds of tokens whose entries are lists of phrases of the same name (completions, ...).
LISTED = {
    "completion": "completions",
    "comparison": "comparisons",
    "subject": "subjects",
    "phase": "phases",
}


@record
class Token:
    """A stretch of text that means something: its kind, its place, what the data says of it."""

    kind: str
    start: int
    end: int
    match: re.Match[str]
    entry: Mapping[str, Any]

    @property
    def year_named(self) -> int | None:
        """The year that its words name, as they do first of all; 上年 names none."""
        year = phrases().words["year"].search(self.match[0])
        return int(year["year"]) if year and year["year"] else None


@record
class Scanner:
    """The phrases of one section, as one regular expression with a group for each phrase."""

    place: str
    defaults: Mapping[str, str]
    wholes: Mapping[str, str]
    pattern: re.Pattern[str]
    groups: Mapping[str, tuple[str, Mapping[str, Any]]]

    def about(self, fund: str) -> Scanner:
        """The same phrases, where they are about a fund."""
        return replace(self, defaults={**self.defaults, "fund": fund})

    def whole(self, flow: str) -> str | None:
        """What a share is a share of that names no whole."""
        whole = self.wholes.get(flow)
        return whole and whole.replace("{fund}", self.defaults.get("fund", ""))

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
        start, end = match.span()
        return Token(kind, start, end, match, entry)


@record
class Phrases:
    """What phrases.toml says beside the scanners.

    `funds` are the names of parts by fund, `divisible` the items that lists break down,
    `by_function` the sections with items by 科目, `with_uses` those that tell uses, `sections`
    those that have a scanner, `titled` what names a fund in a section's title.
    """

    words: Mapping[str, re.Pattern[str]]
    year_before: re.Pattern[str]
    part: re.Pattern[str]
    shares: tuple[Share, ...]
    funds: Mapping[Fund, re.Pattern[str]]
    divisible: Mapping[str, str]
    by_function: frozenset[str]
    with_uses: frozenset[str]
    sections: frozenset[str]
    titled: tuple[Titled, ...]

    def share(self, whole: str, item: str) -> str | None:
        """What a share of an item is a share of, by the name of the whole."""
        share = self.share_named(whole, item)
        return share.base if share else None

    def share_named(self, whole: str, item: str | None = None) -> Share | None:
        """What the name of a whole means, for shares of an item."""
        shares = self.shares_of(item) or self.shares_of(None)
        return next((share for share in shares if share.match.fullmatch(whole)), None)

    def shares_of(self, item: str | None) -> list[Share]:
        """The shares that an item alone has; of None, those of all others."""
        return [share for share in self.shares if share.of == item]

    def fund_of_part(self, name: str, flow: Flow) -> Fund | None:
        """The fund that a part of some flow is paid from, where its name is a fund's."""
        found = ((fund, named.fullmatch(name)) for fund, named in self.funds.items())
        return next((f for f, match in found if match and match.lastgroup in (None, flow)), None)

    def fund_of_title(self, place: str, title: str, opening: str) -> str | None:
        """The fund that a section's title says it is about, and its first words don't deny."""
        saying = (t for t in self.titled if _uses(place, t.places) and t.match.search(title))
        titled = next(saying, None)
        denied = titled and titled.unless and titled.unless.search(opening)
        return None if titled is None or denied else titled.fund


@record
class Share:
    """What a share is a share of, by its name; `of` is the item that alone has such shares.

    `dimensions` are whose the whole's own figure is, None where a sentence may mean several.
    """

    match: re.Pattern[str]
    base: str
    of: str | None
    dimensions: Mapping[str, str] | None


@record
class Titled:
    """What titles of some sections say: the fund, unless the first words have something else."""

    places: Sequence[str]
    match: re.Pattern[str]
    fund: str
    unless: re.Pattern[str] | None


@cache
def phrases() -> Phrases:
    """The phrases of phrases.toml."""
    data = _data()
    words = data["words"]
    return Phrases(
        {name: re.compile(pattern) for name, pattern in words.items()},
        re.compile(f"(?:{words['year']})的?$"),
        re.compile(words["part"] + SAID_MONEY),
        tuple(map(_share, data["shares"])),
        {fund: re.compile(pattern) for fund, pattern in data["funds"].items()},
        data["divisible"],
        frozenset(s for s in data["sections"] if _uses(s, data["by_function"]["in"])),
        frozenset(s for s in data["sections"] if _uses(s, data["uses"]["in"])),
        frozenset(data["sections"]),
        tuple(_titled(entry) for entry in data["titled"]),
    )


def _share(entry: Mapping[str, Any]) -> Share:
    of, dimensions = entry.get("of"), entry.get("dimensions")
    return Share(re.compile(entry["match"]), entry["base"], of, dimensions)


def _titled(entry: Mapping[str, Any]) -> Titled:
    unless = re.compile(entry["unless"]) if "unless" in entry else None
    return Titled(entry["in"], re.compile(entry["match"]), entry["fund"], unless)


@cache
def _data() -> Mapping[str, Any]:
    data = toml(__package__, "phrases.toml")
    replaced: Mapping[str, Any] = with_fragments(
        data, {**data["fragments"], "mark": unnamed(marks())}
    )
    return replaced


def _uses(place: str, places: Sequence[str]) -> bool:
    """Whether what some places use is used at a place: it is one of them, or like one."""
    return place in places or _data()["like"].get(place) in places


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
    if _uses(place, data["by_class"]["in"]):
        entries.append(("function", _class_names(data["by_class"]), {}))
    for kind in ("completion", "comparison"):
        entries += _listed(data, kind, place)
    entries.append(("share", words["share"], {}))
    for kind in ("subject", "phase"):
        entries += _listed(data, kind, place)
    moves = ("level", "rise", "fall", "difference")
    entries += [(kind, words[kind], {}) for kind in (*moves, "aside")]
    groups = {f"g{n}": (kind, entry) for n, (kind, _, entry) in enumerate(entries)}
    # an empty group behind each phrase is the last to close, so that `lastgroup` names it; around
    # the phrase it would hide the first letter, which tells at once that a phrase isn't here
    pattern = searchable([f"(?:{match})(?P<g{n}>)" for n, (_, match, _) in enumerate(entries)])
    said_of = data["places"].get(place, place)
    return Scanner(said_of, data["sections"][place], data["wholes"].get(place, {}), pattern, groups)


def _class_names(by_class: Mapping[str, Any]) -> str:
    """The bare names of classes (教育支出), which a figure follows; any word for "and" will do."""
    kept = (n for n in class_names() if n.endswith("支出") and n not in by_class["except"])
    names = "|".join(re.sub("[和与及]", "[和与及]", name) for name in kept)
    return f"{by_class['behind']}(?P<class>{names}){by_class['before']}"


def _listed(
    data: Mapping[str, Any], kind: str, place: str
) -> list[tuple[str, str, Mapping[str, Any]]]:
    """The phrases of a kind that a section uses."""
    return [
        (kind, entry["match"], entry)
        for entry in data[LISTED[kind]]
        if "in" not in entry or _uses(place, entry["in"])
    ]
