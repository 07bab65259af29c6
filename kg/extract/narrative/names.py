"""Lists of names, of offices or of units: in a sentence, or line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Literal

from kg.extract.narrative.items import items
from kg.outline import Stream
from kg.record import record
from kg.resources import toml

Kind = Literal["offices", "subordinates"]
Span = tuple[int, int]

#: A name in a list, with what it has in brackets; what may stand before it, and behind the last.
PART = re.compile(r"(?:[^、,;。:()]|\([^()]{0,40}\)){1,60}")
BEFORE = re.compile(r"(?:以及|及|和|与|其中|包括|分别[为是]|\d{1,2}(?=[一-鿿]))+")
AFTER = re.compile(
    r"等?(?:\d{1,3}|[一二三四五六七八九十]{1,3})个[一-鿿]{0,10}$|等(?:[一-鿿]{0,6})$|决算$"
)
AND = re.compile(r"以及|[和及与]")
#: A name in a list by lines ends where it is explained.
HEAD = re.compile(r"(?:[^。:,;、(]|\([^()]{0,40}\)){1,60}")
#: A list within a sentence, though a line begins with it: its lines may break within a name.
LISTED = re.compile(r"(?![(\d一二三四五六七八九十]{1,3}[、.)])[^。:;,、()]{2,40}、")


@record
class Form:
    """How names of a kind are made; a `bare` one names nobody without the unit's own name."""

    name: re.Pattern[str]
    bare: re.Pattern[str]
    never: re.Pattern[str]

    def holds(self, text: str) -> bool:
        """Whether a text is such a name."""
        return self.length(text) > 0

    def length(self, text: str) -> int:
        """How long the name is that a text consists of; 0 where it is none."""
        match = self.name.fullmatch(text)
        return match.end("name") if match and not self.never.search(text) else 0


@cache
def forms() -> Mapping[Kind, Form]:
    """The forms of names, from overview.toml."""
    data = toml(__package__, "overview.toml")
    bare, never = re.compile(data["names"]["bare"]), re.compile(data["names"]["never"])

    def form(words: Mapping[str, str]) -> Form:
        letter = r"(?:[一-鿿A-Za-z0-9“”《》·—-]|\([^()]{1,20}\))"
        whole = (
            rf"(?P<name>{letter}{{0,{words['longest']}}}(?:{words['ends']}))(?:{words['behind']})?"
        )
        return Form(re.compile(whole), bare, never)

    return {"offices": form(data["offices"]), "subordinates": form(data["subordinates"])}


def is_unit(text: str) -> bool:
    """Whether a cell names a unit."""
    form = forms()["subordinates"]
    return form.holds(text) and not form.bare.fullmatch(text)


def names_in(stream: Stream, kind: Kind, start: int, end: int) -> list[Span]:
    """The names of a list that begins at `start`: in the rest of its sentence, or line by line."""
    if not stream.breaks_at(start) or LISTED.match(stream.text, start, end):
        return _named(stream, kind, _parts(stream, start, end))
    return _named(stream, kind, _heads(stream, start, end))


def _named(stream: Stream, kind: Kind, spans: Iterator[Span]) -> list[Span]:
    """The spans that are names, up to the first that isn't one."""
    form, named = forms()[kind], list[Span]()
    for start, end in spans:
        text = stream.text[start:end]
        if form.bare.fullmatch(text):
            continue
        if not (length := form.length(text)):
            break
        named += _split(stream, form, start, start + length)
    return named


def _split(stream: Stream, form: Form, start: int, end: int) -> list[Span]:
    """Two names with an "and" between them, or the one name that has an "and" in it."""
    for match in AND.finditer(stream.text, start + 2, end - 2):
        halves = [(start, match.start()), (match.end(), end)]
        if all(form.holds(stream.text[slice(*half)]) for half in halves):
            return halves
    return [(start, end)]


def _parts(stream: Stream, start: int, end: int) -> Iterator[Span]:
    """The parts of a sentence's list, without the words around them."""
    full_stop = stream.text.find("。", start, end)
    semicolon = stream.text.find(";", start, end)
    stops = [stop for stop in (full_stop, semicolon, end) if stop >= 0]
    for part in PART.finditer(stream.text, start, min(stops)):
        yield _trimmed(stream.text, *part.span())


def _heads(stream: Stream, start: int, end: int) -> Iterator[Span]:
    """The heads of a list's items, or its lines."""
    numbered = items(stream, start, end)
    if numbered and numbered[0].start == start:
        bounds = [(item.body, item.own_end) for item in numbered]
    else:
        bounds = list(pairwise([*stream.line_starts_between(start, end), end]))
    for body, stop in bounds:
        if head := HEAD.match(stream.text, body, stop):
            yield _trimmed(stream.text, *head.span())


def _trimmed(text: str, start: int, end: int) -> Span:
    before = BEFORE.match(text, start, end)
    start = before.end() if before else start
    after = AFTER.search(text, start, end)
    return start, after.start() if after else end
