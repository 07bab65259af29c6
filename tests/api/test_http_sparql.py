import json
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from .small_release import BASE, HTML, REPORT, UNIT

SELECT = "SELECT ?o WHERE { <http://none/> ?p ?o }"
TITLES = f"PREFIX dct: <http://purl.org/dc/terms/> SELECT ?t {{ <{BASE}{REPORT}> dct:title ?t }}"
GRAPH = f"CONSTRUCT {{ ?s a ?o }} WHERE {{ GRAPH <{BASE}graph/findings> {{ ?s a ?o }} }}"
FORM = "application/x-www-form-urlencoded"
DIRECT = {"Content-Type": "application/sparql-query"}


def code(answer):
    return answer.status_code, answer.json()["code"]


# --- how a query is sent


def test_get(client):
    answer = client.query(TITLES)
    assert answer.headers["content-type"] == "application/sparql-results+json"
    [row] = answer.json()["results"]["bindings"]
    assert row["t"]["value"].endswith("2023年度部门决算")


def test_post_as_a_form(client):
    answer = client.request("POST", "/sparql", data={"query": TITLES})
    assert len(answer.json()["results"]["bindings"]) == 1


def test_post_directly(client):
    answer = client.request(
        "POST",
        "/sparql",
        content=TITLES,
        headers={"Content-Type": "application/sparql-query; charset=UTF-8"},
    )
    assert len(answer.json()["results"]["bindings"]) == 1


def test_chinese_in_a_query(client):
    query = 'ASK { ?s ?p "行政运行"@zh }'
    assert client.query(query).json()["boolean"] is True
    posted = client.request("POST", "/sparql", content=query.encode(), headers=DIRECT)
    assert posted.json()["boolean"] is True


def test_head_sends_what_get_sends_but_the_body(client):
    get = client.query(SELECT)
    head = client.request("HEAD", "/sparql", params={"query": SELECT})
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(get.headers)


