"""What was read from a file: canonical text, lines and tables, each with its place."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kg.document.normal import NormalText
from kg.errors import ReportError
from kg.facts import Passage
from kg.record import record


class DocumentError(ReportError):
    """A file that can't be read: missing, empty, not text, or of a format that isn't read."""


class Line(NamedTuple):
    """Characters `start` to `end` of the canonical text, without the line's end."""

    number: int
    start: int
    end: int


class Cell(NamedTuple):
    """A table's cell: its text in normal form, and where it stands (`start` == `end` if blank)."""

    text: str
    start: int
    end: int


@record
class Table:
    """Rows of cells; `first_line` and `last_line` are 1-based lines of the canonical text."""

    rows: tuple[tuple[Cell, ...], ...]
    first_line: int
    last_line: int


@dataclass(frozen=True)
class Document:
    """A file as read: `text` is the canonical text, `normal` its normal form.

    `format` is a media type, `sha256` is the file's.
    """

    name: str
    format: str
    sha256: str
    text: str
    normal: NormalText
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    #: The 1-based line that each page starts at; empty where there are no pages.
    pages: tuple[int, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def cell(self, start: int, end: int) -> Cell:
        """The characters `start` to `end` as a cell."""
        normal = self.normal
        first, last = normal.places[start], normal.places[end]
        if first == last:
            return Cell("", start, start)
        return Cell(normal.text[first:last], normal.offsets[first], normal.offsets[last - 1] + 1)

    def printed(self, cells: Iterable[Cell]) -> str:
        """The characters of some cells, without the spaces and the markup in and between them."""
        return "".join([self._printed(*cell) for cell in cells])

    def _printed(self, text: str, start: int, end: int) -> str:
        if self.text[start:end] == text:  # most are their own normal form
            return text
        return self.normal.printed(self.text, *self.normal.bounds(start, end))

    def line_at(self, offset: int) -> int:
        """The 1-based line that a character stands in."""
        return bisect.bisect_right(self._line_starts, offset)

    def page_at(self, line: int) -> int | None:
        """The 1-based page that a line stands on, in a document with pages."""
        return bisect.bisect_right(self.pages, line) or None

    def passage(self, start: int, end: int) -> Passage:
        """The passage of characters `start` to `end`."""
        line = self.line_at(start)
        return Passage(start, end, line, self.page_at(line) if self.pages else None)

    def cell_passage(self, cell: Cell, row: int, column: int) -> Passage:
        """The passage of a cell; `row` and `column` are 0-based here, 1-based in the passage."""
        line = self.line_at(cell.start)
        page = self.page_at(line) if self.pages else None
        return Passage(cell.start, cell.end, line, page, row + 1, column + 1)
