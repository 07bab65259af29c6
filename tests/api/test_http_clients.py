"""Clients that others wrote, asking a server over a socket."""

import json
import subprocess
from pathlib import Path

import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML
from SPARQLWrapper import SPARQLWrapper as Wrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from api.app import create_app
from api.settings import Settings
from servers.served import served
from tools import missing, need

from .small_release import BASE, REPORT

CLIENTS = Path(__file__).parent.parent / "clients"
BUD = f"{BASE}ontology#"
REPORTS = f"SELECT ?r ?y {{ ?r a <{BUD}Report> ; <{BUD}fiscalYear> ?y }} ORDER BY ?r"
FINDINGS = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{BASE}graph/findings> {{ ?s ?p ?o }} }}"


@pytest.fixture(scope="module")
def address(release):
    with served(create_app(release, Settings())) as address:
        yield address


@pytest.fixture(scope="module")
def endpoint(address):
    return f"{address}/sparql"


@pytest.fixture
def wrapper(endpoint):
    return Wrapper(endpoint)


def asked(wrapper, query, format_):
    wrapper.setQuery(query)
    wrapper.setReturnFormat(format_)
    return wrapper.query().convert()


@pytest.mark.parametrize("post", [None, "urlencoded", POSTDIRECTLY])
def test_sparqlwrapper_asks_in_every_way(wrapper, post):
    if post is not None:
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(post)
    found = asked(wrapper, REPORTS, JSON)["results"]["bindings"]
    assert [row["y"]["value"] for row in found] == ["2022", "2023"]


def test_sparqlwrapper_reads_every_format_of_results(wrapper):
    assert len(asked(wrapper, REPORTS, XML).getElementsByTagName("result")) == 2
    assert asked(wrapper, REPORTS, CSV).decode().splitlines()[0] == "r,y"
    assert asked(wrapper, REPORTS, TSV).decode().splitlines()[0] == "?r\t?y"
    assert asked(wrapper, "ASK {}", JSON)["boolean"] is True


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # its own use of rdflib
@pytest.mark.parametrize("format_", [TURTLE, N3, RDFXML, JSONLD])
def test_sparqlwrapper_reads_every_format_of_graphs(wrapper, format_):
    found = asked(wrapper, FINDINGS, format_)
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert (None, URIRef(f"{BUD}report"), URIRef(f"{BASE}{REPORT}")) in graph


def test_sparqlwrapper_knows_our_errors(wrapper):
    with pytest.raises(QueryBadFormed):
        asked(wrapper, "SELECT * {", JSON)


def test_sparqlwrapper_chooses_graphs(wrapper):
    wrapper.addParameter("default-graph-uri", f"{BASE}graph/codes")
    assert asked(wrapper, REPORTS, JSON)["results"]["bindings"] == []


def test_rdflib_queries_it_as_a_store(endpoint):
    graph = Graph(SPARQLStore(endpoint))
    assert [str(row.y) for row in graph.query(REPORTS)] == ["2022", "2023"]
    assert URIRef(f"{BASE}{REPORT}") in set(graph.subjects(URIRef(f"{BUD}fiscalYear")))
    assert len(graph) > 100


def test_rdflib_sees_its_graphs(endpoint):
    store = SPARQLStore(endpoint, context_aware=True)
    names = {str(graph) for graph in Dataset(store).store.contexts()}
    assert f"{BASE}graph/codes" in names
    codes = Graph(store, URIRef(f"{BASE}graph/codes"))
    assert not list(codes.subjects(URIRef(f"{BUD}fiscalYear")))


def test_rdflib_calls_it_as_a_service(endpoint):
    found = Graph().query(f"SELECT ?y {{ SERVICE <{endpoint}> {{ ?r <{BUD}fiscalYear> ?y }} }}")
    assert {str(row.y) for row in found} == {"2022", "2023"}


def test_rdflib_fetches_a_resource(address):
    assert len(Graph().parse(f"{address}/{REPORT}")) > 20


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_curl(endpoint):
    need("curl")
    csv = run(
        "curl", "-sS", endpoint, "--data-urlencode", f"query={REPORTS}", "-H", "Accept: text/csv"
    )
    assert csv.splitlines()[0] == "r,y"
    packed = run(
        "curl", "-sS", "--compressed", "-G", endpoint, "--data-urlencode", f"query={FINDINGS}"
    )
    assert len(Graph().parse(data=packed, format="turtle")) > 5
    head = run("curl", "-sSI", f"{endpoint}?query=ASK%7B%7D")
    assert head.startswith("HTTP/1.1 200")
    direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", "ASK {}")
    assert json.loads(run("curl", "-sS", endpoint, *direct))["boolean"] is True


def test_curl_goes_on_with_a_download_that_broke_off(address, release, tmp_path):
    need("curl")
    dump, file = f"{address}/dumps/data/juesuan.nq.gz", str(tmp_path / "juesuan.nq.gz")
    run("curl", "-sSf", "--range", "0-99", "-o", file, dump)
    run("curl", "-sSf", "--continue-at", "-", "-o", file, dump)
    assert Path(file).read_bytes() == (release / "data" / "juesuan.nq.gz").read_bytes()


def comunica(source, query):
    need("node")
    program = CLIENTS / "node_modules/@comunica/query-sparql/bin/query.js"
    if not program.is_file():
        missing("Comunica", "npm ci --prefix tests/clients")
    json_ = ("-t", "application/sparql-results+json")
    return json.loads(run("node", str(program), source, query, *json_))["results"]["bindings"]


@pytest.mark.parametrize("kind", ["", "sparql@"], ids=["found out", "told"])
def test_comunica_queries_the_endpoint(endpoint, kind):
    # without a word it finds out what it has before it, from the service description
    found = comunica(f"{kind}{endpoint}", REPORTS)
    assert [row["y"]["value"] for row in found] == ["2022", "2023"]


def test_comunica_reads_a_resource(address):
    query = f"SELECT ?y {{ <{BASE}{REPORT}> <{BUD}fiscalYear> ?y }}"
    assert [row["y"]["value"] for row in comunica(f"{address}/{REPORT}", query)] == ["2023"]
