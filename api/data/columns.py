"""Observations as a table: the columns of CSV and Parquet, named as those of a release's tables."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from api.data.filters import SCHEMES
from api.data.models.common import Kind
from api.data.observations import details_of, iris_in, value_name
from api.data.reader import Reader
from api.data.rows import Row

#: What dimensions have a column for their names, beside that of their codes.
_NAMED = ("function", "economic", "item")
_DIMENSIONS = tuple(
    column for name in SCHEMES for column in ((name, f"{name}_name") if name in _NAMED else (name,))
)
#: What a kind's details are called in a table.
_DETAILS: dict[Kind, dict[str, str]] = {
    "figure": {"agreement": "agreement"},
    "statement": {"agreement": "agreement", "restates": "restates"},
    "ratio": {"ratio": "ratio_kind", "base": "base"},
    "change": {"change": "change_base", "restates": "restates"},
    "count": {"count_unit": "count_unit", "restates": "restates"},
}
_PLACE = ("line", "page", "row", "column")

Cell = str | int | Decimal | None


def columns_of(kind: Kind) -> tuple[str, ...]:
    """The names of the columns."""
    value = value_name(kind)
    money = ("reported_unit",) if value == "amount" else ()
    return (
        "iri", "report", "unit", "unit_name", "fiscal_year", *_DIMENSIONS,
        value, f"reported_{value}", *money, *_DETAILS[kind].values(), "passage", *_PLACE,
    )  # fmt: skip


def rows_of(reader: Reader, kind: Kind, rows: Sequence[Row]) -> list[tuple[Cell, ...]]:
    """The cells of rows, in the order of the columns; blocks."""
    reader.prepare(iris_in(kind, rows))
    return [_cells(reader, kind, row) for row in rows]


def _cells(reader: Reader, kind: Kind, row: Row) -> tuple[Cell, ...]:
    cells: list[Cell] = [
        row["thing"],
        row["report"].removeprefix(f"{reader.base}report/"),
        row["unit"].removeprefix(f"{reader.base}unit/"),
        reader.label(row["unit"]),
        int(row["year"]),
    ]
    for name in SCHEMES:
        cells.append(_code(reader, row[name]))
        if name in _NAMED:
            cells.append(reader.label(row[name]))
    value = value_name(kind)
    cells += [Decimal(row["value"]), row["printed"] or None]
    if value == "amount":
        cells.append(_code(reader, row["own"] or row["set"]))
    details = details_of(kind, row)
    cells += [_code(reader, details.get(name, "")) for name in _DETAILS[kind]]
    cells.append(row["passage"])
    cells += [int(row[name]) if row[name] else None for name in _PLACE]
    return tuple(cells)


def _code(reader: Reader, iri: str) -> str | None:
    """A concept's code; of what has none, what it says itself."""
    return (reader.code(iri) or iri) if iri else None
