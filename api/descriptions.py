"""What a resource's documents say, for programs: its triples, names and inverse links."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox

from api.errors import NotFound
from api.formats import JSON, JSON_LD, N_TRIPLES, TURTLE, Format
from api.nodes import Node, node_of
from api.pages.labels import Labels
from api.profiles import Profile
from api.schema_org import described
from api.site import Site
from api.store import Term
from kg.json_ld import compacted
from kg.vocabulary import PREFIXES

_ALTR = {"altr": "http://www.w3.org/ns/dx/connegp/altr#"}


def is_known(site: Site, iri: str) -> bool:
    """Whether any triple, or a graph's name, speaks of an IRI."""
    return site.store.ask(site.queries.make("mentioned", resource=iri)) or _has_graph(site, iri)


def graph_of(site: Site, iri: str) -> str | None:
    """The named graph that a resource's RDF is the whole of: a report's, or the ontology's."""
    name = site.namespace.graph("ontology") if iri in site.ontologies else iri
    return name if site.store.ask(site.queries.make("has_graph", graph=name)) else None


def _has_graph(site: Site, iri: str) -> bool:
    return graph_of(site, iri) is not None


def document(site: Site, iri: str, format_: Format, profile: Profile) -> bytes:
    """A resource's description in an RDF format, or as plain JSON; in the words of a profile."""
    if profile is not site.profiles.own:
        return _in_other_words(site, iri, format_, profile)
    if format_ is JSON:
        return _record(site, iri)
    assert isinstance(format_.engine, ox.RdfFormat)
    graph = graph_of(site, iri)
    prefixes = site.namespace.prefixes()
    if graph:
        body = site.store.graph(graph, format_, prefixes)
    else:
        written = ox.serialize(_triples(site, iri), format=format_.engine, prefixes=prefixes)
        assert written is not None
        body = written
    return _tidied(body) if format_ is TURTLE else body


def compact(site: Site, iri: str, address: str) -> bytes:
    """A resource's description as JSON-LD with short names, by the context at `address`."""
    graph = graph_of(site, iri)
    if graph:
        written = site.store.graph(graph, N_TRIPLES, {})
        triples = [quad.triple for quad in ox.parse(written, ox.RdfFormat.N_TRIPLES)]
        triples.sort(key=lambda triple: (str(triple.subject) != f"<{iri}>", str(triple)))
    else:
        triples = _triples(site, iri)
    return compacted(triples, site.namespace, address)


def _in_other_words(site: Site, iri: str, format_: Format, profile: Profile) -> bytes:
    if profile is site.profiles.alternates:
        triples = _alternates(site, iri)
    else:
        said = described(site, _node(site, iri))
        if said is None:
            raise NotFound(name=f"{iri} ({profile.iri})")
        body = json.dumps(said, ensure_ascii=False, indent=1).encode()
        if format_ is JSON_LD:
            return body
        triples = [quad.triple for quad in ox.parse(body, ox.RdfFormat.JSON_LD)]
    prefixes = site.namespace.prefixes() | _ALTR
    assert isinstance(format_.engine, ox.RdfFormat)
    written = ox.serialize(triples, format=format_.engine, prefixes=prefixes)
    assert written is not None
    return _tidied(written) if format_ is TURTLE else written


def _node(site: Site, iri: str) -> Node:
    rows = site.store.select(site.queries.make("properties", resource=iri)).rows
    return node_of(iri, rows)


def _alternates(site: Site, iri: str) -> list[ox.Triple]:
    """Which views there are of a resource, in which formats (the Alternates Profile)."""
    altr, dct, node = _ALTR["altr"], PREFIXES["dct"], ox.NamedNode
    triples = []
    for profile in site.profiles.all:
        for format_ in profile.formats:
            name = f"{iri}.{format_.extension}"
            view = node(
                name if profile is site.profiles.own else f"{name}?_profile={profile.token}"
            )
            triples += [
                ox.Triple(node(iri), node(f"{altr}hasRepresentation"), view),
                ox.Triple(view, node(f"{PREFIXES['rdf']}type"), node(f"{altr}Representation")),
                ox.Triple(view, node(f"{dct}format"), ox.Literal(format_.media_type)),
                ox.Triple(view, node(f"{dct}conformsTo"), node(profile.iri)),
            ]
    default = node(f"{iri}.{site.profiles.own.formats[0].extension}")
    return [ox.Triple(node(iri), node(f"{altr}hasDefaultRepresentation"), default), *triples]


def _tidied(turtle: bytes) -> bytes:
    """Turtle with the prefixes that it uses, in order; the engine writes all, in any."""
    lines = turtle.splitlines(keepends=True)
    count = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix ")), 0)
    rest = b"".join(lines[count:])
    used = (line for line in sorted(lines[:count]) if line.split()[1] in rest)
    return b"".join(used) + b"\n" + rest


def _triples(site: Site, iri: str) -> list[ox.Triple]:
    """What is said of a resource, the names of what it points to, and what points to it."""
    store, make = site.store, site.queries.make
    found = dict.fromkeys(store.construct(make("describe", resource=iri)))
    found |= dict.fromkeys(store.construct(make("object_labels", resource=iri)))
    subject = ox.NamedNode(iri)
    limit = site.settings.inverse_links
    for row in store.select(make("inverse", resource=iri, offset=0, limit=limit)).rows:
        source, property_ = row["subject"], row["property"]
        assert isinstance(source, ox.NamedNode | ox.BlankNode)
        assert isinstance(property_, ox.NamedNode)
        found[ox.Triple(source, property_, subject)] = None
    # The resource first, then in one order, so that an answer is the same bytes every time.
    return sorted(found, key=lambda triple: (triple.subject != subject, str(triple)))


def _record(site: Site, iri: str) -> bytes:
    """A resource as JSON for people without RDF: properties by short name, lists of values."""
    labels = Labels(site.namespace, "en")
    properties: dict[str, list[Any]] = {}
    rows = site.store.select(site.queries.make("properties", resource=iri)).rows
    for row in sorted(rows, key=lambda row: (str(row["property"]), str(row["value"]))):
        property_ = row["property"]
        assert isinstance(property_, ox.NamedNode)
        properties.setdefault(labels.short(property_.value), []).append(_plain(row["value"]))
    record = {"iri": iri, "properties": properties}
    return json.dumps(record, ensure_ascii=False, indent=1).encode()


def _plain(term: Term) -> Any:
    """A term as JSON: decimals stay strings, for money is exact."""
    if isinstance(term, ox.NamedNode):
        return {"iri": term.value}
    if isinstance(term, ox.Literal):
        if term.language:
            return {"value": term.value, "language": term.language}
        return {"value": term.value, "datatype": term.datatype.value.rpartition("#")[2]}
    return {"value": str(term)}
