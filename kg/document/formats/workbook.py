"""Workbooks (XLSX, XLS, XLSB, ODS): each sheet's name, its titles as lines, its rows."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable
from decimal import Decimal

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from kg.document.formats.archive import Archive
from kg.document.formats.canonical import Canonical, Reading, Unreadable, joined
from kg.document.formats.number_formats import Formats, NumberFormat, general

#: The nine tables come to some ten thousand cells.
CELLS = 2_000_000
BROKEN = "is not a whole workbook; get it anew or save it as .xlsx"
#: The name that a sheet has before someone gives it one.
UNNAMED = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
#: A longer text alone in its row is a note, not the name of a row.
NOTE = 30

#: What a cell holds, as calamine gives it.
Value = object


def read_workbook(content: bytes) -> Reading:
    """Read a workbook; hidden sheets, rows and columns, which nobody sees, are left out.

    Raises:
        Unreadable: it is broken or encrypted, or there is nothing in it.
    """
    canonical = Canonical()
    formats = Formats(Archive.of(content)) if content.startswith(b"PK") else None
    try:
        _book(canonical, content, formats)
    except PasswordError as error:
        raise Unreadable("is encrypted; save it without a password") from error
    except CalamineError as error:
        raise Unreadable(BROKEN) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of Rust, which is no Exception
            raise Unreadable(BROKEN) from error
        raise
    reading = canonical.reading()
    if not reading.text.strip():
        raise Unreadable("has nothing in its sheets")
    return reading


def _book(canonical: Canonical, content: bytes, formats: Formats | None) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for number, sheet in enumerate(book.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            _sheet(canonical, book, number, formats)


def _sheet(
    canonical: Canonical,
    book: CalamineWorkbook,
    number: int,
    formats: Formats | None,
) -> None:
    sheet = book.get_sheet_by_index(number)
    if sheet.start is None:  # empty
        return
    if (cells := sheet.total_height * sheet.total_width) > CELLS:
        raise Unreadable(f"has a sheet of {cells:,} cells, more than {CELLS:,}")
    found = formats.of(sheet.name) if formats else {}
    hidden = formats.hidden(sheet.name) if formats else (set(), set())
    rows = [
        [
            _shown(value, found.get((row, column)))
            for column, value in enumerate(values)
            if column not in hidden[1]
        ]
        for row, values in enumerate(sheet.to_python(skip_empty_area=False))
        if row not in hidden[0]
    ]
    width = max((len(row) - _blank_at_end(row) for row in rows), default=0)
    canonical.gap()
    if not UNNAMED.fullmatch(sheet.name.strip()):
        canonical.line(sheet.name)
    _write(canonical, [row[:width] for row in rows])


def _write(canonical: Canonical, rows: Iterable[list[str]]) -> None:
    """Rows; what stands alone above the table, or is long, is a line."""
    begun = False
    for row in rows:
        filled = [cell for cell in row if cell.strip()]
        begun = begun or len(filled) > 1
        if len(filled) == 1 and (not begun or len(filled[0]) > NOTE):
            for line in filled[0].split("\n"):
                canonical.line(line)
        else:
            canonical.row([joined(cell.split("\n")) for cell in row])


def _blank_at_end(row: list[str]) -> int:
    blank = 0
    for cell in reversed(row):
        if cell.strip():
            break
        blank += 1
    return blank


def _shown(value: Value, number_format: NumberFormat | None) -> str:
    """A cell's value as its sheet shows it, as far as that is known."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        text = general(value)
        return number_format.shown(Decimal(text)) if number_format else text
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)
