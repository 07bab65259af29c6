import json

import pyoxigraph as ox
import pytest

from api.settings import Settings

from .small_release import BASE, HTML, REPORT, UNIT, write_release

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
STATEMENT = f"/{REPORT}/S05-3/2010301.final"
KINDS = [
    *(f"/unit/{UNIT}", f"/{REPORT}", STATEMENT, "/code/functional/2010301", "/region/420103"),
    *("/ontology", "/code/phase", "/graph/codes", f"/unit/{UNIT}/project/she-qu-hui-min"),
    *(
        f"/{REPORT}/S05-3",
        f"/{REPORT}/finding/restated-differently/2010301.final",
        "/code/item/all",
    ),
]
RDF = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}
LABEL = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")


def node(path):
    return ox.NamedNode(BASE + path.removeprefix("/"))


def triples(answer, extension="ttl"):
    return {quad.triple for quad in ox.parse(answer.content, RDF[extension])}


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize(
    ("accept", "extension"),
    [
        (BROWSER, "html"),
        ("*/*", "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json, */*;q=0.1", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdf"),
        ("application/json", "json"),
    ],
)
def test_a_resource_leads_to_its_description(client, path, accept, extension):
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{path}.{extension}"
    assert "Accept" in answer.headers["vary"]
    described = client.get(answer.headers["location"])
    assert described.status_code == 200
    link = described.headers["link"]
    assert f'<{BASE}{path[1:]}>; rel="canonical"' in link
    assert len(link) + 1000 < 4096  # what proxies take of a head, if they aren't told otherwise
    name = path.rpartition("/")[2]
    assert f'<./{name}.ttl>; rel="alternate"; type="text/turtle"' in link


@pytest.mark.parametrize("path", KINDS)
def test_every_rdf_format_says_the_same(client, path):
    expected = triples(client.get(f"{path}.ttl"))
    assert expected
    for extension in RDF:
        answer = client.get(f"{path}.{extension}")
        assert triples(answer, extension) == expected
        assert answer.headers["etag"]


def test_a_description_names_what_it_points_to_and_what_points_to_it(client):
    found = triples(client.get(f"{STATEMENT}.ttl"))
    subject = node(STATEMENT)
    assert sum(triple.subject == subject for triple in found) == 19
    function = node("/code/functional/2010301")
    assert ox.Triple(function, LABEL, ox.Literal("行政运行", language="zh")) in found
    assert node(f"/{REPORT}/finding/restated-differently/2010301.final") in {
        t.subject for t in found
    }


def test_a_reports_rdf_is_its_whole_graph(client, release):
    found = triples(client.get(f"/{REPORT}.ttl"))
    query = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{BASE}{REPORT}> {{ ?s ?p ?o }} }}"
    assert found == triples(client.query(query))
    assert len(found) > 100


def test_the_ontologys_rdf_is_its_whole_graph(client):
    found = triples(client.get("/ontology.ttl"))
    assert node("/ontology#Figure") in {triple.subject for triple in found}


def test_inverse_links_are_capped(release, serving):
    few = serving(release, Settings(inverse_links=2))
    found = triples(few.get("/code/fund/general.ttl"))
    assert sum(triple.object == node("/code/fund/general") for triple in found) == 2


def test_turtle_is_for_reading(client):
    text = client.get("/region/420103.ttl").text
    prefixes, _, rest = text.partition("\n\n")
    assert prefixes.splitlines() == sorted(prefixes.splitlines())
    assert "@prefix sh:" not in prefixes
    assert rest.startswith(f"<{BASE}region/420103> ")
    assert text == client.get("/region/420103.ttl").text


def test_json_is_plain(client):
    record = json.loads(client.get(f"{STATEMENT}.json").text)
    assert record["iri"] == BASE + STATEMENT[1:]
    # Money is exact: a string, never a float.
    assert record["properties"]["bud:amount"] == [{"value": "10051200", "datatype": "decimal"}]
    assert record["properties"]["bud:reportedAmount"][0]["value"] == "1,005.12"
    assert {"iri": BASE + REPORT} in record["properties"]["bud:report"]


