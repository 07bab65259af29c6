"""The money of a form: budget, executed amount and rate, by the labels of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.document import Cell, Document
from kg.extract.numbers import NUMBER, UNITS, decimal, in_yuan
from kg.extract.performance.forms import Form, Row
from kg.extract.performance.words import is_label, words
from kg.facts import Money, MoneyUnit, Percent

#: In a cell under 预算数, 38万 is 38万元.
CELL_UNITS: Mapping[str, MoneyUnit] = {**UNITS, "亿": "yi-yuan", "万": "wan-yuan"}
#: How many rows below the labels their amounts are looked for.
REACH = 3


@dataclass(frozen=True, slots=True)
class Budget:
    """What a form says of its money; each with the passage of its own cell."""

    budget: Money | None = None
    executed: Money | None = None
    rate: Percent | None = None

    @property
    def stated(self) -> list[Money | Percent]:
        return [figure for figure in (self.budget, self.executed, self.rate) if figure]


def read_budget(document: Document, form: Form) -> Budget:
    """The first amounts below the labels 预算数 and 执行数."""
    for number, row in enumerate(form.rows):
        labels = _labels(row)
        if {"budget", "executed"} <= set(labels.values()):
            unit = _unit([form.title_text, *(t for r in form.rows[: number + 1] for t in r.texts)])
            for below in form.rows[number + 1 : number + 1 + REACH]:
                if found := _values(below, labels):
                    return _budget(document, below, found, unit)
            break
    return Budget()


def _labels(row: Row) -> dict[int, str]:
    """The columns of a row that are labelled as money, with what they are."""
    found = {}
    for column in row.filled:
        text = row.cells[column].text
        kinds = (k for k in ("budget", "initial", "executed", "rate", "other"))
        if kind := next((k for k in kinds if is_label(words().money[k], text)), None):
            found[column] = kind
    return found


def _values(row: Row, labels: Mapping[int, str]) -> dict[str, Cell] | None:
    """The cells of a row of amounts by their labels; the row is known by the name of its total."""
    names = [c for c in row.filled if is_label(words().money["row"], row.cells[c].text)]
    columns = [c for c in row.filled if names and c > names[0]]
    if not columns:
        return None
    if len(columns) == len(labels):
        pairs = zip(labels.values(), columns, strict=True)
        return {kind: row.cells[column] for kind, column in pairs}
    # cells slide to the right of their labels where the name of the row stands below one
    slid = max(0, names[0] - min(labels) + 1)
    for shift in (slid, slid + 1) if slid else (0,):
        if all(column - shift in labels for column in columns):
            return {labels[column - shift]: row.cells[column] for column in columns}
    return None


def _unit(texts: Sequence[str]) -> MoneyUnit | None:
    """The money unit printed nearest above the amounts."""
    for text in reversed(texts):
        if len(text) < 100 and (match := words().money["unit"].search(text)):
            return UNITS[match["unit"] or match["unit2"]]
    return None


@cache
def _amount() -> re.Pattern[str]:
    return re.compile(rf"(?P<amount>{NUMBER})(?:(?P<unit>亿元|万元|元|亿|万)|(?P<percent>%))?")


def _budget(
    document: Document, row: Row, found: Mapping[str, Cell], unit: MoneyUnit | None
) -> Budget:
    """The amounts of some cells; a percentage is the rate, wherever it has slid to."""
    amounts: dict[str, Money] = {}
    rates: list[Percent] = []
    for kind, cell, match in _matches(found):
        column = row.cells.index(cell)
        span = document.normal.between(cell.start, cell.end).span(*match.span("amount"))
        passage = document.cell_passage(Cell("", *span), row.index, column)
        reported = "".join(document.text[passage.start : passage.end].split())
        own = CELL_UNITS[match["unit"]] if match["unit"] else unit
        if match["percent"]:
            rates.append(Percent(decimal(match["amount"]), reported, passage))
        elif kind in ("budget", "executed") and own:
            amounts[kind] = Money(in_yuan(match["amount"], own), reported, own, passage)
    rate = rates[0] if len(rates) == 1 else None
    return Budget(amounts.get("budget"), amounts.get("executed"), rate)


def _matches(found: Mapping[str, Cell]) -> Iterator[tuple[str, Cell, re.Match[str]]]:
    for kind, cell in found.items():
        if match := _amount().fullmatch(cell.text):
            yield kind, cell, match
