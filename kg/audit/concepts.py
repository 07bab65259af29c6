"""The code lists as rules need them: where concepts belong, what they are worth, their names."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.audit.messages import Text
from kg.resources import published, turtle
from kg.vocabulary import DEFAULT_BASE, PREFIXES

_PREF_LABEL = NamedNode(PREFIXES["skos"] + "prefLabel")
_BROADER = NamedNode(PREFIXES["skos"] + "broader")


@dataclass(frozen=True, slots=True)
class Concepts:
    """What the rules' queries ask of the code lists, by concept, and the concepts' names."""

    triples: Mapping[str, tuple[Triple, ...]]
    names: Mapping[str, Text]

    def about(self, iris: Iterable[str]) -> Iterator[Triple]:
        """The triples about some concepts, and about all that these belong to.

        A report uses some dozens of the two thousand; loading all costs as much as all rules.
        """
        seen = {iri for iri in iris if iri in self.triples}
        found = list(seen)
        while found:
            for triple in self.triples[found.pop()]:
                yield triple
                other = triple.object
                if triple.predicate != _BROADER or not isinstance(other, NamedNode):
                    continue
                if other.value in self.triples and other.value not in seen:
                    seen.add(other.value)
                    found.append(other.value)


@functools.cache
def load_concepts(base: str = DEFAULT_BASE) -> Concepts:
    """The code lists as published, their IRIs under `base`; read once a process."""
    triples: dict[str, list[Triple]] = defaultdict(list)
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for triple in _published(base):
        subject, value = triple.subject, triple.object
        assert isinstance(subject, NamedNode)
        triples[subject.value].append(triple)
        if triple.predicate == _PREF_LABEL and isinstance(value, Literal):
            names[subject.value][value.language or "zh"] = value.value
    return Concepts(
        MappingProxyType({iri: tuple(about) for iri, about in triples.items()}),
        MappingProxyType({iri: _name(iri, labels) for iri, labels in names.items()}),
    )


def _published(base: str) -> Iterator[Triple]:
    for path in sorted((published("ontology") / "code").glob("*.ttl")):
        for quad in parse(turtle(path, base), format=RdfFormat.TURTLE):
            yield quad.triple


def _name(iri: str, labels: Mapping[str, str]) -> Text:
    """A concept's names; a code of a classification stands before its name.

    >>> _name("code/functional/2050202", {"zh": "小学教育"}).zh
    '2050202 小学教育'
    """
    code = iri.rpartition("/")[2]
    prefix = f"{code} " if code.isdigit() else ""
    zh = prefix + labels["zh"]
    return Text(zh, prefix + labels["en"] if "en" in labels else zh)
