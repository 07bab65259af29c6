"""The service description, by its own vocabulary (SPARQL 1.1 Service Description)."""

import pyoxigraph as ox
import pytest

from api.formats import GRAPHS, RESULTS
from api.settings import Settings

from .small_release import BASE, REPORT

SD = "http://www.w3.org/ns/sparql-service-description#"
#: Which properties the specification defines for things of each class (§3).
PROPERTIES = {
    "Service": {
        "endpoint", "supportedLanguage", "feature", "defaultEntailmentRegime", "resultFormat",
        "defaultDataset",
    },
    "Dataset": {"defaultGraph", "namedGraph"},
    "NamedGraph": {"name", "graph"},
    "Graph": set(),
}  # fmt: skip


@pytest.fixture(scope="module")
def described(client):
    return parsed(client)


def parsed(client):
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    store = ox.Store()
    store.extend(ox.parse(answer.content, ox.RdfFormat.TURTLE))
    return store


def values(store, path):
    query = f"PREFIX sd: <{SD}> SELECT ?v {{ ?s a sd:Service ; {path} ?v }}"
    return {row["v"].value.rpartition("#")[2] for row in store.query(query)}


def test_each_property_is_one_of_its_class(described):
    query = """SELECT ?class ?property { ?s a ?class ; ?property ?o }"""
    for row in described.query(query):
        of, property_ = row["class"].value, row["property"].value
        if property_.startswith(SD):
            assert property_.removeprefix(SD) in PROPERTIES[of.removeprefix(SD)]
    used = {quad.object for quad in described if quad.predicate.value.endswith("#type")}
    assert {node.value.removeprefix(SD) for node in used} == PROPERTIES.keys()


def test_what_the_service_can(described):
    assert values(described, "sd:supportedLanguage") == {"SPARQL10Query", "SPARQL11Query"}
    assert values(described, "sd:feature") == {"UnionDefaultGraph"}
    assert values(described, "sd:defaultEntailmentRegime") == {
        "http://www.w3.org/ns/entailment/Simple"
    }
    assert len(values(described, "sd:resultFormat")) == len((*RESULTS, *GRAPHS))
    assert len(values(described, "sd:endpoint")) == 1


def test_federated_queries_where_they_are_allowed(serving, release):
    federated = serving(release, Settings(services=("https://example.org/sparql",)))
    assert values(parsed(federated), "sd:feature") == {"UnionDefaultGraph", "BasicFederatedQuery"}


def test_the_graphs_that_can_be_asked(client, described):
    named = values(described, "sd:defaultDataset/sd:namedGraph/sd:name")
    assert f"{BASE}{REPORT}" in named
    assert f"{BASE}graph/codes" in named
    assert f"{BASE}graph/catalog" not in named
    for graph in named:
        assert client.query(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").json()["boolean"]


def test_no_more_reports_than_a_client_will_read(client, monkeypatch):
    monkeypatch.setattr("api.service_description._MOST_REPORTS", 1)
    assert not any(
        "report/" in name
        for name in values(parsed(client), "sd:defaultDataset/sd:namedGraph/sd:name")
    )
