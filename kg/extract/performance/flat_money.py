"""The money of a flattened form: labels one after the other, then as many figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from kg.document import Cell, Document
from kg.extract.numbers import UNITS, decimal, in_yuan
from kg.extract.performance.flat import Flat
from kg.extract.performance.money import AMOUNT, CELL_UNITS, NATURES, Budget, kind_of
from kg.extract.performance.words import is_label, words
from kg.facts import Funding, Money, MoneyUnit, Nature, Passage, Percent

#: A label or a name is broken into so many words at most.
MOST_WORDS = 4
AMOUNTS = ("initial", "budget", "executed")


def flat_budget(document: Document, flat: Flat) -> Budget:
    """The figures behind the labels 预算数 … 执行数 and the name of their row; their sources."""
    labels, word = _labels(flat.cells)
    if "executed" not in labels or not {"budget", "initial"} & set(labels):
        return Budget()
    unit = _unit(flat.text[: flat.starts[word]])
    points = words().money["points"].fullmatch(flat.text[: flat.starts[word]][-40:])
    start = _behind(flat.cells, word, "row") or word
    found = _values(flat.cells, start, labels)
    if not found:
        return Budget()
    read = _Reading(document, unit)
    weight = Decimal(points["points"]) if points else None
    return Budget(
        **read.amounts(found),
        rate=read.rate(found),
        weight=read.points(found, "weight") or weight,
        score=read.points(found, "score"),
        passage=read.passage(found),
        funding=tuple(_sources(flat.cells, start + len(found), labels, read)),
    )


def flat_parts(document: Document, flat: Flat) -> Iterator[tuple[Nature, Money]]:
    """The basic and the project expenditure of the unit, above the labels of its money."""
    word = _labels(flat.cells)[1]
    read, head = _Reading(document, _unit(flat.text[: flat.starts[word]])), flat.cells[:word]
    for place in range(1, len(head)):
        money = read.amounts({"executed": head[place]}).get("executed")
        for start in range(max(0, place - MOST_WORDS), place) if money else ():
            name = "".join(cell.text for cell in head[start:place])
            if money and (part := words().money["part"].fullmatch(name)):
                yield NATURES[part["nature"]], money


def _labels(cells: Sequence[Cell]) -> tuple[list[str], int]:
    """The first three or more labels of money that follow on each other, and what is behind."""
    word = 0
    while word < len(cells):
        labels = []
        while found := _joined(cells, word, kind_of):
            labels.append(found[0])
            word = found[1]
        if len(labels) > 2:
            return labels, word
        word += 1
    return [], 0


def _joined(
    cells: Sequence[Cell], start: int, meaning: Callable[[str], str | None]
) -> tuple[str, int] | None:
    """What the shortest run of words means, with brackets behind it, and the next word."""
    best: tuple[str, int] | None = None
    for end in range(start + 1, min(start + MOST_WORDS, len(cells)) + 1):
        if best and not cells[end - 1].text.startswith("("):
            return best
        if found := meaning("".join(cell.text for cell in cells[start:end])):
            best = found, end
    return best


def _behind(cells: Sequence[Cell], start: int, name: str) -> int | None:
    """The word behind the name of a row."""
    pattern = words().money[name]
    found = _joined(cells, start, lambda text: text if is_label(pattern, text) else None)
    return found[1] if found else None


def _values(cells: Sequence[Cell], start: int, labels: Sequence[str]) -> Mapping[str, Cell]:
    """As many figures as labels, where the percentage is the one below 执行率."""
    run = cells[start : start + len(labels)]
    pairs = dict(zip(labels, run, strict=False))
    figures = all(_amount(cell) or is_label(words().cells["points"], cell.text) for cell in run)
    percents = {label for label, cell in pairs.items() if cell.text.endswith("%")}
    return pairs if len(run) == len(labels) and figures and percents <= {"rate"} else {}


def _amount(cell: Cell) -> re.Match[str] | None:
    return AMOUNT.fullmatch(cell.text)


def _sources(
    cells: Sequence[Cell], start: int, labels: Sequence[str], read: _Reading
) -> Iterator[Funding]:
    """The sources of the money, each with as many figures."""
    while end := _behind(cells, start, "source"):
        printed = "".join(cell.text for cell in cells[start:end])
        name = words().money["source"].fullmatch(printed)
        found = _values(cells, end, labels)
        amounts = read.amounts(found)
        if name is None or not amounts:
            return
        passage = read.passage(found)
        assert passage is not None
        yield Funding(name["name"], passage, **amounts, execution_rate=read.rate(found))
        start = end + len(found)


class _Reading:
    """Cells to figures."""

    def __init__(self, document: Document, unit: MoneyUnit | None) -> None:
        self.document = document
        self.unit = unit

    def amounts(self, found: Mapping[str, Cell]) -> dict[str, Money]:
        """The amounts of money among some cells by kind."""
        amounts = {}
        for kind in AMOUNTS:
            match = _amount(found[kind]) if kind in found else None
            unit = CELL_UNITS[match["unit"]] if match and match["unit"] else self.unit
            if match and unit and not match["percent"]:
                passage = self.document.passage(*self._span(found[kind], match))
                reported = "".join(self.document.text[passage.start : passage.end].split())
                amounts[kind] = Money(in_yuan(match["amount"], unit), reported, unit, passage)
        return amounts

    def rate(self, found: Mapping[str, Cell]) -> Percent | None:
        match = _amount(found["rate"]) if "rate" in found else None
        if match is None or not match["percent"]:
            return None
        passage = self.document.passage(*self._span(found["rate"], match))
        return Percent(decimal(match["amount"]), match["amount"], passage)

    def points(self, found: Mapping[str, Cell], kind: str) -> Decimal | None:
        match = words().cells["points"].fullmatch(found[kind].text) if kind in found else None
        return Decimal(match["points"]) if match and match["points"] else None

    def passage(self, found: Mapping[str, Cell]) -> Passage | None:
        spans = [self._span(cell, match) for cell in found.values() if (match := _amount(cell))]
        if not spans:
            return None
        return self.document.passage(min(s for s, _ in spans), max(e for _, e in spans))

    def _span(self, cell: Cell, match: re.Match[str]) -> tuple[int, int]:
        return self.document.normal.between(cell.start, cell.end).span(*match.span("amount"))


def _unit(text: str) -> MoneyUnit | None:
    printed = [m["unit"] or m["unit2"] for m in words().money["unit"].finditer(text)]
    return UNITS[printed[-1]] if printed else None
