"""The parts of a table: its head, its rows, and the stretches of columns that are read alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kg.codes import load_code_lists
from kg.extract.layouts import layouts
from kg.extract.numbers import is_number
from kg.extract.tables.meaning import is_word
from kg.extract.tables.sheet import Row, Sheet, counts_columns, is_figure, is_name
from kg.record import record


@record
class Block:
    """Columns `start` to `end`: those before `first` name the rows, the others hold values.

    `names` are the columns that names stand in, `lines` those that only count the rows (行次).
    """

    start: int
    first: int
    end: int
    names: frozenset[int]
    lines: frozenset[int]

    @property
    def values(self) -> list[int]:
        """The columns of values."""
        return [column for column in range(self.first, self.end) if column not in self.lines]


@record
class Parts:
    """A table's head and its rows, by their numbers, and its blocks from left to right."""

    head: Sequence[int]
    body: Sequence[int]
    blocks: Sequence[Block]

    def over(self, column: int) -> int:
        """Which block a column is of."""
        return next((n for n, block in enumerate(self.blocks) if column < block.end), 0)


def parts_of(sheet: Sheet) -> list[Parts]:
    """Take a table apart; where another head follows below, what is below it is a part of its own.

    A head ends at the first row with a number; one that the next page prints again is let be.
    """
    rows = sheet.rows
    parts: list[tuple[list[int], list[int]]] = []
    since: list[int] = []  # rows without numbers, and rows that count columns
    for number, row in enumerate(rows):
        if counts_columns(row):
            sheet.pass_over(row)
            since.append(number)
        elif not any(is_number(cell.text) for cell in row):
            since += [] if _is_note(row) else [number]
        elif not parts or _is_other_head(rows, since, parts[-1][0]):
            parts.append((since, [number]))
            since = []
        else:
            parts[-1][1].extend(n for n in [*since, number] if not _is_head(rows[n]))
            since = []
    return [Parts(head, body, _blocks(rows, head, body)) for head, body in parts]


def _is_head(row: Row) -> bool:
    """Whether a row heads columns: with a word for those that name the rows."""
    filled = [cell.text for cell in row if cell.text]
    return len(filled) > 1 and any(is_word("stub", text) for text in filled)


def _is_other_head(rows: Sequence[Row], numbers: Sequence[int], head: Sequence[int]) -> bool:
    """Whether among rows is a head that isn't the one above printed again."""
    heads = [rows[number] for number in numbers if _is_head(rows[number])]
    if not heads:
        return False
    printed = {cell.text for number in head for cell in rows[number]}
    return any(cell.text not in printed for row in heads for cell in row if cell.text)


def _is_note(row: Row) -> bool:
    filled = [cell.text for cell in row if cell.text]
    return len(filled) == 1 and layouts().words["note"].search(filled[0]) is not None


def _blocks(rows: Sequence[Row], head_rows: Sequence[int], body_rows: Sequence[int]) -> list[Block]:
    """The blocks: each begins with the columns that name its rows."""
    head = [rows[number] for number in head_rows]
    body = [row for row in map(rows.__getitem__, body_rows) if any(is_number(c.text) for c in row)]
    width = max(map(len, [*body, *head]), default=0)
    groups = _name_groups(body) or [[]]
    starts = [0]
    starts += [_start(body, left[-1], right[0]) for left, right in pairwise(groups)]
    blocks = []
    for names, start, end in zip(groups, starts, [*starts[1:], width], strict=True):
        first = names[-1] + 1 if names else start
        while first < end and _is_labelled_name(head, first) and not holds_figures(body, first):
            first += 1
        lines = frozenset(c for c in range(first, end) if _counts_rows(body, head, c, first))
        blocks.append(Block(start, first, end, frozenset(names), lines))
    return blocks


def _name_groups(body: Sequence[Row]) -> list[list[int]]:
    """The columns that names stand in; those of one group name the rows of one block."""
    found = Counter(c for row in body for c, cell in enumerate(row) if is_name(cell.text))
    enough = 1 + len(body) // 20
    groups: list[list[int]] = []
    for column in sorted(c for c, count in found.items() if count >= enough):
        if groups and not _are_apart(body, groups[-1], column):
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def _are_apart(body: Sequence[Row], group: Sequence[int], column: int) -> bool:
    """Whether values stand between columns of names: rows have names in both, not side by side."""
    for row in body:
        if column < len(row) and is_name(row[column].text):
            before = [c for c in group if is_name(row[c].text)]
            if before and column - before[-1] > 1:
                return True
    return False


def _start(body: Sequence[Row], before: int, names: int) -> int:
    """Where the columns of codes begin that belong to a column of names."""
    start = names
    while start - 1 > before + 1 and _holds_codes(body, start - 1):
        start -= 1
    return start


def _holds_codes(body: Sequence[Row], column: int) -> bool:
    lists = load_code_lists()
    texts = [row[column].text for row in body if column < len(row) and row[column].text]
    codes = [text for text in texts if text in lists.economic or text in lists.functional]
    return len(codes) * 4 > len(texts) * 3


def _is_labelled_name(head: Sequence[Row], column: int) -> bool:
    """Whether the lowest label over a column is one of codes or names."""
    labels = [row[column].text for row in head if column < len(row) and row[column].text]
    return bool(labels) and is_word("stub", labels[-1])


def _counts_rows(body: Sequence[Row], head: Sequence[Row], column: int, first: int) -> bool:
    """Whether a column only counts the rows: its numbers follow on, or it is labelled so."""
    texts = [row[column].text for row in body if column < len(row) and row[column].text]
    if not all(text.isdecimal() and len(text) < 4 for text in texts):
        return False
    if any(column < len(row) and is_word("line", row[column].text) for row in head):
        return True
    follows = (int(after) == int(before) + 1 for before, after in pairwise(texts))
    return column == first and len(texts) > 2 and all(follows)


def holds_figures(body: Sequence[Row], column: int) -> bool:
    """Whether a column has a figure in some row."""
    return any(column < len(row) and is_figure(row[column].text) for row in body)
