"""The annex's forms of self-evaluation to evaluations and their indicators."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise, takewhile

from kg.document import Cell, Document
from kg.extract.performance.annex import reports_of
from kg.extract.performance.boxes import read_boxes
from kg.extract.performance.columns import layout_of
from kg.extract.performance.drafts import Draft, read_drafts
from kg.extract.performance.flat_forms import flat_forms
from kg.extract.performance.flat_reading import read_flat
from kg.extract.performance.forms import Form, forms, is_header
from kg.extract.performance.indicator import indicator
from kg.extract.performance.money import read_budget, read_parts
from kg.extract.performance.reasons import with_reasons
from kg.extract.performance.report import About, read_report
from kg.extract.performance.subject import subject_of
from kg.extract.performance.texts import read_texts, texts_of_fields
from kg.extract.performance.words import is_label, words
from kg.facts import Dimensions, Evaluation, Indicator, Ratio, Statement
from kg.outline import Outline
from kg.record import record

PLACE = "annex"
Performance = Evaluation | Indicator | Statement | Ratio


def read_performance(outline: Outline, year: int) -> Iterator[Performance]:
    """The evaluations that the forms are, each followed by its indicators; then those in prose."""
    stream, annex = outline.stream, outline.parts.get("annex")
    reports = list(reports_of(stream, annex)) if annex else []
    yield from with_reasons(stream, reports, list(_in_forms(outline, year)))
    for report in reports:
        about = About(report.project, year, PLACE)
        yield from read_report(stream, report.start, report.end, about)


def _in_forms(outline: Outline, year: int) -> Iterator[Evaluation | Indicator | Statement]:
    """The evaluations that the forms are, each followed by its indicators."""
    for form in forms(outline):
        if evaluation := _evaluation(outline.document, form, year):
            yield evaluation
            if evaluation.project is None:
                yield from _parts(outline.document, form, year)
            for draft in read_drafts(form):
                yield _indicator(outline.document, draft, evaluation)
    for flat_form in flat_forms(outline.document):
        yield from read_flat(outline.document, flat_form, year, PLACE)


def _evaluation(document: Document, form: Form, year: int) -> Evaluation | None:
    """The evaluation that a form is; None where it doesn't say of what, or nothing of it."""
    subject = subject_of(document, form)
    budget = read_budget(document, form)
    if subject is None or not (budget.passage or any(map(is_header, form.rows))):
        return None
    boxes, said = read_boxes(document, form), list(read_texts(document, form))
    total = _total(form)
    others = [text.passage for text in said]
    if total:
        others.append(document.cell_passage(total.cell, total.row, total.column))
    return Evaluation(
        project=subject.project,
        fiscal_year=year,
        place=PLACE,
        passage=budget.passage or subject.passage,
        kinds=tuple(boxes.ticked),
        initial=budget.initial,
        budget=budget.budget,
        executed=budget.executed,
        execution_rate=budget.rate,
        weight=budget.weight,
        execution_score=budget.score,
        score=total.score if total else None,
        funding=(*boxes.funding, *budget.funding),
        others=tuple(others),
        **texts_of_fields(said),
    )


def _parts(document: Document, form: Form, year: int) -> Iterator[Statement]:
    """The unit's basic and project expenditure: what was spent, as the form's notes say."""
    for nature, money in read_parts(document, form):
        yield Statement(Dimensions(year, PLACE, nature=nature), money)


@record
class _Total:
    """The form's own score, and the stretch of its row up to it."""

    score: Decimal
    cell: Cell
    row: int
    column: int


def _total(form: Form) -> _Total | None:
    """The score in the row of the total: below 得分, or behind the points to earn."""
    column = weight = None
    for row in form.rows:
        if is_header(row):
            columns = layout_of(row).columns
            column, weight = columns.get("score"), columns.get("weight")
        elif is_label(words().rows["total"], row.texts[0]):
            points = words().cells["points"]
            found = {
                c: match
                for c in row.filled[1:]
                if (match := points.fullmatch(row.cells[c].text)) and match["points"]
            }
            alone = len(found) == 1 and len(row.filled) == 2 and weight not in found  # 总分 97
            if column in found or len(found) == 2 or alone:
                place = column if column in found else max(found)
                span = Cell("", row.cells[min(found)].start, row.cells[place].end)
                return _Total(Decimal(found[place]["points"]), span, row.index, min(found))
    return _total_of_head(form)


def _total_of_head(form: Form) -> _Total | None:
    """The score behind its label in a row of the form's head."""
    for row in takewhile(lambda row: not is_header(row), form.rows):
        for label, column in pairwise(row.filled):
            points = words().cells["points"].fullmatch(row.cells[column].text)
            is_labelled = is_label(words().form["score"], row.cells[label].text)
            if is_labelled and points and points["points"]:
                return _Total(Decimal(points["points"]), row.cells[column], row.index, column)
    return None


def _indicator(document: Document, draft: Draft, evaluation: Evaluation) -> Indicator:
    """The indicator of a row: its passage reaches from the row's first cell to its own last."""
    first = draft.row.filled[0]
    end = max(cell.end for cells in draft.cells.values() for cell in cells)
    span = Cell("", draft.row.cells[first].start, end)
    passage = document.cell_passage(span, draft.row.index, first)
    cells, levels, goal = draft.cells, draft.levels, draft.goal
    return indicator(document, evaluation, cells, passage, levels=levels, goal=goal)
