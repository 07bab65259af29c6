"""The graph of links: each mapping as a triple, how sure it is, VoID linksets, names of targets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.graph import Graph, decimal, integer, string, text, year
from kg.links.sssom import Link, LinkSet, link_files, read_links
from kg.links.terms import published_terms
from kg.regions import ancestors
from kg.resources import published, turtle
from kg.vocabulary import PREFIXES, Namespace

_EXACT = PREFIXES["skos"] + "exactMatch"

#: Calendar years at the interval service of the UK, which statistics in RDF refer to.
_INTERVAL = "http://reference.data.gov.uk/id/gregorian-interval/{year:04d}-01-01T00:00:00/P1Y"


def published_links(namespace: Namespace) -> tuple[LinkSet, ...]:
    """The mappings of `ontology/links`.

    Raises:
        LinkError: one of them doesn't hold.
    """
    known = published_terms(namespace)
    return tuple(read_links(file, base=namespace.base, known=known) for file in link_files())


def link_quads(
    sets: Iterable[LinkSet],
    regions: Iterable[str],
    years: Iterable[int],
    namespace: Namespace,
    units: Iterable[str] = (),
) -> list[Quad]:
    """The graph of links of a release with these `units` (IRIs), in `regions`, of `years`."""
    graph = Graph(namespace.graph("links"), namespace)
    described = list(_described(namespace))
    named = {quad.subject.value for quad in described if isinstance(quad.subject, NamedNode)}
    used = {namespace.region(c) for region in regions for c in (region, *ancestors(region))}
    used.update(units)
    for links in sets:
        here = [link for link in links.links if _is_used(link, used, namespace)]
        _add_set(graph, links, here)
        for link in here:
            if link.object not in named and not link.object.startswith(namespace.base):
                _add_name(graph, link)
    _add_years(graph, {y for year in years for y in (year - 1, year)}, namespace)
    return [*graph, *described]


def _described(namespace: Namespace) -> Iterator[Quad]:
    """What the Turtle files beside the mappings say of their targets."""
    graph = NamedNode(namespace.graph("links"))
    for file in sorted((published("ontology") / "links").glob("*.ttl")):
        for triple in parse(turtle(file, namespace.base), format=RdfFormat.TURTLE):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _is_used(link: Link, used: set[str], namespace: Namespace) -> bool:
    """Units are published where reports are theirs, regions where they are; all else always."""
    of_some = (namespace.region(""), f"{namespace.base}unit/")
    return link.subject in used or not link.subject.startswith(of_some)


def _add_set(graph: Graph, links: LinkSet, used: Iterable[Link]) -> None:
    """A set of mappings, and a linkset for each predicate in it, as VoID asks."""
    graph.types(links.iri, "sssom:MappingSet", "void:Dataset")
    graph.add(links.iri, "dct:title", text(links.title, "en"))
    if links.description:
        graph.add(links.iri, "dct:description", text(links.description, "en"))
    graph.add(links.iri, "dct:license", links.license)
    triples: Counter[str] = Counter()
    for link in used:
        graph.add(link.subject, link.predicate, link.object)
        _add_axiom(graph, links, link)
        triples[link.predicate] += 1
    for predicate, count in triples.items():
        linkset = f"{links.iri}/{_local(predicate)}"
        graph.add(links.iri, "void:subset", linkset)
        graph.types(linkset, "void:Linkset")
        graph.add(linkset, "dct:title", text(f"{links.title} ({_local(predicate)})", "en"))
        graph.add(linkset, "void:linkPredicate", predicate)
        graph.add(linkset, "void:subjectsTarget", links.subject_source)
        graph.add(linkset, "void:objectsTarget", links.object_source)
        graph.add(linkset, "void:triples", integer(count))
        for target in (links.subject_source, links.object_source):
            graph.types(target, "void:Dataset")


def _add_axiom(graph: Graph, links: LinkSet, link: Link) -> None:
    """How sure a mapping is, and why, as SSSOM is written in RDF."""
    axiom = f"{links.iri}/{_local(link.subject)}/{_local(link.object)}"
    graph.types(axiom, "owl:Axiom")
    graph.add(axiom, "rdfs:label", string(f"{link.subject_label} → {link.object_label}"))
    graph.add(axiom, "owl:annotatedSource", link.subject)
    graph.add(axiom, "owl:annotatedProperty", link.predicate)
    graph.add(axiom, "owl:annotatedTarget", link.object)
    graph.add(axiom, "sssom:mapping_justification", link.justification)
    graph.add(axiom, "sssom:confidence", decimal(link.confidence))
    if link.comment:
        graph.add(axiom, "rdfs:comment", text(link.comment, "en"))
    graph.add(axiom, "dct:isPartOf", links.iri)


def _add_name(graph: Graph, link: Link) -> None:
    """A target's name; what is the same thing has the same name in Chinese."""
    graph.add(link.object, "rdfs:label", text(link.object_label, "en"))
    if link.predicate == _EXACT:
        graph.add(link.object, "rdfs:label", text(link.subject_label))


def _add_years(graph: Graph, years: Iterable[int], namespace: Namespace) -> None:
    """Fiscal years, which are calendar years (Budget Law of the PRC, art. 18), as intervals."""
    scheme = namespace.code("year")
    graph.types(scheme, "skos:ConceptScheme")
    graph.add(scheme, "skos:prefLabel", text("财政年度"))
    graph.add(scheme, "skos:prefLabel", text("Fiscal year", "en"))
    for number in sorted(years):
        iri = namespace.code(f"year/{number:04d}")
        graph.types(iri, "skos:Concept", "time:ProperInterval")
        graph.add(iri, "skos:notation", year(number))
        graph.add(iri, "skos:prefLabel", text(f"{number}年"))
        graph.add(iri, "skos:prefLabel", text(str(number), "en"))
        graph.add(iri, "skos:inScheme", scheme)
        graph.add(iri, "skos:topConceptOf", scheme)
        graph.add(iri, "skos:exactMatch", _INTERVAL.format(year=number))


def _local(iri: str) -> str:
    """The last segment of an IRI.

    >>> _local("http://www.w3.org/2004/02/skos/core#broadMatch")
    'broadMatch'
    """
    return re.split("[/#]", iri)[-1]
