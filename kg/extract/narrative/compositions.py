"""What a figure is said to be made up of: 人员经费 …, 主要包括: 基本工资、津贴补贴、…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from kg.codes import load_code_lists
from kg.facts import Composition, Dimensions
from kg.outline import Outline, Section, Stream
from kg.record import record
from kg.resources import toml
from kg.vocabulary import normal_name

#: A part in a list, with what it has in brackets.
PART = re.compile(r"(?:[^、,()]|\([^()]{0,40}\)){1,60}")


@record
class Whole:
    """A figure whose parts are listed, and their codes by name."""

    place: str
    opens: re.Pattern[str]
    dimensions: Mapping[str, Any]
    codes: Mapping[str, str]


@cache
def _around() -> re.Pattern[str]:
    return re.compile(toml(__package__, "compositions.toml")["around"])


@cache
def _wholes() -> Sequence[Whole]:
    data = toml(__package__, "compositions.toml")
    return [
        Whole(
            entry["in"],
            # a list with figures in it tells more than what there is: those are facts of their own
            re.compile(
                f"{entry['match']}{data['between']}{data['opens']}(?P<list>[^。;\\d]{{2,900}})"
            ),
            entry["dimensions"],
            _codes(entry["classes"], data["names"]),
        )
        for entry in data["compositions"]
    ]


def _codes(classes: Sequence[str], names: Mapping[str, str]) -> Mapping[str, str]:
    """The codes of some classes by name; one that two codes have is none's."""
    economic = load_code_lists().economic
    found: dict[str, set[str]] = {}
    for code in economic.codes():
        if code[:3] in classes:
            for name in economic.names(code):
                found.setdefault(_plain(name), set()).add(code)
    for name, code in names.items():
        if code[:3] in classes:
            found.setdefault(_plain(name), {code})
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def _plain(name: str) -> str:
    """A part's name without the words around it, so that 物业管理 is 物业管理费."""
    plain = normal_name(name)
    for _ in range(2):
        plain = _around().sub("", plain) or plain
    return plain


def read_compositions(outline: Outline, year: int) -> Iterator[Composition]:
    """The lists of parts that sections give."""
    for whole in _wholes():
        if section := outline.sections.get(whole.place):
            yield from _compositions(outline.stream, section, whole, year)


def _compositions(
    stream: Stream, section: Section, whole: Whole, year: int
) -> Iterator[Composition]:
    for match in whole.opens.finditer(stream.text, section.start, section.end):
        start, end = match.span("list")
        if stream.text[end : end + 1].isdecimal():
            continue
        codes = [whole.codes.get(_plain(part[0])) for part in PART.finditer(match["list"])]
        if economic := tuple(dict.fromkeys(code for code in codes if code)):
            dimensions = Dimensions(year, whole.place, **whole.dimensions)
            text, passage = stream.printed(start, end), stream.passage(start, end)
            yield Composition(dimensions, text, economic, passage)
