"""Tables of two sides (01, 04): income left, expenditure right, each row by its name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

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
    below = range(header + 1, len(rows))
    first = next((n for n in below if _means(rows[n], side, sheet.year, ())), len(rows))
    columns = columns_of(rows[header:first], side)
    values = 2 if _is_numbered(rows[header:first], rows[first:]) else 1
    if any(sheet.holds(n, start + values + len(columns), end) for n in range(first, len(rows))):
        return  # there are columns that we don't know: which is which is not sure
    above: set[str] = set()
    for number in range(first, len(rows)):
        row = rows[number]
        sheet.pass_over(row[1:values])
        if (means := _means(row, side, sheet.year, above)) is None:
            continue
        given, function = means
        above.add(_bare(row[0].text))
        for offset, column in enumerate(columns, start + values):
            if column is not None:
                sheet.state(number, offset, {**column, **given}, function, side)


def _is_numbered(header: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Whether the rows' numbers (行次) stand between names and values."""
    numbers = [row[1].text for row in rows if len(row) > 1 and row[1].text]
    counting = [str(int(numbers[0]) + n) for n in range(len(numbers))] if _counts(numbers) else []
    return counting == numbers or any("行次" in cell.text for row in header for cell in row)


def _counts(numbers: Sequence[str]) -> bool:
    return len(numbers) > 2 and numbers[0].isdecimal()


def _means(
    row: Row, side: Side, year: int, above: Collection[str]
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
