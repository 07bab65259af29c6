"""How a workbook's cells show their numbers: 959.8399999 in a cell of 0.00 is read as 959.84."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from lxml import etree

from kg.document.formats.archive import Archive
from kg.document.formats.xml import name_of, parsed, value_of

#: The formats that every workbook has without saying so; dates aside, which come as dates.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    41: "#,##0;-#,##0;-", 42: "#,##0;-#,##0;-",
    43: "#,##0.00;-#,##0.00;-", 44: "#,##0.00;-#,##0.00;-",
}  # fmt: skip
#: No sheet has more.
COLUMNS = 16_384
#: What a format says beside its digits: text, widths, fillings, colours, locales.
_BESIDE = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?,]*[#0?](?:\.([#0?]*))?(%?)")


class NumberFormat(NamedTuple):
    """A format of digits; `zero` is what stands for 0, if something does."""

    decimals: int
    optional: int
    grouped: bool
    percent: bool
    zero: str | None

    def shown(self, number: Decimal) -> str:
        """A number as a cell shows it; the minus stays, where the sheet shows it by colour only.

        >>> format_of("#,##0.00").shown(Decimal("-12345.675"))
        '-12,345.68'
        """
        if not number and self.zero is not None:
            return self.zero
        if self.percent:
            number = number.scaleb(2)
        rounded = number.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        text = format(rounded, ",f" if self.grouped else "f")
        for _ in range(self.optional):
            text = text.removesuffix("0")
        text = text.removesuffix(".")
        return f"{text.removeprefix('-') if not rounded else text}{'%' if self.percent else ''}"


def format_of(code: str) -> NumberFormat | None:
    """A format's code understood; None where it is General, or more than digits.

    >>> format_of("0.00%"), format_of("General"), format_of("0!.0,")
    (NumberFormat(decimals=2, optional=0, grouped=False, percent=True, zero=None), None, None)
    """
    if "[=" in code or "[<" in code or "[>" in code:
        return None
    sections = [_BESIDE.sub("", section).strip() for section in _sections(code)]
    match = _DIGITS.fullmatch(sections[0].strip("()+- "))
    if match is None:
        return None
    decimals = match[1] or ""
    zero = None
    if len(sections) > 2 and not re.search(r"[#0]", sections[2]):
        zero = (
            _BESIDE.sub(lambda m: m[1] or m[2] or "", _sections(code)[2]).replace("?", "").strip()
        )
    return NumberFormat(
        len(decimals), len(decimals) - decimals.count("0"), "," in match[0], bool(match[2]), zero
    )


def general(number: Decimal | float) -> str:
    """A number where its format isn't known: what a double holds exactly, fifteen digits.

    >>> general(0.1 + 0.2), general(2010301.0), general(1e20)
    ('0.3', '2010301', '100000000000000000000')
    """
    text = format(Decimal(f"{number:.15g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sections(code: str) -> list[str]:
    """The parts of a format for positive and negative numbers and for zero."""
    return re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+|(?<=;)(?=;|$)', code) or [""]


class Formats:
    """The formats of a workbook's cells, sheet by sheet."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._styles = _styles(archive)
        self._sheets = _sheets(archive)

    def hidden(self, sheet: str) -> tuple[set[int], set[int]]:
        """The rows and columns of a sheet that it doesn't show, from 0."""
        path = self._sheets.get(sheet)
        if path is None or path not in self._archive.names:
            return set(), set()
        root = parsed(self._archive.read(path))
        rows = {_count(row.get("r")) - 1 for row in root.iter("{*}row") if _is_hidden(row)}
        columns: set[int] = set()
        for column in root.iter("{*}col"):
            if _is_hidden(column):
                last = min(_count(column.get("max")), COLUMNS)
                columns |= set(range(_count(column.get("min")) - 1, last))
        return rows, columns

    def of(self, sheet: str) -> Mapping[tuple[int, int], NumberFormat]:
        """The formats of a sheet's cells that have one, by row and column from 0."""
        path = self._sheets.get(sheet)
        if path is None or path not in self._archive.names:
            return {}
        found = {}
        for cell in parsed(self._archive.read(path)).iter("{*}c"):
            style, place = cell.get("s") or "", _place(cell.get("r") or "")
            if place and style.isascii() and style.isdigit() and len(style) < 6:
                number = self._styles[int(style)] if int(style) < len(self._styles) else None
                if number:
                    found[place] = number
        return found


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") in ("1", "true")


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _place(reference: str) -> tuple[int, int] | None:
    """C12 as row 11, column 2."""
    match = re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", reference, re.ASCII)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _styles(archive: Archive) -> list[NumberFormat | None]:
    if "xl/styles.xml" not in archive.names:
        return []
    root = parsed(archive.read("xl/styles.xml"))
    codes = dict(BUILT_IN)
    for entry in root.iter("{*}numFmt"):
        codes[_id(entry)] = entry.get("formatCode") or ""
    formats = {number: format_of(code) for number, code in codes.items()}
    cells = next(root.iter("{*}cellXfs"), None)
    styles = [] if cells is None else [e for e in cells if name_of(e) == "xf"]
    return [formats.get(_id(style)) for style in styles]


def _id(element: etree._Element) -> int:
    text = element.get("numFmtId") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _sheets(archive: Archive) -> dict[str, str]:
    """Where each sheet is in the archive, by name."""
    book, relations = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if book not in archive.names or relations not in archive.names:
        return {}
    targets = {e.get("Id"): e.get("Target") or "" for e in parsed(archive.read(relations))}
    sheets = {}
    for sheet in parsed(archive.read(book)).iter("{*}sheet"):
        target = targets.get(value_of(sheet, "id"), "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        sheets[sheet.get("name") or ""] = posixpath.normpath(path)
    return sheets
