"""Whom a form is about: a project by its name, or the whole unit."""

from __future__ import annotations

from kg.document import Cell, Document
from kg.extract.performance.forms import Form
from kg.extract.performance.printed import printed
from kg.extract.performance.words import is_label, words
from kg.facts import Passage
from kg.record import record


@record
class Subject:
    """A project as printed, None for the whole unit; `passage` is where the form says so."""

    project: str | None
    passage: Passage


def subject_of(document: Document, form: Form) -> Subject | None:
    """The subject of a form; None where it says nothing of it."""
    if (row := _labelled(form, "project")) is not None:
        return _named(document, form, row) or _told(document, form.named)
    if (row := _labelled(form, "named")) is not None:
        return _told(document, form.rows[row].cells[form.rows[row].filled[0]])
    if form.named:
        return _told(document, form.named)
    if _labelled(form, "unit") is not None or _is_whole(form.title_text):
        return _whole(document, form)
    return None


def _labelled(form: Form, label: str) -> int | None:
    """The first row that a label opens."""
    pattern = words().form[label]
    return next((n for n, row in enumerate(form.rows) if is_label(pattern, row.texts[0])), None)


def _named(document: Document, form: Form, row: int) -> Subject | None:
    """The name behind its label; or above it, where the title confirms that it slid there."""
    cells = form.rows[row].cells
    column = next(iter(form.rows[row].filled[1:]), None)
    if column is not None and not is_label(words().form["label"], cells[column].text):
        passage = document.cell_passage(cells[column], form.rows[row].index, column)
        name = words().form["code"].sub("", printed(document, [cells[column]]))
        return Subject(name, passage)
    for above in reversed(form.rows[:row]):
        cell = above.cells[above.filled[0]]
        if len(above.filled) == 1 and cell.text in form.title_text:
            passage = document.cell_passage(cell, above.index, above.filled[0])
            return Subject(printed(document, [cell]), passage)
    return None


def _told(document: Document, line: Cell | None) -> Subject | None:
    """The name in a line above the table, or in a cell, that is label and name in one."""
    name = words().form["named"].fullmatch(line.text) if line else None
    if line is None or name is None:
        return None
    span = document.normal.between(line.start, line.end).span(*name.span("name"))
    return Subject(printed(document, [Cell("", *span)]), document.passage(*span))


def _whole(document: Document, form: Form) -> Subject | None:
    """The unit: the form says by its title or its money that it is of the unit as a whole."""
    texts = [form.title_text, *(text for row in form.rows for text in row.texts[:2])]
    if not form.rows or not any(map(_is_whole, texts)):
        return None
    row = form.rows[0]
    cell = row.cells[row.filled[0]]
    return Subject(None, document.cell_passage(cell, row.index, row.filled[0]))


def _is_whole(text: str) -> bool:
    return is_label(words().form["whole"], text)
