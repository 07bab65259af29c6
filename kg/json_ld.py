"""Triples as JSON-LD, with the terms of ontology/context.jsonld.

Source: https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph import XSD, Index, Properties, Stated, Term, by_subject
from kg.resources import published, turtle
from kg.vocabulary import PREFIXES, Namespace

_TYPE = PREFIXES["rdf"] + "type"
#: The coercions of a context's terms, by property: the term, its @type, its @language.
Terms = Mapping[str, tuple[str, str | None, str | None]]


def jsonld(graph: Index, namespace: Namespace) -> bytes:
    """A graph with the context in it: it needs no network to be read.

    IRIs of ours are without the base.
    """
    context = read_context(namespace.base)
    head = {"@base": namespace.base, **context}
    return _document(head, graph, _Writer(namespace, context, namespace.base))


def compacted(triples: Iterable[Triple], namespace: Namespace, address: str) -> bytes:
    """Triples by the context published at `address`, which can't give a base: IRIs are whole."""
    writer = _Writer(namespace, read_context(namespace.base), "")
    return _document(address, by_subject(map(_labelled, triples)), writer)


def _document(context: str | Mapping[str, Any], graph: Index, writer: _Writer) -> bytes:
    """An object a subject."""
    document = {
        "@context": context,
        "@graph": [writer.node(*described) for described in graph.items()],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _labelled(triple: Triple) -> Stated:
    """A triple as it is kept, but that blank nodes are their labels."""
    subject = _term(triple.subject)
    assert isinstance(subject, str)
    return subject, triple.predicate.value, _term(triple.object)


def _term(term: NamedNode | BlankNode | Literal | Triple) -> Term:
    assert not isinstance(term, Triple)
    if isinstance(term, Literal):
        return term
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


@lru_cache(maxsize=2)
def read_context(base: str) -> Mapping[str, Any]:
    """The published context, with IRIs of ours under `base`."""
    said = json.loads(turtle(published("ontology") / "context.jsonld", base))
    context: Mapping[str, Any] = said["@context"]
    return context


class _Writer:
    """Says predicates and values in the terms of a context; IRIs below `base` without it."""

    def __init__(self, namespace: Namespace, context: Mapping[str, Any], base: str) -> None:
        self._base = base
        self._vocabulary = namespace.ontology
        prefixes = namespace.prefixes()
        self._prefixes = {iri: p for p, iri in prefixes.items() if context.get(p) == iri}
        self._terms: Terms = {
            _expanded(form["@id"], prefixes): (
                term, _expanded(form.get("@type"), prefixes), form.get("@language")
            )
            for term, form in context.items() if isinstance(form, dict)
        }  # fmt: skip
        self._compact: dict[str, str] = {}

    def node(self, subject: str, properties: Properties) -> dict[str, Any]:
        """The object that states the properties of a subject."""
        node: dict[str, Any] = {"id": subject.removeprefix(self._base)}
        for name, values in properties.items():
            for value in values:
                _add(node, *self._pair(name, value))
        return node

    def _pair(self, name: str, value: Term) -> tuple[str, Any]:
        """The key and the value that state a property."""
        term, type_, language = self._terms.get(name, (None, None, None))
        if isinstance(value, str):
            if name == _TYPE:
                return "type", self._name(value)
            said = value.removeprefix(self._base)
            return (term, said) if term and type_ == "@id" else (self._name(name), {"@id": said})
        if value.language:
            if term and value.language == language:
                return term, value.value
            return self._name(name), {"@value": value.value, "@language": value.language}
        datatype = value.datatype.value
        if term and not language and datatype == (type_ or XSD_STRING):
            return term, _NATIVE.get(datatype, str)(value.value)
        return self._name(name), {"@value": value.value, "@type": self._name(datatype)}

    def _name(self, iri: str) -> str:
        """A property or class as the context abbreviates it, but for its terms, which coerce."""
        if (name := self._compact.get(iri)) is None:
            name = self._compact[iri] = self._abbreviated(iri)
        return name

    def _abbreviated(self, iri: str) -> str:
        if iri.startswith(self._vocabulary) and iri not in self._terms:
            return iri[len(self._vocabulary) :]
        for start, prefix in self._prefixes.items():
            if iri.startswith(start):
                return f"{prefix}:{iri[len(start) :]}"
        return iri


XSD_STRING = XSD + "string"
#: What JSON has values of its own for; decimals stay strings, no binary float holds money.
_NATIVE: Mapping[str, Callable[[str], Any]] = {
    XSD + "integer": int,
    XSD + "boolean": lambda value: value == "true",
}


def _expanded(name: str | None, prefixes: Mapping[str, str]) -> Any:
    """The IRI of a prefixed name; keywords and None are themselves."""
    prefix, _, local = (name or "").partition(":")
    return prefixes[prefix] + local if prefix in prefixes else name


def _add(node: dict[str, Any], key: str, value: Any) -> None:
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]
