"""A flattened form to its evaluation and indicators; one without indicators gives nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.document import Cell, Document
from kg.extract.performance.flat import FlatRow, flat_rows
from kg.extract.performance.flat_forms import FlatForm
from kg.extract.performance.flat_money import flat_budget, flat_parts
from kg.extract.performance.flat_texts import goal_texts, tail_texts
from kg.extract.performance.indicator import indicator
from kg.extract.performance.listed import listed_rows, total_score
from kg.extract.performance.printed import printed
from kg.extract.performance.texts import texts_of_fields
from kg.extract.performance.words import is_label, words
from kg.facts import Dimensions, Evaluation, Indicator, Statement


def read_flat(
    document: Document, form: FlatForm, year: int, place: str
) -> Iterator[Evaluation | Indicator | Statement]:
    """The evaluation that a flattened form is, the unit's expenditure, and its indicators."""
    rows = list(flat_rows(form.flat)) or list(listed_rows(form.flat))
    evaluation = _evaluation(document, form, year, place) if rows else None
    if evaluation:
        yield evaluation
        if evaluation.project is None:
            for nature, money in flat_parts(document, form.flat):
                yield Statement(Dimensions(year, place, nature=nature), money)
        for row in rows:
            yield _indicator(document, evaluation, row)


def _evaluation(document: Document, form: FlatForm, year: int, place: str) -> Evaluation | None:
    """The evaluation of a form; None where it says neither of what project nor of the unit."""
    name = _project(form)
    is_whole = is_label(words().form["whole"], form.title.text)
    if name is None and not is_whole:
        return None
    budget = flat_budget(document, form.flat)
    cells = [form.title] if name is None else name
    score = words().flat["score"].search(form.flat.text, 0, _head_end(form))
    said = [*goal_texts(document, form.flat), *tail_texts(document, *form.behind)]
    return Evaluation(
        project=words().form["code"].sub("", printed(document, name)) if name else None,
        fiscal_year=year,
        place=place,
        passage=budget.passage or document.passage(cells[0].start, cells[-1].end),
        budget=budget.budget,
        executed=budget.executed,
        execution_rate=budget.rate,
        score=Decimal(score["points"]) if score else total_score(form.flat),
        initial=budget.initial,
        weight=budget.weight,
        execution_score=budget.score,
        funding=budget.funding,
        others=tuple(text.passage for text in said),
        **texts_of_fields(said),
    )


def _project(form: FlatForm) -> Sequence[Cell] | None:
    """The words of the project's name: those between its label and the next."""
    named = words().flat["project"].search(form.flat.text, 0, _head_end(form))
    if named is None:
        return None
    begin, end = map(form.flat.word_at, named.span("name"))
    return None if begin is None or end is None else form.flat.cells[begin:end]


def _head_end(form: FlatForm) -> int:
    """Where the form's indicators begin, at the latest."""
    header = words().flat["columns"].search(form.flat.text)
    return header.start() if header else len(form.flat.text)


def _indicator(document: Document, evaluation: Evaluation, row: FlatRow) -> Indicator:
    cells = row.cells
    passage = document.passage(cells["name"][0].start, cells["score"][-1].end)
    return indicator(document, evaluation, cells, passage, levels=row.levels, goal=row.goal)
