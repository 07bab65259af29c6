"""Tables in plain text whose cells only blanks divide, as they are copied from a page.

Where a cell was blank, nothing is left of it (see order.py).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.document.document import Cell, Line, Table
from kg.document.listed import listed_rows
from kg.document.normal import NormalText
from kg.document.order import NUMBER, Side, counts, is_numbered, joined, laid

#: What stands above such a table, with its money unit: 公开03表, 金额单位：万元.
ABOVE = re.compile(
    r"公开[ \t]{0,3}\d{1,2}[ \t]{0,3}表|单位[ \t]?[:：][ \t]?(?:人民币)?[百千万亿]{0,2}元"
)
#: Lines that are of no such table: prose, and reviews of performance.
NOT = re.compile(r"[。；，\t|<]|绩效(?!工资)|指标|第[一二三四五六七八九十]部分|附件")
WORD = re.compile(r"\S+")
#: A number that is a code, where words follow.
CODE = re.compile(r"3\d\d(?:\d\d)?")
#: How many lines may be a head, or stand between two rows: a page's end and the head again.
HEAD, BETWEEN, LENGTH = 12, 6, 160
#: No label in a cell is longer.
LABEL = 60


def tables_by_blanks(text: str, normal: NormalText, lines: Sequence[Line]) -> Iterator[Table]:
    """The tables that stand below lines with a form's number or a money unit."""
    starts = [line.start for line in lines]
    above = sorted({bisect_right(starts, match.start()) for match in ABOVE.finditer(text)})
    for first, end in pairwise([*above, len(lines)]):
        run = list(_run(text, normal, lines[first:end]))
        if not run:
            yield from _listed(text, normal, lines[first:end])
            continue
        cells = [row for _, row in run]
        numbered = is_numbered(cells)
        parted = [_sides(row, numbered=numbered) if _is_body(row) else () for row in cells]
        if rows := laid(cells, parted):
            yield Table(tuple(rows), run[0][0], run[-1][0])


def _listed(text: str, normal: NormalText, lines: Sequence[Line]) -> Iterator[Table]:
    """The table whose cells are lines, up to the last that is a number.

    Lines that are blank beyond those that stand between any two cells are blank cells.
    """
    cells: list[tuple[int, Cell]] = []
    blanks: list[list[int]] = [[]]
    for line in lines:
        printed = text[line.start : line.end]
        if len(printed) > LABEL or NOT.search(printed):
            break
        if words := printed.strip():
            start = line.start + printed.index(words)
            end = start + len(words)
            cells.append((line.number, Cell(normal.between(start, end).text, start, end)))
            blanks.append([])
        else:
            blanks[-1].append(line.start)
    while cells and not NUMBER.fullmatch(cells[-1][1].text):
        cells.pop()
    between = min(map(len, blanks[1 : len(cells)]), default=0)
    spaced = [
        cell
        for before, (_, own) in zip(blanks, cells, strict=False)
        for cell in (*(Cell("", at, at) for at in before[between:]), own)
    ]
    if rows := listed_rows(spaced):
        yield Table(tuple(rows), cells[0][0], cells[-1][0])


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


def _is_body(row: Sequence[Cell]) -> bool:
    return _is_row(row) and not counts(row)


def _goes_on(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Whether a row is the rest of the line above: a code and a name too long for its column."""
    begins = len(above) > 1 and above[0].text.isdecimal() and len(above[0].text) > 2
    return begins and not NUMBER.fullmatch(row[0].text)


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
    return tuple(Side(joined(names), tuple(numbers)) for names, numbers in parts)
