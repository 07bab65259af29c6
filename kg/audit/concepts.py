"""The code lists as rules need them: where concepts belong, what they are worth, their names."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import Literal, RdfFormat, parse

from kg.audit.messages import Text
from kg.graph import Index, Properties, Stated, by_subject, stated
from kg.resources import published, turtle
from kg.vocabulary import DEFAULT_BASE, PREFIXES

_PREF_LABEL = PREFIXES["skos"] + "prefLabel"
_BROADER = PREFIXES["skos"] + "broader"


@dataclass(frozen=True, slots=True)
class Concepts:
    """What the rules' queries ask of the code lists, by concept, and the concepts' names."""

    index: Index
    names: Mapping[str, Text]

    def about(self, iris: Iterable[str]) -> Index:
        """What is stated of some concepts, and of all that these belong to.

        A report uses some dozens of the two thousand; loading all costs as much as all rules.
        """
        about: dict[str, Properties] = {}
        left = [iri for iri in iris if iri in self.index]
        while left:
            if (iri := left.pop()) not in about:
                about[iri] = self.index[iri]
                wider = about[iri].get(_BROADER, ())
                left += [w for w in wider if isinstance(w, str) and w in self.index]
        return about


@functools.cache
def load_concepts(base: str = DEFAULT_BASE) -> Concepts:
    """The code lists as published, their IRIs under `base`; read once a process."""
    index = by_subject(_published(base))
    names: dict[str, Text] = {}
    for iri, properties in index.items():
        labels = [label for label in properties.get(_PREF_LABEL, ()) if isinstance(label, Literal)]
        if labels:
            names[iri] = _name(iri, {label.language or "zh": label.value for label in labels})
    return Concepts(MappingProxyType(index), MappingProxyType(names))


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
