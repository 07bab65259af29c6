"""The cells of a row to the columns of the header, also where they have slid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from kg.extract.performance.forms import Row
from kg.extract.performance.values import parse_value
from kg.extract.performance.words import is_label, role, words
from kg.record import record

#: The columns that say something of an indicator.
OWN = ["name", "comparator", "target", "adjusted", "unit", "actual", "weight", "score", "reason"]
NUMBERS = ("weight", "score")


@record
class Layout:
    """Where the columns of each role stand."""

    columns: Mapping[str, int]

    @property
    def own(self) -> list[str]:
        """The roles from the name on, from left to right."""
        return sorted((r for r in OWN if r in self.columns), key=self.columns.__getitem__)

    @property
    def figures(self) -> list[str]:
        """The same without the reason, which most rows leave blank."""
        return [role for role in self.own if role != "reason"]

    @property
    def all(self) -> list[str]:
        """The roles from the name on, those that aren't ours among them."""
        roles = sorted(self.columns, key=self.columns.__getitem__)
        return roles[roles.index("name") :] if "name" in roles else []


@record
class Cells:
    """A row's cells (their columns) by role; `free` is a level in words of the form's own.

    `slid` is by how much they stand to the right of the header, None where it isn't by one number.
    """

    columns: Mapping[str, int]
    slid: int | None = None
    free: str | None = None


def layout_of(row: Row) -> Layout:
    """The layout that a header row gives."""
    roles: dict[str, int] = {}
    for column in row.filled:
        known = role(row.cells[column].text)
        if known or "name" in roles:  # what else a form asks of an indicator is none of ours
            roles.setdefault(known or f"other {column}", column)
    return Layout(roles)


def fit(
    row: Row, columns: Sequence[int], named: Sequence[int], layouts: Sequence[Layout]
) -> Cells | None:
    """The roles of a row's cells; None where they aren't sure.

    `columns` are those of the cells behind the names of levels, `named` those of the names of
    levels, of which the last may be the indicator's own name (满意度 | 98% | 98%); `layouts` are
    the header's, then those of the table's rows before, the nearest first.
    """
    header, whole = layouts[0], [*named[-1:], *columns]
    ways: tuple[Callable[[], Cells | None], ...] = (
        lambda: _exactly(row, columns, header),
        lambda: _in_order(row, columns, header),
        lambda: _exactly(row, whole, header) if named else None,
        *(partial(_slid, row, columns, layout) for layout in layouts),
        lambda: _in_order(row, whole, header) if not _may_name(row, columns[:1]) else None,
        lambda: _behind_free(row, columns, header) if len(named) < 2 else None,
    )
    found = next(filter(None, (way() for way in ways)), None)
    if found and named and _is_open(row, found, named[-1]):
        also = any(_exactly(row, whole, layout) for layout in layouts[1:])
        return None if also else found
    return found


def _exactly(row: Row, columns: Sequence[int], layout: Layout) -> Cells | None:
    """Each cell stands right under a label."""
    roles = {column: role for role, column in layout.columns.items()}
    if not all(column in roles for column in columns):
        return None
    found = {roles[column]: column for column in columns}
    own = {role: column for role, column in found.items() if role in OWN}
    free = next((role for role in ("level1", "level2") if role in found), None)
    # a whole row that has slid to the left would look like a level and a row without its end
    if free and len(columns) <= len(layout.figures):
        return None
    return _checked(row, Cells(own, 0, free))


def _in_order(row: Row, columns: Sequence[int], layout: Layout) -> Cells | None:
    """As many cells as labels, with or without the reason."""
    others = [role for role in layout.all if role != "reason"]
    for roles in (layout.own, layout.figures, layout.all, others):
        if len(roles) == len(columns):
            pairs = zip(roles, columns, strict=True)
            found = {role: column for role, column in pairs if role in OWN}
            shifts = {column - layout.columns[role] for role, column in found.items()}
            cells = _checked(row, Cells(found, shifts.pop() if len(shifts) == 1 else None))
            if cells:
                return cells
    return None


def _slid(row: Row, columns: Sequence[int], layout: Layout) -> Cells | None:
    """All cells stand equally far from their labels, and the row ends where others are missing."""
    if not columns:
        return None
    shift = columns[0] - layout.columns["name"]
    places = {layout.columns[role] + shift: role for role in layout.own}
    if not all(column in places for column in columns):
        return None
    found = {places[column]: column for column in columns}
    missing = [place for place, role in places.items() if role not in (*found, "reason")]
    if not missing or any(place < len(row.cells) for place in missing):
        return None
    return _checked(row, Cells(found, shift))


def _behind_free(row: Row, columns: Sequence[int], layout: Layout) -> Cells | None:
    """As many cells as labels behind one that names a second level in words of its own."""
    found = _in_order(row, columns[1:], layout) if _may_name(row, columns[:1]) else None
    return replace(found, free="level2") if found else None


def _checked(row: Row, cells: Cells) -> Cells | None:
    """Cells that are an indicator's: a name, a target or an actual value, numbers as points."""
    found = {role: row.cells[column].text for role, column in cells.columns.items()}
    named = "name" in found and _may_name(row, [cells.columns["name"]])
    valued = "target" in found or "actual" in found
    points = all(is_label(words().cells["points"], found[r]) for r in NUMBERS if r in found)
    # two equal cells are a target and its actual value, whose name is elsewhere
    twice = "actual" not in found and found.get("target") == found.get("name")
    return cells if named and valued and points and not twice else None


def _may_name(row: Row, columns: Sequence[int]) -> bool:
    """Whether a cell may be a name: it has words, and isn't a level's cut-off end or a value."""
    text = row.cells[columns[0]].text if columns else ""
    patterns = words().cells
    has_words = patterns["words"].search(text) and not is_label(patterns["no_name"], text)
    return bool(has_words) and parse_value(text) is None


def _is_open(row: Row, cells: Cells, level: int) -> bool:
    """Whether a row without an actual value may as well be one that its level's name names."""
    target = cells.columns.get("target")
    return (
        "actual" not in cells.columns
        and (target is None or parse_value(row.cells[target].text) is None)
        and not words().cells["level"].search(row.cells[level].text)
    )


def observed(cells: Cells) -> Iterator[Layout]:
    """The layout that a whole row shows for the rows that follow it in its table."""
    found = {role: cells.columns[role] for role in OWN if role in cells.columns}
    if {"name", "target", "actual"} <= found.keys():
        yield Layout(found)
