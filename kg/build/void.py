"""What is in a release, in numbers: VoID (https://www.w3.org/TR/void/)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode, Quad

from kg.build.catalogue import Catalogue
from kg.build.parts import Parts
from kg.build.statistics import Statistics
from kg.graph import Graph, integer, string, text

PREFIXES = {
    "formats": "http://www.w3.org/ns/formats/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
}
_DUMPS = {
    "data/juesuan.nq.zst": "formats:N-Quads",
    "data/juesuan.nq.gz": "formats:N-Quads",
    "data/juesuan.trig.gz": "formats:TriG",
}
_VOID = "http://rdfs.org/ns/void#"
#: How many reports are named as examples.
_EXAMPLES = 3


def void_quads(
    counted: Statistics, catalogue: Catalogue, reports: Sequence[Parts], links: Iterable[Quad]
) -> list[Quad]:
    """The description of a release whose quads are `counted`; `links` may describe linksets."""
    namespace = catalogue.namespace
    document, whole = f"{namespace.base}void", catalogue.whole
    graph = Graph(document, namespace, PREFIXES)
    graph.types(document, "void:DatasetDescription")
    graph.add(document, "foaf:primaryTopic", whole)
    graph.types(whole, "void:Dataset")
    for language, title in catalogue.publication.title.items():
        graph.add(whole, "dct:title", text(title, language))
    graph.add(whole, "dct:license", catalogue.publication.licence)
    graph.add(whole, "void:uriSpace", string(namespace.base))
    graph.add(whole, "foaf:homepage", catalogue.site)
    graph.add(whole, "void:sparqlEndpoint", f"{catalogue.site}sparql")
    for file, form in _DUMPS.items():
        graph.add(whole, "void:dataDump", f"{catalogue.site}dumps/{file}")
        graph.add(whole, "void:feature", form)
    for parts in reports[:_EXAMPLES]:
        graph.add(whole, "void:exampleResource", parts.entry.iri)
        graph.add(whole, "void:exampleResource", parts.entry.unit)
    _numbers(graph, whole, counted)
    _partitions(graph, document, whole, counted)
    _subsets(graph, document, catalogue, counted, {parts.entry.iri for parts in reports})
    return [*graph, *_linksets(links, graph, whole, document)]


def _numbers(graph: Graph, whole: str, counted: Statistics) -> None:
    graph.add(whole, "void:triples", integer(counted.triples))
    graph.add(whole, "void:entities", integer(counted.entities))
    graph.add(whole, "void:distinctSubjects", integer(counted.entities))
    graph.add(whole, "void:classes", integer(len(counted.classes)))
    graph.add(whole, "void:properties", integer(len(counted.properties)))


def _partitions(graph: Graph, document: str, whole: str, counted: Statistics) -> None:
    """How many entities there are of each class, and triples of each property."""
    for class_, count in sorted(counted.classes.items()):
        part = f"{document}#class-{_local(class_, graph)}"
        graph.add(whole, "void:classPartition", part)
        graph.add(part, "void:class", class_)
        graph.add(part, "void:entities", integer(count))
    for property_, count in sorted(counted.properties.items()):
        part = f"{document}#property-{_local(property_, graph)}"
        graph.add(whole, "void:propertyPartition", part)
        graph.add(part, "void:property", property_)
        graph.add(part, "void:triples", integer(count))
    for name in sorted({_vocabulary(iri) for iri in (*counted.classes, *counted.properties)}):
        graph.add(whole, "void:vocabulary", name)


def _subsets(
    graph: Graph, document: str, catalogue: Catalogue, counted: Statistics, reports: set[str]
) -> None:
    """How many triples are in each named graph; a report's graph is the data set of the report."""
    for name, count in sorted(counted.graphs.items()):
        is_report = name in reports
        local = name.rpartition("/")[2]
        subset = catalogue.dataset(name) if is_report else f"{document}#graph-{local}"
        graph.add(catalogue.whole, "void:subset", subset)
        graph.types(subset, "void:Dataset")
        graph.add(subset, "sd:name", name)
        graph.add(subset, "void:triples", integer(count))


def _linksets(links: Iterable[Quad], graph: Graph, whole: str, document: str) -> Iterable[Quad]:
    """What the graph of links says of its linksets, each a subset of the whole."""
    quads = list(links)
    linksets = {
        quad.subject
        for quad in quads
        if quad.object == NamedNode(f"{_VOID}Linkset") and isinstance(quad.subject, NamedNode)
    }
    subset, here = NamedNode(f"{_VOID}subset"), NamedNode(document)
    for quad in quads:
        if quad.subject in linksets:
            yield Quad(quad.subject, quad.predicate, quad.object, here)
    for linkset in sorted(linksets, key=str):
        yield Quad(NamedNode(whole), subset, linkset, here)


def _local(iri: str, graph: Graph) -> str:
    """A term as part of an IRI: ``skos.prefLabel``, or digits where it has no prefix."""
    for prefix, namespace in graph.namespace.prefixes().items():
        if iri.startswith(namespace):
            return f"{prefix}.{iri.removeprefix(namespace)}"
    return hashlib.sha256(iri.encode()).hexdigest()[:8]


def _vocabulary(iri: str) -> str:
    """The namespace of a term."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
