"""Graphs to the rows of a table: each cell as text, the empty text where nothing is stated."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, RdfFormat, parse

from kg.graph import Index, Properties, Term, by_subject, stated
from kg.resources import published, turtle
from kg.tables.definitions import SEPARATOR, Column, Table, expanded
from kg.vocabulary import PREFIXES, Namespace

#: Decimals are kept to this many places, and up to this many digits before: what Parquet's widest
#: decimal holds, a ten-billionth of a yuan. Quads are exact whatever is printed.
PLACES, DIGITS = 10, 38
_SMALLEST = Decimal(1).scaleb(-PLACES)
_LARGEST = Decimal(1).scaleb(DIGITS - PLACES)
_CHARACTERS = re.compile(r"#char=(\d+),(\d+)$")
_TYPE = PREFIXES["rdf"] + "type"


#: A subject, and what is stated of it.
Described = tuple[str, Properties]


class Graphs:
    """What graphs state; code lists are looked up behind them."""

    def __init__(self, index: Index, namespace: Namespace) -> None:
        self.namespace = namespace
        self.stated = index
        self._codes = _code_lists(namespace.base)
        self._classes: defaultdict[Term, list[str]] = defaultdict(list)
        for subject, properties in self.stated.items():
            for class_ in properties.get(_TYPE, ()):
                self._classes[class_].append(subject)

    def subjects(self, table: Table) -> list[str]:
        """The IRIs that a table has rows of, sorted."""
        class_ = expanded(table.types[0], self.namespace)
        start = self.namespace.base + table.under
        return sorted(subject for subject in self._classes[class_] if subject.startswith(start))

    def led_to(self, values: Iterable[Term], properties: Iterable[str]) -> Sequence[Term]:
        """What properties, one after the other, lead to from some values."""
        for name in properties:
            values = [v for value in values for v in self._of(value).get(name, ())]
        return list(values)

    def _of(self, subject: Term) -> Properties:
        if isinstance(subject, Literal):
            return {}
        return self.stated.get(subject) or self._codes.get(subject) or {}


def rows(table: Table, graphs: Graphs) -> Iterator[tuple[str, ...]]:
    """The rows of a table, in the order of their keys."""
    described = [(subject, graphs.stated[subject]) for subject in graphs.subjects(table)]
    return zip(*(_cells(column, described, graphs) for column in table.columns), strict=True)


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV (RFC 4180) in UTF-8.

    >>> as_csv([["a", "b,c", ""]]).splitlines()
    [b'a,"b,c",']
    """
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def _cells(column: Column, described: Sequence[Described], graphs: Graphs) -> Iterator[str]:
    """A column's cells, one a subject."""
    if column.type == "key":
        start = column.start(graphs.namespace)
        return (subject.removeprefix(start) for subject, _ in described)
    paths = [_Path(path, column, graphs) for path in column.paths]
    if len(paths) == 1:
        return paths[0].cells(described)
    return (_first(paths, properties) for _, properties in described)


def _first(paths: Iterable[_Path], properties: Properties) -> str:
    """The cell that the first path makes which leads to anything."""
    return next((path.cell(properties) for path in paths if path.leads(properties)), "")


class _Path:
    """Makes the cells of a column of what a path leads to; rows repeat values, which are kept."""

    def __init__(self, path: Iterable[str], column: Column, graphs: Graphs) -> None:
        self._start, *self._others = (expanded(name, graphs.namespace) for name in path)
        self._column = column
        self._under = column.start(graphs.namespace)
        self._graphs = graphs
        self._known: dict[Term, str] = {}

    def leads(self, properties: Properties) -> bool:
        """Whether there is any value at the end of the path."""
        return bool(self._ends(properties.get(self._start, ())))

    def cells(self, described: Iterable[Described]) -> Iterator[str]:
        """The cells of some subjects; what is blank or kept needs no call, and most are."""
        start, known = self._start, self._known
        for _, properties in described:
            values = properties.get(start)
            if values is None:
                yield ""
            elif len(values) == 1 and (said := known.get(next(iter(values)))) is not None:
                yield said
            else:
                yield self.cell(properties)

    def cell(self, properties: Properties) -> str:
        """The cell of a subject of which this is stated."""
        values = properties.get(self._start, ())
        said = self._joined(self._ends(values))
        if len(values) == 1:
            [value] = values
            self._known[value] = said
        return said

    def _ends(self, values: Collection[Term]) -> Collection[Term]:
        return self._graphs.led_to(values, self._others) if self._others else values

    def _joined(self, values: Collection[Term]) -> str:
        if len(values) == 1:
            [value] = values
            return self._said(value)
        said = sorted(filter(None, map(self._said, values)))
        if self._column.many:
            by = int if self._column.type == "integer" else None
            return SEPARATOR.join(sorted(said, key=by))
        return said[0] if said else ""

    def _said(self, value: Term) -> str:
        """A value as a cell says it; nothing where it isn't one of the column's."""
        column = self._column
        if isinstance(value, str):
            return _named(column, self._under, value)
        if column.language not in (None, value.language):
            return ""
        return _number(value.value) if column.type == "decimal" else value.value


def _named(column: Column, start: str, iri: str) -> str:
    if column.type in ("start", "end"):
        found = _CHARACTERS.search(iri)
        return found[1 if column.type == "start" else 2] if found else ""
    return iri[len(start) :] if iri.startswith(start) else ""


def _number(value: str) -> str:
    """A decimal as tables keep it.

    >>> _number("25000.5"), _number("0.00000000001"), _number("1" + 30 * "0")
    ('25000.5', '0', '')
    """
    if len(value) <= PLACES:
        return value
    number = Decimal(value)
    if abs(number) >= _LARGEST:
        return ""
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -PLACES:
        return format(number.quantize(_SMALLEST).normalize(), "f")
    return value


@lru_cache(maxsize=2)
def _code_lists(base: str) -> Index:
    """The published code lists."""
    files = sorted((published("ontology") / "code").glob("*.ttl"))
    quads = (q for file in files for q in parse(turtle(file, base), format=RdfFormat.TURTLE))
    return by_subject(map(stated, quads))
