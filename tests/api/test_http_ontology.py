"""The ontology's page: each term at its fragment, in both languages, under each of its names."""

import re

import pyoxigraph as ox
import pytest

from api.pages.class_diagram import plan
from api.settings import Settings
from graphs import EXAMPLES, vocabularies
from kg.vocabulary import DEFAULT_BASE

from .small_release import publish

BUD = f"{DEFAULT_BASE}ontology#"
TERMS = sorted(
    {
        q.subject.value.removeprefix(BUD)
        for q in ox.parse(path=EXAMPLES.parent / "juesuan.ttl")
        if q.subject.value.startswith(BUD)
    }
)
FORMATS = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory, serving):
    """A release of the vocabularies alone, served."""
    path = tmp_path_factory.mktemp("vocabularies")
    (path / "cache").mkdir()
    lines = sorted(f"{quad} .\n" for quad in vocabularies())
    publish(path, DEFAULT_BASE, lines, {}, [])
    return serving(path, Settings())


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("path", ["/ontology", "/ontology/0.1.0"])
def test_the_ontology_and_its_version_are_negotiated(served, path, extension):
    asked = served.get(path, headers={"Accept": FORMATS[extension]})
    assert asked.status_code == 303
    assert asked.headers["location"].partition("?")[0] == f"{path}.{extension}"
    answer = served.get(asked.headers["location"])
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == FORMATS[extension]


def test_each_name_of_the_ontology_leads_to_the_same_triples(served):
    one, other = served.get("/ontology.ttl"), served.get("/ontology/0.1.0.ttl")
    assert one.content == other.content
    assert b"owl:versionIRI" in one.content
    assert served.get("/ontology/9.9.9").status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_term_is_at_its_fragment_once(served, language):
    page = served.page(f"/ontology.html?lang={language}")
    found = re.findall(r'<section class="term" id="(\w+)"', page)
    assert sorted(found) == TERMS
    assert page.count('<pre class="example"') == len(TERMS)


def test_every_link_within_the_page_leads_somewhere(served):
    page = served.page("/ontology.html")
    ids = set(re.findall(r' id="([\w-]+)"', page))
    assert set(re.findall(r'href="#([\w-]+)"', page)) <= ids
    assert set(re.findall(r'href="/ontology#([\w-]+)"', page)) <= ids


def test_a_term_tells_what_it_has_to_do_with_others(served):
    page = served.page("/ontology.html?lang=en")
    term = page[page.index('id="restates"') :].partition("</section>")[0]
    assert "The figure that this statement states again" in term
    for other in ("Statement", "Figure", "restatedBy"):
        assert f'href="/ontology?lang=en#{other}"' in term
    assert "A statement either restates one figure" in page


def test_a_structure_lists_its_components(served):
    page = served.page("/ontology.html?lang=en")
    structure = page[page.index('id="ChangeStructure"') :].partition("</section>")[0]
    rows = re.findall(r"<tr><th.*?</tr>", structure)
    assert len(rows) == 19
    assert "fiscal year" in rows[2] and "dimension" in rows[2]
    assert "the data set" in next(row for row in rows if "currency" in row)


def test_the_diagram_shows_classes_and_relations_that_there_are(served):
    page = served.page("/ontology.html?lang=en")
    diagram = page[page.index("<svg") : page.index("</svg>")]
    examples = ox.Store()
    for file in EXAMPLES.glob("*.ttl"):
        examples.load(path=file)
    for edge in plan()["edge"]:
        assert f'href="#{edge["property"]}"' in diagram
        source, property_, target = (BUD + edge[key] for key in ("from", "property", "to"))
        there_is = f"ASK {{ ?s a <{source}> ; <{property_}> ?o . ?o a <{target}> }}"
        assert examples.query(there_is), edge
    placed = [name for box in plan()["box"] for name in box["classes"]]
    assert len(placed) == len(set(placed))
    assert set(placed) <= set(TERMS)


def test_there_is_no_diagram_of_a_release_whose_ontology_lacks_its_terms(client):
    assert "<svg" not in client.page("/ontology.html")
