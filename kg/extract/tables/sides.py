"""Tables of two sides (01, 04): income left, expenditure right, each row by its name."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.functions import function_of_path
from kg.extract.layouts import Given, Side, layouts
from kg.extract.tables.columns import columns_of
from kg.extract.tables.sheet import Row, Sheet
from kg.facts import Function


def read_sides(sheet: Sheet) -> None:
    """Read both sides; each begins at its column 项目."""
    header = next((n for n, row in enumerate(sheet.rows) if "项目" in [c.text for c in row]), None)
    if header is None:
        return
    begins = [column for column, cell in enumerate(sheet.rows[header]) if cell.text == "项目"]
    if len(begins) != len(sheet.layout.sides):
        return
    ends = [*begins[1:], max(map(len, sheet.rows))]
    for side, start, end in zip(sheet.layout.sides, begins, ends, strict=True):
        _read_side(sheet, side, header, start, end)


def _read_side(sheet: Sheet, side: Side, header: int, start: int, end: int) -> None:
    rows = [row[start:end] for row in sheet.rows]
    first = next(
        (n for n in range(header + 1, len(rows)) if _means(rows[n], side, sheet.year, ())),
        len(rows),
    )
    columns = columns_of(rows[header:first], side)
    numbered = any("行次" in cell.text for row in rows[header:first] for cell in row)
    values = 2 if numbered else 1
    above: list[str] = []
    for number, row in enumerate(rows):
        sheet.pass_over(row if number < first else row[1:values])
        if number < first or (means := _means(row, side, sheet.year, above)) is None:
            continue
        given, function = means
        above.append(_bare(row[0].text))
        for offset, column in enumerate(columns):
            dimensions = {**side.dimensions, **column, **given}
            sheet.state(number, start + values + offset, dimensions, function)


def _means(
    row: Row, side: Side, year: int, above: Sequence[str]
) -> tuple[Given, Function | None] | None:
    """What a row's name means: a known row, or a class of the functional classification."""
    name = _bare(row[0].text) if row else ""
    for label in side.rows:
        if label.pattern.fullmatch(name) and (label.under is None or label.under in above):
            return label.dimensions, None
    if not name or side.dimensions.get("flow") != "expenditure":
        return None
    function = function_of_path([name], year)
    return ({}, function) if function.code and len(function.code) == 3 else None


def _bare(name: str) -> str:
    """A row's name without its number: 一、教育支出 is 教育支出."""
    return layouts().mark.sub("", name)
