"""The published mappings hold, go with the code lists, and make a graph with VoID linksets."""

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, serialize
from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from kg.build import build
from kg.build.vocabularies import copy_vocabularies
from kg.links import (
    LinkError,
    LinkSet,
    link_files,
    link_quads,
    published_links,
    published_terms,
    read_links,
)
from kg.regions import region_name
from kg.resources import published
from kg.vocabulary import DEFAULT_BASE
from kg.vocabulary import Namespace as Ours

KNOWN = published_terms(Ours())
SETS = {file.name: read_links(file, known=KNOWN) for file in link_files()}
EVERY_SET = pytest.mark.parametrize("links", SETS.values(), ids=SETS)
#: Each subject has one target in these, so that money is counted once.
FUNCTIONS = ("functional-cofog.sssom.tsv", "economic-gfs.sssom.tsv", "item-gfs.sssom.tsv")
ONTOLOGY = published("ontology")
LABELS = Graph()
for path in (ONTOLOGY / "juesuan.ttl", *ONTOLOGY.glob("code/*.ttl"), *ONTOLOGY.glob("links/*.ttl")):
    LABELS.parse(path)
VOID = Namespace("http://rdfs.org/ns/void#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
SSSOM = Namespace("https://w3id.org/sssom/")


def labels(iri: str) -> set[str]:
    code = iri.removeprefix(f"{DEFAULT_BASE}region/")
    if name := region_name(code):
        return {name}
    preferred = (
        *LABELS.objects(URIRef(iri), SKOS.prefLabel),
        *LABELS.objects(URIRef(iri), RDFS.label),
    )
    return {str(label) for label in preferred}


def graph_of(regions: set[str], base: str = DEFAULT_BASE) -> Graph:
    ours = Ours(base)
    quads = link_quads(published_links(ours), regions, {2023}, ours)
    triples = (Triple(q.subject, q.predicate, q.object) for q in quads)
    return Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")


@EVERY_SET
def test_labels_are_those_of_the_lists(links: LinkSet) -> None:
    """So that a mapping of a code whose meaning has changed is noticed."""
    for link in links.links:
        assert link.subject_label in labels(link.subject), link
        if names := labels(link.object):
            assert link.object_label in names, link


@pytest.mark.parametrize("name", FUNCTIONS)
def test_money_is_counted_once_and_all_targets_have_names(name: str) -> None:
    links = SETS[name].links
    assert max(Counter(link.subject for link in links).values()) == 1
    assert all(labels(link.object) for link in links)


@EVERY_SET
def test_a_set_is_sorted_by_subject(links: LinkSet) -> None:
    subjects = [link.subject for link in links.links]
    if links.name != "item-gfs":
        assert subjects == sorted(subjects)


def test_targets_of_cofog_are_named_in_both_languages_and_belong_to_a_division() -> None:
    cofog = Graph().parse(ONTOLOGY / "links" / "cofog.ttl")
    concepts = set(cofog.subjects(RDF.type, SKOS.Concept))
    divisions = {c for c in concepts if cofog.value(c, SKOS.topConceptOf)}
    assert len(divisions) == 10
    for concept in concepts:
        assert {label.language for label in cofog.objects(concept, SKOS.prefLabel)} == {"zh", "en"}  # type: ignore[attr-defined]
        assert concept in divisions or cofog.value(concept, SKOS.broader) in divisions


def test_every_class_of_spending_goes_to_a_function_but_those_that_have_none() -> None:
    mapped = {link.subject for link in SETS["functional-cofog.sssom.tsv"].links}
    classes = {
        str(concept)
        for concept in LABELS.subjects(RDF.type, URIRef(f"{DEFAULT_BASE}ontology#FunctionClass"))
    }
    unmapped = {iri.rpartition("/")[2] for iri in classes - mapped}
    # a reserve, repayment of debt, and bonds spent on anything: no function
    assert unmapped == {"227", "231", "234"}


def test_linksets_count_their_links() -> None:
    graph = graph_of({"420103"})
    linksets = list(graph.subjects(RDF.type, VOID.Linkset))
    assert linksets
    for linkset in linksets:
        [owner] = graph.subjects(VOID.subset, linkset)
        predicate = graph.value(linkset, VOID.linkPredicate)
        axioms = set(graph.subjects(URIRef("http://purl.org/dc/terms/isPartOf"), owner))
        count = sum((axiom, OWL.annotatedProperty, predicate) in graph for axiom in axioms)
        assert graph.value(linkset, VOID.triples) == Literal(count)
        assert graph.value(linkset, VOID.subjectsTarget)
        assert graph.value(linkset, VOID.objectsTarget)


def test_a_unit_may_be_linked_where_the_release_has_it(tmp_path: Path) -> None:
    unit = Ours().unit("某市某区财政局")
    lines = (ONTOLOGY / "links" / "region-wikidata.sssom.tsv").read_text("utf-8").splitlines()
    head = [line for line in lines if line.startswith(("#", "subject_id"))]
    text = "\n".join(head).replace("region-wikidata", "unit-wikidata")
    text = text.replace(
        "#  region: https://w3id.org/juesuan/region/", f"#  unit: {DEFAULT_BASE}unit/"
    )
    row = (f"unit:{unit.rpartition('/')[2]}", "某市某区财政局", "skos:exactMatch", "wd:Q900001")
    why = ("Finance Bureau", "semapv:ManualMappingCuration", "0.9", "")
    file = tmp_path / "unit-wikidata.sssom.tsv"
    file.write_text(text + "\n" + "\t".join((*row, *why)) + "\n", "utf-8")
    links = read_links(file, known=KNOWN)
    for units, count in (({unit}, 1), ((), 0)):
        quads = link_quads([links], (), (), Ours(), units)
        assert sum(str(q.subject) == f"<{unit}>" for q in quads) == count


def test_each_mapping_is_a_triple_with_its_confidence() -> None:
    graph = graph_of({"420103"})
    axioms = set(graph.subjects(RDF.type, OWL.Axiom))
    parts = (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
    triples = {tuple(graph.value(axiom, part) for part in parts) for axiom in axioms}
    assert len(triples) == len(axioms)
    for axiom in axioms:
        assert 0 <= graph.value(axiom, SSSOM.confidence).toPython() <= 1  # type: ignore[union-attr]
        assert graph.value(axiom, SSSOM.mapping_justification)
    assert all(triple in graph for triple in triples)


def test_only_regions_of_the_release_are_linked() -> None:
    wikidata = "http://www.wikidata.org/entity/Q46862"
    hubei = URIRef(f"{DEFAULT_BASE}region/420000")
    here = graph_of({"420103"})
    assert (hubei, SKOS.exactMatch, URIRef(wikidata)) in here
    linked = {s for s in here.subjects(SKOS.exactMatch) if "/region/" in str(s)}
    assert {str(region)[-6:] for region in linked} == {"420000", "420100", "420103"}
    assert not any("wikidata.org/entity/Q" in str(term) for t in graph_of(set()) for term in t)


def test_fiscal_years_are_reference_intervals() -> None:
    graph = graph_of(set())
    year = URIRef(f"{DEFAULT_BASE}code/year/2022")
    interval = "http://reference.data.gov.uk/id/gregorian-interval/2022-01-01T00:00:00/P1Y"
    assert (year, SKOS.exactMatch, URIRef(interval)) in graph
    assert str(graph.value(year, SKOS.notation)) == "2022"


def test_another_base_is_kept_throughout() -> None:
    terms = {
        str(term) for triple in graph_of({"420103"}, "http://budget.example/") for term in triple
    }
    assert not any("juesuan" in term for term in terms)
    assert "http://budget.example/links/functional-cofog" in terms


def test_all_mapping_files_are_published_with_their_names(tmp_path: Path) -> None:
    copy_vocabularies(tmp_path, Ours("http://budget.example/"))
    files = {file.name: file for file in (tmp_path / "ontology" / "links").iterdir()}
    assert set(SETS) | {"cofog.ttl", "gfs.ttl"} == set(files)
    assert "w3id.org/juesuan" not in files["functional-cofog.sssom.tsv"].read_text("utf-8")


def test_a_build_says_at_once_which_mapping_does_not_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [good] = [file for file in link_files() if file.name.startswith("item-gfs")]
    text = good.read_text("utf-8").replace("item:other-income", "item:no-such-income")
    (tmp_path / good.name).write_text(text, "utf-8")
    monkeypatch.setattr("kg.links.graph.link_files", lambda: [tmp_path / good.name])
    (tmp_path / "report.txt").write_text("x", "utf-8")
    with pytest.raises(LinkError, match=r"item-gfs\.sssom\.tsv:17: .*no-such-income is no code"):
        build([tmp_path / "report.txt"], tmp_path / "release")
