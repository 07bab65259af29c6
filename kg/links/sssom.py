"""SSSOM files read, and refused with file and line where they don't hold.

The format is SSSOM/TSV with its metadata embedded (https://mapping-commons.github.io/sssom/spec/).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType

import yaml

from kg.resources import published, turtle
from kg.vocabulary import DEFAULT_BASE, PREFIXES

_SEMAPV = "https://w3id.org/semapv/vocab/"

#: What a mapping may say; a match of SKOS is of concepts, the others are of classes and properties.
PREDICATES = frozenset(
    PREFIXES[prefix] + local
    for prefix, locals_ in {
        "skos": ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"),
        "rdfs": ("subClassOf", "subPropertyOf", "seeAlso"),
        "owl": ("equivalentClass", "equivalentProperty"),
    }.items()
    for local in locals_
)
_EXACT = PREFIXES["skos"] + "exactMatch"

#: How a mapping may have been found, of the terms of SEMAPV.
JUSTIFICATIONS = frozenset(
    _SEMAPV + local
    for local in (
        *("BackgroundKnowledgeBasedMatching", "CompositeMatching", "LexicalMatching"),
        *("LogicalReasoning", "ManualMappingCuration", "MappingReview", "UnspecifiedMatching"),
    )
)

_SET_SLOTS = ("mapping_set_id", "mapping_set_title", "license", "subject_source", "object_source")
_COLUMNS = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label"),
    *("mapping_justification", "confidence", "comment"),
)
_OPTIONAL = frozenset({"comment"})
_CURIE = re.compile(r"([A-Za-z][\w.-]*):(\S+)")


class LinkError(ValueError):
    """A mapping that doesn't hold: one sentence with file and line, and what was expected."""


@dataclass(frozen=True, slots=True)
class Link:
    """One mapping; all but labels and comment are IRIs, `line` is that of its file."""

    subject: str
    subject_label: str
    predicate: str
    object: str
    object_label: str
    justification: str
    confidence: Decimal
    comment: str
    line: int


@dataclass(frozen=True, slots=True)
class LinkSet:
    """The mappings of one file, from a source of ours to one of others."""

    iri: str
    title: str
    description: str | None
    license: str
    subject_source: str
    object_source: str
    links: tuple[Link, ...]

    @property
    def name(self) -> str:
        """The last segment of its IRI: ``functional-cofog``."""
        return self.iri.rpartition("/")[2]


def link_files() -> list[Path]:
    """The files of mappings that are published, by name."""
    return sorted((published("ontology") / "links").glob("*.sssom.tsv"))


def read_links(
    file: Path, *, base: str = DEFAULT_BASE, known: Callable[[str], bool] = lambda iri: True
) -> LinkSet:
    """The mappings of a file, with all IRIs of ours under `base`.

    `known` says whether an IRI of ours is one that we publish.

    Raises:
        LinkError: the file is no SSSOM/TSV, lacks a slot, or has a mapping that doesn't hold.
    """
    lines = turtle(file, base).splitlines()
    size = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    head = _head(file, [line[1:] for line in lines[:size]])
    if (expected := f"{base}links/{file.name.removesuffix('.sssom.tsv')}") != head.iri:
        raise LinkError(f"{file}:1: the mapping_set_id is {head.iri}; name it {expected}")
    rows = csv.DictReader(lines[size:], delimiter="\t")
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise LinkError(f"{file}:{size + 1}: the columns must be {', '.join(_COLUMNS)}")
    reader = _Reader(file, head.prefixes, base, known)
    links = tuple(reader.link(row, size + 2 + n) for n, row in enumerate(rows))
    return LinkSet(
        iri=head.iri,
        title=head.slots["mapping_set_title"],
        description=head.slots.get("mapping_set_description"),
        license=head.slots["license"],
        subject_source=head.slots["subject_source"],
        object_source=head.slots["object_source"],
        links=tuple(_without_contradictions(file, links)),
    )