def test_options(client):
    answer = client.request("OPTIONS", "/sparql")
    assert answer.status_code == 204
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_cors(client):
    asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
    preflight = client.request("OPTIONS", "/sparql", headers=asked)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    answer = client.query(SELECT, Origin="https://a.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "ETag" in answer.headers["access-control-expose-headers"]


# --- what it answers in


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.3, application/sparql-results+xml;q=0.4", "application/sparql-results+xml"),
        ("text/html", "text/html; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("query", [SELECT, "ASK {}"])
def test_results_by_accept(client, accept, content_type, query):
    answer = client.query(query, Accept=accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)
    assert "Accept" in answer.headers["vary"]


def test_results_are_well_formed(client):
    query = "SELECT ?a ?b { VALUES (?a ?b) { ('1,2' <http://x/>) ('\\u4e00'@zh UNDEF) } }"
    xml = ET.fromstring(client.query(query, Accept="application/sparql-results+xml").content)
    assert len(list(xml.iter("{http://www.w3.org/2005/sparql-results#}result"))) == 2
    csv = client.query(query, Accept="text/csv").text
    assert csv == 'a,b\r\n"1,2",http://x/\r\n一,\r\n'
    tsv = client.query(query, Accept="text/tab-separated-values").text
    assert tsv == '?a\t?b\n"1,2"\t<http://x/>\n"一"@zh\t\n'


@pytest.mark.parametrize(
    ("accept", "content_type", "format_"),
    [
        ("*/*", "text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/n-quads", "application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/trig", "application/trig", ox.RdfFormat.TRIG),
    ],
)
@pytest.mark.parametrize("query", [GRAPH, f"DESCRIBE <{BASE}unit/{UNIT}>"])
def test_graphs_by_accept(client, accept, content_type, format_, query):
    answer = client.query(query, Accept=accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)
    expected = {quad.triple for quad in ox.parse(client.query(query).text, ox.RdfFormat.TURTLE)}
    assert {quad.triple for quad in ox.parse(answer.text, format_)} == expected
    assert expected


def test_a_parameter_instead_of_accept(client):
    answer = client.get("/sparql", params={"query": SELECT, "format": "csv"}, headers=HTML)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert code(client.get("/sparql", params={"query": SELECT, "format": "xls"})) == (
        400,
        "bad-format",
    )


def test_nothing_acceptable(client):
    assert code(client.query(SELECT, Accept="image/png")) == (406, "not-acceptable")
    assert code(client.query(SELECT, Accept="text/turtle")) == (406, "not-acceptable")
    assert code(client.query(GRAPH, Accept="text/csv")) == (406, "not-acceptable")


# --- which graphs it asks


def graphs(client, query, **parameters):
    answer = client.get("/sparql", params={"query": query, **parameters})
    return [{k: v["value"] for k, v in row.items()} for row in answer.json()["results"]["bindings"]]


COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/juesuan/ontology#Unit> }"
NAMED = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"


def test_the_default_graph_is_a_merge(client):
    # Two reports describe the unit: once in the merge, or every sum by unit would double.
    assert graphs(client, COUNT) == [{"n": "1"}]
    in_graphs = COUNT.replace("{ ?s", "{ GRAPH ?g { ?s").replace("> }", "> } }")
    assert graphs(client, in_graphs) == [{"n": "2"}]


def test_all_named_graphs_are_there(client):
    assert len(graphs(client, NAMED)) == 6


def test_default_graph_uri(client):
    only = {"default-graph-uri": f"{BASE}graph/codes"}
    assert graphs(client, COUNT, **only) == [{"n": "0"}]
    assert graphs(client, NAMED, **only) == []
    both = {"default-graph-uri": [f"{BASE}graph/codes", f"{BASE}report/{UNIT}/2022"]}
    assert graphs(client, COUNT, **both) == [{"n": "1"}]


def test_named_graph_uri(client):
    only = {"named-graph-uri": f"{BASE}graph/codes"}
    assert graphs(client, NAMED, **only) == [{"g": f"{BASE}graph/codes"}]
    assert graphs(client, COUNT, **only) == [{"n": "0"}]


def test_from_in_the_query(client):
    asked = COUNT.replace("WHERE", f"FROM <{BASE}graph/codes> WHERE")
    assert graphs(client, asked) == [{"n": "0"}]
    # What the protocol names overrides what the query names.
    uri = {"default-graph-uri": f"{BASE}{REPORT}"}
    assert graphs(client, asked, **uri) == [{"n": "1"}]


def test_graphs_in_the_body_of_a_form(client):
    fields = {"query": COUNT, "default-graph-uri": f"{BASE}graph/codes"}
    answer = client.request("POST", "/sparql", data=fields)
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "0"


def test_graphs_beside_a_direct_post(client):
    answer = client.request(
        "POST",
        "/sparql",
        params={"default-graph-uri": f"{BASE}graph/codes"},
        content=COUNT,
        headers=DIRECT,
    )
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "0"


def test_a_graph_must_be_an_iri(client):
    answer = client.get("/sparql", params={"query": COUNT, "default-graph-uri": "codes"})
    assert code(answer) == (400, "bad-graph")


# --- what it refuses


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * {\n ?s ?p", "line 2, column 7: "),
        ("SELEC * {}", "begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not SELEC."),
        ("ASK { ?s a skos:Concept }", "column 24: the prefix skos: is not declared"),
        ("ASK { skos:a ?p ?o }", "the prefix skos: is not declared"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "the SELECT contains a variable that is unbound"),
        ("SELECT (1 AS ?x) (2 AS ?x) {}", "duplicated variable name in SELECT"),
        ("", "line 1, column 1: the query is empty"),
    ],
)
def test_malformed(client, query, said):
    answer = client.query(query)
    assert code(answer) == (400, "malformed-query")
    detail = answer.json()["detail"]
    assert said in detail
    assert "\n" not in detail
    assert len(detail) < 250


def test_what_cant_be_evaluated(client):
    assert code(client.query("SELECT (<http://f/>(1) AS ?x) {}")) == (400, "failed-query")


@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("POST", {"data": {"update": "DROP ALL"}}),
        ("GET", {"params": {"update": "DROP ALL"}}),
        ("POST", {"content": "x", "headers": {"Content-Type": "application/sparql-update"}}),
        ("GET", {"params": {"query": "INSERT DATA { <http://a/> <http://b/> 1 }"}}),
    ],
)
def test_updates(client, method, options):
    answer = client.request(method, "/sparql", **options)
    assert code(answer) == (403, "update-refused")
    assert answer.json()["detail"] == "This endpoint is read-only: it takes no update."


def test_one_query_at_a_time(client):
    twice = client.get("/sparql", params={"query": [SELECT, SELECT]})
    assert code(twice) == (400, "repeated-parameter")
    both = client.request(
        "POST", "/sparql", params={"query": SELECT}, content=SELECT, headers=DIRECT
    )
    assert code(both) == (400, "repeated-parameter")


def test_a_post_without_a_query(client):
    answer = client.request("POST", "/sparql", data={"a": "b"})
    assert code(answer) == (400, "missing-query")


@pytest.mark.parametrize(
    "content_type", ["text/plain", "", "application/sparql-query; charset=utf-16"]
)
def test_other_content_types(client, content_type):
    answer = client.request(
        "POST", "/sparql", content=SELECT, headers={"Content-Type": content_type}
    )
    assert code(answer) == (415, "unsupported-media-type")


def test_other_encodings(client):
    assert code(client.get("/sparql?query=%FF%FE")) == (400, "not-utf8")
    answer = client.request("POST", "/sparql", content=b"ASK { ?s ?p '\xff' }", headers=DIRECT)
    assert code(answer) == (400, "not-utf8")


