"""The annex's forms of self-evaluation to evaluations and their indicators."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kg.document import Cell, Document
from kg.extract.performance.columns import layout_of
from kg.extract.performance.drafts import Draft, read_drafts
from kg.extract.performance.flat_forms import flat_forms
from kg.extract.performance.flat_reading import read_flat
from kg.extract.performance.forms import Form, forms, is_header
from kg.extract.performance.indicator import indicator
from kg.extract.performance.money import read_budget
from kg.extract.performance.subject import subject_of
from kg.extract.performance.words import is_label, words
from kg.facts import Evaluation, Indicator, Passage
from kg.outline import Outline

PLACE = "annex"


def read_performance(outline: Outline, year: int) -> Iterator[Evaluation | Indicator]:
    """The evaluations that the forms are, each followed by its indicators; tables first."""
    for form in forms(outline):
        if evaluation := _evaluation(outline.document, form, year):
            yield evaluation
            for draft in read_drafts(form):
                yield _indicator(outline.document, draft, evaluation)
    for flat_form in flat_forms(outline.document):
        yield from read_flat(outline.document, flat_form, year, PLACE)


def _evaluation(document: Document, form: Form, year: int) -> Evaluation | None:
    """The evaluation that a form is; None where it doesn't say of what, or nothing of it."""
    subject = subject_of(document, form)
    budget = read_budget(document, form)
    if subject is None or not (budget.stated or any(map(is_header, form.rows))):
        return None
    passages = [figure.passage for figure in budget.stated]
    return Evaluation(
        project=subject.project,
        fiscal_year=year,
        place=PLACE,
        passage=_around(document, passages) if passages else subject.passage,
        budget=budget.budget,
        executed=budget.executed,
        execution_rate=budget.rate,
        score=_score(form),
    )


def _around(document: Document, passages: list[Passage]) -> Passage:
    """The stretch of a row that some of its cells span."""
    first = min(passages, key=lambda passage: passage.start)
    span = Cell("", first.start, max(passage.end for passage in passages))
    return document.cell_passage(span, (first.row or 1) - 1, (first.column or 1) - 1)


def _score(form: Form) -> Decimal | None:
    """The form's own score: in the row of the total, below 得分 or behind the points to earn."""
    column = None
    for row in form.rows:
        if is_header(row):
            column = layout_of(row).columns.get("score")
        elif is_label(words().rows["total"], row.texts[0]):
            points = words().cells["points"]
            found = {c: m for c in row.filled[1:] if (m := points.fullmatch(row.cells[c].text))}
            if column in found or len(found) == 2:
                score = found.get(column or -1) or found[max(found)]
                return Decimal(score["points"])
    return None


def _indicator(document: Document, draft: Draft, evaluation: Evaluation) -> Indicator:
    """The indicator of a row: its passage reaches from the row's first cell to its own last."""
    first = draft.row.filled[0]
    end = max(cell.end for cells in draft.cells.values() for cell in cells)
    span = Cell("", draft.row.cells[first].start, end)
    passage = document.cell_passage(span, draft.row.index, first)
    cells, levels, goal = draft.cells, draft.levels, draft.goal
    return indicator(document, evaluation, cells, passage, levels=levels, goal=goal)