@dataclass(frozen=True, slots=True)
class _Head:
    slots: Mapping[str, str]
    prefixes: Mapping[str, str]

    @property
    def iri(self) -> str:
        return self.slots["mapping_set_id"]


def _head(file: Path, lines: Sequence[str]) -> _Head:
    """The metadata of a file: YAML, every value taken as text."""
    try:
        metadata = yaml.load("\n".join(lines), Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LinkError(f"{file}:{line}: the metadata is no YAML ({error.problem})") from error
    if not isinstance(metadata, dict) or not isinstance(metadata.get("curie_map"), dict):
        raise LinkError(f"{file}:1: the metadata must begin each line with # and have a curie_map")
    prefixes = metadata.pop("curie_map")
    for slot in _SET_SLOTS:
        if not metadata.get(slot):
            raise LinkError(f"{file}:1: the metadata lacks {slot}")
    return _Head(MappingProxyType(metadata), MappingProxyType(prefixes))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Rows of one file to mappings."""

    file: Path
    prefixes: Mapping[str, str]
    base: str
    known: Callable[[str], bool]

    def link(self, row: Mapping[str | None, str | None], line: int) -> Link:
        values = [row.get(column) for column in _COLUMNS]
        if None in row or None in values:
            raise self._error(line, f"a row has {len(_COLUMNS)} cells, parted by tabs")
        texts = {column: (row[column] or "").strip() for column in _COLUMNS}
        for column in _COLUMNS:
            if not texts[column] and column not in _OPTIONAL:
                raise self._error(line, f"{column} is empty")
        link = Link(
            subject=self._iri(texts["subject_id"], line),
            subject_label=texts["subject_label"],
            predicate=self._one_of(PREDICATES, "predicate_id", texts, line),
            object=self._iri(texts["object_id"], line),
            object_label=texts["object_label"],
            justification=self._one_of(JUSTIFICATIONS, "mapping_justification", texts, line),
            confidence=self._confidence(texts["confidence"], line),
            comment=texts["comment"],
            line=line,
        )
        for iri in (link.subject, link.object):
            if iri.startswith(self.base) and not self.known(iri):
                raise self._error(line, f"{iri} is no code, region or term of ours")
        return link

    def _iri(self, curie: str, line: int) -> str:
        found = _CURIE.fullmatch(curie)
        if not found or found[1] not in self.prefixes:
            raise self._error(line, f"{curie!r} begins with no prefix of the curie_map")
        return self.prefixes[found[1]] + found[2]

    def _one_of(
        self, allowed: frozenset[str], column: str, texts: Mapping[str, str], line: int
    ) -> str:
        iri = self._iri(texts[column], line)
        if iri not in allowed:
            choices = ", ".join(sorted(re.split("[/#]", choice)[-1] for choice in allowed))
            raise self._error(line, f"{column} is {texts[column]}; choose one of {choices}")
        return iri

    def _confidence(self, text: str, line: int) -> Decimal:
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if value.is_nan() or not 0 <= value <= 1:
            raise self._error(line, f"the confidence is {text}; give a number from 0 to 1")
        return value

    def _error(self, line: int, message: str) -> LinkError:
        return LinkError(f"{self.file}:{line}: {message}")


def _without_contradictions(file: Path, links: Sequence[Link]) -> Iterator[Link]:
    """The mappings, each pair mapped once, and nothing the same as two things of one source."""
    pairs: dict[tuple[str, str], Link] = {}
    exact: dict[str, Link] = {}
    for link in links:
        first = pairs.setdefault((link.subject, link.object), link)
        if first is not link:
            how = "again" if first.predicate == link.predicate else "with another predicate"
            raise LinkError(
                f"{file}:{link.line}: maps the pair of line {first.line} {how}; keep one of them"
            )
        if link.predicate == _EXACT:
            first = exact.setdefault(link.subject, link)
            if first is not link:
                raise LinkError(
                    f"{file}:{link.line}: {link.subject} is the same as another thing on line "
                    f"{first.line}; keep one exactMatch, or say closeMatch"
                )
        yield link
