"""Canonical text as readers of files write it: a line of prose a line, a table's row by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

#: A report has up to a few hundred thousand characters; ten times that fits in the memory allowed.
CHARACTERS = 5_000_000
#: Where words of the Latin script meet at a wrap, there was a space.
_LATIN = re.compile(r"[A-Za-z]")
_SPACES = re.compile(r"[ \t\f\v\r\n\x85\u2028\u2029\xa0]+")
#: What shows nothing and no XML or JSON likes: controls, halves of characters, non-characters.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Unreadable(Exception):
    """A file that can't be read; the message goes on where the file's name ends."""


class Reading(NamedTuple):
    """A file as read: its canonical text, and the 1-based line that each page starts at, if any."""

    text: str
    pages: tuple[int, ...] = ()


class Canonical:
    r"""Canonical text being written.

    >>> canonical = Canonical()
    >>> canonical.row(["合计", "", "12.50"])
    >>> canonical.line("注：单位\t万元")
    >>> canonical.reading()
    Reading(text='合计\t\t12.50\n注：单位 万元\n', pages=())
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._pages: list[int] = []
        self._length = 0

    def page(self) -> None:
        """A page begins."""
        self._pages.append(len(self._lines) + 1)

    def line(self, text: str) -> None:
        """A line of prose; a blank one is left out."""
        if text := plain(text):
            self._add(text)

    def row(self, cells: Iterable[str]) -> None:
        """A row of a table, unless all of its cells are blank; a row of one cell is prose."""
        texts = [plain(cell) for cell in cells]
        if any(texts):
            self._add("\t".join(texts))

    def gap(self) -> None:
        """A blank line: what follows is no part of the table above."""
        if self._lines and self._lines[-1]:
            self._add("")

    def reading(self) -> Reading:
        """What was written."""
        lines = self._lines[:-1] if self._lines[-1:] == [""] else self._lines
        return Reading("".join(f"{line}\n" for line in lines), tuple(self._pages))

    def _add(self, line: str) -> None:
        self._length += len(line) + 1
        if self._length > CHARACTERS:
            raise Unreadable(f"has more than {CHARACTERS:,} characters of text; split it")
        self._lines.append(line)


def plain(text: str) -> str:
    r"""Text on one line, without tabs and what can't be seen.

    >>> plain(" 合\t计\x00 ")
    '合 计'
    """
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def joined(lines: Sequence[str]) -> str:
    """The lines that a cell's text is wrapped into as one.

    >>> joined(["一般公共预", "算财政拨款", "GDP", "growth"])
    '一般公共预算财政拨款GDP growth'
    """
    text = ""
    for line in filter(None, map(plain, lines)):
        latin = text and _LATIN.match(text[-1]) and _LATIN.match(line)
        text += f" {line}" if latin else line
    return text
