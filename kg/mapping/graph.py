"""A report's named graph as it is written: triples about one subject after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from kg.facts import Passage
from kg.vocabulary import PREFIXES, Namespace

XSD = PREFIXES["xsd"]
RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
DECIMAL, INTEGER, YEAR = (NamedNode(XSD + name) for name in ("decimal", "integer", "gYear"))


def text(value: str, language: str = "zh") -> Literal:
    return Literal(value, language=language)


def string(value: str) -> Literal:
    return Literal(value)


def decimal(value: Decimal) -> Literal:
    """An xsd:decimal in its shortest form, the one that stores keep.

    >>> decimal(Decimal("25000.00")).value
    '25000'
    """
    return Literal(format(value.normalize(), "f"), datatype=DECIMAL)


@lru_cache(maxsize=1 << 14)
def integer(value: int) -> Literal:
    return Literal(str(value), datatype=INTEGER)


@lru_cache
def year(value: int) -> Literal:
    return Literal(f"{value:04d}", datatype=YEAR)


class Nodes(dict[str, NamedNode]):
    """The node of each prefixed name or IRI, made when it is first asked for."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes

    def __missing__(self, name: str) -> NamedNode:
        prefix, _, local = name.partition(":")
        base = self._prefixes.get(prefix)
        node = self[name] = NamedNode(base + local if base else name)
        return node


class Graph:
    """The quads of one named graph; names are prefixed (``bud:amount``) or IRIs.

    `prefixes` are known beside those of the namespace.
    """

    def __init__(self, name: str, namespace: Namespace, prefixes: Mapping[str, str] = {}) -> None:
        self.namespace = namespace
        self._name = NamedNode(name)
        self._nodes = Nodes({**namespace.prefixes(), **prefixes})
        self._quads: dict[Quad, None] = {}

    def __iter__(self) -> Iterator[Quad]:
        return iter(self._quads)

    def types(self, subject: str, *classes: str) -> None:
        for name in classes:
            self._add(subject, RDF_TYPE, self._nodes[name])

    def add(self, subject: str, predicate: str, value: str | Literal | None) -> None:
        """State a triple; a string is a name, nothing is stated of None."""
        if value is not None:
            node = self._nodes[value] if isinstance(value, str) else value
            self._add(subject, self._nodes[predicate], node)

    def code(self, subject: str, predicate: str, path: str) -> None:
        """State a concept of our code lists: ``phase/final``."""
        self.add(subject, predicate, self.namespace.code(path))

    def passage(self, subject: str, source: str, passage: Passage) -> None:
        """State where something stands: the passage, and its line (or page), row and column."""
        self.add(subject, "prov:wasDerivedFrom", f"{source}#char={passage.start},{passage.end}")
        if passage.page is None:
            self.add(subject, "bud:line", integer(passage.line))
        else:
            self.add(subject, "bud:page", integer(passage.page))
        if passage.row is not None and passage.column is not None:
            self.add(subject, "bud:row", integer(passage.row))
            self.add(subject, "bud:column", integer(passage.column))

    def _add(self, subject: str, predicate: NamedNode, value: NamedNode | Literal) -> None:
        self._quads[Quad(self._nodes[subject], predicate, value, self._name)] = None
