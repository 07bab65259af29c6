"""What the review of the whole unit says of its targets, and of those that were missed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from kg.extract.form.words import Sought, pattern, words
from kg.facts import Denial, Target
from kg.outline import Outline, Section, Stream

SECTIONS = ("S13-management", "S13-unit")
PLACE = "S13-unit"
QUOTED = re.compile('["“](?P<name>[^"“”]+)["”]')


def read_unmet_denials(outline: Outline) -> Iterator[Denial]:
    """That no target was missed: 未完成的绩效目标：无."""
    stream, sought = outline.stream, _sought("none-unmet")
    for section in _sections(outline):
        for match in sought.find(stream.text, section.start, section.end):
            if match[0].endswith("。") or stream.breaks_at(match.end()):
                yield Denial(match[0], PLACE, stream.passage(*match.span()), item="targets-unmet")


def read_targets(outline: Outline) -> Iterator[Target]:
    """The targets of a numbered list, those in numbers, and the indicators counted in the annex."""
    stream = outline.stream
    for section in _sections(outline):
        for match in _sought("listed").find(stream.text, section.start, section.end):
            if stream.breaks_at(match.start()):
                met = True if match["met"] else False if match["missed"] else None
                passage = stream.passage(*match.span())
                yield Target(match["name"], PLACE, passage, int(match["number"]), met)
        for match in _sought("told").find(stream.text, section.start, section.end):
            yield _in_numbers(stream, match, PLACE)
        yield from _unmet(stream, section.start, section.end, PLACE)
        for match in _sought("points").find(stream.text, section.start, section.end):
            yield _in_numbers(stream, match, PLACE)
    annex = outline.parts.get("annex")
    if annex:
        yield from _unmet(stream, annex.start, annex.end, "annex")
        for match in _sought("counted").find(stream.text, annex.start, annex.end):
            yield _in_numbers(stream, match, "annex")
        # those that follow are of projects
        for match in islice(_sought("points").find(stream.text, annex.start, annex.end), 1):
            yield _in_numbers(stream, match, "annex")


def _unmet(stream: Stream, start: int, end: int, place: str) -> Iterator[Target]:
    """The indicators that a sentence names as unmet, each by its name."""
    for match in _sought("unmet").find(stream.text, start, end):
        for name in QUOTED.finditer(stream.text, *match.span("names")):
            span = name.span("name")
            yield Target(stream.printed(*span), place, stream.passage(*span), met=False)


def _in_numbers(stream: Stream, match: re.Match[str], place: str) -> Target:
    return Target(
        stream.printed(*match.span()),
        place,
        stream.passage(*match.span()),
        planned=Decimal(match["planned"]),
        done=Decimal(match["done"]),
        percent=Decimal(match["percent"]) if "percent" in match.re.groupindex else None,
    )


def _sections(outline: Outline) -> list[Section]:
    return [outline.sections[name] for name in SECTIONS if name in outline.sections]


def _sought(name: str) -> Sought:
    return Sought(words()["targets"]["hints"][name], pattern("targets", name))
