"""What the rules ask of one report, by property: subject to objects, and object to subjects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from pyoxigraph import Literal

from kg.audit.compiled.terms import Node, constant, literal_value
from kg.audit.concepts import Concepts
from kg.graph import Index
from kg.vocabulary import PREFIXES

_TYPE = PREFIXES["rdf"] + "type"
#: Of one property, the objects of each subject: nodes and values of `kg.audit.compiled.terms`.
Objects = Mapping[Any, list[Any]]


class Nodes(dict[str, Node]):
    """The node of each IRI, made when it is first asked for."""

    def __missing__(self, iri: str) -> Node:
        node = self[iri] = Node(iri)
        return node


class Facts:
    """A report's triples by property: the objects of each subject, and the subjects of each object.

    The latter are looked for when the first rule asks for them.
    """

    def __init__(self, objects: Mapping[str, Objects], nodes: Nodes, present: set[str]) -> None:
        #: The IRIs that are properties or objects.
        self.present = present
        self._objects = objects
        self._subjects: dict[str, Mapping[Any, AbstractSet[Any]]] = {}
        self._reached: dict[tuple[object, ...], set[Any]] = {}
        self._nodes = nodes

    @classmethod
    def of(cls, report: Index, mentioned: Iterable[str], concepts: Concepts) -> Facts:
        """What a report says, and the code lists of its concepts, with the IRIs `mentioned`.

        No query asks for a property that it doesn't name.
        """
        nodes = Nodes({iri: constant(iri) for iri in (*mentioned, _TYPE)})
        objects: dict[str, dict[Any, list[Any]]] = {iri: {} for iri in nodes}
        literals: dict[Literal, Any] = {}
        present: set[str] = set()

        def keep(index: Index) -> None:
            for subject, properties in index.items():
                one = nodes[subject]
                for predicate, terms in properties.items():
                    if (found := objects.get(predicate)) is None:
                        continue
                    others = found.setdefault(one, [])
                    for term in terms:
                        other: Any
                        if isinstance(term, str):
                            present.add(term)
                            other = nodes[term]
                        elif (other := literals.get(term)) is None:
                            other = literals[term] = literal_value(term)
                        if other not in others:
                            others.append(other)

        keep(report)
        keep(concepts.about(list(nodes)))
        present |= {iri for iri, found in objects.items() if found}
        return cls(objects, nodes, present)

    def objects(self, predicate: str) -> Objects:
        """The objects of each subject, by a property."""
        return self._objects.get(predicate, {})

    def subjects(self, predicate: str) -> Mapping[Any, AbstractSet[Any]]:
        """The subjects of each object, by a property."""
        if (found := self._subjects.get(predicate)) is None:
            sets: dict[Any, set[Any]] = {}
            for one, others in self.objects(predicate).items():
                for other in others:
                    if other in sets:
                        sets[other].add(one)
                    else:
                        sets[other] = {one}
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
        return self._nodes[iri]
