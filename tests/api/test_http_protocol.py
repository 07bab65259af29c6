"""The SPARQL 1.1 Protocol, by the names of the W3C's test cases for it; the cases are ours."""

from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from .small_release import BASE, REPORT

CODES, FINDINGS, OTHER = (f"{BASE}graph/codes", f"{BASE}graph/findings", f"{BASE}{REPORT}")
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
IN_DEFAULT = "ASK {{ ?s a <{base}ontology#{name}> }}"
FUNCTION = IN_DEFAULT.format(base=BASE, name="FunctionClass")
FINDING = IN_DEFAULT.format(base=BASE, name="Finding")
REPORTS = IN_DEFAULT.format(base=BASE, name="Report")
BOTH = f"ASK {{ {FUNCTION[6:-2]} . {FINDING[6:-2].replace('?s', '?t')} }}"
NAMED = "SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} }} ORDER BY ?g"


def send(client, method, fields=(), body=None, content_type=None, **headers):
    """A request with exactly these parts."""
    path = "/sparql" + (f"?{urlencode(fields)}" if fields else "")
    if content_type is not None:
        headers["Content-Type"] = content_type
    return client.request(method, path, content=body, headers=headers)


def ways(query, graphs=()):
    """The three ways to send a query with a data set."""
    pair = ("query", query)
    return {
        "get": ("GET", [pair, *graphs], None, None),
        "form": ("POST", [], urlencode([pair, *graphs]), FORM),
        "direct": ("POST", list(graphs), query, DIRECT),
    }


WAYS = ("get", "form", "direct")


@pytest.mark.parametrize("way", WAYS)
def test_query(client, way):
    assert send(client, *ways("ASK {}")[way]).json()["boolean"] is True


@pytest.mark.parametrize("way", WAYS)
def test_query_dataset_default_graph(client, way):
    graphs = [("default-graph-uri", CODES)]
    assert send(client, *ways(FUNCTION, graphs)[way]).json()["boolean"] is True
    assert send(client, *ways(FINDING, graphs)[way]).json()["boolean"] is False


@pytest.mark.parametrize("way", WAYS)
def test_query_dataset_default_graphs(client, way):
    graphs = [("default-graph-uri", CODES), ("default-graph-uri", FINDINGS)]
    assert send(client, *ways(BOTH, graphs)[way]).json()["boolean"] is True
    assert send(client, *ways(REPORTS, graphs)[way]).json()["boolean"] is False


@pytest.mark.parametrize("way", WAYS)
def test_query_dataset_named_graphs(client, way):
    graphs = [("named-graph-uri", CODES), ("named-graph-uri", FINDINGS)]
    found = send(client, *ways(NAMED.format(), graphs)[way]).json()["results"]["bindings"]
    assert [row["g"]["value"] for row in found] == [CODES, FINDINGS]


@pytest.mark.parametrize("way", WAYS)
def test_query_dataset_full(client, way):
    graphs = [("default-graph-uri", FINDINGS), ("named-graph-uri", CODES)]
    query = f"ASK {{ {FINDING[6:-2]} GRAPH <{CODES}> {{ {FUNCTION[6:-2].replace('?s', '?t')} }} }}"
    assert send(client, *ways(query, graphs)[way]).json()["boolean"] is True
    assert send(client, *ways(FUNCTION, graphs)[way]).json()["boolean"] is False


@pytest.mark.parametrize("way", WAYS)
def test_query_multiple_dataset(client, way):
    """What the protocol names goes before what the query names."""
    query = FUNCTION.replace("ASK", f"ASK FROM <{CODES}> FROM NAMED <{CODES}>")
    assert send(client, *ways(query)[way]).json()["boolean"] is True
    graphs = [("default-graph-uri", FINDINGS)]
    assert send(client, *ways(query, graphs)[way]).json()["boolean"] is False


@pytest.mark.parametrize("way", WAYS)
def test_relative_iris_are_resolved_against_the_releases_base(client, way):
    """The protocol has each service define a base IRI of its own."""
    query = "SELECT (<here> AS ?x) {}"
    [row] = send(client, *ways(query)[way]).json()["results"]["bindings"]
    assert row["x"]["value"] == f"{BASE}here"
    [row] = client.query(f"BASE <http://a/> {query}").json()["results"]["bindings"]
    assert row["x"]["value"] == "http://a/here"


