"""The nine tables to statements: cells by the labels of their rows and columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.codes import load_code_lists
from kg.document import Cell, Document
from kg.extract.functions import function_of_code, function_of_path
from kg.extract.layouts import Given, Label, Layout, Side, layouts
from kg.extract.numbers import UNITS, in_yuan, is_number
from kg.facts import Dimensions, Function, Money, MoneyUnit, Statement
from kg.outline import TitledTable
from kg.vocabulary import normal_name

FUNCTION_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")
ECONOMIC_CODE = re.compile(r"3\d\d(?:\d\d)?")
CHINESE = re.compile(r"[一-鿿]")
Row = Sequence[Cell]


@dataclass
class TableReading:
    """What was read from a table: its statements, and the cells (by start) that are no figures."""

    statements: list[Statement] = field(default_factory=list)
    structure: set[int] = field(default_factory=set)


def read_table(document: Document, titled: TitledTable, year: int) -> TableReading:
    """Read one of the nine tables; a table of another form gives no statements."""
    layout = layouts().tables.get(titled.place or "")
    if layout is None:
        return TableReading()
    reader = _Reader(document, titled, layout, year)
    READERS[layout.kind](reader)
    return reader.reading


@dataclass
class _Reader:
    """One table being read."""

    document: Document
    titled: TitledTable
    layout: Layout
    year: int
    reading: TableReading = field(default_factory=TableReading)

    @property
    def rows(self) -> Sequence[Row]:
        return self.titled.table.rows

    @property
    def unit(self) -> MoneyUnit:
        match = layouts().unit.search(self.titled.around)
        return UNITS[match["unit"]] if match else "wan-yuan"

    def structure(self, cell: Cell) -> None:
        if is_number(cell.text):
            self.reading.structure.add(cell.start)

    def state(
        self, row: int, column: int, given: Mapping[str, str], function: Function | None = None
    ) -> None:
        """A statement of a cell, where the cell holds a number."""
        cells = self.rows[row]
        if column >= len(cells) or not is_number(cells[column].text):
            return
        cell = cells[column]
        passage = self.document.cell_passage(cell, row, column)
        reported = re.sub(r"\s+", "", self.document.text[cell.start : cell.end])
        money = Money(in_yuan(cell.text, self.unit), reported, self.unit, passage)
        dimensions = Dimensions(self.year, self.layout.place, function=function, **given)  # type: ignore[arg-type]
        self.reading.statements.append(Statement(dimensions, money))


# --- columns


def _columns(rows: Sequence[Row], side: Side, first: int = 0) -> list[tuple[int, Given]]:
    """The labelled columns of a header in their printed order, with what they mean.

    The labels under a group stand where the group stands; an unknown label beside known ones keeps
    its place in the order (with no meaning), so that the others don't move.
    """
    order: list[tuple[int, int, Given]] = []
    groups: list[int] = []
    for row in rows:
        known = {c: _meaning(row[c].text, side.columns) for c in range(first, len(row))}
        if side.group:
            groups += [c for c in known if side.group.fullmatch(row[c].text)]
        for column, meaning in known.items():
            if meaning is not None:
                order.append((_group_of(column, groups, order), column, meaning))
    order.sort(key=lambda entry: entry[:2])
    return [(column, meaning) for _, column, meaning in order]


def _group_of(column: int, groups: Sequence[int], known: Sequence[tuple[int, int, Given]]) -> int:
    """The column of the group that a label stands under, or its own."""
    before = [g for g in groups if g <= column]
    if not before:
        return column
    group = max(before)
    later = [c for _, c, _ in known if group < c and c not in groups]
    return column if later and min(later) == column else group


def _meaning(text: str, labels: Sequence[Label]) -> Given | None:
    return next((label.dimensions for label in labels if label.pattern.fullmatch(text)), None)


# --- a row a 科目


def _read_functions(reader: _Reader) -> None:
    side = reader.layout.sides[0]
    first = next((n for n, row in enumerate(reader.rows) if _is_data(row)), len(reader.rows))
    columns = [meaning for _, meaning in _columns(reader.rows[:first], side)]
    for row in reader.rows[:first]:
        for cell in row:
            reader.structure(cell)
    for number in range(first, len(reader.rows)):
        row = reader.rows[number]
        code, after = _code(row)
        name = _name(row, after)
        if name is None:
            continue
        for cell in row[:name]:
            reader.structure(cell)
        total = layouts().total.fullmatch("".join(cell.text for cell in row[: name + 1]))
        if not code and not total:
            continue
        function = function_of_code(code, row[name].text, reader.year) if code else None
        start = _values_from(row, name, len(columns))
        for offset, meaning in enumerate(columns):
            given = {**side.dimensions, **meaning}
            reader.state(number, start + offset, given, function)


def _is_data(row: Row) -> bool:
    joined = "".join(cell.text for cell in row if not is_number(cell.text))
    code, after = _code(row)
    return bool(layouts().total.fullmatch(joined) or (code and _name(row, after) is not None))


def _code(row: Row) -> tuple[str, int]:
    """The 科目 code that a row begins with, in one cell or three (类, 款, 项), and its end."""
    digits = ""
    for column, cell in enumerate(row):
        if not cell.text and len(digits) in (0, 3, 5):
            continue
        wanted = 2 if digits and len(cell.text) == 2 else None
        if (
            cell.text.isdigit()
            and FUNCTION_CODE.fullmatch(digits + cell.text)
            and (not digits or wanted)
        ):
            digits += cell.text
            continue
        return digits, column
    return digits, len(row)


def _name(row: Row, start: int) -> int | None:
    """The column of a row's name; a name in pieces (合, 计) ends with its last piece."""
    named = [c for c in range(start, len(row)) if CHINESE.search(row[c].text)]
    return (
        named[-1] if named and not any(is_number(c.text) for c in row[start : named[-1]]) else None
    )


