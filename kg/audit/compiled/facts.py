"""What the rules ask of one report, by property: subject to objects, and object to subjects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Any

from pyoxigraph import NamedNode, Quad, Triple

from kg.audit.compiled.terms import Node, constant, literal_value
from kg.audit.concepts import Concepts
from kg.vocabulary import PREFIXES

_TYPE = PREFIXES["rdf"] + "type"
#: A subject and an object: nodes and values of `kg.audit.compiled.terms`.
Pair = tuple[Any, Any]


class Facts:
    """A report's triples; each index is made when the first rule asks for it."""

    def __init__(self, pairs: Mapping[str, list[Pair]], nodes: dict[str, Node]) -> None:
        self._pairs = pairs
        self._nodes = nodes
        self._objects: dict[str, Mapping[Any, list[Any]]] = {}
        self._subjects: dict[str, Mapping[Any, AbstractSet[Any]]] = {}
        self._reached: dict[tuple[object, ...], set[Any]] = {}

    @classmethod
    def of(cls, quads: Iterable[Quad], mentioned: Iterable[str], concepts: Concepts) -> Facts:
        """What a report says, and the code lists of its concepts, with the IRIs `mentioned`.

        No query asks for a property, or for a class, that it doesn't name.
        """
        nodes = {iri: constant(iri) for iri in (*mentioned, _TYPE)}
        classes = set(nodes.values())
        pairs: dict[str, list[Pair]] = {iri: [] for iri in nodes}
        literals: dict[Any, Any] = {}

        # an IRI is looked up by its text: the text of a term is had sooner than its hash
        def keep(statements: Iterable[Quad | Triple]) -> None:
            last: object = None
            one = constant(_TYPE)
            for subject, predicate, term, *_ in statements:
                kept = pairs.get(predicate.value)
                if kept is None:
                    continue
                if subject != last:
                    last, iri = subject, subject.value
                    one = nodes.get(iri) or nodes.setdefault(iri, Node(iri))
                other: Any
                if type(term) is NamedNode:
                    iri = term.value
                    other = nodes.get(iri) or nodes.setdefault(iri, Node(iri))
                elif (other := literals.get(term)) is None:
                    other = literals[term] = literal_value(term)
                kept.append((one, other))

        keep(quads)
        keep(concepts.about(list(nodes)))
        pairs[_TYPE] = [pair for pair in pairs[_TYPE] if pair[1] in classes]
        return cls({iri: kept for iri, kept in pairs.items() if kept}, nodes)

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
