"""The code lists as `ontology/code/*.ttl` publishes them, which is their source of truth."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.codes.classification import Classification, Concept
from kg.resources import published
from kg.vocabulary import DEFAULT_BASE, PREFIXES

_SKOS = PREFIXES["skos"]
_BUD = f"{DEFAULT_BASE}ontology#"

#: A value is read if it is Chinese or of no language.
_LANGUAGES = (None, "zh")

#: The properties of one concept, by predicate; values are texts, or the IRIs of concepts.
_Properties = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class CodeLists:
    """The classifications, and the ids of every code list (`schemes["phase"]` has ``final``)."""

    functional: Classification
    economic: Classification
    schemes: Mapping[str, frozenset[str]]


@functools.cache
def load_code_lists() -> CodeLists:
    """The code lists as published; read once a process."""
    folder = published("ontology") / "code"
    lists = {path.stem: _read(path) for path in sorted(folder.glob("*.ttl"))}
    return CodeLists(
        functional=Classification(_concepts(lists["functional"])),
        economic=Classification(_concepts(lists["economic"])),
        schemes=MappingProxyType({name: frozenset(ids) for name, ids in lists.items()}),
    )


def _read(path: Path) -> dict[str, _Properties]:
    """The concepts of a code list by id; of labels, only the Chinese."""
    concepts: dict[str, dict[str, list[str]]] = {}
    prefix = f"{DEFAULT_BASE}code/{path.stem}/"
    for triple in parse(path=str(path), format=RdfFormat.TURTLE):
        subject, value = triple.subject, triple.object
        if not isinstance(subject, NamedNode) or not subject.value.startswith(prefix):
            continue
        if (
            isinstance(value, NamedNode | Literal)
            and getattr(value, "language", None) in _LANGUAGES
        ):
            properties = concepts.setdefault(subject.value.removeprefix(prefix), {})
            properties.setdefault(triple.predicate.value, []).append(value.value)
    return dict(concepts)


def _concepts(properties: Mapping[str, _Properties]) -> list[Concept]:
    return [_concept(code, values) for code, values in properties.items() if code.isdigit()]


def _concept(code: str, values: _Properties) -> Concept:
    def one(iri: str) -> str | None:
        return next(iter(values.get(iri, ())), None)

    def year(iri: str) -> int | None:
        text = one(iri)
        return int(text) if text else None

    broader = one(f"{_SKOS}broader")
    attested = one(f"{_BUD}attested") == "true"
    return Concept(
        code=code,
        label=values[f"{_SKOS}prefLabel"][0],
        old_names=tuple(sorted(values.get(f"{_SKOS}altLabel", ()))),
        broader=_last_segment(broader) if broader else None,
        funds=frozenset(map(_last_segment, values.get(f"{_BUD}fundOf", ()))),
        edition_from=year(f"{_BUD}editionFrom"),
        edition_to=year(f"{_BUD}editionTo"),
        unsure=one(f"{_BUD}editionUnsure") == "true",
        trusted=attested or one(f"{_BUD}confidence") == "high",
        attested=attested,
    )


def _last_segment(iri: str) -> str:
    return iri.rpartition("/")[2]