def _values_from(row: Row, name: int, count: int) -> int:
    """Where a row's values begin: behind its name, or so that all columns fit the row's end.

    A name that stands left of its column (合计 in the first cell) leaves blanks before the values.
    """
    filled = [c for c in range(name + 1, len(row)) if row[c].text]
    if filled and filled[0] > name + 1 and not _has_code_before(row, name):
        return filled[0]
    return name + 1


def _has_code_before(row: Row, name: int) -> bool:
    return any(cell.text for cell in row[:name])


# --- two sides


def _read_sides(reader: _Reader) -> None:
    header = [n for n, row in enumerate(reader.rows) if "项目" in [c.text for c in row]]
    if not header:
        return
    names = [c for c, cell in enumerate(reader.rows[header[0]]) if cell.text == "项目"]
    if len(names) != len(reader.layout.sides):
        return
    bounds = [*names, max(map(len, reader.rows))]
    for side, start, end in zip(reader.layout.sides, bounds, bounds[1:], strict=False):
        _read_side(reader, side, header[0], start, end)


def _read_side(reader: _Reader, side: Side, header: int, start: int, end: int) -> None:
    rows = [row[start:end] for row in reader.rows]
    first = next(
        (n for n in range(header + 1, len(rows)) if _row_meaning(rows[n], side, reader.year, [])),
        len(rows),
    )
    columns = [meaning for _, meaning in _columns(rows[header:first], side)]
    numbered = any("行次" in cell.text for row in rows[header:first] for cell in row)
    offset = 2 if numbered else 1
    above: list[str] = []
    for number in range(len(rows)):
        row = rows[number]
        for cell in row if number < first else row[1:offset]:
            reader.structure(cell)
        if number < first or not row or not row[0].text:
            continue
        if (meaning := _row_meaning(row, side, reader.year, above)) is None:
            continue
        given, function = meaning
        above.append(_bare(row[0].text))
        for place, column in enumerate(columns):
            reader.state(
                number, start + offset + place, {**side.dimensions, **column, **given}, function
            )


def _row_meaning(
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
    return layouts().mark.sub("", name)


# --- economic classification, and three-public spending


def _read_economic(reader: _Reader) -> None:
    side = reader.layout.sides[0]
    labels = load_code_lists().economic
    for number, row in enumerate(reader.rows):
        for column, cell in enumerate(row):
            if ECONOMIC_CODE.fullmatch(cell.text) and cell.text in labels:
                reader.structure(cell)
                reader.state(number, column + 2, {**side.dimensions, "economic": cell.text})
            elif (given := _meaning(normal_name(cell.text), side.rows)) is not None:
                value = _next_filled(row, column + 1)
                reader.state(number, value, {**side.dimensions, **given})


def _next_filled(row: Row, start: int) -> int:
    """The next cell with a number, before any other label."""
    for column in range(start, len(row)):
        if row[column].text:
            return column
    return len(row)


def _read_row(reader: _Reader) -> None:
    side, rows = reader.layout.sides[0], reader.rows
    halves = [
        (c, m)
        for row in rows
        for c, cell in enumerate(row)
        if (m := _meaning(cell.text, reader.layout.halves)) is not None
    ]
    labels = [
        (c, m)
        for row in rows
        for c, cell in enumerate(row)
        if (m := _meaning(cell.text, side.columns)) is not None
    ]
    numbered = [n for n, row in enumerate(rows) if [c.text for c in row][:3] == ["1", "2", "3"]]
    for number in numbered:
        for cell in rows[number]:
            reader.structure(cell)
    values = [
        n for n, row in enumerate(rows) if n not in numbered and any(is_number(c.text) for c in row)
    ]
    if not halves or not labels or not values:
        return
    for column, meaning in sorted(labels, key=lambda entry: entry[0]):
        half = max((h for h in halves if h[0] <= column), key=lambda h: h[0], default=None)
        if half:
            reader.state(values[0], column, {**side.dimensions, **meaning, **half[1]})


READERS: dict[str, Callable[[_Reader], None]] = {
    "functions": _read_functions,
    "sides": _read_sides,
    "economic": _read_economic,
    "row": _read_row,
}


def structural(reading: TableReading) -> Iterator[int]:
    """The cells of a reading that are no figures: codes, row and column numbers."""
    yield from sorted(reading.structure)
