"""The glossary (名词解释): terms and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from kg.extract.functions import function_of_path
from kg.extract.narrative.items import Item, cut_sentences, items, paragraphs
from kg.facts import Definition, Function
from kg.outline import Outline, Stream
from kg.resources import toml
from kg.vocabulary import normal_name

#: A term: all of a 类/款/项 path, but no sentence.
TERM = r"(?P<term>[^:。;]{1,120}?)"


@cache
def _words() -> Mapping[str, re.Pattern[str]]:
    words = toml(__package__, "glossary.toml")
    words["entry"] = f"{TERM}(?:{words.pop('between')})"
    return {name: re.compile(pattern) for name, pattern in words.items()}


def read_glossary(outline: Outline, year: int) -> Iterator[Definition]:
    """The glossary's entries, numbered or a paragraph each; functions by the list of `year`."""
    part = outline.parts.get("glossary") or outline.sections.get("glossary")
    if part is None:
        return
    stream = outline.stream
    end = cut_sentences(stream, part.start, part.end)
    if numbered := items(stream, part.start, end):
        for item in numbered:
            yield from _entries(stream, item, year)
        return
    for start, stop in paragraphs(stream, part.start, end):
        if entry := _definition(stream, start, stop, year):
            yield entry


def _entries(stream: Stream, item: Item, year: int) -> Iterator[Definition]:
    """An item's entry; those within it, where it only leads to them or each explains a term."""
    own = _definition(stream, item.body, item.own_end, year)
    inner = [entry for child in item.within for entry in _entries(stream, child, year)]
    if own and len(inner) < len(item.within):
        whole = _definition(stream, item.body, item.end, year)
        yield from [whole] if whole else []
        return
    if own:
        yield own
    yield from inner


def _definition(stream: Stream, start: int, end: int, year: int) -> Definition | None:
    span = _bounds(stream, start, end)
    if span is None:
        return None
    term, text = stream.printed(start, span[0]), stream.printed(span[1], end)
    if len(text) < 2 or _words()["nothing"].fullmatch(stream.text, span[1], end):
        return None
    return Definition(term, text, stream.passage(start, end), _function(term, year))


def _function(term: str, year: int) -> Function | None:
    match = _words()["function"].fullmatch(normal_name(term))
    return function_of_path(match.group("class", "division", "item"), year) if match else None


def _bounds(stream: Stream, start: int, end: int) -> tuple[int, int] | None:
    """Where the term ends and where its meaning begins."""
    words = _words()
    match = words["entry"].match(stream.text, start, end)
    lines = stream.line_starts_between(start + 1, end)
    is_line = lines and words["begins"].match(stream.text, lines[0], end)
    if is_line and not (match and match.end("term") <= lines[0]):
        return lines[0], lines[0]
    return (match.end("term"), match.end()) if match else None
