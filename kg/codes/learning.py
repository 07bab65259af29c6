"""Codes and names that reports print and the lists don't have, for a person to accept.

Nothing is changed: a name that many reports print may be that of an older edition (a skos:altLabel
to add), one that a single report prints is mostly a slip.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.codes.classification import Classification
from kg.codes.reading import CodeLists
from kg.document import Document
from kg.vocabulary import normal_name

#: Why a pair is listed: a code that no list has, a name that its code doesn't have, or a pair that
#: the list has but had not yet seen printed.
Status = Literal["new-code", "new-name", "unattested"]

_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
_LEVEL = re.compile(r"\d{2}")
_NAME = re.compile(r"(?![一二三四五六七八九十]+、)[一-鿿][^\d。；;：:]{1,59}")
_BOTH = re.compile(rf"(?P<code>{_CODE.pattern})[-—\s]*(?P<name>{_NAME.pattern})")
_OPENING = re.compile(rf"\s*(?P<code>{_CODE.pattern})\s+(?P<name>[一-鿿][^\s\d]{{1,59}})\s")
_LEVELS = {3: "类", 5: "款", 7: "项"}


@dataclass(frozen=True, slots=True)
class Lesson:
    """A printed pair that the lists don't confirm; `listed` is the code's name there, if any."""

    code: str
    name: str
    status: Status
    listed: str
    times: int
    where: tuple[str, ...]

    @property
    def level(self) -> str:
        """类, 款 or 项."""
        return _LEVELS[len(self.code)]

    @property
    def parent(self) -> str:
        """The code one level up; empty for a class."""
        return self.code[:-2] if len(self.code) > min(_LEVELS) else ""

    @property
    def reports(self) -> int:
        """In how many files it stands."""
        return len({place.rpartition(":")[0] for place in self.where})


def learn(documents: Iterable[tuple[str, Document]], lists: CodeLists) -> list[Lesson]:
    """What some documents (each with its name) print that the lists don't confirm, by code."""
    places: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name, document in documents:
        for code, printed, line in printed_pairs(document):
            places[code, printed].append(f"{name}:{line}")
    lessons = (_lesson(code, name, where, lists) for (code, name), where in places.items())
    return sorted(filter(None, lessons), key=lambda lesson: (lesson.code, -lesson.times))


def _lesson(code: str, name: str, where: Sequence[str], lists: CodeLists) -> Lesson | None:
    classification = _classification(code, lists)
    if classification is None:
        return None
    concept = classification.concept(code)
    if concept is None:
        status: Status = "new-code"
    elif not classification.fits(code, name):
        status = "new-name"
    elif concept.attested:
        return None
    else:
        status = "unattested"
    return Lesson(code, name, status, concept.label if concept else "", len(where), tuple(where))


def _classification(code: str, lists: CodeLists) -> Classification | None:
    """The list that a code is of, by its class; capital construction has no items."""
    if code[:3] in lists.functional:
        return lists.functional
    return lists.economic if code[:3] in lists.economic and len(code) < max(_LEVELS) else None


def printed_pairs(document: Document) -> Iterator[tuple[str, str, int]]:
    """The codes of a document's tables with the names beside them, and their 1-based lines."""
    inside: set[int] = set()
    for table in document.tables:
        inside.update(range(table.first_line, table.last_line + 1))
        for row in table.rows:
            for code, name, start in _pairs([(cell.text, cell.start) for cell in row]):
                yield code, name, document.line_at(start)
    for line in document.lines:
        if line.number not in inside:
            text = document.text[line.start : line.end]
            if match := _OPENING.match(text + " "):
                yield match["code"], normal_name(match["name"]), line.number


def _pairs(cells: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str, int]]:
    """The codes of a row, whole or level by level (201 | 03 | 01), each with the name after it."""
    code = ""
    for text, start in cells:
        if _CODE.fullmatch(text):
            code = text
        elif _LEVEL.fullmatch(text) and len(code) in (3, 5):
            code += text
        elif both := _BOTH.fullmatch(text):
            yield both["code"], normal_name(both["name"]), start
            code = ""
        elif text:
            if code and _NAME.fullmatch(text):
                yield code, normal_name(text), start
            code = ""
