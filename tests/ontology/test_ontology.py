"""The ontology and the code lists: complete, bilingual, and in step with the code."""

import re
from collections import Counter
from typing import get_args

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef

from kg import __version__, facts
from kg.codes import load_code_lists
from kg.resources import published
from kg.vocabulary import DEFAULT_BASE

BUD = Namespace(f"{DEFAULT_BASE}ontology#")
CODE = Namespace(f"{DEFAULT_BASE}code/")
QB = Namespace("http://purl.org/linked-data/cube#")
OBEU = "http://data.openbudgets.eu/ontology/dsd/"

ONTOLOGY = Graph().parse(published("ontology") / "juesuan.ttl")
LISTS = {
    path.stem: Graph().parse(path)
    for path in sorted((published("ontology") / "code").glob("*.ttl"))
}
CLASSIFICATIONS = ("functional", "economic")
TERMS = sorted({s for s in ONTOLOGY.subjects(RDF.type) if str(s).startswith(BUD)})


def languages(graph, subject, predicate):
    return Counter(label.language for label in graph.objects(subject, predicate))


def local(iri):
    return str(iri).rsplit("/", 1)[-1]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(BUD))
def test_every_term_is_named_and_explained_in_both_languages(term):
    assert languages(ONTOLOGY, term, RDFS.label) == {"zh": 1, "en": 1}
    assert languages(ONTOLOGY, term, RDFS.comment) == {"zh": 1, "en": 1}
    assert ONTOLOGY.value(term, RDFS.isDefinedBy) == URIRef(BUD.removesuffix("#"))


def test_every_term_that_is_used_is_defined():
    shapes = [Graph().parse(path) for path in published("shapes").glob("*.ttl")]
    for graph in (ONTOLOGY, *LISTS.values(), *shapes):
        used = {n for t in graph for n in t if isinstance(n, URIRef) and n.startswith(BUD)}
        assert used <= set(TERMS)


def test_every_concept_that_is_used_is_defined():
    defined = {s for graph in (ONTOLOGY, *LISTS.values()) for s in graph.subjects(RDF.type)}
    for graph in (ONTOLOGY, *LISTS.values()):
        used = {n for t in graph for n in t if isinstance(n, URIRef) and n.startswith(CODE)}
        assert used <= defined


def test_properties_are_of_one_kind_and_object_properties_have_no_datatype():
    for term in TERMS:
        kinds = set(ONTOLOGY.objects(term, RDF.type))
        assert len(kinds & {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}) <= 1
        for range_ in ONTOLOGY.objects(term, RDFS.range):
            literal = range_ in (RDF.langString,) or str(range_).startswith(str(XSD))
            assert literal == (OWL.DatatypeProperty in kinds), term


def test_the_version_is_the_package_s():
    ontology = URIRef(BUD.removesuffix("#"))
    assert str(ONTOLOGY.value(ontology, OWL.versionInfo)) == __version__
    assert str(ONTOLOGY.value(ontology, OWL.versionIRI)) == f"{ontology}/{__version__}"


def test_nothing_published_has_a_blank_node():
    for graph in (ONTOLOGY, *LISTS.values()):
        assert not [node for triple in graph for node in triple if isinstance(node, BNode)]


def test_openbudgets_mandatory_components_are_reachable():
    structure = set(ONTOLOGY.objects(BUD.StatementStructure, QB.component))
    properties = {p for c in structure for p in ONTOLOGY.objects(c) if str(p).startswith(BUD)}
    reached = {
        str(q) for p in properties for q in ONTOLOGY.transitive_objects(p, RDFS.subPropertyOf)
    }
    assert {
        f"{OBEU}dimension/organization",
        f"{OBEU}dimension/fiscalPeriod",
        f"{OBEU}dimension/operationCharacter",
        f"{OBEU}attribute/currency",
        f"{OBEU}measure/amount",
    } <= reached


def test_components_of_every_structure_are_of_the_kind_they_are_used_as():
    kinds = {
        QB.dimension: QB.DimensionProperty,
        QB.measure: QB.MeasureProperty,
        QB.attribute: QB.AttributeProperty,
    }
    structures = list(ONTOLOGY.subjects(RDF.type, QB.DataStructureDefinition))
    assert len(structures) == 4
    for structure in structures:
        for component in ONTOLOGY.objects(structure, QB.component):
            assert (component, RDF.type, QB.ComponentSpecification) in ONTOLOGY
            [(role, used)] = [
                (p, o) for p, o in ONTOLOGY.predicate_objects(component) if p in kinds
            ]
            assert (used, RDF.type, kinds[role]) in ONTOLOGY


