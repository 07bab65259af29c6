"""JSON-LD with short names: the context that is published, and triples written by it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from api.site import Site
from kg.vocabulary import PREFIXES

#: The profile of a client that wants short names (JSON-LD 1.1, section 4.2 of its media type).
COMPACTED = "http://www.w3.org/ns/json-ld#compacted"
_TYPE = f"{PREFIXES['rdf']}type"
_STRING = f"{PREFIXES['xsd']}string"


def context(site: Site) -> dict[str, Any]:
    """The context: a prefix for each vocabulary, a name for each property of the ontology.

    Values that are IRIs are plain strings; so are numbers, for money is exact.
    """
    bud = site.namespace.ontology
    terms: dict[str, Any] = dict(sorted(site.namespace.prefixes().items()))
    rows = site.store.select(site.queries.make("typed_properties", graph=_graph(site))).rows
    for row in sorted(rows, key=lambda row: str(row["term"])):
        term, range_ = row["term"], row.get("range")
        assert isinstance(term, ox.NamedNode)
        name = term.value.removeprefix(bud)
        is_literal = isinstance(range_, ox.NamedNode)
        kind = range_.value if isinstance(range_, ox.NamedNode) else "@id"
        text = is_literal and kind in (_STRING, f"{PREFIXES['rdf']}langString")
        terms[name] = {"@id": term.value} | ({} if text else {"@type": kind})
    return {"@context": {"@version": 1.1, "id": "@id", "type": "@type", **terms}}


def compacted(triples: Iterable[ox.Triple], context_: Mapping[str, Any], address: str) -> bytes:
    """Triples as JSON-LD by the context that is published at `address`."""
    names = _Names(context_["@context"])
    nodes: dict[str, dict[str, Any]] = {}
    for triple in triples:
        subject = names.iri(triple.subject)
        node = nodes.setdefault(subject, {"id": subject})
        if triple.predicate.value == _TYPE:
            node.setdefault("type", []).append(names.short(_value(triple.object)))
        else:
            name, value = names.property(triple.predicate.value, triple.object)
            node.setdefault(name, []).append(value)
    graph = [
        {key: v[0] if isinstance(v, list) and len(v) == 1 else v for key, v in node.items()}
        for node in nodes.values()
    ]
    return json.dumps({"@context": address, "@graph": graph}, ensure_ascii=False).encode()


class _Names:
    """The short names of a context."""

    def __init__(self, terms: Mapping[str, Any]) -> None:
        given = {name: term for name, term in terms.items() if isinstance(term, Mapping)}
        self._properties = {term["@id"]: (name, term.get("@type")) for name, term in given.items()}
        self._prefixes = {
            iri: name
            for name, iri in terms.items()
            if isinstance(iri, str) and iri.endswith(("#", "/"))
        }

    def iri(self, term: object) -> str:
        return f"_:{term.value}" if isinstance(term, ox.BlankNode) else _value(term)

    def short(self, iri: str) -> str:
        for start, prefix in self._prefixes.items():
            if iri.startswith(start) and iri[len(start) :].isidentifier():
                return f"{prefix}:{iri[len(start) :]}"
        return iri

    def property(self, iri: str, value: object) -> tuple[str, Any]:
        """The name of a property, and a value as that name's type lets it be written."""
        name, kind = self._properties.get(iri, (self.short(iri), None))
        if not isinstance(value, ox.Literal):
            written = self.iri(value)
            return (name, written) if kind == "@id" else (name, {"id": written})
        if value.language:
            return name, {"@value": value.value, "@language": value.language}
        datatype = value.datatype.value
        if datatype == (kind or _STRING):
            return name, value.value
        return name, {"@value": value.value, "@type": self.short(datatype)}


def _value(term: object) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value


def _graph(site: Site) -> str:
    return site.namespace.graph("ontology")
