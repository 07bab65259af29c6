"""What the columns of values mean: by the labels that stand over them, or in the order of these.

In most tables a label stands right over its column, and one that spans columns over the first of
them. In some that were text before, the labels have slid against the rows below, or stand side by
side above more labels of parts; then only their order is believed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.codes import load_code_lists
from kg.extract.layouts import Side
from kg.extract.numbers import is_number
from kg.extract.tables.blocks import Block, Parts, holds_figures
from kg.extract.tables.meaning import Meaning, is_word, meaning_of, printed
from kg.extract.tables.sheet import Sheet, counts_columns
from kg.record import record

#: Labels over a column, from the highest to the lowest: where each stands, its text and meaning.
Path = tuple[tuple[int, str, Meaning | None], ...]


def columns_of(sheet: Sheet, parts: Parts, block: Block, side: Side) -> Mapping[int, Meaning]:
    """What each column of figures means; those that aren't sure are left out."""
    head = Head(sheet, parts, block, side)
    if head.has_slid():
        return head.in_order()
    placed = head.by_place()
    if any(column not in head.labelled for column in head.figures):
        return head.in_order() or placed
    return placed


@dataclass(frozen=True)
class Head:
    """The head of a block."""

    sheet: Sheet
    parts: Parts
    block: Block
    side: Side

    @cached_property
    def rows(self) -> list[dict[int, str]]:
        """The labels of each row by their columns, without what is above or between them."""
        rows: list[dict[int, str]] = []
        for number in self.parts.head:
            row = self.sheet.rows[number]
            labels = {c: cell.text for c, cell in enumerate(row) if _is_label(cell.text)}
            alone = len(labels) == 1 and self._says_nothing(next(iter(labels.values())))
            if labels and not counts_columns(row) and not (alone and not rows):
                within = range(self.block.start, self.block.end)
                rows.append({c: text for c, text in labels.items() if c in within})
        return rows[1:] if self._heads_blocks else rows

    def _says_nothing(self, text: str) -> bool:
        """Whether what stands alone above the labels says nothing of columns, or but the year."""
        meaning = self._meaning(text)
        return meaning is None or meaning.given == {"fiscal_year": self.sheet.year}

    @cached_property
    def _heads_blocks(self) -> bool:
        """Whether the highest labels (收入 支出) stand closer than the blocks below them."""
        rows = [self.sheet.rows[number] for number in self.parts.head]
        found = [[c for c, cell in enumerate(row) if _is_label(cell.text)] for row in rows]
        labels = [columns for columns in found if len(columns) > 1]
        if len(labels) < 2 or not 1 < len(labels[0]) <= len(self.parts.blocks):
            return False
        return _are_close(labels[0]) and len(labels[1]) > len(labels[0])

    @cached_property
    def figures(self) -> list[int]:
        """The columns that hold figures."""
        body = [self.sheet.rows[number] for number in self.parts.body]
        return [column for column in self.block.values if holds_figures(body, column)]

    @cached_property
    def counted(self) -> list[int]:
        """The columns that are counted (栏次 1 2 3 …), if they are."""
        counting = filter(counts_columns, (self.sheet.rows[n] for n in self.parts.head))
        row = next(counting, ())
        within = range(self.block.start, self.block.end)
        return [c for c, cell in enumerate(row) if is_number(cell.text) and c in within]

    @cached_property
    def labelled(self) -> dict[int, Path]:
        """The labels over each column that has one of its own: the lowest begins there."""
        return {c: path for c, path in self._paths.items() if path and path[-1][0] == c}

    def by_place(self) -> Mapping[int, Meaning]:
        """The meanings of the labels over each column of figures; no two mean the same."""
        paths = {column: self.labelled.get(column, ()) for column in self.figures}
        means = {column: m for column, path in paths.items() if (m := _joined(path))}
        every = list(means.values())
        return {column: m for column, m in means.items() if every.count(m) == 1}

    def has_slid(self) -> bool:
        """Whether labels of values stand over names, or the reverse, or beside the numbering."""
        labels, counted = set(self.labelled), set(self.counted)
        beside = bool(counted) and not (labels <= counted or counted <= labels)
        lowest = [path[-1] for path in self._paths.values() if path]
        over_values = any(means is None and is_word("stub", text) for _, text, means in lowest)
        over_names = any(map(self._names_values, range(self.block.start, self.block.first)))
        unlabelled = not all(self._paths.get(column) for column in self.figures)
        narrow = any(map(self._is_narrow, range(len(self.rows))))
        return beside or over_values or over_names or unlabelled or narrow

    def _is_narrow(self, number: int) -> bool:
        """Whether labels stand side by side above those of their parts."""
        labels = self._known(self.rows[number])
        if number + 1 == len(self.rows) or len(labels) < 2 or not _are_close(labels):
            return False
        below = self._known(self.rows[number + 1])
        if len(below) < 2 or not _are_close(below) or labels[-1] == self.block.end - 1:
            return False
        return below[0] <= labels[0] or below[-1] <= labels[-1]

    def _known(self, row: Mapping[int, str]) -> list[int]:
        """The columns of the labels of values."""
        return [column for column in sorted(row) if self._meaning(row[column]) is not None]

    def _names_values(self, column: int) -> bool:
        """Whether the lowest label over a column of names is one of values."""
        labels = [row[column] for row in self.rows if column in row]
        lowest = labels[-1] if labels else ""
        return not is_word("stub", lowest) and self._meaning(lowest) is not None

    @cached_property
    def _paths(self) -> dict[int, Path]:
        """The labels over each column: a label spans up to the next one in its row."""
        paths: dict[int, Path] = dict.fromkeys(self.block.values, ())
        stretches = [range(self.block.first, self.block.end)]
        for row in self.rows:
            narrower = []
            for stretch in stretches:
                begins = sorted(column for column in row if column in stretch)
                narrower += [range(stretch.start, begins[0])] if begins else [stretch]
                for begin, end in zip(begins, [*begins[1:], stretch.stop], strict=False):
                    sure = _is_sure(row[begin], begins[0], paths.get(stretch.start, ()))
                    self._lengthen(paths, range(begin, end), row[begin] if sure else "")
                    narrower.append(range(begin, end))
            stretches = narrower
        return paths

    def _lengthen(self, paths: dict[int, Path], span: range, text: str) -> None:
        for column in span:
            if column in paths:
                above = paths[column]
                paths[column] = (*above, (span.start, text, self._meaning(text, above)))

    def _meaning(self, text: str, above: Path = ()) -> Meaning | None:
        items = {m.given["item"] for *_, m in above if m and "item" in m.given}
        if (found := meaning_of(text, self.side.columns, items)) is not None:
            return found
        return self._economic(printed(text).words, above) if self.side.economic_columns else None

    def _economic(self, name: str, above: Path) -> Meaning | None:
        """A name of the economic classification, below that of its class or by itself."""
        economic = load_code_lists().economic
        classes = [m.given["economic"] for *_, m in above if m and "economic" in m.given]
        label = economic.label(classes[-1]) if classes else None
        paths = [(label, name)] if label else [(name,), (None, name)]
        codes = (economic.resolve(path, year=self.sheet.year) for path in paths)
        code = next(filter(None, codes), None)
        return Meaning({"economic": code}, spans=True) if code else None

    def in_order(self) -> Mapping[int, Meaning]:
        """The labels from left to right, one a column; none where they don't come out even."""
        leaves: list[Leaf] = []
        for number in range(len(self.rows)):
            below = self._leaves(number)
            if not leaves:
                leaves = below
            elif below:
                leaves = _evenly(leaves, below) or _under(leaves, _runs(below))
        wide = max(len(self.sheet.rows[number]) for number in self.parts.body)
        columns = [column for column in self.block.values if column < wide]
        if len(leaves) != len(self.counted) if self.counted else len(leaves) < len(columns):
            return {}
        return {c: leaf.means for c, leaf in zip(columns, leaves, strict=False) if leaf.means}

    def _leaves(self, number: int) -> list[Leaf]:
        """A row's known labels, and others that stand between them."""
        row, narrow = self.rows[number], self._is_narrow(number)
        means = {column: self._meaning(row[column]) for column in sorted(row)}
        known = [column for column, meaning in means.items() if meaning is not None]
        return [
            Leaf(meaning, bool(meaning and meaning.spans and (narrow or column + 1 not in row)))
            for column, meaning in means.items()
            if known and known[0] <= column <= known[-1]
        ]


