"""A report's figures as readers compare them: a table for each place that states them.

A row is what figures are about; its columns are their phases (年初预算, 决算) and, where the place
is itself such a table, their other dimensions. Ratios, changes and reasons stand in the row of what
they are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from api.links import passage
from api.nodes import Node
from kg.vocabulary import PREFIXES, Namespace

DERIVED = f"{PREFIXES['prov']}wasDerivedFrom"

#: What a figure may be about, the most telling first; "all" goes without saying.
_DIMENSIONS = ("function", "economic", "item", "nature", "fund", "flow")
#: Dimensions that may make columns, with the phase.
_ACROSS = ("item", "nature", "fund")
_PHASES = ("initial-budget", "budget", "adjusted-budget", "final")
_MOST_COLUMNS = 8
#: How much of a table must be filled for its dimensions to make columns.
_FILLED = 0.5


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of a report: a statement, ratio, change or explanation."""

    node: Node
    kind: str
    start: int
    values: Mapping[str, str]

    def of(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.values[name] for name in names)


@dataclass
class Line:
    """What is said of one thing: its year, its dimensions, and what the report calls it."""

    year: str
    dimensions: tuple[str, ...]
    text: str
    amounts: dict[tuple[str, ...], list[Entry]] = field(default_factory=dict)
    ratios: list[Entry] = field(default_factory=list)
    changes: list[Entry] = field(default_factory=list)
    reasons: list[Entry] = field(default_factory=list)


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
        """What sets a row apart from the others; nothing for a total."""
        common = self.common
        return tuple(v for v in row.dimensions if v and v not in common and not is_all(v))

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


def places_of(nodes: Iterable[Node], namespace: Namespace) -> list[Place]:
    """The tables of a report's nodes, in the order of its text."""
    entries = sorted(_entries(nodes, namespace), key=lambda entry: entry.start)
    stated: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind != "Explanation":
            stated.setdefault(entry.values["place"], []).append(entry)
    row_of: dict[str, Line] = {}
    places = [_place(iri, found, row_of) for iri, found in stated.items()]
    for entry in entries:
        if entry.kind == "Explanation":
            _explain(entry, row_of, f"{namespace.ontology}explains")
    return places


def _entries(nodes: Iterable[Node], namespace: Namespace) -> Iterator[Entry]:
    bud = namespace.ontology
    names = (*_DIMENSIONS, "place", "phase", "functionText", "fiscalYear")
    for node in nodes:
        kinds = (
            k for k in ("Statement", "Ratio", "Change", "Explanation") if bud + k in node.types
        )
        for kind in kinds:
            values = {name: node.one(bud + name) or "" for name in names}
            values["fiscalYear"] = values["fiscalYear"][:4]
            found = passage(node.one(DERIVED) or "")
            yield Entry(node, kind, found.start if found else 0, values)


def _place(iri: str, entries: list[Entry], row_of: dict[str, Line]) -> Place:
    across = _columns(entries)
    down = [name for name in _DIMENSIONS if name not in across]
    lines: dict[tuple[str, ...], Line] = {}
    columns: dict[tuple[str, ...], None] = {}
    for entry in entries:
        year, text = entry.of(("fiscalYear", "functionText"))
        about = entry.of(down)
        line = lines.setdefault((year, text, *about), Line(year, about, text))
        row_of[entry.node.iri] = line
        if entry.kind == "Statement":
            column = entry.of(across)
            columns[column] = None
            line.amounts.setdefault(column, []).append(entry)
        else:
            (line.ratios if entry.kind == "Ratio" else line.changes).append(entry)
    return Place(iri, list(lines.values()), sorted(columns, key=_rank))


def _columns(entries: Sequence[Entry]) -> tuple[str, ...]:
    """The dimensions that make the columns of a place: all of them where it is a full table."""
    if any(entry.kind != "Statement" for entry in entries):
        return ("phase",)
    across = (*_ACROSS, "phase")
    down = [name for name in _DIMENSIONS if name not in across]
    rows = {entry.of(("fiscalYear", *down)) for entry in entries}
    columns = {entry.of(across) for entry in entries}
    filled = len(entries) >= _FILLED * len(rows) * len(columns)
    return across if len(rows) > 1 and len(columns) <= _MOST_COLUMNS and filled else ("phase",)


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
        row.reasons.append(reason)