@pytest.mark.parametrize(
    ("query", "media_types"),
    [
        (
            "SELECT ?s { ?s ?p ?o } LIMIT 1",
            {
                "application/sparql-results+json",
                "application/sparql-results+xml",
                "text/csv",
                "text/tab-separated-values",
            },
        ),
        ("ASK {}", {"application/sparql-results+json", "application/sparql-results+xml"}),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", {"text/turtle", "application/rdf+xml"}),
        (f"DESCRIBE <{OTHER}>", {"text/turtle", "application/n-triples", "application/ld+json"}),
    ],
    ids=["select", "ask", "construct", "describe"],
)
def test_query_content_type(client, query, media_types):
    for media_type in media_types:
        answer = client.query(query, Accept=f"{media_type}, */*;q=0.1")
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (
            (200, media_type)
        )


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        pytest.param(("PUT", [], "query=ASK%7B%7D", FORM), 405, id="bad_query_method"),
        pytest.param(
            ("GET", [("query", "ASK {}"), ("query", "ASK {}")]), 400, id="bad_multiple_queries"
        ),
        pytest.param(
            ("POST", [], "query=ASK%7B%7D&query=ASK%7B%7D", FORM),
            400,
            id="bad_multiple_queries_form",
        ),
        pytest.param(("POST", [], "ASK {}", "text/plain"), 415, id="bad_query_wrong_media_type"),
        pytest.param(("POST", [], "query=ASK%7B%7D"), 415, id="bad_query_missing_form_type"),
        pytest.param(("POST", [], "ASK {}"), 415, id="bad_query_missing_direct_type"),
        pytest.param(
            ("POST", [], "ASK {}".encode("utf-16"), f"{DIRECT}; charset=UTF-16"),
            415,
            id="bad_query_non_utf8",
        ),
        pytest.param(
            ("POST", [], "ASK{?s ?p '行'}".encode("gbk"), DIRECT),
            400,
            id="bad_query_other_bytes",
        ),
        pytest.param(("GET", [("query", "ASK {")]), 400, id="bad_query_syntax"),
        pytest.param(("POST", [], "", DIRECT), 400, id="bad_query_empty"),
        pytest.param(("POST", [], "query=", FORM), 400, id="bad_query_empty_form"),
        pytest.param(("GET", [("update", "CLEAR ALL")]), 403, id="bad_update_get"),
        pytest.param(("POST", [], "update=CLEAR+ALL", FORM), 403, id="update_post_form"),
        pytest.param(
            ("POST", [], "CLEAR ALL", "application/sparql-update"), 403, id="update_post_direct"
        ),
        pytest.param(
            ("POST", [("using-graph-uri", CODES)], "CLEAR ALL", "application/sparql-update"),
            403,
            id="update_dataset",
        ),
        pytest.param(("POST", [], "CLEAR ALL", DIRECT), 403, id="update_as_query"),
    ],
)
def test_what_is_refused(client, request_, status):
    answer = send(client, *request_)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].endswith(".")


@pytest.mark.parametrize(
    ("query", "place"),
    [("ASK {\n  ?s ?p\n}", "line 3, column "), ("SELECT *\nWHERE { ?s ?p ?o", "line 2, column ")],
)
def test_where_a_query_is_malformed_is_said(client, query, place):
    assert place in client.query(query).json()["detail"]


@pytest.mark.parametrize(
    "query",
    [
        'VERSION "1.2" ASK { BIND(<<( <http://s/> <http://p/> 1 )>> AS ?t) FILTER(isTRIPLE(?t)) }',
        "ASK { BIND(STRLANGDIR('a', 'ar', 'rtl') AS ?x) FILTER(LANGDIR(?x) = 'rtl') }",
        "ASK { BIND(TRIPLE(<http://s/>, <http://p/>, 1) AS ?t) FILTER(OBJECT(?t) = 1) }",
    ],
    ids=["triple terms", "base direction", "triple functions"],
)
def test_what_the_engine_has_of_sparql_1_2(client, query):
    assert client.query(query).json()["boolean"] is True


def test_triple_terms_are_answered(client):
    query = "SELECT ?t { BIND(<<( <http://s/> <http://p/> 1 )>> AS ?t) }"
    [row] = client.query(query).json()["results"]["bindings"]
    assert row["t"]["type"] == "triple"
    written = client.query(query.replace("SELECT ?t", "CONSTRUCT { <http://r/> <http://q/> ?t }"))
    [quad] = ox.parse(written.content, ox.RdfFormat.TURTLE)
    assert isinstance(quad.object, ox.Triple)
