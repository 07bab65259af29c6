"""Tables without lines: words that stand under each other over several rows make columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kg.document.formats.canonical import joined
from kg.document.formats.pdf.lines import NUMBER, TextLine, Word
from kg.document.formats.pdf.wraps import Group, has_number, is_number, numbers_columns

#: What stands above a table: its title, whose it is, the unit of money.
TITLE = re.compile(r"[:：]|表$")
#: The gap between columns that the words of all rows leave, in ems.
COLUMNS = 0.4
#: How far the parts of a column may be from each other, in ems: figures on the right and in the
#: middle, figures and their label.
PARTS, BY = 5.0, 8.0
#: A word of which so much is in a column is of that column.
MOSTLY = 0.7
#: From where to where words reach.
Extent = tuple[float, float]
#: From where to where each column's words reach.
Columns = Sequence[Extent]


def fit(columns: Columns, lines: Sequence[TextLine], known: Columns) -> bool:
    """Whether columns are some of the known ones: no two words of a line are in one of these."""
    places = []
    for column in columns:
        shares = [-_distance(column, other) for other in known]
        places.append(shares.index(max(shares)))
    for line in lines:
        filled = sorted({column_of(word, columns) for word in line.words})
        if any(places[left] >= places[right] for left, right in pairwise(filled)):
            return False
    return True


class Labels(NamedTuple):
    """Where the labels of a line of a head stand; they may be numbers (栏次 1 2 3)."""

    extents: Sequence[Extent]
    are_numbers: bool


@dataclass(frozen=True)
class _Body:
    """Where the words of each row with figures stand, which of them are figures, and the heads."""

    rows: Sequence[Sequence[Extent]]
    figures: Sequence[Extent]
    heads: Sequence[Labels]
    size: float

    def are_one(self, left: Extent, right: Extent) -> bool:
        """Whether two stretches are one column: near, or never both in a row, nor labelled each.

        The number of a column (栏次 1 2 3) may stand in its middle, and its figures on the right.
        """
        gap, sides = right[0] - left[1], (left, right)
        if gap < COLUMNS * self.size and not any(map(self.has_figures, sides)):
            return True
        if not self.heads or gap > PARTS * self.size:
            return False
        if any(all(any(_overlap(s, e) for e in row) for s in sides) for row in self.rows):
            return False
        whole = _both(left, right)
        return all(sum(_overlap(whole, e) for e in head.extents) < 2 for head in self.heads)

    def has_figures(self, extent: Extent) -> bool:
        """Whether most words of a stretch are numbers."""
        words = sum(_overlap(extent, word) for row in self.rows for word in row)
        return 2 * sum(_overlap(extent, figure) for figure in self.figures) > words


def columns_of(groups: Sequence[Group], size: float) -> Columns:
    """The gaps that the words of rows with numbers leave, widened to the headers above them."""
    body = [g for g in groups if has_number(g) and not numbers_columns(g)] or groups
    words = [word for group in body for line in group for word in line.words]
    found = _Body(
        [[(word.left, word.right) for line in group for word in line.words] for group in body],
        [(word.left, word.right) for word in words if is_number(word)],
        list(_heads(groups)),
        size,
    )
    extents: list[Extent] = []
    for extent in _united((word.left, word.right) for word in words):
        if extents and found.are_one(extents[-1], extent):
            extents[-1] = _both(extents[-1], extent)
        else:
            extents.append(extent)
    for labels in found.heads:
        texts = {n for n, extent in enumerate(extents) if not found.has_figures(extent)}
        extents = _with_labels(extents, labels, texts if labels.are_numbers else set(), size)
    return extents


def _united(extents: Iterable[Extent]) -> list[Extent]:
    """Extents from left to right, those that overlap as one."""
    united: list[Extent] = []
    for left, right in sorted(extents):
        if united and left < united[-1][1]:
            united[-1] = (united[-1][0], max(right, united[-1][1]))
        else:
            united.append((left, right))
    return united


def _heads(groups: Sequence[Group]) -> Iterator[Labels]:
    """Where the labels of each head stand, the lowest first; not those that span others."""
    below: Group = ()
    for number, group in reversed([*enumerate(groups)]):
        if not _is_head(group):
            below = ()
            continue
        labels: list[Extent] = []
        for line_number, line in enumerate(group):
            under = [word for lower in (*group[line_number + 1 :], *below) for word in lower.words]
            for word in line.words:
                if TITLE.search(word.text):
                    continue
                beneath = [u for u in under if u.left < word.right and word.left < u.right]
                if all(_is_wrapped(word, other) for other in beneath):
                    labels.append((word.left, word.right))
        if has_number(group):
            above = [w for upper in groups[max(number - 2, 0) : number] for w in words_of(upper)]
            labels = [_with_name(label, above) for label in labels]
        yield Labels(_united(labels), has_number(group))
        below = group


def words_of(group: Group) -> Iterator[Word]:
    """The words of all lines."""
    return (word for line in group for word in line.words)


def _with_name(number: Extent, above: Iterable[Word]) -> Extent:
    """The number of a column with the name that it is centred under."""
    names = [w for w in above if abs(w.left + w.right - sum(number)) < number[1] - number[0]]
    name = min(names, key=lambda word: word.right - word.left, default=None)
    return _both(number, (name.left, name.right)) if name else number


def _is_head(group: Group) -> bool:
    return not has_number(group) or numbers_columns(group)


def _with_labels(
    extents: list[Extent], labels: Labels, labelled: set[int], size: float
) -> list[Extent]:
    """Columns with the labels of a header: each is of the column that it overlaps, or is next to.

    A label that is next to none but the `labelled`, or those of others, heads a blank column.
    """
    widened = list(extents)
    beside: list[Extent] = []
    for label in labels.extents:
        own = [n for n, extent in enumerate(extents) if _overlap(extent, label)]
        labelled.update(own)
        if not own:
            beside.append(label)
        elif len(own) == 1:
            _widen(widened, own[0], label)
    for number, label in _nearest(extents, beside, size):
        if number not in labelled and label in beside:
            labelled.add(number)
            beside.remove(label)
            _widen(widened, number, label)
    for label in beside:
        if not any(_overlap(extent, label) for extent in widened):
            widened.append(label)
    return sorted(widened)


def _nearest(
    extents: Sequence[Extent], labels: Iterable[Extent], size: float
) -> list[tuple[int, Extent]]:
    """Columns with the labels that are near to them, the nearest first."""
    pairs = [(n, label) for label in labels for n in range(len(extents))]
    near = [pair for pair in pairs if _distance(extents[pair[0]], pair[1]) < BY * size]
    return sorted(near, key=lambda pair: _distance(extents[pair[0]], pair[1]))


def _widen(extents: list[Extent], number: int, label: Extent) -> None:
    """Widen a column to its label, unless that reaches into another."""
    wide = _both(extents[number], label)
    if not any(_overlap(wide, other) for n, other in enumerate(extents) if n != number):
        extents[number] = wide


def _overlap(one: Extent, other: Extent) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _distance(one: Extent, other: Extent) -> float:
    return max(one[0] - other[1], other[0] - one[1])


def _both(one: Extent, other: Extent) -> Extent:
    return min(one[0], other[0]), max(one[1], other[1])


def _is_wrapped(word: Word, other: Word) -> bool:
    """Whether two words are one text that wraps: flush or centred."""
    return (
        abs(word.left - other.left) < 2
        or abs(word.left + word.right - other.left - other.right) < 4
    )


def figured(groups: Sequence[Group], columns: Columns) -> set[int]:
    """The columns in which most words of the rows with figures are numbers."""
    words = [
        (column_of(w, columns), is_number(w)) for g in groups if has_number(g) for w in words_of(g)
    ]
    counts = Counter(column for column, _ in words)
    numbers = Counter(column for column, is_figure in words if is_figure)
    return {column for column, count in counts.items() if 2 * numbers[column] > count}


def row_of(group: Group, columns: Columns, figures: Collection[int] = ()) -> list[str]:
    """The cells of a row; a name that is centred over several columns isn't one of `figures`."""
    cells: list[list[str]] = [[] for _ in columns]
    held = {column_of(word, columns) for word in words_of(group)}
    for line in group:
        parts: dict[int, list[str]] = {}
        for word in line.words:
            column = own = column_of(word, columns)
            if own in figures and not is_number(word):
                while column in figures and column - 1 not in held and column:
                    column -= 1
                column = own if column in figures else column
            parts.setdefault(column, []).append(word.text)
        for column, texts in parts.items():
            cells[column].append(" ".join(texts))
    return [joined(texts) for texts in cells]


def column_of(word: Word, columns: Columns) -> int:
    """The column of a word; of one that reaches over several the first, of a number the last."""
    extent = (word.left, word.right)
    shares = [-_distance(column, extent) for column in columns]
    most = max(shares)
    if most > MOSTLY * (word.right - word.left) or most <= 0:
        return shares.index(most)
    own = [number for number, share in enumerate(shares) if share > 0]
    return own[-1] if NUMBER.fullmatch(word.text) else own[0]
