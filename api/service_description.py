"""What the endpoint says of itself: SPARQL 1.1 Service Description."""

from __future__ import annotations

import pyoxigraph as ox

from api.formats import GRAPHS, RESULTS, Format
from api.site import Site

_SD = "http://www.w3.org/ns/sparql-service-description#"
_PREFIXES = {
    "formats": "http://www.w3.org/ns/formats/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sd": _SD,
}
_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
#: The graphs that every release has; those of the reports are named as the reports are.
_STANDING = ("catalog", "codes", "findings", "links", "ontology")


def service_description(site: Site, endpoint: str, format_: Format) -> bytes:
    """The description of the service at the address `endpoint`, written in an RDF format."""
    assert isinstance(format_.engine, ox.RdfFormat)
    body = ox.serialize(_triples(site, endpoint), format=format_.engine, prefixes=_PREFIXES)
    assert body is not None
    return body


def _triples(site: Site, endpoint: str) -> list[ox.Triple]:
    service, dataset, graph = (ox.BlankNode(name) for name in ("service", "dataset", "graph"))
    triples = [
        ox.Triple(service, _RDF_TYPE, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), ox.NamedNode(endpoint)),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, _RDF_TYPE, _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), graph),
        ox.Triple(graph, _RDF_TYPE, _sd("Graph")),
    ]
    for format_ in (*RESULTS, *GRAPHS):
        assert format_.engine is not None
        # The engine's IRI of JSON-LD isn't the one that the W3C registered; its last part is.
        name = format_.engine.iri.rpartition("/")[2]
        registered = ox.NamedNode(_PREFIXES["formats"] + name)
        triples.append(ox.Triple(service, _sd("resultFormat"), registered))
    for name in _STANDING:
        iri = site.namespace.graph(name)
        if not site.store.ask(f"ASK {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"):
            continue
        named = ox.BlankNode(name)
        triples += [
            ox.Triple(dataset, _sd("namedGraph"), named),
            ox.Triple(named, _RDF_TYPE, _sd("NamedGraph")),
            ox.Triple(named, _sd("name"), ox.NamedNode(iri)),
        ]
    return triples


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
