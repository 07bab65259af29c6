"""Findings and indicators as tables: columns named as those of a release's tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any

from api.data.columns import Cell
from api.data.models.common import Record

#: What is read off a record, by the column that it goes to; of what isn't there, nothing.
Columns = Mapping[str, Callable[[Any], Cell]]


def _of(path: str) -> Callable[[Any], Cell]:
    """What is at a path of a record's fields; None where a field on the way is."""
    names = path.split(".")

    def read(record: Any) -> Cell:
        for name in names:
            if record is None:
                return None
            record = getattr(record, name)
        found: Cell = record
        return found

    return read


def _number(path: str) -> Callable[[Any], Cell]:
    read = _of(path)

    def number(record: Any) -> Cell:
        text = read(record)
        return None if text is None else Decimal(text)

    return number


def _joined(path: str, part: str = "") -> Callable[[Any], Cell]:
    """Several values in one cell."""
    one = attrgetter(part) if part else str
    return lambda record: "|".join(one(value) for value in getattr(record, path))


def _report(record: Any) -> Cell:
    """The report's id: its unit's and its year."""
    return "/".join(record.report.split("/")[-2:])


_REPORT: Columns = {
    "iri": _of("iri"),
    "report": _report,
    "unit": _of("unit.id"),
    "unit_name": _of("unit.name"),
    "fiscal_year": _of("year"),
}
FINDING: Columns = {
    **_REPORT,
    "rule": _of("rule.code"),
    "family": _of("family"),
    "severity": _of("severity"),
    "message": _of("message"),
    "expected": _of("expected"),
    "found": _of("found"),
    "difference": _of("difference"),
    "involves": _joined("involves"),
    "passages": _joined("passages", "iri"),
}
INDICATOR: Columns = {
    **_REPORT,
    "evaluation": _of("evaluation"),
    "project": _of("project.iri"),
    "project_name": _of("project.label"),
    "level1": _of("level1.code"),
    "level2": _of("level2.code"),
    "name": _of("name"),
    "target": _of("target"),
    "actual": _of("actual"),
    "target_comparator": _of("comparator"),
    "target_value": _number("target_value"),
    "actual_value": _number("actual_value"),
    "value_unit": _of("value_unit"),
    "weight": _number("weight"),
    "score": _number("score"),
    "attained": _of("attained"),
    "passage": _of("passage.iri"),
    "line": _of("passage.line"),
    "page": _of("passage.page"),
    "row": _of("passage.row"),
    "column": _of("passage.column"),
}


def cells_of(columns: Columns, record: Record) -> tuple[Cell, ...]:
    """The cells of a record, in the order of the columns."""
    return tuple(read(record) for read in columns.values())
