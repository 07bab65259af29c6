"""The examples: valid by the shapes, and quoted truly by each term of the ontology."""

import re

import pytest
from rdflib import OWL, RDF, SKOS, Graph, URIRef

from graphs import EXAMPLES
from kg.resources import published
from kg.structure import structure_report
from kg.vocabulary import DEFAULT_BASE

BUD = f"{DEFAULT_BASE}ontology#"
FILES = sorted(EXAMPLES.glob("*.ttl"))
ONTOLOGY = Graph().parse(EXAMPLES.parent / "juesuan.ttl")
TERMS = sorted({t for t in ONTOLOGY.subjects(RDF.type) if str(t).startswith(BUD)})


def example_graph():
    graph = Graph()
    for file in FILES:
        graph.parse(file)
    for one, other in ONTOLOGY.subject_objects(OWL.inverseOf):
        for subject, object_ in list(graph.subject_objects(other)):
            graph.add((object_, one, subject))
    return graph


def prologue():
    lines = (line for file in FILES for line in file.read_text("utf-8").splitlines())
    return "\n".join(sorted({line for line in lines if line.startswith(("@prefix", "@base"))}))


GRAPH = example_graph()
PROLOGUE = prologue()


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(BUD))
def test_the_example_of_a_term_uses_it_and_is_in_the_example_graph(term):
    [example] = ONTOLOGY.objects(term, SKOS.example)
    quoted = Graph().parse(data=f"{PROLOGUE}\n{example}", format="turtle")
    assert len(quoted) > 0
    assert any(term in triple for triple in quoted)
    assert set(quoted) <= set(GRAPH)


def test_the_example_report_is_valid():
    assert structure_report((EXAMPLES / "report.ttl").read_bytes(), DEFAULT_BASE) == []


def test_the_example_report_would_not_be_valid_without_what_it_must_have():
    graph = Graph().parse(EXAMPLES / "report.ttl")
    graph.remove((None, URIRef(f"{BUD}amount"), None))
    assert structure_report(graph.serialize(encoding="utf-8"), DEFAULT_BASE) != []


def test_the_example_codes_are_as_the_code_lists_say():
    lists = Graph()
    for file in (published("ontology") / "code").glob("*.ttl"):
        lists.parse(file)
    codes = Graph().parse(EXAMPLES / "codes.ttl")
    for triple in codes:
        if not re.search(r"/region/\d+$", triple[0]):
            assert triple in lists


def test_examples_share_their_prefixes():
    names = [line.split()[1] for line in PROLOGUE.splitlines() if line.startswith("@prefix")]
    assert len(names) == len(set(names))
    assert PROLOGUE.count("@base") == 1