def test_other_methods(client):
    answer = client.request("PUT", "/sparql", content=SELECT, headers=DIRECT)
    assert code(answer) == (405, "method-refused")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_a_body_without_end(client):
    for length in (100_000, 600_000):
        body = "ASK {} #" + "x" * length
        answer = client.request("POST", "/sparql", content=body, headers=DIRECT)
        assert code(answer) == (413, "too-large")


@pytest.mark.parametrize(
    ("opening", "closing"), [("{", "}"), ("{SELECT * {", "}}"), ("FILTER EXISTS {", "}")]
)
def test_brackets_without_end(client, opening, closing):
    query = "SELECT * { " + opening * 4_000 + closing * 4_000 + " }"
    assert code(client.request("POST", "/sparql", data={"query": query})) == (400, "too-deep")
    fine = "SELECT * { " + opening * 40 + closing * 40 + " }"
    assert client.query(fine).status_code == 200


@pytest.mark.parametrize("repeated", ["!", "true||"])
def test_operators_without_end(client, repeated):
    # The engine recurses for each: with a usual stack this ends the process.
    query = "ASK { FILTER(" + repeated * (90_000 // len(repeated)) + "true) }"
    answer = client.request("POST", "/sparql", data={"query": query})
    assert answer.json()["boolean"] is True


# --- what is kept


def test_an_answer_is_not_sent_twice(client):
    first = client.query(SELECT)
    tag = first.headers["etag"]
    again = client.query(SELECT, **{"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert (again.headers["etag"], again.headers["vary"]) == (tag, first.headers["vary"])


def test_any_tag_is_ours(client):
    assert client.query(SELECT, **{"If-None-Match": "*"}).status_code == 304


def test_each_format_has_its_tag(client):
    csv = client.query(SELECT, Accept="text/csv")
    assert csv.headers["etag"] != client.query(SELECT).headers["etag"]
    assert client.query(SELECT, **{"If-None-Match": csv.headers["etag"]}).status_code == 200


def test_what_may_differ_has_no_tag(client):
    assert "etag" not in client.query("SELECT (NOW() AS ?n) {}").headers
    assert "etag" not in client.query("SELECT (NOW() AS ?n) {}", **HTML).headers
    assert "etag" in client.query(SELECT, **HTML).headers
    posted = client.request("POST", "/sparql", content=SELECT, headers=DIRECT)
    assert "etag" not in posted.headers


# --- without a query


@pytest.mark.parametrize(
    "accept", ["*/*", "text/turtle", "application/ld+json", "application/rdf+xml"]
)
def test_service_description(client, accept):
    answer = client.get("/sparql", headers={"Accept": accept})
    format_ = ox.RdfFormat.from_media_type(answer.headers["content-type"])
    store = ox.Store()
    store.load(answer.content, format=format_)
    sd = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
    assert store.query(
        sd + "ASK { ?s a sd:Service ; sd:endpoint <http://test/sparql> ; "
        "sd:supportedLanguage sd:SPARQL11Query ; sd:feature sd:UnionDefaultGraph ; "
        "sd:resultFormat <http://www.w3.org/ns/formats/JSON-LD> ; "
        f"sd:defaultDataset/sd:namedGraph/sd:name <{BASE}graph/codes> }}"
    )


def test_the_form(client):
    page = client.page("/sparql")
    assert "PREFIX bud: &lt;https://w3id.org/juesuan/ontology#&gt;" in page
    assert '<textarea id="query" name="query"' in page


def test_results_in_a_browser(client):
    page = client.page("/sparql?query=" + TITLES.replace("#", "%23"))
    assert "<td><span lang" in page
    assert "年度部门决算" in page
    assert "format=csv" in page


def test_more_rows_than_a_page_shows(client):
    page = client.page("/sparql?query=SELECT * { ?s ?p ?o }")
    assert "只显示前 20 行" in page
    assert "20 行" not in client.page("/sparql?query=SELECT * { ?s ?p ?o } LIMIT 5")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("ASK {}", "是"),
        ("ASK { <http://none/> ?p ?o }", "否"),
        (SELECT, "没有结果"),
        (f"DESCRIBE <{BASE}region/420103>", "江汉区"),
    ],
)
def test_other_results_in_a_browser(client, query, said):
    assert said in client.page("/sparql?query=" + query)


def test_an_error_in_a_browser_keeps_the_query(client):
    answer = client.query("SELECT * { ?s <b> ", **HTML)
    assert answer.status_code == 400
    assert "SELECT * { ?s &lt;b&gt; </textarea>" in answer.text
    assert "第 1 行" in answer.text


def test_the_api_is_described(client):
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths["/sparql"]) == {"get", "post"}
    assert "application/sparql-query" in json.dumps(paths["/sparql"]["post"]["requestBody"])
    assert "default-graph-uri" in {p["name"] for p in paths["/sparql"]["get"]["parameters"]}
