"""The code lists keep SKOS's integrity conditions (SKOS Reference, S9, S13, S14, S27, S36, S46)."""

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from kg.resources import published

FILES = sorted((published("ontology") / "code").glob("*.ttl"))
LISTS = {path.stem: Graph().parse(path) for path in FILES}
#: Lists that state both directions of each relation, for readers without a reasoner.
SYMMETRIC = ("economic", "functional", "income", "indicator", "naming")
EVERY_LIST = pytest.mark.parametrize("graph", LISTS.values(), ids=LISTS)


@EVERY_LIST
def test_a_scheme_is_no_concept(graph: Graph) -> None:
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert schemes.isdisjoint(graph.subjects(RDF.type, SKOS.Concept))


@EVERY_LIST
def test_labels_are_disjoint_and_one_a_language_is_preferred(graph: Graph) -> None:
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        preferred, *others = (
            list(graph.objects(concept, p))
            for p in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
        )
        assert len({getattr(label, "language", None) for label in preferred}) == len(preferred)
        labels = [*preferred, *others[0], *others[1]]
        assert len(set(labels)) == len(labels), concept


@EVERY_LIST
def test_related_and_broader_are_disjoint_and_broader_has_no_cycle(graph: Graph) -> None:
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        above = list(graph.transitive_objects(concept, SKOS.broader))[1:]
        assert concept not in above
        assert set(graph.objects(concept, SKOS.related)).isdisjoint(above)


@EVERY_LIST
def test_exact_matches_are_no_broader_narrower_or_related_ones(graph: Graph) -> None:
    exact = set(graph.subject_objects(SKOS.exactMatch))
    for other in (SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch):
        assert exact.isdisjoint(graph.subject_objects(other))


def test_a_match_leads_to_a_concept_of_another_list() -> None:
    concepts = {c: name for name, g in LISTS.items() for c in g.subjects(RDF.type, SKOS.Concept)}
    for name, graph in LISTS.items():
        for match in (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch):
            for concept, other in graph.subject_objects(match):
                assert concepts[concept] == name != concepts.get(other)


@EVERY_LIST
def test_every_concept_is_reached_from_a_top_concept(graph: Graph) -> None:
    [scheme] = graph.subjects(RDF.type, SKOS.ConceptScheme)
    reached = set(graph.subjects(SKOS.topConceptOf, scheme))
    new = set(reached)
    while new:
        new = {c for top in new for c in graph.subjects(SKOS.broader, top)} - reached
        reached |= new
    assert reached == set(graph.subjects(RDF.type, SKOS.Concept))


@pytest.mark.parametrize("name", SYMMETRIC)
def test_both_directions_are_stated(name: str) -> None:
    graph = LISTS[name]
    narrower = {(o, s) for s, o in graph.subject_objects(SKOS.broader)}
    assert narrower == set(graph.subject_objects(SKOS.narrower))
    tops = {(o, s) for s, o in graph.subject_objects(SKOS.topConceptOf)}
    assert tops == set(graph.subject_objects(SKOS.hasTopConcept))


def test_names_clash_nowhere_within_a_division() -> None:
    """A name, old or new, leads to one code below each parent."""
    for name in ("functional", "economic", "item", "indicator"):
        graph = LISTS[name]
        seen: dict[tuple[object, str], object] = {}
        for concept in graph.subjects(RDF.type, SKOS.Concept):
            parent = graph.value(concept, SKOS.broader)
            for label in (SKOS.prefLabel, SKOS.altLabel):
                for text in graph.objects(concept, label):
                    if isinstance(text, Literal) and text.language == "zh":
                        assert seen.setdefault((parent, str(text)), concept) == concept, text


def test_editions_agree_with_the_years_in_which_a_code_holds() -> None:
    graph = LISTS["functional"]
    bud = "https://w3id.org/juesuan/ontology#"
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        if str(graph.value(concept, SKOS.notation)) == "all":
            continue
        first = graph.value(concept, URIRef(bud + "editionFrom"))
        last = graph.value(concept, URIRef(bud + "editionTo"))
        holds = {
            year
            for year in ("2023", "2024")
            if (not first or str(first) <= year) and (not last or year <= str(last))
        }
        assert {str(y) for y in graph.objects(concept, URIRef(bud + "edition"))} == holds


def test_classes_and_economic_codes_have_english_names() -> None:
    for name, digits in (("functional", (3,)), ("economic", (3, 5))):
        graph = LISTS[name]
        for concept in graph.subjects(RDF.type, SKOS.Concept):
            if len(str(graph.value(concept, SKOS.notation))) in digits:
                languages = {
                    getattr(label, "language", None)
                    for label in graph.objects(concept, SKOS.prefLabel)
                }
                assert languages == {"zh", "en"}, concept
