"""Rows that have lost their blank cells, laid in columns by the order of their cells.

A row's numbers are in their columns only where it has as many as the table has columns. Of a row
with fewer, the first is the total, where the first column is that; the others are put beyond the
last column, where none of them means anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kg.document.document import Cell
from kg.record import record

#: A number in a cell, or the dash in its place; one of money, where any is.
NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?|[-—–]{1,2}")
MONEY = re.compile(r"[-−]?\d[\d,]*\.\d+|0")
#: What stands beside the numbers of columns.
LEVELS = ("栏次", "类", "款", "项")
#: The number of a row (行次), in a column of its own.
ORDINAL = re.compile(r"\d{1,3}")
#: Labels of the columns that name the rows, and of one of totals.
STUB = re.compile(
    r".{0,8}项目?(?:\(.{2,14}\))?|.{0,14}(?:科目|编码|代码|名称|分类)|[类款目]|[栏行]次"
)
TOTAL = re.compile(r"(?:本年)?(?:收入|支出)?(?:合计|小计|总计)|本年(?:收入|支出)")


@record
class Side:
    """One part of a row: the words that name it, then its numbers."""

    names: tuple[Cell, ...]
    numbers: tuple[Cell, ...]


def laid(
    rows: Sequence[Sequence[Cell]], parted: Sequence[Sequence[Side]], width: int = 0
) -> list[tuple[Cell, ...]]:
    """Some rows in columns; none where no row is sure.

    `parted` are the rows in their parts, without parts those of a head; `width` is how many columns
    the table has, if that is known.
    """
    body = [sides for sides in parted if sides]
    money = [n for sides in body for side in sides for n in side.numbers if MONEY.fullmatch(n.text)]
    if not money:
        return []
    form = Form.of(body, [row for row, sides in zip(rows, parted, strict=True) if not sides], width)
    return [
        form.row(sides) if sides else form.head(row) or tuple(row)
        for row, sides in zip(rows, parted, strict=True)
    ]


def is_numbered(rows: Iterable[Sequence[Cell]]) -> bool:
    """Whether a column of the table numbers its rows."""
    return any("行次" in cell.text for row in rows for cell in row)


def counts(row: Sequence[Cell]) -> bool:
    """Whether a row counts the columns: 栏次 1 2 3."""
    numbers = [cell.text for cell in row if cell.text not in LEVELS]
    counted = numbers == [str(n) for n in range(1, len(numbers) + 1)]
    return counted and bool(numbers) and (len(numbers) > 2 or row[0].text == "栏次")


def joined(names: Sequence[Cell]) -> tuple[Cell, ...]:
    """The words that name a side; single characters (合 计) are one."""
    if len(names) > 1 and all(len(cell.text) == 1 for cell in names):
        return (_one(names),)
    return tuple(names)


def _one(cells: Sequence[Cell]) -> Cell:
    return Cell("".join(cell.text for cell in cells), cells[0].start, cells[-1].end)


@record
class Form:
    """How many columns of names and of numbers each side of a table has, and which sides begin
    with a column of totals.
    """

    names: tuple[int, ...]
    numbers: tuple[int, ...]
    totals: tuple[bool, ...]
    numbered: bool

    @classmethod
    def of(
        cls, body: Sequence[Sequence[Side]], heads: Sequence[Sequence[Cell]], width: int
    ) -> Form:
        """The form of most rows; where the columns are counted, of as many numbers."""
        numbered = is_numbered(heads)
        most = max(map(len, body))
        count = most if numbered else min(most, max(_most(map(len, body)), _sides_of(heads)))
        whole = [sides for sides in body if len(sides) == count]
        # a side of which most rows are blank is of the form of the others
        names = tuple(_named_by([sides[n].names for sides in whole]) for n in range(count))
        numbers = tuple(
            _usual((len(sides[n].numbers) for sides in whole), numbered) for n in range(count)
        )
        labelled = _labelled(heads, count)
        numbers = tuple(max(n, m + numbered) for n, m in zip(numbers, labelled, strict=True))
        counting = next(filter(counts, heads), ())
        counted = len([cell for cell in counting if cell.text not in LEVELS])
        if count == 1 and (counted or width):
            numbers = (counted + numbered if counted else max(numbers[0], width - names[0]),)
        return cls(names, numbers, _totals(heads, count), numbered)

    def row(self, sides: Sequence[Side]) -> tuple[Cell, ...]:
        """A row in columns; numbers of which it isn't sure where they stand are beyond these."""
        last = sides[-1]
        end = (*last.names, *last.numbers)[-1].end
        cells: list[Cell] = []
        beyond: list[Cell] = []
        whole = self._whole(sides)
        for n, side in enumerate(whole or [Side(sides[0].names, ())]):
            sure = self._sure(n, side)
            blanks = self.numbers[n] - sure
            cells += self._named(n, side, end)
            cells += [*side.numbers[:sure], *[Cell("", end, end)] * blanks]
            beyond += side.numbers[sure:]
        if not whole:
            cells += [Cell("", end, end)] * (sum(self.names) + sum(self.numbers) - len(cells))
            beyond += [number for side in sides for number in side.numbers]
        return (*cells, *beyond)

    def _whole(self, sides: Sequence[Side]) -> Sequence[Side]:
        """A row's sides, blank ones among them; none where it isn't sure which are blank."""
        missing = len(self.names) - len(sides)
        if not missing or self._are_totals(sides):
            return sides
        blank = [Side((), ())] * missing
        if self.names[0] > 1 and len({*zip(self.names, self.numbers, strict=True)}) == 1:
            return [*sides, *blank]  # a code says what it is of, wherever it stands
        # the labels of a left side aren't known to a right one
        return [*blank, *sides] if missing == 1 == len(sides) and not self.numbered else []

    def _sure(self, n: int, side: Side) -> int:
        """How many of a side's first numbers are sure to stand in its first columns."""
        given, columns = len(side.numbers), self.numbers[n]
        if self._is_bare(n, side):
            return given
        if given > columns or bool(self.names[n]) != bool(side.names):
            return 0
        if given == columns:
            return given
        return min(given, 1 + self.numbered) if self.totals[n] else 0

    def _is_bare(self, n: int, side: Side) -> bool:
        """Whether a side has the number of its row and nothing else."""
        first = [ORDINAL.fullmatch(number.text) for number in side.numbers]
        return self.numbered and self.numbers[n] > 1 and len(first) == 1 and bool(first[0])

    def _are_totals(self, sides: Sequence[Side]) -> bool:
        """Whether a row's sides are totals, each of one side or more: they alone have no code."""
        fewer = 1 < len(sides) < len(self.names)
        return fewer and all(
            len(side.names) < n for side, n in zip(sides, self.names, strict=False)
        )

    def _named(self, n: int, side: Side, end: int) -> Iterator[Cell]:
        """The cells of names; a name of more words than columns is in the last of them."""
        width = self.names[n]
        names = side.names
        if len(names) > width > 0:
            names = (*names[: width - 1], _one(names[width - 1 :]))
        blanks = [Cell("", end, end)] * (width - len(names))
        codes = max(1, len(names) - 1)  # a name stands beside the values, behind levels left out
        yield from (*names[:codes], *blanks, *names[codes:])[:width]

    def head(self, row: Sequence[Cell]) -> tuple[Cell, ...] | None:
        """A row of the head whose labels or numbers are as many as the columns: each over its own.

        Numbers of columns may be fewer: then they stand as far right as they can.
        """
        counting = counts(row)
        runs = _runs(row, counting=counting)
        if len(runs) != len(self.names) or (self.numbered and not counting):
            return None
        cells: list[Cell] = []
        for names, numbers, (stubs, own) in zip(self.names, self.numbers, runs, strict=True):
            blanks = names + numbers - len(stubs) - len(own)
            if blanks < 0 or (len(own) < numbers and not counting):
                return None
            cells += [*stubs, *[Cell("", own[0].start, own[0].start)] * blanks, *own]
        return tuple(cells)


