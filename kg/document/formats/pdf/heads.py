"""The heads of tables without lines: over which columns each label stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kg.document.formats.canonical import joined
from kg.document.formats.pdf.columns import TITLE, Columns, column_of, words_of
from kg.document.formats.pdf.lines import Word
from kg.document.formats.pdf.wraps import Group

#: What the first of the columns under a label of several is called.
TOTAL = re.compile(r"小计$")
#: How far the middle of a label may be from that of its columns' words, in ems or in columns.
OFF, APART = 1.5, 0.4
#: From which to which column a label reaches.
Span = tuple[int, int]


def spread(heads: Sequence[Group], columns: Columns, size: float) -> list[list[str]]:
    """The rows of a head: a label of several columns stands where the first of them begins.

    One beside those, of its own column alone, stands in the same row.
    """
    rows: list[list[str]] = []
    spanned: list[list[Span]] = []
    for number, group in enumerate(heads):
        words, lower = sorted(words_of(group)), heads[number + 1 :]
        spans = _spans_over(words, lower, columns, size)
        cells: list[list[str]] = [[] for _ in columns]
        for word, (first, _) in zip(words, spans, strict=True):
            cells[first].append(word.text)
        rows.append([joined(texts) for texts in cells])
        spanned.append(spans)
    for number in range(len(rows) - 2, -1, -1):
        if any(first < last for first, last in spanned[number]):
            _lift(rows[number], rows[number + 1], spanned[number])
    return rows


def _spans_over(
    words: Sequence[Word], lower: Sequence[Group], columns: Columns, size: float
) -> list[Span]:
    """From which to which column each label of a row reaches; so that few columns have none."""
    held = {column_of(word, columns) for word in words}
    below = {column_of(word, columns) for group in lower for word in words_of(group)}
    totals = {
        column_of(word, columns)
        for group in lower[:1]
        for word in words_of(group)
        if TOTAL.search(word.text)
    }
    taken: dict[int, tuple[int, float, list[Span]]] = {-1: (0, 0.0, [])}
    for word in words:
        own = column_of(word, columns)
        choices = {(own, own): 0.0}
        if own in below and not any(TITLE.search(w.text) for w in words):
            spans = _spans(own, held - {own}, below)
            choices = _centred(word, spans, columns, size, totals)
        following: dict[int, tuple[int, float, list[Span]]] = {}
        for last, (covered, off, before) in taken.items():
            for span, distance in choices.items():
                if span[0] <= last and span != (own, own):
                    continue
                count, away = covered + span[1] - span[0] + 1, off - distance
                found = following.get(span[1])
                if found is None or (count, away) > found[:2]:
                    following[span[1]] = count, away, [*before, span]
        taken = following
    return max(taken.values(), key=lambda choice: choice[:2])[2]


def _lift(row: list[str], below: list[str], spans: Collection[Span]) -> None:
    """Labels below a row that has labels of several columns, where none of those is above them."""
    covered = {column for first, last in spans for column in range(first, last + 1)}
    for column, label in enumerate(below):
        if column not in covered and label:
            row[column], below[column] = label, ""


def _spans(own: int, held: Collection[int], below: Collection[int]) -> list[Span]:
    """From which to which column a label may reach: where others are below, and none beside."""
    left, right = own, own
    while left - 1 in below and left - 1 not in held:
        left -= 1
    while right + 1 in below and right + 1 not in held:
        right += 1
    return [(first, last) for first in range(left, own + 1) for last in range(own, right + 1)]


def _centred(
    word: Word, spans: Sequence[Span], columns: Columns, size: float, totals: Collection[int]
) -> dict[Span, float]:
    """The columns that a label may be centred over, and how far it is off; if it can, a total's."""
    middle = word.left + word.right
    away = {s: abs(middle - columns[s[0]][0] - columns[s[1]][1]) for s in spans}
    off = 2 * max(OFF * size, APART * (columns[-1][1] - columns[0][0]) / len(columns))
    centred = {span: distance for span, distance in away.items() if distance < off}
    summed = [span for span in centred if span[0] in totals and span[1] > span[0]]
    nearest = min(summed or away, key=away.__getitem__)
    return {nearest: away[nearest]} if summed or not centred else centred
