"""Rows whose cells were printed one below the other, cut into their columns by line widths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from kg.record import record

#: The first line of each column but the first, in a row of lines.
Cuts = tuple[int, int]

#: What a line can't break within: a number or a word, with the marks that close it.
TOKEN = re.compile(r"(?:[A-Za-z0-9.%~-]{1,20}|.)[,.;:!?%)。、》”’]{0,3}")
#: Letters that are half as wide as others.
NARROW = re.compile(r"[A-Za-z0-9.%~-]")
#: A line may end early where a numbered paragraph begins behind it.
NUMBERED = re.compile(r"\d{1,2}[.、)]|\([一二三四五六七八九十\d]{1,3}\)|[①-⑳]")
PARAGRAPH_ENDS = "。;"
#: How much narrower than its column a full line may be: a character and some blanks.
SLACK = 3
#: Tables beyond this aren't tried.
MOST_ROWS, MOST_LINES, MOST_WIDTHS = 60, 80, 40


@record
class Line:
    """A line of a cell: how wide it is and its first token, in halves of a character."""

    width: int
    token: int
    is_paragraph: bool
    ends_paragraph: bool
    is_status: bool


def columns_of(
    rows: Sequence[Sequence[str]], status: re.Pattern[str]
) -> Sequence[Cuts | None] | None:
    """Where the second and the third cell of each row begin, if columns of some widths hold all.

    The lines are of the normal form, so that how wide its letters are printed doesn't matter. A
    cell's lines are all as wide as its column, but for its last and for those before a numbered
    paragraph; a last line that is a `status` is a cell. None for a row that could be cut in two
    ways; None at all where no columns fit.
    """
    lines = [[_line(text, status) for text in row] for row in rows]
    widths = sorted({line.width for row in lines for line in row})
    is_small = len(rows) <= MOST_ROWS and len(widths) <= MOST_WIDTHS
    if not rows or not is_small or not all(3 <= len(row) <= MOST_LINES for row in lines):
        return None
    first = max(row[0].width for row in lines)
    last = max(row[-1].width for row in lines)
    columns = product(
        [width for width in widths if first <= width <= first + SLACK],
        widths,
        [width for width in widths if width >= last],
    )
    ways = [cuts for column in columns if (cuts := _fitted(lines, *column))]
    found = [set().union(*cuts) for cuts in zip(*ways, strict=True)]
    return [cuts.pop() if len(cuts) == 1 else None for cuts in found] or None


def _fitted(
    rows: Sequence[Sequence[Line]], first: int, second: int, third: int
) -> Sequence[set[Cuts]]:
    """The ways in which each row is cells of columns of some widths; none if a row isn't."""
    found: list[set[Cuts]] = []
    for row in rows:
        if not (cuts := set(_cuts(row, first, second, third))):
            return ()
        found.append(cuts)
    return found


def _line(text: str, status: re.Pattern[str]) -> Line:
    token = TOKEN.match(text)
    return Line(
        width=_width(text),
        token=_width(token[0]) if token else 0,
        is_paragraph=NUMBERED.match(text) is not None,
        ends_paragraph=text[-1:] in PARAGRAPH_ENDS,
        is_status=status.fullmatch(text) is not None,
    )


def _width(text: str) -> int:
    return 2 * len(text) - len(NARROW.findall(text))


def _cuts(row: Sequence[Line], first: int, second: int, third: int) -> Iterator[Cuts]:
    """The ways in which a row's lines are cells of columns of three widths."""
    for cut in range(1, _reach(row, 0, first) + 1):
        for next_cut in range(cut + 1, min(_reach(row, cut, second), len(row) - 1) + 1):
            is_last = next_cut == len(row) - 1
            if (is_last or not row[-1].is_status) and _reach(row, next_cut, third) == len(row):
                yield cut, next_cut


def _reach(row: Sequence[Line], start: int, width: int) -> int:
    """The end of the longest cell of a width that begins with a line; a shorter one is one, too."""
    end = start
    while end < len(row) and row[end].width <= width:
        end += 1
        if end < len(row) and not _goes_on(row[end - 1], row[end], width):
            break
    return end


def _goes_on(line: Line, following: Line, width: int) -> bool:
    """Whether a line may break before another within a cell."""
    is_full = line.width + following.token > width - SLACK
    return is_full or (line.ends_paragraph and following.is_paragraph)
