"""What a form says in words: the goal, what became of it, its problems, what is to be improved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from kg.document import Cell, Document
from kg.extract.performance.forms import Form, Row, is_header
from kg.extract.performance.printed import printed
from kg.extract.performance.words import is_label, words
from kg.facts import Passage
from kg.record import record

FIELDS = ("goal", "outputs", "problems", "improvements")


@record
class Said:
    """A text of a form: the field that it is of, and where it stands."""

    field: str
    text: str
    passage: Passage


def read_texts(document: Document, form: Form) -> Iterator[Said]:
    """The texts of a form, in order; several goals follow on each other, each with its label."""
    sides: dict[int, str] = {}
    for row in form.rows:
        if sides and not is_header(row):
            yield from _below(document, row, sides)
        sides = _sides(row)
        if not sides and not is_header(row):
            yield from _labelled(document, row)


def texts_of_fields(said: Iterable[Said]) -> Mapping[str, Any]:
    """The texts of some fields of an evaluation, several of one field joined by line breaks."""
    fields: dict[str, str] = {}
    for text in said:
        fields[text.field] = (
            f"{fields[text.field]}\n{text.text}" if text.field in fields else text.text
        )
    return fields


def _labelled(document: Document, row: Row) -> Iterator[Said]:
    """The text behind a row's label."""
    found = _field(row.texts[0]) if len(row.filled) == 2 else None
    if found is None:
        return
    cells = [row.cells[row.filled[1]]]
    is_numbered = words().rows["goal"].fullmatch(row.texts[0]) is not None
    label = printed(document, [row.cells[row.filled[0]]]).rstrip(":：") if is_numbered else ""
    text = printed(document, cells)
    yield Said(found, f"{label}：{text}" if label else text, _passage(document, row, cells[0]))


@lru_cache(maxsize=4096)
def _field(label: str) -> str | None:
    """The field of the text that stands behind a label."""
    return next((field for field in FIELDS if is_label(words().texts[field], label)), None)


def _sides(row: Row) -> dict[int, str]:
    """The columns of a goal and of what became of it, where a row heads both."""
    found: dict[int, str] = {}
    for column in row.filled if "目标" in "\n".join(row.texts) else ():
        text = row.cells[column].text
        for name, label in (("goal", "expected"), ("outputs", "reached")):
            if is_label(words().texts[label], text):
                found = {c: n for c, n in found.items() if n != name} | {column: name}
    return found if len(found) == 2 else {}


def _below(document: Document, row: Row, sides: dict[int, str]) -> Iterator[Said]:
    """The two texts below their heads: right there, or as many as there are heads."""
    columns = [c for c in row.filled if words().cells["words"].search(row.cells[c].text)]
    if all(column in sides for column in columns):
        pairs = {column: sides[column] for column in columns}
    elif len(columns) >= len(sides):
        pairs = dict(zip(columns[-len(sides) :], sides.values(), strict=True))
    else:
        return
    for column, name in pairs.items():
        cell = row.cells[column]
        yield Said(name, printed(document, [cell]), document.cell_passage(cell, row.index, column))


def _passage(document: Document, row: Row, cell: Cell) -> Passage:
    return document.cell_passage(cell, row.index, row.cells.index(cell))
