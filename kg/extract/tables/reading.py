"""One of the nine tables, read by the reader of its kind."""

from __future__ import annotations

from collections.abc import Callable

from kg.document import Document
from kg.extract.layouts import layouts
from kg.extract.tables.economic import read_economic
from kg.extract.tables.functions import read_functions
from kg.extract.tables.sheet import Sheet, TableReading, counted
from kg.extract.tables.sides import read_sides
from kg.extract.tables.three_public import read_three_public
from kg.outline import TitledTable

READERS: dict[str, Callable[[Sheet], None]] = {
    "functions": read_functions,
    "sides": read_sides,
    "economic": read_economic,
    "row": read_three_public,
}


def read_table(document: Document, titled: TitledTable, year: int) -> TableReading:
    """Read one table; one of another form, or without a title we know, gives no statements."""
    layout = layouts().tables.get(titled.place or "")
    if layout is None:
        return TableReading()
    sheet = Sheet(document, titled, layout, year)
    for row in sheet.rows:
        if (columns := counted(row)) and len(columns) > 1:
            sheet.pass_over(row)
    READERS[layout.kind](sheet)
    return sheet.reading
