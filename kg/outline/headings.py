"""headings.toml, compiled: how the titles of parts, sections and tables are worded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from kg.record import record
from kg.resources import toml
from kg.starts import guarded


@record
class Titles:
    """Titles as one pattern with a group for each; a group's name leads to the place it titles."""

    pattern: re.Pattern[str]
    places: Mapping[str, str]

    @classmethod
    def of(cls, entries: Iterable[Mapping[str, str]], lead: str = "", tail: str = "") -> Titles:
        """The titles of some entries of headings.toml, with what stands before and may follow."""
        groups = {f"t{n}": entry for n, entry in enumerate(entries)}
        titles = guarded([f"(?P<{group}>{entry['title']})" for group, entry in groups.items()])
        places = {group: entry["place"] for group, entry in groups.items()}
        return cls(re.compile(f"{lead}(?:{titles}){tail}"), places)

    def place(self, match: re.Match[str]) -> str:
        """The place that a match of the pattern titles."""
        return next(place for group, place in self.places.items() if match[group] is not None)


@record
class Topic:
    """What a title may be about, and the place that it heads then; `bare` without further words."""

    place: str
    match: re.Pattern[str]
    bare: bool = False


@record
class Worded:
    """Titles in no words but those of titles, known by what they are about."""

    line: re.Pattern[str]
    closed: re.Pattern[str]
    ends: re.Pattern[str]
    longest: int
    topics: tuple[Topic, ...]

    @classmethod
    def of(cls, data: Mapping[str, Any], mark: str, lead: str) -> Worded:
        """Those of the table `worded` of headings.toml, with what stands before them."""
        line = f"(?P<mark>{mark})?{lead}(?P<title>(?:{data['words']})++(?:{data['closed']})?)"
        topics = (
            Topic(topic["place"], re.compile(topic["match"]), topic.get("bare", False))
            for topic in data["topics"]
        )
        closed, ends = re.compile(data["closed"]), re.compile(data["ends"])
        return cls(re.compile(line), closed, ends, data["longest"], tuple(topics))

    def place(self, match: re.Match[str]) -> str | None:
        """The place that a match of the line titles, if it is a title."""
        title = match["title"]
        topic = next((topic for topic in self.topics if topic.match.search(match[0])), None)
        if topic is None:
            return None
        is_bare = topic.bare and match["mark"] and not self.closed.search(title)
        is_title = is_bare or self.ends.search(title)
        return topic.place if is_title else None


@record
class Contents:
    """How contents begin, what marks their entries, and what is never in them."""

    title: re.Pattern[str]
    mark: re.Pattern[str]
    figure: re.Pattern[str]


@record
class Headings:
    """All titles; chapters are parts numbered like sections, subsections go by their section.

    Those that are `worded` are in words of their own, what is `told` has none,
    and nothing `defined` is that; `alone` are sections
    that count for others in a report that lacks those.
    """

    parts: Titles
    chapters: Titles
    sections: Titles
    worded: Worded
    alone: Mapping[str, str]
    subsections: Mapping[str, Titles]
    told: tuple[Topic, ...]
    defined: re.Pattern[str]
    tables: Titles
    leader: re.Pattern[str]
    contents: Contents


@cache
def headings() -> Headings:
    """The wording of headings, from headings.toml."""
    data = toml(__package__, "headings.toml")
    lead, tail = f"(?P<mark>{data['mark']})?{data['lead']}", data["tail"]
    within: dict[str, list[Mapping[str, str]]] = {}
    for entry in data["subsections"]:
        within.setdefault(entry["under"], []).append(entry)
    return Headings(
        Titles.of(data["parts"], f"(?P<mark>{data['part']})"),
        Titles.of(data["chapters"], data["chapter"], tail),
        Titles.of(data["sections"], lead, tail),
        Worded.of(data["worded"], data["mark"], data["lead"]),
        {entry["place"]: entry["alone"] for entry in data["sections"] if "alone" in entry},
        {under: Titles.of(entries, lead, tail) for under, entries in within.items()},
        tuple(Topic(topic["place"], re.compile(topic["match"])) for topic in data["told"]),
        re.compile(data["defined"]),
        Titles.of(data["tables"]),
        re.compile(data["leader"]),
        Contents(*(re.compile(data[f"contents{end}"]) for end in ("", "_mark", "_end"))),
    )
