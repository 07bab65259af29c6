"""Tables in plain text whose cells only blanks divide, as they are copied from a page.

Where a cell was blank, nothing is left of it: a row is laid by the order of its cells, and only
where it has as many numbers as the table has columns. The numbers of any other row are put beyond
the last column, where none of them means anything.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.document.document import Cell, Line, Table
from kg.document.normal import NormalText
from kg.record import record

#: What stands above such a table, with its money unit: 公开03表, 金额单位：万元.
ABOVE = re.compile(
    r"公开[ \t]{0,3}\d{1,2}[ \t]{0,3}表|单位[ \t]?[:：][ \t]?(?:人民币)?[百千万亿]{0,2}元"
)
#: Lines that are of no such table: prose, and reviews of performance.
NOT = re.compile(r"[。；，\t|<]|绩效(?!工资)|指标|第[一二三四五六七八九十]部分|附件")
WORD = re.compile(r"\S+")
#: A number in a cell, or the dash in its place; one of money, where any is; one that is a code.
NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?|[-—–]{1,2}")
MONEY = re.compile(r"[-−]?\d[\d,]*\.\d+|0")
CODE = re.compile(r"3\d\d(?:\d\d)?")
#: The number of a row (行次), in a column of its own.
ORDINAL = re.compile(r"\d{1,3}")
#: How many lines may be a head, or stand between two rows: a page's end and the head again.
HEAD, BETWEEN, LENGTH = 12, 6, 160


@record
class Side:
    """One part of a row: the words that name it, then its numbers."""

    names: tuple[Cell, ...]
    numbers: tuple[Cell, ...]


def tables_by_blanks(text: str, normal: NormalText, lines: Sequence[Line]) -> Iterator[Table]:
    """The tables that stand below lines with a form's number or a money unit."""
    starts = [line.start for line in lines]
    above = sorted({bisect_right(starts, match.start()) for match in ABOVE.finditer(text)})
    for first, end in pairwise([*above, len(lines)]):
        run = list(_run(text, normal, lines[first:end]))
        if not run:
            continue
        rows = _laid([row for _, row in run])
        if rows:
            yield Table(tuple(rows), run[0][0], run[-1][0])


