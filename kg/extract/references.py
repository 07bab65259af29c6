"""科目 as sentences refer to them: by marks (类, 款, 项), by digits, or by a bare name."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from kg.codes import load_code_lists
from kg.extract.functions import (
    DIGITS,
    SEPARATORS,
    function_of_code,
    function_of_name,
    function_of_path,
    is_function_name,
    known_end,
    split_name,
)
from kg.facts import Function
from kg.outline import Stream
from kg.record import record

LEVELS = "类款项"
LEVEL_SIGNS = re.compile("[-—/>]+")
CODE = r"2\d\d(?:\d\d){0,2}"
#: The mark behind a name: (类), (208类), (项级), (2080505).
MARK = re.compile(rf"\((?:(?P<digits>\d{{0,7}})(?P<level>[类款项])级?|(?P<code>{CODE}))\)(?:支出)?")
#: Digits with the levels between them: 208类05款02项, 208(类)05(款).
CODED = re.compile(
    r"(?<!\d)(?P<class>2\d\d)\(?类\)?[,、]?(?P<division>\d\d)\(?款\)?(?:[,、]?(?P<item>\d\d)\(?项\)?)?"
    r"(?P<name>[一-鿿][^。;:,\d]{1,40}?(?=年初|全年|支出决算|决算|预算|[。;:,\d]))?"
)
#: A name that goes on after another one's mark, with or without its digits.
BETWEEN = re.compile(
    r"[,、\-—/>·“”\"]*(?!主要)(?P<digits>\d{2,7})?(?P<name>[^。;:,\d]{2,60}?)[”\"]?"
)
#: The name before the first mark.
CLASS = re.compile(r"(?P<digits>(?<![\d.,])\d{3})?(?P<name>[一-鿿]{2,20})[”\"]?$")
BEFORE = re.compile(r"(?P<digits>(?<![\d.,])\d{3,7})?(?P<name>[一-鿿][^。;:,\d“”\"]{1,40})[”\"]?$")
LEAD = re.compile(r"^(?:其中|以及|主要|用于|和|及|与|的)+")
#: The code behind the last mark; what has a unit behind it is an amount.
AFTER = re.compile(rf"(?:支出)?[“”\"]?\(?(?P<code>{CODE})\)?(?![\d.,]*(?:[亿万]?元|[亿万%\d]))")
#: What an item may begin with in place of marks: its code and name, or its name alone.
HEAD = re.compile(
    rf"[“\"]?(?P<code>{CODE}(?=[-、]?[一-鿿]))?[-、]?(?P<name>[一-鿿][^。;:,\d%]{{1,40}}?)[”\"]?"
    r"(?=[。;:,\d]|年初预算|(?:支出)?决算|预算|全年|主要用于|共计?\d|为\d|(?P<within>中)[一-鿿])"
)


@record
class Reference:
    """A 科目 referred to in `text[start:end]`: the names of its levels, its digits if printed.

    `match` is what it was known by; `within` tells that what follows are its parts:
    教育支出中小学教育….
    """

    start: int
    end: int
    match: re.Match[str]
    names: tuple[str | None, ...]
    code: str | None = None
    within: bool = False


@record
class Classifier:
    """What turns references to functions: the year's names, the codes that the report attests.

    `stream` is the text that the references are of.
    """

    year: int
    fund: str | None
    attested: Collection[str]
    stream: Stream

    def of_reference(self, reference: Reference, above: Sequence[str | None]) -> Function:
        """The function referred to; `above` is the class that the text spoke of before."""
        function = self._meant(reference, above)
        if function.text is None:
            return function
        return dataclasses.replace(function, at=self.stream.passage(reference.start, reference.end))

    def _meant(self, reference: Reference, above: Sequence[str | None]) -> Function:
        name = next(name for name in reversed(reference.names) if name is not None)
        if reference.code:
            return function_of_code(reference.code, name, self.year)
        function = function_of_path(reference.names, self.year, self.fund, self.attested)
        if function.code or reference.names[0] or not above:
            return function
        path = (*above[:1], *reference.names[1:])
        inherited = function_of_path(path, self.year, self.fund, self.attested)
        return inherited if inherited.code else function

    def of_name(self, name: str) -> Function:
        """The function of a class's bare name."""
        return function_of_path((name,), self.year, self.fund, self.attested)

    def of_part(self, name: str, above: Sequence[str | None]) -> Function | None:
        """The function of a name, where there is one under those `above`."""
        return function_of_name(name, above, self.year, self.fund, self.attested)

    def heading(self, text: str, start: int, end: int) -> Reference | None:
        """The 科目 without marks that `text[start:end]` begins with, where it is one we know."""
        match = HEAD.match(text, start, end)
        if match is None:
            return None
        name, code = match["name"].removesuffix("支出决算"), match["code"]
        within = match["within"] is not None
        stop = match.end() + within
        if code and code in load_code_lists().functional:
            return Reference(start, stop, match, _at_level(name, len(code)), code, within)
        if code:
            return None
        if not is_function_name(name):
            return _path(name, start, stop, match)
        function = self.of_part(name, ())
        digits = len(function.code) if function and function.code else DIGITS[-1]
        if within and digits > DIGITS[0]:
            return None
        return Reference(start, stop, match, _at_level(name, digits), None, within)