@pytest.mark.parametrize("name", LISTS)
class TestCodeList:
    def test_is_named_after_its_file(self, name):
        scheme = CODE[name]
        graph = LISTS[name]
        assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {scheme}
        assert languages(graph, scheme, SKOS.prefLabel) == {"zh": 1, "en": 1}
        assert languages(graph, scheme, SKOS.definition) == {"zh": 1, "en": 1}

    def test_every_concept_is_of_it_labelled_and_noted_by_its_id(self, name):
        graph = LISTS[name]
        concepts = set(graph.subjects(RDF.type, SKOS.Concept))
        assert concepts == set(graph.subjects(SKOS.inScheme, CODE[name]))
        notations = Counter()
        for concept in concepts:
            [notation] = graph.objects(concept, SKOS.notation)
            notations[str(notation)] += 1
            assert concept == CODE[f"{name}/{notation}"]
            found = languages(graph, concept, SKOS.prefLabel)
            bilingual = name != "functional" or len(notation) == len("201")
            assert found in ([{"zh": 1, "en": 1}] if bilingual else [{"zh": 1}, {"zh": 1, "en": 1}])
            assert set(languages(graph, concept, SKOS.altLabel)) <= {"zh"}
        assert set(notations.values()) == {1}

    def test_every_concept_is_at_the_top_or_below_one_other(self, name):
        graph = LISTS[name]
        for concept in graph.subjects(RDF.type, SKOS.Concept):
            above = list(graph.objects(concept, SKOS.broader))
            top = (concept, SKOS.topConceptOf, CODE[name]) in graph
            assert len(above) + top == 1
            assert all((a, RDF.type, SKOS.Concept) in graph for a in above)

    def test_labels_are_not_shared_and_not_repeated_as_old_names(self, name):
        graph = LISTS[name]
        for concept, label in graph.subject_objects(SKOS.prefLabel):
            assert (concept, SKOS.altLabel, label) not in graph
            if name not in CLASSIFICATIONS:
                assert list(graph.subjects(SKOS.prefLabel, label)) == [concept]


@pytest.mark.parametrize(
    ("name", "classes", "number"),
    [
        ("functional", ("FunctionClass", "FunctionDivision", "FunctionItem"), 1602),
        ("economic", ("EconomicClass", "EconomicDivision"), 110),
    ],
)
def test_classifications_are_complete_and_nested_by_prefix(name, classes, number):
    graph = LISTS[name]
    codes = {local(c): c for c in graph.subjects(RDF.type, SKOS.Concept) if local(c) != "all"}
    assert len(codes) == number
    for code, concept in codes.items():
        level = (len(code) - 3) // 2
        assert re.fullmatch(r"\d{3}|\d{5}|\d{7}", code)
        assert set(graph.objects(concept, RDF.type)) == {SKOS.Concept, BUD[classes[level]]}
        above = [local(b) for b in graph.objects(concept, SKOS.broader)]
        assert above == ([code[:-2]] if level else [])
        assert isinstance(graph.value(concept, BUD.attested).toPython(), bool)
        assert str(graph.value(concept, BUD.confidence)) in ("high", "medium")


def test_every_function_is_of_a_fund():
    graph = LISTS["functional"]
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        funds = {local(f) for f in graph.objects(concept, BUD.fundOf)}
        assert (local(concept) == "all") == (not funds)
        assert funds <= load_code_lists().schemes["fund"]


@pytest.mark.parametrize(
    ("type_", "name", "only_listed"),
    [
        (facts.Flow, "flow", set()),
        (facts.Fund, "fund", {"social"}),  # the fund of functions 209, of no department's figure
        (facts.Phase, "phase", set()),
        (facts.Nature, "nature", set()),
        (facts.RatioKind, "ratio", set()),
        (facts.ChangeBase, "change", set()),
        (facts.MoneyUnit, "money", set()),
    ],
)
def test_the_records_know_the_ids_of_the_code_lists(type_, name, only_listed):
    assert set(get_args(type_)) | only_listed == load_code_lists().schemes[name]


def test_money_units_are_worth_what_the_records_say():
    graph = LISTS["money"]
    factors = {local(s): o.toPython() for s, o in graph.subject_objects(BUD.factor)}
    assert factors == facts.YUAN
    assert all(
        isinstance(o, Literal) and o.datatype == XSD.decimal
        for o in graph.objects(None, BUD.factor)
    )


def test_every_coded_component_has_its_list_or_a_wider_one():
    whole = dict(ONTOLOGY.subject_objects(DCTERMS.hasPart))
    lists = {local(whole.get(o, o)) for o in ONTOLOGY.objects(None, QB.codeList)}
    assert lists == set(LISTS) - {"income", "indicator", "share"} | {"currency"}
    for component in ONTOLOGY.subjects(RDF.type, QB.CodedProperty):
        assert list(ONTOLOGY.objects(component, QB.codeList)), component