def _run(
    text: str, normal: NormalText, lines: Sequence[Line]
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """The lines of a table, each with its number: a head and rows, and what stands between rows."""
    waiting: list[tuple[int, tuple[Cell, ...]]] = []
    patience = HEAD
    for line in lines:
        printed = text[line.start : line.end]
        if len(printed) > LENGTH or NOT.search(printed):
            return
        if not printed.strip():
            continue
        words = WORD.finditer(text, line.start, line.end)
        row = tuple(Cell(normal.between(*w.span()).text, *w.span()) for w in words)
        waiting.append((line.number, row))
        if _is_row(row):
            if len(waiting) > 1 and _goes_on(waiting[-2][1], row):
                waiting[-2:] = [(line.number, waiting[-2][1] + row)]
            yield from waiting
            waiting, patience = [], BETWEEN
        elif len(waiting) > patience:
            return


def _is_row(row: Sequence[Cell]) -> bool:
    """Whether words are a row: it ends in a number, and has a name or other numbers."""
    if len(row) < 2 or not NUMBER.fullmatch(row[-1].text):
        return False
    return sum(cell.text.strip("-—–") != "" for cell in row) > 1  # a page's number is none: - 3 -


def _goes_on(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Whether a row is the rest of the line above: a code and a name too long for its column."""
    begins = len(above) > 1 and above[0].text.isdecimal() and len(above[0].text) > 2
    return begins and not NUMBER.fullmatch(row[0].text)


def _laid(run: Sequence[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """Rows with their cells in columns; none where no row is sure."""
    numbered = any("行次" in cell.text for row in run for cell in row)
    heads = [not _is_row(row) or _counts(row) for row in run]
    parted = [_sides(row, numbered=numbered) for row in run]
    body = [sides for sides, head in zip(parted, heads, strict=True) if not head]
    money = [n for sides in body for side in sides for n in side.numbers if MONEY.fullmatch(n.text)]
    if not money:
        return []
    form = Form.of(body, next((row for row in run if _counts(row)), ()), numbered=numbered)
    rows = []
    for row, sides, head in zip(run, parted, heads, strict=True):
        laid = form.counting(sides) if head and _counts(row) else None
        rows.append(laid or (row if head else form.row(sides)))
    return rows


def _counts(row: Sequence[Cell]) -> bool:
    """Whether a row counts the columns: 栏次 1 2 3."""
    numbers = [cell.text for cell in row if cell.text != "栏次"]
    counted = numbers == [str(n) for n in range(1, len(numbers) + 1)]
    return counted and bool(numbers) and (len(numbers) > 2 or row[0].text == "栏次")


def _sides(row: Sequence[Cell], *, numbered: bool) -> tuple[Side, ...]:
    """A row's parts: each begins with a word after numbers, or with the code before that word."""
    is_word = [NUMBER.fullmatch(cell.text) is None for cell in row]
    # numbers before the first word are its code, or the number of a row whose left side is blank
    codes = is_word.index(True) if True in is_word and not numbered else 0
    parts: list[tuple[list[Cell], list[Cell]]] = [([], [])]
    for n, cell in enumerate(row):
        is_code = CODE.fullmatch(cell.text) is not None and any(is_word[n + 1 : n + 2])
        is_name = n < codes or is_word[n] or is_code
        if is_name and parts[-1][1]:
            parts.append(([], []))
        parts[-1][0 if is_name else 1].append(cell)
    return tuple(Side(_joined(names), tuple(numbers)) for names, numbers in parts)


def _joined(names: Sequence[Cell]) -> tuple[Cell, ...]:
    """The words that name a side; single characters (合 计) are one."""
    if len(names) > 1 and all(len(cell.text) == 1 for cell in names):
        return (_one(names),)
    return tuple(names)


def _one(cells: Sequence[Cell]) -> Cell:
    return Cell("".join(cell.text for cell in cells), cells[0].start, cells[-1].end)


@record
class Form:
    """How many columns of names and of numbers each side of a table has."""

    names: tuple[int, ...]
    numbers: tuple[int, ...]
    numbered: bool

    @classmethod
    def of(
        cls, body: Sequence[Sequence[Side]], counting: Sequence[Cell], *, numbered: bool
    ) -> Form:
        """The form of most rows; where the columns are counted, of as many numbers."""
        count = max(map(len, body)) if numbered else _most(map(len, body))
        whole = [sides for sides in body if len(sides) == count]
        names = tuple(_most(len(sides[n].names) for sides in whole) for n in range(count))
        numbers = tuple(_most(len(sides[n].numbers) for sides in whole) for n in range(count))
        counted = len([cell for cell in counting if cell.text != "栏次"])
        if counted and count == 1:
            numbers = (counted + numbered,)
        return cls(names, numbers, numbered)

    def row(self, sides: Sequence[Side]) -> tuple[Cell, ...]:
        """A row in columns; where its numbers aren't sure, they are beyond these."""
        end = sides[-1].numbers[-1].end
        whole = len(sides) == len(self.names) or self._are_totals(sides)
        if whole and all(map(self._fits, range(len(sides)), sides)):
            return tuple(cell for n, side in enumerate(sides) for cell in self._side(n, side, end))
        names = tuple(self._named(0, sides[0], end))
        blank = Cell("", end, end)
        width = sum(self.names) + sum(self.numbers)
        numbers = [number for side in sides for number in side.numbers]
        return (*names, *[blank] * (width - len(names)), *numbers)

    def _are_totals(self, sides: Sequence[Side]) -> bool:
        """Whether a row's sides are totals, each of one side or more: they alone have no code."""
        fewer = 1 < len(sides) < len(self.names)
        return fewer and all(
            len(side.names) < n for side, n in zip(sides, self.names, strict=False)
        )

    def _fits(self, n: int, side: Side) -> bool:
        """Whether a side has all its numbers, or that of its row and nothing else."""
        if self._is_bare(n, side):
            return True
        return bool(self.names[n]) == bool(side.names) and len(side.numbers) == self.numbers[n]

    def _is_bare(self, n: int, side: Side) -> bool:
        first = [ORDINAL.fullmatch(number.text) for number in side.numbers]
        return self.numbered and self.numbers[n] > 1 and len(first) == 1 and bool(first[0])

    def _side(self, n: int, side: Side, end: int) -> Iterator[Cell]:
        yield from self._named(n, side, end)
        yield from side.numbers
        yield from [Cell("", end, end)] * (self.numbers[n] - len(side.numbers))

    def _named(self, n: int, side: Side, end: int) -> Iterator[Cell]:
        """The cells of names; a name of more words than columns is in the last of them."""
        width = self.names[n]
        names = side.names
        if len(names) > width > 0:
            names = (*names[: width - 1], _one(names[width - 1 :]))
        yield from names[:width]
        yield from [Cell("", end, end)] * (width - len(names))

    def counting(self, sides: Sequence[Side]) -> tuple[Cell, ...] | None:
        """The row that counts the columns: each number over its own, as far right as it can be."""
        if len(sides) != len(self.names):
            return None
        cells: list[Cell] = []
        for names, numbers, side in zip(self.names, self.numbers, sides, strict=True):
            blanks = names + numbers - len(side.names) - len(side.numbers)
            if blanks < 0:
                return None
            end = side.numbers[0].start
            cells += [*side.names, *[Cell("", end, end)] * blanks, *side.numbers]
        return tuple(cells)


def _most(counts: Iterator[int] | map[int]) -> int:
    return Counter(counts).most_common(1)[0][0]
