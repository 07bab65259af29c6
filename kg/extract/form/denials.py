"""What a report says that there was nothing of: 本单位无政府性基金预算财政拨款收支."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import cast

from kg.extract.form.words import Sought, pattern, words
from kg.facts import ALL, Denial, Flow, Fund, Heading, Passage
from kg.outline import Outline
from kg.record import record

#: The denials that a note below an empty table stands for.
TABLES = {"T07": "government-fund", "T08": "state-capital", "T-state-capital": "state-capital"}


@record
class _Denied:
    fund: Fund
    item: str
    sought: Sought


@cache
def _denied() -> tuple[_Denied, ...]:
    before, after = words()["denied"]["before"], words()["denied"]["after"]
    return tuple(
        _Denied(
            cast(Fund, entry.get("fund", ALL)),
            entry.get("item", ALL),
            Sought([entry["hint"]], re.compile(before + entry["words"] + after)),
        )
        for entry in words()["denials"]
    )


def read_denials(outline: Outline, headings: Iterable[Heading]) -> Iterator[Denial]:
    """The denials in the tables and in the explanation, each at the place that it stands in."""
    places = sorted((h.passage.start, h.place) for h in headings if h.kind != "entry")
    normal = outline.document.normal
    text = normal.text
    for denied in _denied():
        for match in denied.sought.find(text, 0, len(text)):
            passage = outline.document.passage(*normal.span(*match.span()))
            if place := _place(places, passage):
                flow = cast(Flow, match.lastgroup or "both")
                yield Denial(match[0], place, passage, flow, denied.fund, denied.item)
    empty = Sought(words()["denied"]["empty-hints"], pattern("denied", "empty"))
    for match in empty.find(text, 0, len(text)):
        passage = outline.document.passage(*normal.span(*match.span()))
        place = _place(places, passage) or ""
        if place in TABLES:
            yield Denial(match[0], place, passage, fund=cast(Fund, TABLES[place]))
        elif place == "T09":
            yield Denial(match[0], place, passage, item="three-public")
    yield from _without_budget(outline)


def _without_budget(outline: Outline) -> Iterator[Denial]:
    """The functions that the explanation says had no initial budget, a denial each."""
    section = outline.sections.get("S05-3")
    if section is None:
        return
    stream, told = outline.stream, words()["budget-denied"]
    sought = Sought([told["hint"]], pattern("budget-denied", "pattern"))
    for match in sought.find(stream.text, section.start, section.end):
        passage = stream.passage(*match.span())
        yield Denial(match[0], "S05-3", passage, "expenditure", phase="initial-budget")


def _place(places: Sequence[tuple[int, str]], passage: Passage) -> str | None:
    """The table or section whose heading stands last before a passage."""
    before = bisect_right(places, (passage.start, "~"))
    place = places[before - 1][1] if before else ""
    return place if place[:1] in ("T", "S") else None
