"""A report's figures as readers compare them: a table for each place that states them.

A row is what figures are about; its columns are their phases (年初预算, 决算) and, where the place
is itself such a table, their other dimensions. Ratios, changes and reasons stand in the row of what
they are about; the parts of a breakdown follow the row that they are parts of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from api.nodes import Node
from kg.vocabulary import PREFIXES, Namespace

_BROADER = f"{PREFIXES['skos']}broader"

#: What a figure may be about, the most telling first; "all" goes without saying.
_DIMENSIONS = ("function", "economic", "item", "nature", "fund", "flow")
#: Dimensions that may make columns, with the phase.
_ACROSS = ("item", "nature", "fund")
_KINDS = ("Statement", "Ratio", "Change", "Count", "Explanation")
_PHASES = ("initial-budget", "budget", "adjusted-budget", "final")
_MOST_COLUMNS = 8
#: How much of a table must be filled for its dimensions to make columns.
_FILLED = 0.5


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of a report: a statement, ratio, change, count or explanation."""

    node: Node
    kind: str
    start: int
    values: Mapping[str, str]

    def of(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.values[name] for name in names)


@dataclass
class Line:
    """What is said of one thing: its year, its dimensions, and what the report calls it.

    Amounts and counts stand by column, what else is said by kind: Ratio, Change, Explanation.
    """

    year: str
    dimensions: tuple[str, ...]
    text: str
    stated: dict[tuple[str, ...], list[Entry]] = field(default_factory=dict)
    said: dict[str, list[Entry]] = field(default_factory=dict)
    whole: Line | None = None

    @property
    def wholes(self) -> list[Line]:
        """The rows that it is a part of, the nearest first."""
        found, row = [], self.whole
        while row:
            found.append(row)
            row = row.whole
        return found


@dataclass
class Place:
    """A table or section of the report."""

    iri: str
    rows: list[Line]
    columns: list[tuple[str, ...]]

    @property
    def common(self) -> tuple[str, ...]:
        """Dimensions that all its rows share, and none need repeat."""
        if len(self.rows) == 1:
            return ()
        shared = (set(column) for column in zip(*(r.dimensions for r in self.rows), strict=True))
        return tuple(value for values in shared if len(values) == 1 for value in values)

    def about(self, row: Line) -> tuple[str, ...]:
        """What sets a row apart from the others, or from what it is a part of; none for a total."""
        known = row.whole.dimensions if row.whole else self.common
        return tuple(v for v in row.dimensions if v and v not in known and not is_all(v))

    def heading(self, column: tuple[str, ...]) -> tuple[str, ...]:
        """What sets a column apart: its phase only where phases differ; nothing for a total."""
        *others, phase = column
        telling = tuple(value for value in others if value and not is_all(value))
        alone = len({column[-1] for column in self.columns}) == 1
        return telling if others and alone else (*telling, phase)

    def iris(self) -> Iterator[str]:
        """Every IRI that the table names."""
        yield self.iri
        for column in self.columns:
            yield from filter(None, column)
        for row in self.rows:
            yield from filter(None, row.dimensions)


def is_all(iri: str) -> bool:
    """Whether a dimension's value says that it doesn't matter."""
    return iri.endswith("/all")


def places_of(nodes: Mapping[str, Node], namespace: Namespace) -> list[Place]:
    """The tables of a report's nodes, in the order of its text."""
    entries = sorted(_entries(nodes.values(), namespace), key=lambda entry: entry.start)
    parts = _parts(entries, nodes, namespace.code("item/all"))
    stated: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind != "Explanation":
            stated.setdefault(entry.values["place"], []).append(entry)
    row_of: dict[str, Line] = {}
    places = [_place(iri, found, row_of, parts) for iri, found in stated.items()]
    for entry in entries:
        if entry.kind == "Explanation":
            _explain(entry, row_of, f"{namespace.ontology}explains")
    return places


