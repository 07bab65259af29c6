"""Quads to the rows of a table: each cell as text, the empty text where nothing is stated."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.resources import published, turtle
from kg.tables.definitions import SEPARATOR, Column, Table, expanded
from kg.vocabulary import PREFIXES, Namespace

Value = NamedNode | Literal
#: What is stated of a subject, by property.
Stated = Mapping[str, Sequence[Value]]
Index = Mapping[str, Stated]

#: Decimals are kept to this many places, and up to this many digits before: what Parquet's widest
#: decimal holds, a ten-billionth of a yuan. Quads are exact whatever is printed.
PLACES, DIGITS = 10, 38
_SMALLEST = Decimal(1).scaleb(-PLACES)
_LARGEST = Decimal(1).scaleb(DIGITS - PLACES)
_CHARACTERS = re.compile(r"#char=(\d+),(\d+)$")
_TYPE = PREFIXES["rdf"] + "type"


class Graphs:
    """What some quads state, by subject and property; code lists are looked up behind them."""

    def __init__(self, quads: Iterable[Quad], namespace: Namespace) -> None:
        self.namespace = namespace
        self.stated = _index(quads)
        self._codes = _code_lists(namespace.base)
        self._classes: defaultdict[str, list[str]] = defaultdict(list)
        for subject, stated in self.stated.items():
            for class_ in stated.get(_TYPE, ()):
                self._classes[class_.value].append(subject)

    def subjects(self, table: Table) -> list[str]:
        """The IRIs that a table has rows of, sorted."""
        class_ = expanded(table.types[0], self.namespace)
        start = self.namespace.base + table.under
        return sorted(subject for subject in self._classes[class_] if subject.startswith(start))

    def led_to(self, values: Iterable[Value], properties: Iterable[str]) -> Sequence[Value]:
        """What properties, one after the other, lead to from some values."""
        for name in properties:
            values = [v for value in values for v in self._of(value.value).get(name, ())]
        return list(values)

    def _of(self, subject: str) -> Stated:
        return self.stated.get(subject) or self._codes.get(subject) or {}


def rows(table: Table, graphs: Graphs) -> Iterator[list[str]]:
    """The rows of a table, in the order of their keys."""
    cells = [_Cells(column, graphs) for column in table.columns]
    for subject in graphs.subjects(table):
        stated = graphs.stated[subject]
        yield [column.cell(subject, stated) for column in cells]


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV (RFC 4180) in UTF-8.

    >>> as_csv([["a", "b,c", ""]]).splitlines()
    [b'a,"b,c",']
    """
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


class _Cells:
    """Makes the cells of a column."""

    def __init__(self, column: Column, graphs: Graphs) -> None:
        self._column = column
        self._graphs = graphs
        self._start = column.start(graphs.namespace)
        self._paths = [[expanded(name, graphs.namespace) for name in path] for path in column.paths]
        self._first = self._paths[0][0] if self._paths else ""
        self._is_property = [len(path) for path in self._paths] == [1]
        # what a code is called is asked row after row
        self._known: dict[Value, str] = {}

    def cell(self, subject: str, stated: Stated) -> str:
        """The cell of a subject of which this is stated."""
        first = stated.get(self._first, ())
        if self._is_property:
            return self._joined(first)
        if self._column.type == "key":
            return subject.removeprefix(self._start)
        if len(self._paths) > 1 or len(first) != 1:
            return self._joined(self._led_to(stated))
        if (known := self._known.get(first[0])) is None:
            known = self._known[first[0]] = self._joined(self._led_to(stated))
        return known

    def _led_to(self, stated: Stated) -> Sequence[Value]:
        """The values at the end of the first path that has any."""
        for first, *others in self._paths:
            if values := self._graphs.led_to(stated.get(first, ()), others):
                return values
        return ()

    def _joined(self, values: Sequence[Value]) -> str:
        if len(values) == 1:
            return self._said(values[0])
        said = sorted(filter(None, map(self._said, values)))
        if self._column.many:
            by = int if self._column.type == "integer" else None
            return SEPARATOR.join(sorted(said, key=by))
        return said[0] if said else ""

    def _said(self, value: Value) -> str:
        """A value as a cell says it; nothing where it isn't one of the column's."""
        column = self._column
        if isinstance(value, NamedNode):
            return _named(column, self._start, value.value)
        if not isinstance(value, Literal) or column.language not in (None, value.language):
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


def _index(quads: Iterable[Quad]) -> Index:
    index: defaultdict[str, defaultdict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        subject = quad.subject
        assert not isinstance(subject, Triple)
        index[subject.value][quad.predicate.value].append(quad.object)
    return index


@lru_cache(maxsize=2)
def _code_lists(base: str) -> Index:
    """The published code lists."""
    files = sorted((published("ontology") / "code").glob("*.ttl"))
    return _index(q for file in files for q in parse(turtle(file, base), format=RdfFormat.TURTLE))
