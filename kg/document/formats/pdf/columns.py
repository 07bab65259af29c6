"""Tables without lines: words that stand under each other over several rows make columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from kg.document.formats.canonical import joined
from kg.document.formats.pdf.blocks import BESIDE
from kg.document.formats.pdf.lines import NUMBER, TextLine, Word

#: The gap between columns that the words of all rows leave, in ems.
COLUMNS = 0.4
#: How far from its column's figures its header or its number may stand, in ems.
BY = 5.0
#: A word of which so much is in a column is of that column.
MOSTLY = 0.7
#: The distance of a cell's lines at most, in ems, in a table whose rows are set wide; where more
#: than one of so many rows would then hold numbers under each other, it is set tight.
WRAPPED, STACKED = 1.4, 20

#: The lines of one row.
Group = Sequence[TextLine]
#: From where to where words reach.
Extent = tuple[float, float]
#: From where to where each column's words reach.
Columns = Sequence[Extent]


def table_of(
    lines: Sequence[TextLine], rules: Iterable[float], known: Columns | None = None
) -> tuple[Columns, list[list[str]]]:
    """The columns of a table, and its rows, the wrapped lines of its cells joined.

    `known` are the columns of the page before, which hold where the lines fit them.
    """
    groups = _groups(lines, sorted(rules))
    columns = _columns(groups, median(line.size for line in lines))
    rows = [_row(group, columns) for group in groups]
    places = _places(columns, rows, known or ())
    if known is None or not places:
        return columns, rows
    widened = list(known)
    for place, extent in zip(places, columns, strict=True):
        _widen(widened, place, extent)
    return widened, [_laid(row, places, len(known)) for row in rows]


def _places(columns: Columns, rows: Iterable[Sequence[str]], known: Columns) -> list[int]:
    """Which of the known columns each one is; none where cells of a row would be one."""
    places = []
    for column in columns:
        shares = [-_distance(column, other) for other in known]
        places.append(shares.index(max(shares)) if shares else 0)
    for row in rows:
        filled = [place for place, text in zip(places, row, strict=True) if text]
        if not all(left < right for left, right in pairwise(filled)):
            return []
    return places


def _laid(row: Sequence[str], places: Sequence[int], width: int) -> list[str]:
    cells = [""] * width
    for place, text in zip(places, row, strict=True):
        cells[place] = cells[place] or text
    return cells


def _groups(lines: Sequence[TextLine], rules: Sequence[float]) -> list[Group]:
    """Lines by rows: between two rules, or nearer to each other than rows are."""
    numbered = sum(map(_has_number, lines))
    within = [at for at in rules if lines[0].top < at < lines[-1].bottom]
    if 2 * len(within) >= numbered > 2:
        bands = groupby(lines, key=lambda line: bisect_right(within, line.middle))
        return [list(band) for _, band in bands]
    size = median(line.size for line in lines)
    groups = _near(lines, WRAPPED * size)
    if STACKED * sum(map(_is_stacked, groups)) > len(groups):
        groups = _near(lines, BESIDE * size)
    return groups


def _near(lines: Sequence[TextLine], reach: float) -> list[Group]:
    groups = [[lines[0]]]
    for above, line in pairwise(lines):
        if line.middle - above.middle > reach:
            groups.append([])
        groups[-1].append(line)
    return [*groups]


def _is_stacked(group: Group) -> bool:
    """Whether numbers stand under each other: then these are several rows."""
    numbers = [word for line in group for word in line.words if NUMBER.fullmatch(word.text)]
    numbers.sort()
    return any(right.left < left.right for left, right in pairwise(numbers))


def _has_number(line: TextLine) -> bool:
    return any(NUMBER.fullmatch(word.text) for word in line.words)


def _columns(groups: Sequence[Group], size: float) -> Columns:
    """The gaps that the words of rows with numbers leave, widened to the headers above them."""
    body = [group for group in groups if any(map(_has_number, group))] or groups
    rows = [[(word.left, word.right) for line in group for word in line.words] for group in body]
    heads = list(_heads(groups))
    extents: list[Extent] = []
    for extent in _united(extent for row in rows for extent in row):
        if extents and _are_one(extents[-1], extent, rows, heads, size):
            extents[-1] = _both(extents[-1], extent)
        else:
            extents.append(extent)
    for labels in heads:
        extents = _with_labels(extents, labels, size)
    return extents


def _are_one(
    left: Extent,
    right: Extent,
    rows: Iterable[Sequence[Extent]],
    heads: Sequence[Sequence[Extent]],
    size: float,
) -> bool:
    """Whether two stretches are one column: near, or never both in a row, nor labelled each.

    The number of a column (栏次 1 2 3) may stand in its middle, and its figures on the right.
    """
    if right[0] - left[1] < COLUMNS * size:
        return True
    if not heads or right[0] - left[1] > BY * size:
        return False
    in_left = {n for n, row in enumerate(rows) if any(_overlap(left, e) for e in row)}
    in_right = {n for n, row in enumerate(rows) if any(_overlap(right, e) for e in row)}
    if in_left & in_right:
        return False
    whole = _both(left, right)
    return all(sum(_overlap(whole, label) for label in labels) < 2 for labels in heads)


def _united(extents: Iterable[Extent]) -> list[Extent]:
    """Extents from left to right, those that overlap as one."""
    united: list[Extent] = []
    for left, right in sorted(extents):
        if united and left < united[-1][1]:
            united[-1] = (united[-1][0], max(right, united[-1][1]))
        else:
            united.append((left, right))
    return united


def _heads(groups: Sequence[Group]) -> Iterator[list[Extent]]:
    """Where the labels of each header stand, the lowest first; not those that span others."""
    below: Group = ()
    for group in reversed(groups):
        if any(map(_has_number, group)):
            below = ()
            continue
        labels: list[Extent] = []
        for number, line in enumerate(group):
            under = [word for lower in (*group[number + 1 :], *below) for word in lower.words]
            for word in line.words:
                beneath = [u for u in under if u.left < word.right and word.left < u.right]
                if all(_is_wrapped(word, other) for other in beneath):
                    labels.append((word.left, word.right))
        yield _united(labels)
        below = group


def _with_labels(extents: list[Extent], labels: Sequence[Extent], size: float) -> list[Extent]:
    """Columns with the labels of a header: each is of the column that it overlaps, or is next to.

    A label that is next to none that has no other label heads a column of its own, a blank one.
    """
    widened = list(extents)
    labelled: set[int] = set()
    beside: list[Extent] = []
    for label in labels:
        own = [n for n, extent in enumerate(extents) if _overlap(extent, label)]
        labelled.update(own)
        if not own:
            beside.append(label)
        elif len(own) == 1:
            _widen(widened, own[0], label)
    for label in beside:
        near = [n for n in range(len(extents)) if n not in labelled]
        nearest = min(near, key=lambda n: _distance(extents[n], label), default=None)
        if nearest is not None and _distance(extents[nearest], label) < BY * size:
            labelled.add(nearest)
            _widen(widened, nearest, label)
        elif not any(_overlap(extent, label) for extent in widened):
            widened.append(label)
    return sorted(widened)


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


def _row(group: Group, columns: Columns) -> list[str]:
    cells: list[list[str]] = [[] for _ in columns]
    for line in group:
        parts: dict[int, list[str]] = {}
        for word in line.words:
            parts.setdefault(_column(word, columns), []).append(word.text)
        for column, texts in parts.items():
            cells[column].append(" ".join(texts))
    return [joined(texts) for texts in cells]


def _column(word: Word, columns: Columns) -> int:
    """The column of a word; of one that reaches over several the first, of a number the last."""
    extent = (word.left, word.right)
    shares = [-_distance(column, extent) for column in columns]
    most = max(shares)
    if most > MOSTLY * (word.right - word.left) or most <= 0:
        return shares.index(most)
    own = [number for number, share in enumerate(shares) if share > 0]
    return own[-1] if NUMBER.fullmatch(word.text) else own[0]
