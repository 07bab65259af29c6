"""layouts.toml, compiled: what the labels of each table's rows and columns mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg.extract.fragments import with_fragments
from kg.outline.marks import marks, unnamed
from kg.record import record
from kg.resources import toml

#: Dimensions by name; `fiscal_year` is a year, or how many years before (-1).
Given = Mapping[str, Any]

#: Entries of a label that are no dimensions.
_OWN = (
    "label",
    "under",
    "spans",
    "unit",
    "number",
    "of_number",
    "year",
    "part",
    "within",
    "measure",
    "base",
)
#: The labels of columns that any table may have.
COMMON = ("comparisons",)


@record
class Label:
    """What a printed label says: dimensions, and for a number of things the unit it counts in.

    `number` is the item of that number where it may be an amount as well, `of_number` says that
    it isn't. The label counts only below the item `under`; a column that `spans` heads others; a
    `part` has no concept of its own, so its name is kept. It is a part of what is `within`: an
    item, or the flow of what has none. A `measure` tells how an amount compares with its `base`.
    """

    pattern: re.Pattern[str]
    given: Given
    unit: str | None = None
    number: str | None = None
    of_number: bool = False
    under: str | None = None
    spans: bool = False
    part: bool = False
    within: str | None = None
    measure: str | None = None
    base: str | None = None


@dataclass(frozen=True)
class Labels:
    """Lists of labels as one: the first that fits a text, and what it may stand under, wins."""

    labels: tuple[Label, ...]
    _found: dict[str, tuple[Label, ...]] = field(default_factory=dict, repr=False, compare=False)

    def find(self, text: str, above: Collection[str]) -> Label | None:
        """The label of a text; `above` are the items that it stands under."""
        fitting = self._found.get(text)
        if fitting is None:
            fitting = tuple(label for label in self.labels if label.pattern.fullmatch(text))
            if len(self._found) < 1 << 12:  # texts are a document's, and may be any
                self._found[text] = fitting
        return next((la for la in fitting if la.under is None or la.under in above), None)


@dataclass(frozen=True)
class Side:
    """One side of a table (or all of it): what it is about, and how its labels are read."""

    dimensions: Given
    columns: Labels
    rows: Labels
    names: str | None
    economic_columns: bool
    parts: bool
    unnamed: bool


@dataclass(frozen=True)
class Layout:
    """A table's layout: the sides that a stretch of its columns may be, and what titles say."""

    place: str
    sides: tuple[Side, ...]
    titled: tuple[tuple[re.Pattern[str], Given], ...]


@dataclass(frozen=True)
class Layouts:
    """All layouts by place, the words common to all tables, natures by economic class."""

    words: Mapping[str, re.Pattern[str]]
    tables: Mapping[str, Layout]
    natures: Mapping[str, str]

    def nature_of(self, economic: str) -> str:
        """The nature of basic expenditure with a code of the economic classification."""
        return self.natures.get(economic[:3], self.natures["other"])


@cache
def layouts() -> Layouts:
    """The layouts of layouts.toml."""
    data = toml(__package__, "layouts.toml")
    words = with_fragments(data["words"], {"mark": unnamed(marks())})
    words = {name: re.compile(pattern) for name, pattern in words.items()}
    lists = {name: tuple(map(_label, entries)) for name, entries in data["labels"].items()}
    tables = {place: _layout(place, data[place], lists) for place in data if place[0] == "T"}
    return Layouts(words, tables, data["economic_natures"])


def _layout(place: str, data: Mapping[str, Any], lists: Mapping[str, tuple[Label, ...]]) -> Layout:
    def labels(names: Iterable[str]) -> Labels:
        return Labels(tuple(label for name in names for label in lists[name]))

    def side(entry: Mapping[str, Any]) -> Side:
        return Side(
            dimensions=entry["dimensions"],
            columns=labels((*entry["columns"], *COMMON)),
            rows=labels(entry.get("rows", ())),
            names=entry.get("names"),
            economic_columns=entry.get("economic_columns", False),
            parts=entry.get("parts", False),
            unnamed=entry.get("unnamed", False),
        )

    def said(entry: Mapping[str, Any]) -> tuple[re.Pattern[str], Given]:
        given = {name: value for name, value in entry.items() if name != "title"}
        return re.compile(entry["title"]), given

    sides = tuple(map(side, data.get("sides", [data])))
    return Layout(place, sides, tuple(map(said, data.get("titled", ()))))


def _label(entry: Mapping[str, Any]) -> Label:
    given = {name: value for name, value in entry.items() if name not in _OWN}
    if "year" in entry:
        given["fiscal_year"] = entry["year"]
    return Label(
        pattern=re.compile(entry["label"]),
        given=given,
        **{name: entry[name] for name in _OWN if name in entry and name not in ("label", "year")},
    )
