"""A report's graph as JSON-LD, with the terms of ontology/context.jsonld.

The context is in the file itself, so that it can be read wherever it is, without a network.
Source: https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kg.mapping.graph import RDF_TYPE, XSD
from kg.resources import published, turtle
from kg.vocabulary import Namespace

#: The coercions of a context's terms, by property: the term, its @type, its @language.
Terms = Mapping[str, tuple[str, str | None, str | None]]


def jsonld(quads: Iterable[Quad], namespace: Namespace) -> bytes:
    """Quads, without their graph, as JSON-LD: an object a subject, our IRIs without the base."""
    context = read_context(namespace.base)
    writer = _Writer(namespace, context)
    nodes: dict[str, dict[str, Any]] = {}
    for quad in quads:
        assert isinstance(quad.subject, NamedNode)
        iri = quad.subject.value
        node = nodes.setdefault(iri, {"id": writer.relative(iri)})
        key, value = writer.pair(quad)
        _add(node, key, value)
    document = {"@context": {"@base": namespace.base, **context}, "@graph": list(nodes.values())}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


@lru_cache(maxsize=2)
def read_context(base: str) -> Mapping[str, Any]:
    """The published context, with IRIs of ours under `base`."""
    said = json.loads(turtle(published("ontology") / "context.jsonld", base))
    context: Mapping[str, Any] = said["@context"]
    return context


class _Writer:
    """Says predicates and values in the terms of a context."""

    def __init__(self, namespace: Namespace, context: Mapping[str, Any]) -> None:
        self._base = namespace.base
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

    def relative(self, iri: str) -> str:
        return iri[len(self._base) :] if iri.startswith(self._base) else iri

    def pair(self, quad: Quad) -> tuple[str, Any]:
        """The key and the value that state a quad of its subject."""
        value = quad.object
        if quad.predicate == RDF_TYPE:
            assert isinstance(value, NamedNode)
            return "type", self._name(value.value)
        name = quad.predicate.value
        term, type_, language = self._terms.get(name, (None, None, None))
        if isinstance(value, NamedNode):
            said = self.relative(value.value)
            return (term, said) if term and type_ == "@id" else (self._name(name), {"@id": said})
        assert isinstance(value, Literal)
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
