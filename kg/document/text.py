"""Text files: their encoding, their lines, and the tables in them (a row a line, cells by tabs)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from kg.document.document import Cell, DocumentError, Line, Table
from kg.document.normal import NormalText

#: Characters that no text file has: these tell a binary file from text.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
LINE_END = re.compile(r"\r\n|[\n\r]")


def decode(content: bytes, name: str) -> str:
    """The text of a file in UTF-8 or GB 18030.

    Raises:
        DocumentError: the file is empty or isn't text.

    """
    if not content.strip():
        raise DocumentError(f"{name}: the file is empty; expected the text of a report")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if CONTROL.search(text):
            break
        return text
    raise DocumentError(f"{name}: not a text file; expected UTF-8 or GB 18030 text")


def split_lines(text: str) -> tuple[Line, ...]:
    r"""The lines of a text.

    >>> [(line.number, line.start, line.end) for line in split_lines("一\n\n二")]
    [(1, 0, 1), (2, 2, 2), (3, 3, 4)]
    """
    lines: list[Line] = []
    start = 0
    for match in LINE_END.finditer(text):
        lines.append(Line(len(lines) + 1, start, match.start()))
        start = match.end()
    lines.append(Line(len(lines) + 1, start, len(text)))
    return tuple(lines)


def split_tables(text: str, normal: NormalText, lines: tuple[Line, ...]) -> tuple[Table, ...]:
    """The tables of a text: runs of lines with tabs in them."""
    tables = []
    for tabbed, run in groupby(lines, key=lambda line: text.find("\t", line.start, line.end) >= 0):
        if tabbed:
            rows = list(run)
            cells = tuple(tuple(_cells(text, normal, line)) for line in rows)
            tables.append(Table(cells, rows[0].number, rows[-1].number))
    return tuple(tables)


def _cells(text: str, normal: NormalText, line: Line) -> Iterator[Cell]:
    start = line.start
    for part in text[line.start : line.end].split("\t"):
        end = start + len(part)
        cell = normal.between(start, end) if part else None
        if cell and cell.text:
            yield Cell(cell.text, *cell.span(0, len(cell.text)))
        else:
            yield Cell("", start, start)
        start = end + 1