def _runs(row: Sequence[Cell], *, counting: bool) -> list[tuple[list[Cell], list[Cell]]]:
    """The labels of each side: those of its names (or what counts no column), then the others."""
    runs: list[tuple[list[Cell], list[Cell]]] = []
    for cell in row:
        is_stub = cell.text in LEVELS if counting else STUB.fullmatch(cell.text) is not None
        if not runs or (is_stub and runs[-1][1]):
            runs.append(([], []))
        runs[-1][0 if is_stub else 1].append(cell)
    return runs if all(own for _, own in runs) else []


def _sides_of(heads: Iterable[Sequence[Cell]]) -> int:
    """How many sides the labels of names divide the head into."""
    found = (_runs(row, counting=False) for row in heads if not counts(row))
    return max((len(runs) for runs in found if all(stubs for stubs, _ in runs)), default=0)


def _labelled(heads: Iterable[Sequence[Cell]], sides: int) -> list[int]:
    """How many columns of numbers each side has at the least: as many as labels in a row."""
    found = [0] * sides
    for row in heads:
        runs = _runs(row, counting=False)
        if len(runs) == sides and all(stubs for stubs, _ in runs) and not counts(row):
            found = [max(n, len(own)) for n, (_, own) in zip(found, runs, strict=True)]
    return found


def _totals(heads: Iterable[Sequence[Cell]], sides: int) -> tuple[bool, ...]:
    """Which sides have a column of totals first: by the labels behind those of their names."""
    found = (False,) * sides
    for row in heads:
        runs = _runs(row, counting=False)
        if len(runs) == sides and len(row) > 2 and not counts(row):
            found = tuple(TOTAL.fullmatch(own[0].text) is not None for _, own in runs)
    return found


def _named_by(rows: Sequence[Sequence[Cell]]) -> int:
    """How many columns name the rows: those of codes and one of names, or as many as mostly do."""
    codes = max(sum(NUMBER.fullmatch(name.text) is not None for name in row) for row in rows)
    return codes + 1 if codes else _usual(map(len, rows), 0)


def _most(counted: Iterable[int]) -> int:
    """The most common of some counts; of two the larger."""
    found = Counter(counted)
    return max(found, key=lambda count: (found[count], count))


def _usual(counted: Iterable[int], bare: int) -> int:
    """The most common of some counts, of those above that of bare rows where there are any."""
    found = list(counted)
    return _most([count for count in found if count > bare] or found)