def _entries(nodes: Iterable[Node], namespace: Namespace) -> Iterator[Entry]:
    bud = namespace.ontology
    names = (*_DIMENSIONS, "place", "phase", "functionText", "fiscalYear")
    for node in nodes:
        for kind in (kind for kind in _KINDS if bud + kind in node.types):
            values = {name: node.one(bud + name) or "" for name in names}
            values["fiscalYear"] = values["fiscalYear"][:4]
            yield Entry(node, kind, node.start, values)


def _parts(entries: Iterable[Entry], nodes: Mapping[str, Node], everything: str) -> dict[str, str]:
    """The items that are the report's own, each with what it is a part of."""
    items = {entry.values["item"] for entry in entries}
    return {iri: nodes[iri].one(_BROADER) or everything for iri in items if iri in nodes}


def _place(
    iri: str, entries: list[Entry], row_of: dict[str, Line], parts: Mapping[str, str]
) -> Place:
    across = _columns(entries, parts)
    down = [name for name in _DIMENSIONS if name not in across]
    lines: dict[tuple[str, ...], Line] = {}
    columns: dict[tuple[str, ...], None] = {}
    for entry in entries:
        year, text = entry.of(("fiscalYear", "functionText"))
        about = entry.of(down)
        line = lines.setdefault((year, text, *about), Line(year, about, text))
        row_of[entry.node.iri] = line
        if entry.kind in ("Statement", "Count"):
            column = entry.of(across)
            columns[column] = None
            line.stated.setdefault(column, []).append(entry)
        else:
            line.said.setdefault(entry.kind, []).append(entry)
    if "item" in down:
        _join(lines, down.index("item"), parts)
    return Place(iri, _in_order(list(lines.values())), sorted(columns, key=_rank))


def _columns(entries: Sequence[Entry], parts: Mapping[str, str]) -> tuple[str, ...]:
    """The dimensions that make the columns of a place: all of them where it is a full table."""
    if any(entry.kind != "Statement" or entry.values["item"] in parts for entry in entries):
        return ("phase",)
    across = (*_ACROSS, "phase")
    down = [name for name in _DIMENSIONS if name not in across]
    rows = {entry.of(("fiscalYear", *down)) for entry in entries}
    columns = {entry.of(across) for entry in entries}
    filled = len(entries) >= _FILLED * len(rows) * len(columns)
    return across if len(rows) > 1 and len(columns) <= _MOST_COLUMNS and filled else ("phase",)


def _join(lines: Mapping[tuple[str, ...], Line], at: int, parts: Mapping[str, str]) -> None:
    """Join each part of a breakdown to the nearest row that is the same but for a wider item.

    `at` is where a row's dimensions have the item.
    """
    for line in lines.values():
        before, after = line.dimensions[:at], line.dimensions[at + 1 :]
        for item in _wider(line.dimensions[at], parts):
            whole = lines.get((line.year, line.text, *before, item, *after))
            if whole and line not in (whole, *whole.wholes):
                line.whole = whole
                break


def _wider(item: str, parts: Mapping[str, str]) -> Iterator[str]:
    """What an item is a part of, and what that is a part of, and so on."""
    known = set[str]()
    while item in parts and item not in known:
        known.add(item)
        item = parts[item]
        yield item


def _in_order(rows: Sequence[Line]) -> list[Line]:
    """Rows as they come in the text, but parts after what they are parts of."""
    number = {id(row): index for index, row in enumerate(rows)}
    return sorted(rows, key=lambda row: [number[id(r)] for r in (row, *row.wholes)][::-1])


def _rank(column: tuple[str, ...]) -> tuple[int, int]:
    """Phases in the order of the budget's year, totals before their parts."""
    *others, phase = column
    name = phase.rpartition("/")[2]
    order = _PHASES.index(name) if name in _PHASES else len(_PHASES)
    return order, sum(1 for value in others if not is_all(value))


def _explain(reason: Entry, row_of: Mapping[str, Line], explains: str) -> None:
    """Put an explanation into the first row that holds what it explains."""
    rows = (row_of[iri] for iri in reason.node.iris(explains) if iri in row_of)
    row = next(rows, None)
    if row is not None:
        row.said.setdefault(reason.kind, []).append(reason)
