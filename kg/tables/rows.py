"""Quads to the rows of a table: each cell as text, the empty text where nothing is stated."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.resources import published, turtle
from kg.tables.definitions import SEPARATOR, Column, Table, expanded
from kg.vocabulary import PREFIXES, Namespace

Value = NamedNode | Literal
Index = Mapping[str, Mapping[str, Sequence[Value]]]

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
        self._names: dict[str, str] = {}

    def subjects(self, table: Table) -> list[str]:
        """The IRIs that a table has rows of, sorted."""
        class_ = NamedNode(self.name(table.types[0]))
        start = self.namespace.base + table.under
        return sorted(
            subject
            for subject, stated in self.stated.items()
            if class_ in stated.get(_TYPE, ()) and subject.startswith(start)
        )

    def values(self, subject: str, path: Sequence[str]) -> Sequence[Value]:
        """What a path of properties leads to."""
        first, *others = path
        stated = self.stated.get(subject) or self._codes.get(subject) or {}
        values = stated.get(self.name(first), ())
        if not others:
            return values
        return [v for value in values for v in self.values(value.value, others)]

    def name(self, prefixed: str) -> str:
        """The IRI of a prefixed name."""
        if prefixed not in self._names:
            self._names[prefixed] = expanded(prefixed, self.namespace)
        return self._names[prefixed]


def rows(table: Table, graphs: Graphs) -> Iterator[list[str]]:
    """The rows of a table, in the order of their keys."""
    starts = [column.start(graphs.namespace) for column in table.columns]
    for subject in graphs.subjects(table):
        columns = zip(table.columns, starts, strict=True)
        yield [_cell(column, start, subject, graphs) for column, start in columns]


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV (RFC 4180) in UTF-8.

    >>> as_csv([["a", "b,c", ""]]).splitlines()
    [b'a,"b,c",']
    """
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def _cell(column: Column, start: str, subject: str, graphs: Graphs) -> str:
    if column.type == "key":
        return subject.removeprefix(start)
    values: Sequence[Value] = ()
    for path in column.paths:
        if values := graphs.values(subject, path):
            break
    said = sorted(filter(None, (_said(column, start, value) for value in values)))
    if column.many:
        return SEPARATOR.join(sorted(said, key=int) if column.type == "integer" else said)
    return said[0] if said else ""


def _said(column: Column, start: str, value: Value) -> str:
    """A value as a cell says it; nothing where it isn't one of the column's."""
    if isinstance(value, NamedNode):
        return _named(column, start, value.value)
    if column.language and value.language != column.language:
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
    index: defaultdict[str, defaultdict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            index[subject.value][quad.predicate.value].append(value)
    return index


@lru_cache(maxsize=2)
def _code_lists(base: str) -> Index:
    """The published code lists."""
    files = sorted((published("ontology") / "code").glob("*.ttl"))
    return _index(q for file in files for q in parse(turtle(file, base), format=RdfFormat.TURTLE))
