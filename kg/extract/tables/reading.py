"""A table to what it states: each cell by what its row and its column mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from kg.document import Document
from kg.extract.layouts import Side, layouts
from kg.extract.tables.blocks import Block, Parts, holds_figures, parts_of
from kg.extract.tables.columns import columns_of
from kg.extract.tables.meaning import Meaning
from kg.extract.tables.rows import Opening, Reader, openings
from kg.extract.tables.sheet import Row, Sheet, TableReading, is_figure, is_name
from kg.outline import TitledTable


def read_table(document: Document, titled: TitledTable, year: int) -> TableReading:
    """Read one table; one of another form, or without a title we know, states nothing."""
    layout = layouts().tables.get(titled.place or "")
    if layout is None:
        return TableReading()
    sheet = Sheet(document, titled, layout, year)
    for parts in parts_of(sheet):
        for block in parts.blocks:
            _read_block(sheet, parts, block)
    return sheet.reading


def _nature_of(named: Meaning) -> Meaning:
    """Which of the blocks side by side (人员经费, 公用经费) a code of the economic list is of."""
    code = named.given.get("economic")
    return Meaning({"nature": layouts().nature_of(code)}) if code else Meaning()


def _read_block(sheet: Sheet, parts: Parts, block: Block) -> None:
    """Read the block as the side that knows most of its rows."""
    found = openings({number: sheet.rows[number] for number in parts.body}, block)
    for number, opening in found.items():
        row = sheet.rows[number]
        sheet.pass_over(row[block.start : opening.named])
        if block.lines:
            sheet.pass_over([row[line] for line in block.lines if line < len(row)])
        if opening.code and opening.names:
            sheet.name(number, opening.named, opening.code)
    sides = [(side, _rows(sheet, block, side, found)) for side in sheet.layout.sides]
    side, rows = max(sides, key=lambda entry: len(entry[1]))
    if not rows:
        return
    columns = _compared(columns_of(sheet, parts, block, side))
    if by_code := len(parts.blocks) > 1 and side.dimensions.get("nature") == "basic":
        # what is said above the halves (人员经费, 公用经费) slides; the codes below don't
        columns = {column: over.without("nature") for column, over in columns.items()}
    whole = Meaning({**side.dimensions, **sheet.said})
    below = {column: over.below(whole) for column, over in columns.items()}
    body = [sheet.rows[number] for number in parts.body]
    figures = [column for column in block.values if holds_figures(body, column)]
    is_alone = len(figures) == len(sheet.layout.sides) == 1
    shifts = _shifts(found, block)
    for number, meaning in rows.items():
        named = _placed(sheet, number, found[number], meaning)
        means = named.below(_nature_of(named)) if by_code else named
        row, shift = sheet.rows[number], shifts[number]
        spans = is_alone and not found[number].code
        for column, over in columns.items():
            at = _spanned(row, column) if spans else column + shift
            if at < len(row) and is_figure(row[at].text) and means.agrees_with(over):
                sheet.state(number, at, means.below(below[column]))


def _placed(sheet: Sheet, number: int, opening: Opening, named: Meaning) -> Meaning:
    """What a row means; where a name stands that isn't its 科目's own is part of that."""
    function = named.given.get("function")
    if function is None or function.text is None or not opening.names:
        return named
    placed = replace(function, at=sheet.passage(number, opening.named))
    return replace(named, given={**named.given, "function": placed})


def _compared(columns: Mapping[int, Meaning]) -> Mapping[int, Meaning]:
    """The columns with what those compare with that don't say: the table's only other phase."""
    budgets = {over.given.get("phase") for over in columns.values()} - {None, "final"}
    lasts = {"prior-year" for over in columns.values() if over.given.get("fiscal_year", 0) != 0}
    bases = {"completion": budgets, "change": budgets | lasts, "growth": budgets | lasts}

    def based(over: Meaning) -> Meaning:
        found = bases.get(over.measure or "", set())
        is_open = over.base is None and len(found) == 1
        return replace(over, base=next(iter(found))) if is_open else over

    return {column: based(over) for column, over in columns.items()}


def _rows(
    sheet: Sheet, block: Block, side: Side, found: Mapping[int, Opening]
) -> dict[int, Meaning]:
    """What the rows of a block mean, by their numbers, as far as the side knows them."""
    coded = any(opening.code for opening in found.values())
    reader = Reader(side, sheet.year, is_coded=coded)
    means = {number: reader.meaning(opening) for number, opening in found.items()}
    if side.unnamed:  # the unit's own row has no name, or the unit's
        filled = [n for n in found if _has_figure(sheet.rows[n], block)]
        if not block.names or len(filled) == 1:
            means |= {number: means[number] or Meaning() for number in filled}
    return {number: meaning for number, meaning in means.items() if meaning is not None}


def _has_figure(row: Row, block: Block) -> bool:
    return any(is_figure(cell.text) for cell in row[block.first : block.end])


def _shifts(found: Mapping[int, Opening], block: Block) -> dict[int, int]:
    """By how many columns the values of each row have slid: as many as its name has."""
    usual = Counter(opening.named for opening in found.values() if opening.code).most_common(1)
    shifts = {}
    for number, opening in found.items():
        shifts[number] = 0
        if block.names and opening.named not in block.names:
            own = usual[0][0] if opening.code else block.first - 1
            slid = opening.named - own
            shifts[number] = slid if opening.code else max(0, slid)
    return shifts


def _spanned(row: Row, column: int) -> int:
    """Where a total's value stands that spans the columns of other groups: in the last of them."""
    filled = (further for further in range(column, len(row)) if row[further].text)
    first = next(filled, column)
    after = next(filled, first)
    return column if is_name(row[first].text) or is_name(row[after].text) else first
