"""The boxes that a form has ticked, and the money that is printed beside them (资金量)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, takewhile

from kg.document import Document
from kg.extract.numbers import in_yuan
from kg.extract.performance.forms import Form, Row, is_header
from kg.extract.performance.money import CELL_UNITS, unit_of
from kg.extract.performance.words import is_label, words
from kg.facts import Funding, Money, MoneyUnit
from kg.record import record
from kg.starts import searchable


@dataclass(slots=True)
class Boxes:
    """The options that are ticked, as printed, and those with money beside them."""

    ticked: list[str] = field(default_factory=list)
    funding: list[Funding] = field(default_factory=list)


@record
class _Option:
    """An option and whether it is ticked; `end` is where what is printed beside it begins."""

    name: str
    is_ticked: bool
    end: int


def read_boxes(document: Document, form: Form) -> Boxes:
    """The boxes in the head of a form."""
    boxes = Boxes()
    for row in takewhile(lambda row: not is_header(row), form.rows):
        line = document.lines[document.line_at(row.cells[0].start) - 1]
        options = list(_options(document.text, row, line.start, line.end))
        boxes.ticked += [o.name for o in options if o.is_ticked and o.name not in boxes.ticked]
        chosen = [option for option in options if option.is_ticked]
        if len(chosen) != 1:
            continue
        if money := _money(document, row, chosen[0].end, line.end, unit_of(form)):
            boxes.funding.append(Funding(chosen[0].name, money.passage, budget=money))
    return boxes


def _options(text: str, row: Row, start: int, end: int) -> Iterator[_Option]:
    """The options of a line: each before its box or, where nothing is, behind it."""
    marks = list(_mark().finditer(text, start, end))
    if not marks:
        return
    bounds = [start, *(mark.end() for mark in marks)]
    before = [text[a : m.start()] for a, m in zip(bounds, marks, strict=False)]
    behind = [text[m.end() : b.start()] for m, b in pairwise(marks)]
    behind.append(text[marks[-1].end() : end])
    is_behind = _name(before[0], at_end=True) in (None, row.texts[0])
    for mark, left, right in zip(marks, before, behind, strict=True):
        if name := _name(right, at_end=False) if is_behind else _name(left, at_end=True):
            yield _Option(name, mark.lastgroup == "ticked", mark.end())


@cache
def _mark() -> re.Pattern[str]:
    patterns = words().boxes
    ticked, empty = patterns["ticked"].pattern, patterns["open"].pattern
    return searchable([f"(?P<ticked>{ticked})", empty])


def _name(piece: str, *, at_end: bool) -> str | None:
    """The option that a piece of a line ends or begins with, without its number."""
    parts = piece.split("\t")
    kept = [part.strip() for part in parts if part.strip()]
    if not kept:
        return None
    option = words().boxes["option"].fullmatch(kept[-1 if at_end else 0].rstrip(":： "))
    return option["name"] if option else None


def _money(
    document: Document, row: Row, start: int, end: int, unit: MoneyUnit | None
) -> Money | None:
    """The amount that is printed behind the box of the only option that a row ticks; `unit` is its
    unit where it has none of its own.
    """
    behind = [column for column in row.filled if start <= row.cells[column].start < end]
    labels = [
        column for column in behind if is_label(words().boxes["label"], row.cells[column].text)
    ]
    for column in behind:
        cell = row.cells[column]
        pattern = words().boxes["amount" if column - 1 in labels else "money"]
        if m := pattern.fullmatch(cell.text):
            span = document.normal.between(cell.start, cell.end).span(*m.span("amount"))
            passage = document.cell_passage(
                cell._replace(start=span[0], end=span[1]), row.index, column
            )
            own = CELL_UNITS[m["unit"]] if m["unit"] else unit
            return Money(in_yuan(m["amount"], own), m["amount"], own, passage) if own else None
    return None
