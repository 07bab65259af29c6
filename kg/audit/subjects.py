"""The facts of a report as findings speak of them: what each is about, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg.audit.messages import Text
from kg.vocabulary import PREFIXES, Namespace

_DIMENSIONS = ("flow", "fund", "nature", "function", "economic", "item", "phase")
_RANGE = re.compile(r"#char=(\d+),(\d+)$")


@dataclass(frozen=True, slots=True)
class Where:
    """The passages, lines and pages of some facts, each in the order of the report."""

    passages: tuple[str, ...]
    lines: tuple[int, ...]
    pages: tuple[int, ...]

    @property
    def start(self) -> int:
        """The first character of the first passage."""
        return min(map(_range, self.passages), default=(0, 0))[0]


@dataclass(frozen=True, slots=True)
class Subjects:
    """The facts of one report, `graph`, in a store; `names` are those of the concepts."""

    store: Store
    graph: NamedNode
    names: Mapping[str, Text]
    namespace: Namespace

    def describe(self, fact: str) -> Text:
        """What a fact is about: its dimensions that aren't "all", or its project."""
        named = [name for value in self._about(fact) if (name := self._name(value)) is not None]
        return Text("·".join(n.zh for n in named), ", ".join(n.en for n in named))

    def where(self, facts: Iterable[str]) -> Where:
        """Where some facts stand."""
        known = list(facts)
        passages = {p for f in known for p in self._values(f, "prov:wasDerivedFrom")}
        lines, pages = (
            {int(number) for f in known for number in self._values(f, predicate)}
            for predicate in ("bud:line", "bud:page")
        )
        return Where(
            tuple(sorted(passages, key=_range)), tuple(sorted(lines)), tuple(sorted(pages))
        )

    def _about(self, fact: str) -> Iterator[str]:
        """The IRIs that say what a fact is about; the accounts go without saying."""
        unsaid = self.namespace.code("phase/final")
        for dimension in (*_DIMENSIONS, "project"):
            for value in self._values(fact, f"bud:{dimension}"):
                if value != unsaid and not value.endswith("/all"):
                    yield value

    def _name(self, iri: str) -> Text | None:
        """The name of a concept of the code lists, or of what the report itself names."""
        if iri in self.names:
            return self.names[iri]
        label = next(self._values(iri, "skos:prefLabel"), None)
        return Text(label, label) if label else None

    def _values(self, subject: str, predicate: str) -> Iterator[str]:
        prefix, _, local = predicate.partition(":")
        base = self.namespace.ontology if prefix == "bud" else PREFIXES[prefix]
        pattern = NamedNode(subject), NamedNode(base + local), None, self.graph
        for quad in self.store.quads_for_pattern(*pattern):
            if isinstance(quad.object, NamedNode | Literal):
                yield quad.object.value


def _range(passage: str) -> tuple[int, int]:
    match = _RANGE.search(passage)
    return (int(match[1]), int(match[2])) if match else (0, 0)
