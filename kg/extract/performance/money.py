"""The money of a form: budget, executed amount and rate, by the labels of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from kg.document import Cell, Document
from kg.extract.numbers import NUMBER, UNITS, decimal, in_yuan
from kg.extract.performance.forms import Form, Row
from kg.extract.performance.words import is_label, words
from kg.facts import Funding, Money, MoneyUnit, Nature, Passage, Percent
from kg.record import record

#: In a cell under 预算数, 38万 is 38万元.
CELL_UNITS: Mapping[str, MoneyUnit] = {**UNITS, "亿": "yi-yuan", "万": "wan-yuan"}
#: What a cell of money is.
AMOUNT = re.compile(rf"(?P<amount>{NUMBER})(?:(?P<unit>亿元|万元|元|亿|万)|(?P<percent>%))?")
#: The parts of a unit's expenditure.
NATURES: Mapping[str, Nature] = {"基本": "basic", "项目": "project"}
#: How many rows below the labels their amounts are looked for.
REACH = 3
#: What the columns of money may be.
KINDS = ("budget", "initial", "executed", "rate", "weight", "score", "other")


@record
class Budget:
    """What a form says of its money; `passage` is the stretch from its first figure to its last.

    `weight` and `score` are the points that the execution can earn, and has earned.
    """

    initial: Money | None = None
    budget: Money | None = None
    executed: Money | None = None
    rate: Percent | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    passage: Passage | None = None
    funding: tuple[Funding, ...] = ()


def read_budget(document: Document, form: Form) -> Budget:
    """The first amounts below the labels 预算数 and 执行数, and those of its sources below them."""
    for number, row in enumerate(form.rows):
        labels = _labels(row)
        kinds = labels.values()
        if "executed" in kinds and ("budget" in kinds or "initial" in kinds):
            above = [form.title_text, *(t for r in form.rows[: number + 1] for t in r.texts)]
            points = _points_of_labels(row)
            below = form.rows[number + 1 :]
            for n, total in enumerate(below[:REACH]):
                if found := _values(total, labels, "row") or (not n and _unnamed(total, labels)):
                    unit = _unit([*reversed(above), *total.texts])
                    figures = _read(document, total, found, unit)
                    funding = tuple(_sources(document, below[n + 1 :], labels, unit))
                    return figures.budget(points, funding)
            break
    return Budget()


def unit_of(form: Form) -> MoneyUnit | None:
    """The first money unit that a form prints."""
    return _unit([form.title_text, *(text for row in form.rows for text in row.texts)])


def read_parts(document: Document, form: Form) -> Iterator[tuple[Nature, Money]]:
    """The basic and the project expenditure (基本支出总额) of the unit that a form is of."""
    unit = unit_of(form)
    for row in form.rows:
        for label, column in zip(row.filled, row.filled[1:], strict=False):
            part = words().money["part"].fullmatch(row.cells[label].text)
            amount = AMOUNT.fullmatch(row.cells[column].text) if part else None
            own = CELL_UNITS[amount["unit"]] if amount and amount["unit"] else unit
            if part and amount and own and not amount["percent"]:
                yield NATURES[part["nature"]], _money(document, row, row.cells[column], amount, own)


def _labels(row: Row) -> dict[int, str]:
    """The columns of a row that are labelled as money, with what they are."""
    kinds = ((column, kind_of(row.cells[column].text)) for column in row.filled)
    return {column: kind for column, kind in kinds if kind}


@lru_cache(maxsize=4096)
def kind_of(label: str) -> str | None:
    """What a label says that its column is, if that is money."""
    return next((kind for kind in KINDS if is_label(words().money[kind], label)), None)


def _points_of_labels(row: Row) -> Decimal | None:
    """The points that execution can earn, printed in the label of its score: 得分(20分*执行率)."""
    found = (words().money["points"].fullmatch(text) for text in row.texts if len(text) < 40)
    points = next(filter(None, found), None)
    return Decimal(points["points"]) if points else None


def _values(row: Row, labels: Mapping[int, str], name: str) -> dict[str, Cell] | None:
    """The cells of a row of amounts by their labels; the row is known by its name."""
    names = [c for c in row.filled if is_label(words().money[name], row.cells[c].text)]
    columns = [c for c in row.filled if names and c > names[0]]
    if not columns:
        return None
    kinds = list(labels.values())
    if len(columns) == len(kinds) - 1 and kinds[-1] == "other":
        kinds.pop()  # a reason that most rows leave blank
    if len(columns) == len(kinds):
        return {kind: row.cells[column] for kind, column in zip(kinds, columns, strict=True)}
    # cells slide to the right of their labels where the name of the row stands below one
    slid = max(0, names[0] - min(labels) + 1)
    for shift in (slid, slid + 1) if slid else (0,):
        if all(column - shift in labels for column in columns):
            return {labels[column - shift]: row.cells[column] for column in columns}
    return None


def _unnamed(row: Row, labels: Mapping[int, str]) -> dict[str, Cell] | None:
    """The cells of a row without a name, right below the labels: of the total there is."""
    is_full = len(row.filled) > 1 and all(column in labels for column in row.filled)
    amounts = is_full and all(AMOUNT.fullmatch(text) for text in row.texts)
    return {labels[c]: row.cells[c] for c in row.filled} if amounts else None


def _unit(texts: Iterable[str]) -> MoneyUnit | None:
    """The first money unit that is printed in some texts."""
    for text in texts:
        if len(text) < 100 and (match := words().money["unit"].search(text)):
            return UNITS[match["unit"] or match["unit2"]]
    return None


@record
class _Figures:
    """The figures of a row of money."""

    amounts: Mapping[str, Money]
    rate: Percent | None
    points: Mapping[str, Decimal]
    passage: Passage | None

    def budget(self, points: Decimal | None, funding: tuple[Funding, ...]) -> Budget:
        return Budget(
            **self.amounts,
            rate=self.rate,
            weight=self.points.get("weight", points),
            score=self.points.get("score"),
            passage=self.passage,
            funding=funding,
        )


def _read(
    document: Document, row: Row, found: Mapping[str, Cell], unit: MoneyUnit | None
) -> _Figures:
    """The figures of some cells; a percentage is the rate, wherever it has slid to."""
    amounts: dict[str, Money] = {}
    rates: list[Percent] = []
    points: dict[str, Decimal] = {}
    passages: list[Passage] = []
    for kind, cell, match in _matches(found):
        passage = _passage(document, row, cell, match)
        own = CELL_UNITS[match["unit"]] if match["unit"] else unit
        if match["percent"]:
            reported = _reported(document, passage)
            rates.append(Percent(decimal(match["amount"]), reported, passage))
        elif kind in ("initial", "budget", "executed") and own:
            amounts[kind] = _money(document, row, cell, match, own)
        elif kind in ("weight", "score"):
            points[kind] = decimal(match["amount"])
        else:
            continue
        passages.append(passage)
    if not rates and (rate := _bare_rate(document, row, found, amounts)):
        rates, passages = [rate], [*passages, rate.passage]
    rate = rates[0] if len(rates) == 1 else None
    return _Figures(amounts, rate, points, _around(document, passages))


def _bare_rate(
    document: Document, row: Row, found: Mapping[str, Cell], amounts: Mapping[str, Money]
) -> Percent | None:
    """A rate without its %: a number that is about what the amounts make in per cent."""
    match = AMOUNT.fullmatch(found["rate"].text) if "rate" in found else None
    budget, executed = amounts.get("budget"), amounts.get("executed")
    if match is None or match["unit"] or not budget or not executed or not budget.amount:
        return None
    number = decimal(match["amount"])
    if abs(number - executed.amount / budget.amount * 100) > 1:
        return None
    passage = _passage(document, row, found["rate"], match)
    return Percent(number, _reported(document, passage), passage)


def _matches(found: Mapping[str, Cell]) -> Iterator[tuple[str, Cell, re.Match[str]]]:
    for kind, cell in found.items():
        if match := AMOUNT.fullmatch(cell.text):
            yield kind, cell, match


def _sources(
    document: Document, rows: Sequence[Row], labels: Mapping[int, str], unit: MoneyUnit | None
) -> Iterator[Funding]:
    """The sources of the money: the rows below the total that are named as such."""
    for row in rows:
        names = (words().money["source"].fullmatch(text) for text in row.texts[:2])
        name = next(filter(None, names), None)
        if name is None:
            return
        found = _values(row, labels, "source")
        figures = _read(document, row, found, unit) if found else None
        if figures and figures.passage and figures.amounts:
            label = name["name"]
            yield Funding(label, figures.passage, **figures.amounts, execution_rate=figures.rate)


def _money(
    document: Document, row: Row, cell: Cell, match: re.Match[str], unit: MoneyUnit
) -> Money:
    passage = _passage(document, row, cell, match)
    reported = _reported(document, passage)
    return Money(in_yuan(match["amount"], unit), reported, unit, passage)


def _reported(document: Document, passage: Passage) -> str:
    return "".join(document.text[passage.start : passage.end].split())


def _passage(document: Document, row: Row, cell: Cell, match: re.Match[str]) -> Passage:
    span = document.normal.between(cell.start, cell.end).span(*match.span("amount"))
    return document.cell_passage(Cell("", *span), row.index, row.cells.index(cell))


def _around(document: Document, passages: Sequence[Passage]) -> Passage | None:
    """The stretch of a row that some of its cells span."""
    if not passages:
        return None
    first = min(passages, key=lambda passage: passage.start)
    span = Cell("", first.start, max(passage.end for passage in passages))
    return document.cell_passage(span, (first.row or 1) - 1, (first.column or 1) - 1)
