"""Reasoned over by OWL RL, the ontology and what is published with it are consistent."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from rdflib import OWL, PROV, RDF, RDFS, Graph, Literal

from graphs import EXAMPLES, finding_quads, report_quads, triples, vocabularies
from kg.graph import XSD
from kg.vocabulary import DEFAULT_BASE
from reasoning import inconsistencies

BUD = f"{DEFAULT_BASE}ontology#"
ONTOLOGY = Graph().parse(EXAMPLES.parent / "juesuan.ttl")
PREFIXES = """
@prefix : <https://example.org/> .
@prefix bud: <https://w3id.org/juesuan/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
#: What OWL 2 RL's axioms are written with; others would be outside of the profile.
AXIOMS = {OWL.inverseOf, OWL.disjointWith, OWL.versionIRI, OWL.versionInfo}
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.FunctionalProperty, OWL.Ontology}
#: The datatypes of OWL 2 RL that are used, and the two of RDF 1.1 that its datatype map hasn't.
DATATYPES = {"boolean", "decimal", "integer", "string"} | {"gYear", "langString"}


def with_axioms(*graphs):
    """The ontology's axioms without its words, others' axioms, and what is to be reasoned over."""
    whole = Graph()
    whole += (triple for triple in ONTOLOGY if not isinstance(triple[2], Literal))
    whole.parse(Path(__file__).parent / "others.ttl")
    for graph in graphs:
        whole += graph
    return whole


def sample(quads, of):
    """What vocabularies say of the concepts and rules that `of` points to, and of what they do."""
    wanted = {q.object for q in of if isinstance(q.object, NamedNode)}
    for _ in range(2):
        wanted |= {q.object for q in quads if q.subject in wanted}
    ontology = f"{DEFAULT_BASE}ontology"
    return [q for q in quads if q.subject in wanted and not q.subject.value.startswith(ontology)]


def test_the_ontology_is_consistent():
    assert inconsistencies(with_axioms()) == []


def test_the_examples_are_consistent():
    examples = [Graph().parse(file) for file in EXAMPLES.glob("*.ttl")]
    assert inconsistencies(with_axioms(*examples)) == []


def test_a_real_report_its_findings_and_the_codes_that_it_uses_are_consistent():
    number = "004"
    quads = (*report_quads(number), *finding_quads(number))
    quads += tuple(sample(vocabularies(), quads))
    graph = with_axioms(triples(*quads))
    assert inconsistencies(graph) == []
    passages = [o for o in graph.objects(None, PROV.wasDerivedFrom) if "#char=" in str(o)]
    assert passages and all((passage, RDF.type, PROV.Entity) in graph for passage in passages)


@pytest.mark.parametrize(
    "said",
    [
        ":a a bud:Figure, bud:Ratio .",
        ":a bud:restates :b . :b bud:percent 1.0 .",
        ":a bud:unit :r . :r a bud:Report .",
        ":a skos:inScheme :b . :c bud:item :b .",
        ":a bud:rule :b . :b a bud:Finding .",
        ":a org:unitOf :b . :b a bud:Report .",
        ":a qb:dataSet :b . :c bud:flow :b .",
        ":a bud:amount 1.0, 2.0 .",
        ':a bud:amount "twelve"^^xsd:decimal .',
        ':a bud:amount "12" .',
        ':a bud:fiscalYear "2023" .',
        ":a bud:text 3 .",
    ],
)
def test_an_inconsistency_would_be_found(said):
    assert inconsistencies(with_axioms(Graph().parse(data=PREFIXES + said))) != []


def test_axioms_keep_to_the_profile():
    used = {p for p in ONTOLOGY.predicates() if str(p).startswith(str(OWL))}
    assert used == AXIOMS
    assert {k for k in ONTOLOGY.objects(None, RDF.type) if str(k).startswith(str(OWL))} == KINDS
    ranges = {str(r) for r in ONTOLOGY.objects(None, RDFS.range)}
    datatypes = {r.removeprefix(XSD) for r in ranges if r.startswith(XSD)}
    datatypes |= {"langString"} & {r.removeprefix(str(RDF)) for r in ranges}
    assert datatypes == DATATYPES
    assert not any(isinstance(o, Literal) for o in ONTOLOGY.objects(None, RDFS.domain))
