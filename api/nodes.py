"""Rows of subject, property and value, gathered by subject."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import cached_property

import pyoxigraph as ox

from api.links import passage
from api.store import Row, Term
from api.texts import Language
from kg.vocabulary import PREFIXES

DERIVED = f"{PREFIXES['prov']}wasDerivedFrom"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Node:
    """A subject, and all that rows say of it."""

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self._values: dict[str, list[Term]] = {}

    def add(self, property_: str, value: Term) -> None:
        self._values.setdefault(property_, []).append(value)

    def all(self, property_: str) -> list[Term]:
        return self._values.get(property_, [])

    def iris(self, property_: str) -> list[str]:
        return [t.value for t in self.all(property_) if isinstance(t, ox.NamedNode)]

    def values(self, property_: str) -> list[str]:
        """The IRIs and what the literals say, as strings."""
        terms = self.all(property_)
        return [t.value for t in terms if isinstance(t, ox.NamedNode | ox.Literal)]

    def one(self, property_: str) -> str | None:
        """The one value of a property, an IRI or what a literal says; None without any."""
        first = next(iter(self.all(property_)), None)
        return first.value if isinstance(first, ox.NamedNode | ox.Literal) else None

    def decimal(self, property_: str) -> Decimal | None:
        try:
            return Decimal(self.one(property_) or "")
        except InvalidOperation:
            return None

    def integer(self, property_: str) -> int | None:
        text = self.one(property_) or ""
        return int(text) if text.isascii() and text.isdigit() else None

    def text(self, property_: str, language: Language) -> str | None:
        """The text of a property in a language, or in any where it hasn't that."""
        texts = [t for t in self.all(property_) if isinstance(t, ox.Literal)]
        fitting = [t for t in texts if (t.language or "").partition("-")[0] == language]
        return next((t.value for t in (*fitting, *texts)), None)

    @cached_property
    def start(self) -> int:
        """Where in the report's text it begins; 0 for what has no passage."""
        found = passage(self.one(DERIVED) or "")
        return found.start if found else 0

    @cached_property
    def types(self) -> set[str]:
        return set(self.iris(_TYPE))


def node_of(iri: str, rows: Iterable[Row]) -> Node:
    """One subject, of rows with ?property ?value."""
    node = Node(iri)
    for row in rows:
        property_ = row["property"]
        assert isinstance(property_, ox.NamedNode)
        node.add(property_.value, row["value"])
    return node


def nodes_of_triples(triples: Iterable[ox.Triple | ox.Quad]) -> dict[str, Node]:
    """The nodes of a graph, by IRI, as they first come."""
    nodes: dict[str, Node] = {}
    for triple in triples:
        subject = triple.subject
        if isinstance(subject, ox.NamedNode):
            iri = subject.value
            node = nodes.get(iri)
            if node is None:
                node = nodes[iri] = Node(iri)
            node.add(triple.predicate.value, triple.object)
    return nodes


def nodes_of(rows: Iterable[Row]) -> dict[str, Node]:
    """The nodes of rows with ?subject ?property ?value, by IRI, as they first come."""
    nodes: dict[str, Node] = {}
    for row in rows:
        subject, property_ = row["subject"], row["property"]
        if isinstance(subject, ox.NamedNode) and isinstance(property_, ox.NamedNode):
            node = nodes.get(subject.value)
            if node is None:
                node = nodes[subject.value] = Node(subject.value)
            node.add(property_.value, row["value"])
    return nodes
