"""How much there is of what in a release, counted while its sorted lines go by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import ne
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
    def of(cls, lines: Sequence[bytes]) -> Statistics:
        """The statistics of sorted lines."""
        counted = cls()
        for _ in counted.counting([lines]):
            pass
        return counted

    def counting(self, blocks: Iterable[Sequence[bytes]]) -> Iterator[Sequence[bytes]]:
        """Hand sorted lines on, counted; all those of one subject must be among them."""
        classes: Counter[bytes] = Counter()
        properties: Counter[bytes] = Counter()
        graphs: Counter[bytes] = Counter()
        last_subject = last_triple = b""
        for block in blocks:
            # a graph's name is last, and what comes before it is the triple
            stated = [line[: line.rindex(b" <")] for line in block]
            graphs.update([line[len(t) :] for line, t in zip(block, stated, strict=True)])
            # the lines of a triple that several graphs state follow one another
            before = chain([last_triple], stated)
            triples = [
                t.split(b" ", 2) for t, last in zip(stated, before, strict=False) if t != last
            ]
            self.triples += len(triples)
            properties.update([predicate for _, predicate, _ in triples])
            classes.update([value for _, predicate, value in triples if predicate == _TYPE])
            subjects = [subject for subject, _, _ in triples]
            self.entities += sum(map(ne, subjects, chain([last_subject], subjects)))
            last_triple = stated[-1] if stated else last_triple
            last_subject = subjects[-1] if subjects else last_subject
            yield block
        for ours, counted in (
            (self.classes, classes),
            (self.properties, properties),
            (self.graphs, graphs),
        ):
            ours.update({name.decode().strip("<> .\n"): n for name, n in counted.items()})

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
