"""What a report counts: visits, vehicles, equipment, projects, people; each by its name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg.extract.narrative.overview import overview_of
from kg.extract.numbers import ordinal
from kg.facts import Count, Dimensions, Fund
from kg.outline import Outline, Stream
from kg.record import record
from kg.resources import toml
from kg.starts import searchable

#: A number of things has no decimals, but some print 0.00个.
NUMBER = (
    r"(?<![\d.])(?<!\d,)(?:\d{1,3}(?:,\d{3}){1,3}+|\d{1,7}+|[一二三四五六七八九十]{1,3}+)"
    r"(?:\.0{1,2})?"
)
DIGIT = re.compile(r"\d")
#: The year right before a name, if it is said.
YEAR = re.compile(r"(?P<year>20\d\d)年度?$")
#: What joins two names that one word denies: 无公务用车、大型设备.
JOINS = ("", "、", "和", "及", "或", "以及")


@record
class Name:
    """A name of things that are counted: the item that each unit behind a number counts.

    It goes on about the name before it, where that counts one of `goes_on_about`.
    """

    items: Mapping[str, str]
    goes_on_about: Collection[str]
    fund: Fund = "all"

    @property
    def first(self) -> tuple[str, str] | None:
        """The unit and the item of a "there is none"."""
        return next(iter(self.items.items()), None)


@record
class Scanner:
    """The names of one section, as one regular expression with a group for each."""

    place: str
    pattern: re.Pattern[str]
    names: Mapping[str, Name]
    filler: re.Pattern[str]
    ends: re.Pattern[str]


@cache
def _scanners() -> Mapping[str, Scanner]:
    data = toml(__package__, "counts.toml")
    return {section: _scanner(data, section) for section in data["places"]}


def _scanner(data: Mapping[str, Any], section: str) -> Scanner:
    words, kinds = data["words"], data["units"]
    entries = {f"n{n}": e for n, e in enumerate(data["counts"]) if section in e["in"]}
    units = sorted((unit for kind in kinds.values() for unit in kind), key=len, reverse=True)
    patterns = [
        rf"(?P<number>(?P<count>{NUMBER})(?P<unit>{'|'.join(map(re.escape, units))}))",
        r"(?P<open>\()|(?P<close>\))",
        f"(?P<aside>(?:{words['aside']})[^。]{{0,1000}})",
        f"(?P<reason>{words['reason']})",
        *(f"(?P<{group}>{e['match'].replace('{n}', NUMBER)})" for group, e in entries.items()),
        f"(?P<none>{words['none']})",
    ]
    return Scanner(
        data["places"][section],
        searchable(patterns),
        {group: _name(entry, kinds) for group, entry in entries.items()},
        re.compile(words["filler"]),
        re.compile(words["ends"]),
    )


def _name(entry: Mapping[str, Any], kinds: Mapping[str, Sequence[str]]) -> Name:
    items = {u: entry[kind] for kind, units in kinds.items() if kind in entry for u in units}
    return Name(items, entry.get("goes_on_about", ()), entry.get("fund", "all"))


def read_counts(outline: Outline, year: int) -> Iterator[Count]:
    """The counts of the sections in which things are counted, place by place."""
    for name, scanner in _scanners().items():
        whole = overview_of(outline) if name == "overview" else None
        if section := whole or outline.sections.get(name):
            within = [s.heading for p, s in outline.sections.items() if p.startswith(f"{name}-")]
            end = min([section.end, *within])
            yield from _Reading(outline.stream, scanner, year).read(section.start, end)


@dataclass
class _Reading:
    """A section read from left to right.

    `name` is what is being counted, `counted` the items that have had their number since it was
    named, `price` where the name begins if there is a figure in it, `cue` where the last word that
    matters ended; `denial` denies what is named where it reaches to (`denied`), and `denials` are
    its counts; `reason` is where a reason ends; `said` is the year that stands before the name.
    """

    stream: Stream
    scanner: Scanner
    year: int
    name: Name | None = None
    counted: set[str] = field(default_factory=set)
    price: int | None = None
    cue: int = 0
    denial: re.Match[str] | None = None
    denied: int = 0
    denials: list[Count] = field(default_factory=list)
    reason: int = 0
    said: int | None = None
    outside: list[tuple[Name | None, set[str]]] = field(default_factory=list)

    def read(self, start: int, end: int) -> Iterator[Count]:
        """The counts of `text[start:end]`: its numbers, and what there is none of besides."""
        numbered = set()
        for token in self.scanner.pattern.finditer(self.stream.text, start, end):
            for count in self._read(token, end):
                numbered.add(count.dimensions.item)
                yield count
        yield from (none for none in self.denials if none.dimensions.item not in numbered)

    def _read(self, token: re.Match[str], end: int) -> Iterator[Count]:
        match token.lastgroup:
            case "number":
                yield from self._number(token)
            case "open":
                self.outside.append((self.name, self.counted))
            case "close":
                if self.outside:
                    self.name, self.counted = self.outside.pop()
                self.cue = token.end()
            case "aside":
                self.name = None
            case "reason" if token.start() >= self.reason:
                stop = token.string.find("。", token.end(), end)
                self.reason = end if stop < 0 else stop
            case "reason":
                pass
            case "none":
                self.denial, self.denied = token, token.end()
            case group:
                self._turn_to(self.scanner.names[group or ""], token)
                self._deny(token, end)

    def _turn_to(self, name: Name, token: re.Match[str]) -> None:
        counted = self.name.items.values() if self.name else ()
        if not set(counted) & set(name.goes_on_about):
            self.name = name
        self.counted, self.cue = set(), token.end()
        self.price = token.start() if DIGIT.search(token[0]) else None
        year = YEAR.search(token.string, max(0, token.start() - len("2023年度")), token.start())
        self.said = int(year["year"]) if year else None

    def _deny(self, token: re.Match[str], end: int) -> None:
        """What is named right behind a word that denies it, there is none of."""
        if self.denial is None or token.string[self.denied : token.start()] not in JOINS:
            return
        if token.start() < self.reason or not self.scanner.ends.match(token.string, self.cue, end):
            return
        if self.name and self.name.first:
            self.denied = token.end()
            unit, item = self.name.first
            span = self.denial.start(), token.end()
            self.denials.append(self._count(item, 0, unit, self.denial.span(), span))

    def _number(self, token: re.Match[str]) -> Iterator[Count]:
        """A number is of what was named, unless words that we don't know stand between."""
        item = self.name.items.get(token["unit"]) if self.name else None
        between = self.scanner.filler.fullmatch(token.string, self.cue, token.start())
        if item and item not in self.counted and between:
            self.counted.add(item)
            start = token.start() if self.price is None else self.price
            number, unit = _integer(token["count"]), self.stream.printed(*token.span("unit"))
            yield self._count(item, number, unit, token.span("count"), (start, token.end()))
            self.cue, self.price = token.end(), None

    def _count(
        self, item: str, number: int, unit: str, printed: tuple[int, int], span: tuple[int, int]
    ) -> Count:
        fund = self.name.fund if self.name else "all"
        year = self.said or self.year
        dimensions = Dimensions(year, self.scanner.place, fund=fund, item=item)
        reported = self.stream.printed(*printed)
        return Count(dimensions, number, unit, reported, self.stream.passage(*span))


def _integer(text: str) -> int:
    digits = text.replace(",", "").partition(".")[0]
    return int(digits) if digits.isdecimal() else ordinal(digits)
