"""The forms that a conversion has flattened: where they are, and what they say of their money."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.document import Cell, Document
from kg.extract.numbers import PERCENT, UNITS, decimal, in_yuan, is_number
from kg.extract.performance.flat import Flat
from kg.extract.performance.money import Budget
from kg.extract.performance.words import LONGEST_LINE, is_label, words
from kg.facts import Money, MoneyUnit, Percent

WORD = re.compile(r"\S+")
TITLE = "自评表"


@dataclass(frozen=True, slots=True)
class FlatForm:
    """A form: its title, and its words from there to its reasons or to the next title."""

    title: Cell
    flat: Flat


def flat_forms(document: Document) -> Iterator[FlatForm]:
    """The forms whose titles are lines of their own, outside of tables; tables end them."""
    firsts = [table.first_line for table in document.tables]
    titles = list(_titles(document))
    lines = [document.line_at(title.start) for title in titles]
    ends = [*(line - 1 for line in lines), len(document.lines)][1:]
    for title, first, last in zip(titles, lines, ends, strict=True):
        table = bisect_left(firsts, first)
        stop = min(last, firsts[table] - 1) if table < len(firsts) else last
        yield FlatForm(title, _words(document, first, stop))


def _titles(document: Document) -> Iterator[Cell]:
    """The lines that are titles, by the word that all of them have."""
    found = (m.start() for m in re.finditer(TITLE, document.normal.text))
    numbers = dict.fromkeys(document.line_at(document.normal.offsets[at]) for at in found)
    in_tables = {n for t in document.tables for n in range(t.first_line, t.last_line + 1)}
    for line in (document.lines[number - 1] for number in numbers if number not in in_tables):
        if line.end - line.start <= LONGEST_LINE:
            normal = document.normal.between(line.start, line.end)
            if is_label(words().flat["title"], normal.text):
                yield Cell(normal.text, *normal.span(0, len(normal.text)))


def _words(document: Document, first: int, last: int) -> Flat:
    """The words of some lines (0-based, the last not included), up to the form's reasons."""
    cells: list[Cell] = []
    ends: set[int] = set()
    for line in document.lines[first:last]:
        for word in WORD.finditer(document.text, line.start, line.end):
            normal = document.normal.between(*word.span())
            if normal.text:
                cells.append(Cell(normal.text, *normal.span(0, len(normal.text))))
        if cells and is_label(words().flat["end"], cells[-1].text):
            break
        if cells:
            ends.add(len(cells) - 1)
    return Flat(cells, frozenset(ends))


def flat_budget(document: Document, flat: Flat) -> Budget:
    """Two amounts and a percentage side by side behind the labels 预算数 and 执行数."""
    label = words().flat["budget"].search(flat.text)
    if label is None:
        return Budget()
    unit = _unit(flat.text[: label.end()])
    for word in range(len(flat.cells) - 2):
        budget, executed, rate = flat.cells[word : word + 3]
        if flat.starts[word] < label.end() or not is_number(budget.text):
            continue
        if is_number(executed.text) and (percent := re.fullmatch(PERCENT, rate.text)) and unit:
            span = document.normal.between(rate.start, rate.end).span(*percent.span("percent"))
            value = Percent(
                decimal(percent["percent"]), percent["percent"], document.passage(*span)
            )
            amounts = _money(document, budget, unit), _money(document, executed, unit)
            return Budget(*amounts, value)
        break  # the first number behind the labels is the budget
    return Budget()


def _unit(text: str) -> MoneyUnit | None:
    printed = [m["unit"] or m["unit2"] for m in words().money["unit"].finditer(text)]
    return UNITS[printed[-1]] if printed else None


def _money(document: Document, cell: Cell, unit: MoneyUnit) -> Money:
    reported = "".join(document.text[cell.start : cell.end].split())
    return Money(in_yuan(cell.text, unit), reported, unit, document.passage(cell.start, cell.end))
