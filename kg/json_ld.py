"""Quads as JSON-LD, with the terms of ontology/context.jsonld.

Source: https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.graph import RDF_TYPE, XSD
from kg.resources import published, turtle
from kg.vocabulary import Namespace

#: The coercions of a context's terms, by property: the term, its @type, its @language.
Terms = Mapping[str, tuple[str, str | None, str | None]]


def jsonld(quads: Iterable[Quad | Triple], namespace: Namespace) -> bytes:
    """Quads, without their graph, with the context in it: it needs no network to be read.

    IRIs of ours are without the base.
    """
    context = read_context(namespace.base)
    head = {"@base": namespace.base, **context}
    return _document(head, quads, _Writer(namespace, context, namespace.base))


def compacted(triples: Iterable[Quad | Triple], namespace: Namespace, address: str) -> bytes:
    """Triples by the context published at `address`, which can't give a base: IRIs are whole."""
    return _document(address, triples, _Writer(namespace, read_context(namespace.base), ""))


def _document(
    context: str | Mapping[str, Any], quads: Iterable[Quad | Triple], writer: _Writer
) -> bytes:
    """An object a subject."""
    nodes: dict[str, dict[str, Any]] = {}
    for quad in quads:
        subject = writer.relative(quad.subject)
        key, value = writer.pair(quad)
        _add(nodes.setdefault(subject, {"id": subject}), key, value)
    document = {"@context": context, "@graph": list(nodes.values())}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


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

    def relative(self, term: object) -> str:
        if isinstance(term, BlankNode):
            return f"_:{term.value}"
        assert isinstance(term, NamedNode)
        return term.value.removeprefix(self._base)

    def pair(self, quad: Quad | Triple) -> tuple[str, Any]:
        """The key and the value that state a quad of its subject."""
        value = quad.object
        if quad.predicate == RDF_TYPE:
            assert isinstance(value, NamedNode)
            return "type", self._name(value.value)
        name = quad.predicate.value
        term, type_, language = self._terms.get(name, (None, None, None))
        if not isinstance(value, Literal):
            said = self.relative(value)
            return (term, said) if term and type_ == "@id" else (self._name(name), {"@id": said})
        datatype = value.datatype.value
        if term and value.language == language and (language or datatype == (type_ or XSD_STRING)):
            return term, _NATIVE.get(datatype, str)(value.value)
        key = self._name(name)
        if value.language:
            return key, {"@value": value.value, "@language": value.language}
        return key, {"@value": value.value, "@type": self._name(datatype)}

    def _name(self, iri: str) -> str:
        """A property or class as the context abbreviates it, but for its terms, which coerce."""
        if iri not in self._compact:
            self._compact[iri] = self._abbreviated(iri)
        return self._compact[iri]

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