@pytest.mark.parametrize(
    "path",
    [
        *("/nothing", "/unit/nobody", "/unit/nobody.ttl", "/code/functional/2010301/", "/.ttl"),
        *("/code/%3Cscript%3E", "/a b", "/%00", "/报告", "/region/420103.xlsx"),
    ],
)
def test_what_the_data_doesnt_speak_of(client, path):
    answer = client.get(path, headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    page = client.get(path, headers=HTML)
    assert page.status_code == 404
    assert "<script>" not in page.text


def test_nothing_acceptable(client):
    answer = client.get(f"/unit/{UNIT}", headers={"Accept": "image/png"})
    assert (answer.status_code, answer.json()["code"]) == (406, "not-acceptable")


def test_a_document_isnt_sent_twice(client):
    for extension in ("ttl", "html", "json"):
        tag = client.get(f"/unit/{UNIT}.{extension}").headers["etag"]
        again = client.get(f"/unit/{UNIT}.{extension}", headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")


def test_head_and_options(client):
    head = client.request("HEAD", f"/unit/{UNIT}.ttl")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(client.get(f"/unit/{UNIT}.ttl").content)
    assert client.request("HEAD", f"/unit/{UNIT}").status_code == 303
    assert "GET" in client.request("OPTIONS", f"/unit/{UNIT}").headers["allow"]
    refused = client.request("DELETE", f"/unit/{UNIT}")
    assert refused.status_code == 405
    assert {"GET", "HEAD"} <= set(refused.headers["allow"].split(", "))


def test_parameters_follow_to_the_description(client):
    answer = client.get(f"/unit/{UNIT}?lang=en&page=2", headers=HTML)
    assert answer.headers["location"] == f"/unit/{UNIT}.html?page=2&lang=en"
    odd = "path=1&iri=2&self=3"
    answer = client.get(f"/unit/{UNIT}?{odd}", headers=HTML)
    assert answer.headers["location"] == f"/unit/{UNIT}.html?{odd}"
    assert f"/unit/{UNIT}.html?path=1" in client.page(f"/unit/{UNIT}.html?{odd}")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory, serving):
    """The same release under another base IRI, published under a path by a proxy."""
    path = write_release(tmp_path_factory.mktemp("other"), "http://budget.example/data/")
    return serving(path, Settings(root_path="/open"))


def test_any_base(elsewhere):
    answer = elsewhere.get(f"/unit/{UNIT}", headers={"Accept": "text/turtle"})
    assert answer.headers["location"] == f"/open/unit/{UNIT}.ttl"
    assert f"<http://budget.example/data/unit/{UNIT}>" in elsewhere.get(f"/unit/{UNIT}.ttl").text


@pytest.mark.parametrize("path", ["/", f"/{REPORT}.html", "/sparql", f"/unit/{UNIT}.html"])
def test_links_stay_under_the_root_path(elsewhere, path):
    for sent in (path, f"/open{path}"):
        page = elsewhere.page(sent)
        assert 'href="/open/static/style.css' in page
        assert 'href="/open/sparql' in page
        assert 'href="/sparql' not in page
        assert 'action="/sparql' not in page


def test_a_proxys_prefix(client):
    page = client.page("/", **{"X-Forwarded-Prefix": "/data/juesuan/"})
    assert 'href="/data/juesuan/static/style.css' in page
    assert f'href="/data/juesuan/{REPORT}"' in page
    answer = client.get("/sparql", headers={"X-Forwarded-Prefix": "/data"})
    assert "<http://test/data/sparql>" in answer.text


@pytest.mark.parametrize("prefix", ["//evil.example", "https://evil.example", "/a/../b c", '/"x'])
def test_a_prefix_that_leads_elsewhere(client, prefix):
    assert 'href="/static/style.css' in client.page("/", **{"X-Forwarded-Prefix": prefix})