def _path(name: str, start: int, stop: int, match: re.Match[str]) -> Reference | None:
    """A path whose levels have signs between them: 教育支出-普通教育-小学教育."""
    names = tuple(filter(None, LEVEL_SIGNS.split(name)))
    is_path = 1 < len(names) <= len(DIGITS) and all(map(is_function_name, names))
    return Reference(start, stop, match, names) if is_path else None


def _at_level(name: str, digits: int) -> tuple[str | None, ...]:
    return (*[None] * DIGITS.index(digits), name)


def references(text: str, start: int, end: int, year: int) -> Iterator[Reference]:
    """The marked 科目 of a stretch of text, from left to right."""
    position = start
    while mark := MARK.search(text, position, end):
        if coded := CODED.search(text, position, min(mark.end() + 20, end)):
            yield _coded(coded)
            position = coded.end()
            continue
        marks = [mark, *_following(text, mark, end)]
        if reference := _marked(text, position, end, marks, year):
            yield reference
        position = reference.end if reference else marks[-1].end()
    for coded in CODED.finditer(text, position, end):
        yield _coded(coded)


def _coded(match: re.Match[str]) -> Reference:
    code = match["class"] + match["division"] + (match["item"] or "")
    name = match["name"] or code
    return Reference(match.start(), match.end(), match, _at_level(name, len(code)), code)


def _level(mark: re.Match[str]) -> int:
    return DIGITS.index(len(mark["code"])) if mark["code"] else LEVELS.index(mark["level"])


def _following(text: str, mark: re.Match[str], end: int) -> Iterator[re.Match[str]]:
    """The marks of the levels below, each behind a name."""
    while following := MARK.search(text, mark.end(), min(mark.end() + 80, end)):
        between = BETWEEN.fullmatch(text, mark.end(), following.start())
        if between is None or _level(following) <= _level(mark):
            return
        yield following
        mark = following


def _marked(
    text: str, start: int, end: int, marks: Sequence[re.Match[str]], year: int
) -> Reference | None:
    """The reference that some marks make, with the names before each."""
    first = (CLASS if _level(marks[0]) == 0 else BEFORE).search(
        text, max(start, marks[0].start() - 44), marks[0].start()
    )
    if first is None:
        return None
    lead = LEAD.match(first["name"])
    name = first["name"][lead.end() :] if lead else first["name"]
    if _level(marks[0]) == 0:
        name = known_end(first["name"], year)
    names: list[str | None] = [*[None] * _level(marks[0]), name]
    digits = {_level(marks[0]): first["digits"]}
    for before, mark in pairwise(marks):
        between = BETWEEN.fullmatch(text, before.end(), mark.start())
        assert between is not None  # or they weren't of one path
        digits[_level(mark)] = between["digits"]
        rest = between["name"].removeprefix("其中").strip(SEPARATORS)
        if _level(mark) == len(names):
            names.append(rest)
        else:  # the mark between them is missing
            names += split_name(str(names[0]), rest, year)
    digits |= {_level(m): m["code"] or m["digits"] for m in marks if m["code"] or m["digits"]}
    after = AFTER.match(text, marks[-1].end(), end)
    code = after["code"] if after else _assembled(digits, _level(marks[-1]))
    begin = first.start() if first["digits"] else first.end("name") - len(name)
    stop = after.end() if after else marks[-1].end()
    return Reference(begin, stop, first, tuple(names), code)


def _assembled(digits: dict[int, str | None], last: int) -> str | None:
    """The code that the digits of the levels make, where none is missing."""
    code = ""
    for level in range(last + 1):
        part = digits.get(level) or ""
        whole = len(part) == DIGITS[level] and part.startswith(code)
        code = part if whole else code + part
    return code if len(code) == DIGITS[last] and code in load_code_lists().functional else None
