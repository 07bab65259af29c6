"""What the endpoint says of itself.

Source: SPARQL 1.1 Service Description. Of SPARQL 1.2, which the engine reads as well, nothing is
said: its vocabulary has no settled name for it yet.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from api.formats import GRAPHS, RESULTS, Format
from api.site import Site

_SD = "http://www.w3.org/ns/sparql-service-description#"
_PREFIXES = {
    "ent": "http://www.w3.org/ns/entailment/",
    "formats": "http://www.w3.org/ns/formats/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sd": _SD,
    "void": "http://rdfs.org/ns/void#",
}
_RDF_TYPE = ox.NamedNode(f"{_PREFIXES['rdf']}type")
_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
#: The graphs that every release has; those of the reports are named as the reports are.
_STANDING = ("catalog", "codes", "findings", "links", "ontology")
#: Of how many reports the graphs are listed; more are in the catalogue alone.
_MOST_REPORTS = 1000
#: The graphs of what is no release.
_NAMES = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


def service_description(site: Site, endpoint: str, format_: Format) -> bytes:
    """The description of the service at the address `endpoint`, written in an RDF format."""
    assert isinstance(format_.engine, ox.RdfFormat)
    triples = [*_service(site, endpoint), *_dataset(site)]
    body = ox.serialize(triples, format=format_.engine, prefixes=_PREFIXES)
    assert body is not None
    return body


def _service(site: Site, endpoint: str) -> Iterator[ox.Triple]:
    """What it can do (§3.1, §3.2)."""
    service = ox.BlankNode("service")
    yield ox.Triple(service, _RDF_TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), ox.NamedNode(endpoint))
    for language in ("SPARQL10Query", "SPARQL11Query"):
        yield ox.Triple(service, _sd("supportedLanguage"), _sd(language))
    federated = ("BasicFederatedQuery",) if site.settings.services else ()
    union = () if site.release.is_plain else ("UnionDefaultGraph",)
    for feature in (*union, *federated):
        yield ox.Triple(service, _sd("feature"), _sd(feature))
    simple = ox.NamedNode(f"{_PREFIXES['ent']}Simple")
    yield ox.Triple(service, _sd("defaultEntailmentRegime"), simple)
    for format_ in (*RESULTS, *GRAPHS):
        assert format_.engine is not None
        # The engine's IRI of JSON-LD isn't the one that the W3C registered; its last part is.
        name = format_.engine.iri.rpartition("/")[2]
        registered = ox.NamedNode(_PREFIXES["formats"] + name)
        yield ox.Triple(service, _sd("resultFormat"), registered)
    yield ox.Triple(service, _sd("defaultDataset"), ox.BlankNode("dataset"))


def _dataset(site: Site) -> Iterator[ox.Triple]:
    """What it is asked about, unless a query says otherwise (§3.2.7, §3.4)."""
    dataset, graph = ox.BlankNode("dataset"), ox.BlankNode("default")
    yield ox.Triple(dataset, _RDF_TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), graph)
    yield ox.Triple(graph, _RDF_TYPE, _sd("Graph"))
    for number, (iri, triples) in enumerate(_graphs(site)):
        named, content = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
        yield ox.Triple(dataset, _sd("namedGraph"), named)
        yield ox.Triple(named, _RDF_TYPE, _sd("NamedGraph"))
        yield ox.Triple(named, _sd("name"), ox.NamedNode(iri))
        yield ox.Triple(named, _sd("graph"), content)
        yield ox.Triple(content, _RDF_TYPE, _sd("Graph"))
        if triples:
            count = ox.Literal(str(triples), datatype=_INTEGER)
            yield ox.Triple(content, ox.NamedNode(f"{_PREFIXES['void']}triples"), count)


def _graphs(site: Site) -> Iterator[tuple[str, int]]:
    """The names of graphs, with how many triples they have (0 where that isn't known)."""
    if site.release.is_plain:
        graphs = (row["g"] for row in site.store.select(_NAMES, limit=_MOST_REPORTS).rows)
        yield from ((graph.value, 0) for graph in graphs if isinstance(graph, ox.NamedNode))
        return
    for name in _STANDING:
        iri = site.namespace.graph(name)
        if site.store.ask(site.queries.make("has_graph", graph=iri)):
            yield iri, 0
    reports = site.release.report_iris
    if len(reports) <= _MOST_REPORTS:
        yield from ((iri, site.release.reports[iri].quads) for iri in reports)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
