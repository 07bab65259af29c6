"""What the rules ask of one report, by property: subject to objects, and object to subjects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.audit.compiled.terms import Node, constant, literal_value
from kg.audit.concepts import Concepts
from kg.vocabulary import PREFIXES

_TYPE = PREFIXES["rdf"] + "type"
#: A subject and an object: nodes and values of `kg.audit.compiled.terms`.
Pair = tuple[Any, Any]


class Facts:
    """A report's triples; each index is made when the first rule asks for it."""

    def __init__(self, pairs: Mapping[str, list[Pair]], nodes: Mapping[str, Node]) -> None:
        self._pairs = pairs
        self._nodes = dict(nodes)
        self._objects: dict[str, Mapping[Any, list[Any]]] = {}
        self._subjects: dict[str, Mapping[Any, AbstractSet[Any]]] = {}
        self._reached: dict[tuple[object, ...], set[Any]] = {}

    @classmethod
    def of(cls, quads: Iterable[Quad], mentioned: Iterable[str], concepts: Concepts) -> Facts:
        """What a report says, and the code lists of its concepts, with the IRIs `mentioned`.

        No query asks for a property, or for a class, that it doesn't name.
        """
        named = {NamedNode(iri): constant(iri) for iri in (*mentioned, _TYPE)}
        values: dict[Any, Any] = dict(named)
        pairs: dict[Any, list[Pair]] = {node: [] for node in named}

        def keep(statements: Iterable[Quad | Triple]) -> None:
            for subject, predicate, term, *_ in statements:
                kept = pairs.get(predicate)
                if kept is None:
                    continue
                if (one := values.get(subject)) is None:
                    one = values[subject] = Node(subject.value)
                if (other := values.get(term)) is None:
                    is_literal = isinstance(term, Literal)
                    other = literal_value(term) if is_literal else Node(term.value)
                    values[term] = other
                kept.append((one, other))

        keep(quads)
        keep(concepts.about(list(values)))
        classes = set(named.values())
        of_type = NamedNode(_TYPE)
        pairs[of_type] = [pair for pair in pairs[of_type] if pair[1] in classes]
        return cls(
            {node.value: kept for node, kept in pairs.items() if kept},
            {value.value: value for value in values.values() if isinstance(value, Node)},
        )

    def present(self) -> set[str]:
        """The IRIs that are properties or objects."""
        objects = {other for _, other in chain.from_iterable(self._pairs.values())}
        return {o.value for o in objects if isinstance(o, Node)} | self._pairs.keys()

    def objects(self, predicate: str) -> Mapping[Any, list[Any]]:
        """The objects of each subject, by a property."""
        if (found := self._objects.get(predicate)) is None:
            found = self._objects[predicate] = {}
            for one, other in dict.fromkeys(self._pairs.get(predicate, ())):
                found.setdefault(one, []).append(other)
        return found

    def subjects(self, predicate: str) -> Mapping[Any, AbstractSet[Any]]:
        """The subjects of each object, by a property."""
        if (found := self._subjects.get(predicate)) is None:
            sets: dict[Any, set[Any]] = {}
            for one, other in self._pairs.get(predicate, ()):
                sets.setdefault(other, set()).add(one)
            found = self._subjects[predicate] = sets
        return found

    def reached(
        self, predicate: str, start: Any, back: bool, least: int, most: int | None
    ) -> AbstractSet[Any]:
        """What one comes to from a node by a property, or `back` against it, in so many steps."""
        key = predicate, start, back, least, most
        if (found := self._reached.get(key)) is None:
            steps: Mapping[Any, Iterable[Any]]
            steps = self.subjects(predicate) if back else self.objects(predicate)
            found = set(steps.get(start, ()))
            left = list(found) if most is None else []
            while left:
                new = set(steps.get(left.pop(), ())) - found
                found |= new
                left += new
            if least == 0:
                found.add(start)
            self._reached[key] = found
        return found

    def node(self, iri: str) -> Node:
        """The node of an IRI that a query puts together."""
        if (found := self._nodes.get(iri)) is None:
            found = self._nodes[iri] = Node(iri)
        return found
