"""The code lists as rules need them: where concepts belong, what they are worth, their names."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import Literal, RdfFormat, parse

from kg.audit.messages import Text
from kg.graph import Stated, stated
from kg.resources import published, turtle
from kg.vocabulary import DEFAULT_BASE, PREFIXES

_PREF_LABEL = PREFIXES["skos"] + "prefLabel"
_BROADER = PREFIXES["skos"] + "broader"


@dataclass(frozen=True, slots=True)
class Concepts:
    """What the rules' queries ask of the code lists, by concept, and the concepts' names."""

    triples: Mapping[str, tuple[Stated, ...]]
    names: Mapping[str, Text]

    def about(self, iris: Iterable[str]) -> Iterator[Stated]:
        """The triples about some concepts, and about all that these belong to.

        A report uses some dozens of the two thousand; loading all costs as much as all rules.
        """
        seen = {iri for iri in iris if iri in self.triples}
        found = list(seen)
        while found:
            for triple in self.triples[found.pop()]:
                yield triple
                _, predicate, other = triple
                if predicate != _BROADER or not isinstance(other, str):
                    continue
                if other in self.triples and other not in seen:
                    seen.add(other)
                    found.append(other)


@functools.cache
def load_concepts(base: str = DEFAULT_BASE) -> Concepts:
    """The code lists as published, their IRIs under `base`; read once a process."""
    triples: dict[str, list[Stated]] = defaultdict(list)
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for triple in _published(base):
        subject, predicate, value = triple
        triples[subject].append(triple)
        if predicate == _PREF_LABEL and isinstance(value, Literal):
            names[subject][value.language or "zh"] = value.value
    return Concepts(
        MappingProxyType({iri: tuple(about) for iri, about in triples.items()}),
        MappingProxyType({iri: _name(iri, labels) for iri, labels in names.items()}),
    )


def _published(base: str) -> Iterator[Stated]:
    for path in sorted((published("ontology") / "code").glob("*.ttl")):
        yield from map(stated, parse(turtle(path, base), format=RdfFormat.TURTLE))


def _name(iri: str, labels: Mapping[str, str]) -> Text:
    """A concept's names; a code of a classification stands before its name.

    >>> _name("code/functional/2050202", {"zh": "小学教育"}).zh
    '2050202 小学教育'
    """
    code = iri.rpartition("/")[2]
    prefix = f"{code} " if code.isdigit() else ""
    zh = prefix + labels["zh"]
    return Text(zh, prefix + labels["en"] if "en" in labels else zh)
