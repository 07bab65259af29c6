"""The rows of a form to drafts of indicators; what a row leaves out stands in the rows above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.document import Cell
from kg.extract.numbers import ordinal
from kg.extract.performance.columns import Cells, Layout, fit, layout_of, observed
from kg.extract.performance.forms import Form, Row, is_header
from kg.extract.performance.levels import OTHER, Levels, level, levels
from kg.extract.performance.values import parse_value
from kg.extract.performance.words import is_label, words

#: How many layouts of a table's rows are remembered, beside the header's.
REMEMBERED = 3


@dataclass
class Draft:
    """An indicator's row: its cells by role; one role may go on in a cell of the next row."""

    levels: Levels
    goal: int | None
    row: Row
    cells: dict[str, list[Cell]]


@dataclass
class Drafts:
    """A form's indicators, read row by row; `last` is the one that the row before gave.

    `open` are the first ones, whose level's name stands in the middle of its rows.
    """

    done: list[Draft] = field(default_factory=list)
    open: list[Draft] = field(default_factory=list)
    last: Draft | None = None
    layouts: list[Layout] = field(default_factory=list)
    table: int = -1
    goal: int | None = None
    levels: Levels = field(default_factory=Levels)

    def read(self, row: Row) -> None:
        """Read the next row."""
        columns, is_goal = self._behind_labels(row)
        if is_header(row):
            self.layouts, self.table, self.last = [layout_of(row)], row.table, None
        elif _is_end(row):
            self.layouts, self.last = [], None
        elif is_goal and len(columns) < 2:  # the goal's text
            self.last = None
        elif self.layouts and columns:
            if row.table != self.table:
                self.layouts, self.table = self.layouts[:1], row.table
            if len(row.filled) == 1 and level(row.texts[0]) is None:
                self._go_on(row)
            else:
                self.last = self._draft(row, columns)
                if self.last and self.last.levels.first is None:
                    self.open.append(self.last)
                elif self.last:
                    self._close(self.last.levels)
                    self.done.append(self.last)

    def _close(self, known: Levels) -> None:
        """The open ones are of the first level that is named."""
        for draft in self.open:
            draft.levels = Levels(known.first)
            self.done.append(draft)
        self.open.clear()

    def _behind_labels(self, row: Row) -> tuple[Sequence[int], bool]:
        """The columns behind the label that a row may begin with: a goal, 绩效指标."""
        patterns, columns = words().rows, row.filled
        if goal := patterns["goal"].fullmatch(row.texts[0]):
            number = ordinal(goal["number"])
            if number != self.goal:
                self.goal, self.levels = number, Levels()
            return columns[1:], True
        return columns[is_label(patterns["label"], row.texts[0]) :], False

    def _draft(self, row: Row, columns: Sequence[int]) -> Draft | None:
        """The indicator of a row; None where its cells aren't sure, or there are only levels."""
        named = [c for c in columns[:2] if level(row.cells[c].text)]
        if len(named) == 1 and named[0] != columns[0]:
            named = []
        cells = fit(row, columns[len(named) :], named, self.layouts)
        if cells and cells.columns["name"] in named:
            named.remove(cells.columns["name"])
        self.levels = self._levels(row, named, cells)
        if self.levels.first is None and not {"level1", "level2"} & self.layouts[0].columns.keys():
            self.levels = Levels(OTHER)  # a form without levels
        if cells is None or (self.levels.first is None and cells.slid != 0):
            return None
        self.layouts[1:] = [*observed(cells), *self.layouts[1:]][:REMEMBERED]
        found = {role: [row.cells[column]] for role, column in cells.columns.items()}
        return Draft(self.levels, self.goal, row, found)

    def _levels(self, row: Row, named: Sequence[int], cells: Cells | None) -> Levels:
        """The levels of a row; of 成本指标 alone, its column may say which it is."""
        cost_is_first = None
        if named and cells and cells.slid is not None:
            header, column = self.layouts[0].columns, named[0] - cells.slid
            places = {header.get("level1"): True, header.get("level2"): False}
            cost_is_first = places.get(column)
        known = [name for c in named if (name := level(row.cells[c].text))]
        found = levels(known, self.levels, cost_is_first)
        match cells.free if cells else None:
            case "level1":
                return Levels(OTHER)
            case "level2":
                return Levels(found.first)
        return found

    def _go_on(self, row: Row) -> None:
        """A lone cell: the actual value that its row had no room for, or a name's last words."""
        last, cell = self.last, row.cells[row.filled[0]]
        if last is None:
            return
        if parse_value(cell.text):
            if "actual" not in last.cells and row.table == last.row.table:
                last.cells["actual"] = [cell]
        elif row.index == 0 and cell.text != last.cells["name"][0].text:
            # a table that is split over pages goes on in the middle of a row
            last.cells["name"].append(cell)


def read_drafts(form: Form) -> list[Draft]:
    """The indicators of a form, in order."""
    drafts = Drafts()
    for row in form.rows:
        drafts.read(row)
    return drafts.done


def _is_end(row: Row) -> bool:
    """Whether a row is behind the indicators: reasons, measures, notes."""
    return (
        row.filled[0] < 2 and len(row.filled) < 3 and is_label(words().rows["end"], row.texts[0])
    ) or is_label(words().rows["total"], row.texts[0])