@record
class Leaf:
    """A label with none below it so far; it is `open` if labels below may be its parts."""

    means: Meaning | None
    open: bool


def _runs(labels: Sequence[Leaf]) -> list[list[Leaf]]:
    """Labels that stand below one label each: a run begins with 小计 or 合计."""
    runs: list[list[Leaf]] = []
    for label in labels:
        if not runs or (label.means and not label.means.given):
            runs.append([])
        runs[-1].append(label)
    return runs


def _evenly(leaves: Sequence[Leaf], below: Sequence[Leaf]) -> list[Leaf]:
    """The same labels below each leaf (预算数 决算数 预算数 决算数 …), if that is what there is."""
    each, rest = divmod(len(below), len(leaves))
    printed = [label.means for label in below]
    if rest or each < 2 or printed != printed[:each] * len(leaves):
        return []
    pairs = zip((leaf.means for leaf in leaves for _ in range(each)), below, strict=True)
    return [Leaf(low.means and high and low.means.below(high), low.open) for high, low in pairs]


def _under(leaves: Sequence[Leaf], runs: list[list[Leaf]]) -> list[Leaf]:
    """The leaves with runs of labels in the place of the open ones; none if there are too few."""
    lowest: list[Leaf] = []
    left = iter(runs)
    run = next(left, None)
    for leaf in leaves:
        if run is None or leaf.means is None or not leaf.open or not _may_stand(run, leaf.means):
            lowest.append(leaf)
        else:
            whole = leaf.means
            lowest += [Leaf(label.means and label.means.below(whole), label.open) for label in run]
            run = next(left, None)
    return [] if run else lowest


def _may_stand(run: Sequence[Leaf], whole: Meaning) -> bool:
    """Whether labels may stand below another: they don't say to be parts of something else."""
    within = {label.means.within for label in run if label.means} - {None}
    return not within or whole.given.get("item", whole.given.get("flow")) in within


def _are_close(columns: Sequence[int]) -> bool:
    return columns[-1] - columns[0] == len(columns) - 1


def _is_sure(text: str, first: int, above: Path) -> bool:
    """Whether a label is below those above it: the `first` of them stands where these begin."""
    return not above or above[-1][0] == first or text.startswith("其中")


def _is_label(text: str) -> bool:
    return text != "" and not is_number(text) and not is_word("furniture", text)


def _joined(path: Path) -> Meaning | None:
    """What the labels of a path mean together; None where one isn't known."""
    joined = Meaning()
    for *_, meaning in path:
        if meaning is None:
            return None
        joined = meaning.below(joined)
    return joined if path else None
