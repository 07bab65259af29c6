"""How much there is of what in a release, counted while its sorted lines go by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


@dataclass(slots=True)
class Statistics:
    """Counts of N-Quads; those of lines about different subjects can be added.

    A triple that several graphs state counts once, but for `graphs`, which counts quads.
    """

    triples: int = 0
    entities: int = 0
    #: Entities by class, triples by property, quads by graph.
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    graphs: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, lines: Iterable[bytes]) -> Statistics:
        """The statistics of sorted lines."""
        counted = cls()
        for _ in counted.counting(lines):
            pass
        return counted

    def counting(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Hand sorted lines on, counted; all those of one subject must be among them."""
        classes: Counter[bytes] = Counter()
        properties: Counter[bytes] = Counter()
        graphs: Counter[bytes] = Counter()
        last_subject = last_triple = b""
        for line in lines:
            triple, graph, _ = line.rsplit(b" ", 2)
            graphs[graph] += 1
            if triple != last_triple:
                last_triple = triple
                subject, predicate, value = triple.split(b" ", 2)
                self.triples += 1
                properties[predicate] += 1
                if predicate == _TYPE:
                    classes[value] += 1
                if subject != last_subject:
                    last_subject = subject
                    self.entities += 1
            yield line
        for ours, counted in (
            (self.classes, classes),
            (self.properties, properties),
            (self.graphs, graphs),
        ):
            ours.update({name.decode().strip("<>"): n for name, n in counted.items()})

    def add(self, other: Statistics) -> None:
        """Add the counts of lines about other subjects."""
        self.triples += other.triples
        self.entities += other.entities
        self.classes.update(other.classes)
        self.properties.update(other.properties)
        self.graphs.update(other.graphs)

    def said(self) -> dict[str, Any]:
        """The statistics as JSON."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def read(cls, said: dict[str, Any]) -> Statistics:
        """Statistics from JSON, as `said` gives them."""
        named = {name: Counter(said[name]) for name in ("classes", "properties", "graphs")}
        return cls(said["triples"], said["entities"], **named)
