"""A chart's rows and series, from the solutions of its query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from api.charts.definition import Chart
from api.store import Row, Term


@dataclass(frozen=True, slots=True)
class Cell:
    """A number, and the fact that states it."""

    number: Decimal
    fact: str | None


@dataclass(slots=True)
class Line:
    """A row of a chart: what it is of, what that is a part of, its numbers by series."""

    key: Term
    within: str | None = None
    cells: dict[str, Cell] = field(default_factory=dict)

    @property
    def whole(self) -> Decimal:
        """The greatest of its numbers: what sorts it among others."""
        return max(cell.number for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Numbers:
    """All numbers of a chart; `series` holds the term or variable of each, by its short name."""

    lines: Sequence[Line]
    series: Mapping[str, Term | str]


def local(term: Term | str) -> str:
    """The last part of a name: what charts.toml calls it.

    >>> local(ox.NamedNode("http://x/code/flow/income")), local(ox.Literal("2023"))
    ('income', '2023')
    """
    text = term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
    return text.rpartition("#")[2].rpartition("/")[2]


def numbers_of(chart: Chart, rows: Iterable[Row]) -> Numbers:
    """The numbers of a chart; rows without a number, as of an empty sum, are left out."""
    series: dict[str, Term | str] = {}
    lines: dict[Term, Line] = {}
    for row in _first(chart, list(rows)):
        key = row.get(chart.row)
        if key is None:
            continue
        for place, variable in enumerate(chart.values):
            number = number_of(row.get(variable))
            if number is None:
                continue
            kind = row[chart.series] if chart.series else variable
            series.setdefault(local(kind), kind)
            line = lines.setdefault(key, Line(key, _iri(row.get(chart.within or ""))))
            fact = _iri(row.get(chart.facts[place])) if chart.facts else None
            line.cells.setdefault(local(kind), Cell(number, fact))
    kept = _deepest(lines.values()) if chart.deepest else list(lines.values())
    return Numbers(kept, series)


def _first(chart: Chart, rows: Sequence[Row]) -> Sequence[Row]:
    """Of the values that may stand for each other, the rows of the first that has parts, or any."""
    if not chart.first:
        return rows
    variable, *wanted = chart.first
    of = [[row for row in rows if local(row[variable]) == name] for name in wanted]
    parted = (found for found in of if any(local(row[chart.row]) != "all" for row in found))
    return next(parted, next(filter(None, of), []))


def _deepest(lines: Iterable[Line]) -> list[Line]:
    """The rows that no other row is a part of; a total of all goes, too, where there are parts."""
    found = list(lines)
    above = {line.within for line in found}
    kept = [line for line in found if _iri(line.key) not in above]
    parts = [line for line in kept if local(line.key) != "all"]
    return parts or kept


def _iri(term: Term | None) -> str | None:
    return term.value if isinstance(term, ox.NamedNode) else None


def number_of(term: Term | None) -> Decimal | None:
    """The number that a literal says; None for anything else."""
    try:
        number = Decimal(term.value) if isinstance(term, ox.Literal) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None
