"""The same interface over endpoints of others: Oxigraph's own server, and Virtuoso."""

import asyncio
import gzip
import json
import shutil
from functools import partial
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from api.app import create_app
from api.errors import ClientGone, Overloaded, TookTooLong
from api.formats import JSON_RESULTS
from api.settings import Settings
from api.store import WHOLE
from api.workers.limits import Visitor
from kg.release import ReleaseError
from servers.oxigraph import load, oxigraph
from servers.running import free_port
from servers.virtuoso import PROGRAMS, virtuoso
from tools import need

from .small_release import BASE, REPORT, UNIT

REPORTS = "SELECT ?r { ?r a <https://w3id.org/juesuan/ontology#Report> } ORDER BY ?r"
FINDINGS = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{BASE}graph/findings> {{ ?s ?p ?o }} }}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def code(answer):
    return answer.status_code, answer.json()["code"]


@pytest.fixture(scope="module")
def quads(release, tmp_path_factory):
    """The release's quads, for servers to load."""
    path = tmp_path_factory.mktemp("quads") / "juesuan.nq"
    path.write_bytes(gzip.decompress((release / "data/juesuan.nq.gz").read_bytes()))
    return path


@pytest.fixture(scope="module")
def store(quads, tmp_path_factory):
    return load(quads, tmp_path_factory.mktemp("oxigraph") / "store")


@pytest.fixture(scope="module")
def over_oxigraph(store, serving):
    with oxigraph(store) as server:
        yield serving(None, Settings(backends=(server.endpoint,), query_seconds=2, table_rows=20))


@pytest.fixture(scope="module")
def over_virtuoso(quads, serving, tmp_path_factory):
    need(*PROGRAMS)
    with virtuoso(tmp_path_factory.mktemp("virtuoso"), quads.parent) as server:
        server.load(quads)
        yield serving(None, Settings(backends=(server.endpoint,), query_seconds=10, table_rows=20))


@pytest.fixture(params=["over_oxigraph", "over_virtuoso"])
def over(request):
    return request.getfixturevalue(request.param)


def bindings(answer):
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]["bindings"]


def test_the_release_is_what_the_endpoint_tells(over, client):
    ours = client.app.state.site.release
    told = over.app.state.site.release
    assert told.namespace == ours.namespace
    assert told.manifest.quads >= ours.manifest.quads
    for iri, report in ours.reports.items():
        found = told.reports[iri]
        assert (found.title, found.fiscal_year, found.unit_name, found.findings) == (
            (report.title, report.fiscal_year, report.unit_name, report.findings)
        )


@pytest.mark.parametrize("query", [REPORTS, "ASK { ?s ?p ?o }", "ASK { <http://no/> ?p ?o }"])
def test_results_are_the_same(over, client, query):
    assert over.query(query).json() == client.query(query).json()


@pytest.mark.parametrize(
    "accept",
    ["application/sparql-results+xml", "text/csv", "text/tab-separated-values"],
)
def test_results_are_the_same_in_every_format(over, client, accept):
    query = f"SELECT ?p ?o {{ <{BASE}{REPORT}> ?p ?o FILTER(!ISBLANK(?o)) }} ORDER BY ?p STR(?o)"
    query = query.replace("SELECT", "SELECT DISTINCT")
    assert over.query(query, Accept=accept).text == client.query(query, Accept=accept).text


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_graphs_are_the_same(over, client, accept):
    format_ = ox.RdfFormat.from_media_type(accept)
    found = ox.parse(over.query(FINDINGS, Accept=accept).content, format_)
    expected = ox.parse(client.query(FINDINGS).content, ox.RdfFormat.TURTLE)
    assert {q.predicate.value for q in found} == {q.predicate.value for q in expected}


def test_graphs_can_be_chosen(over):
    graph = {"default-graph-uri": f"{BASE}graph/codes"}
    assert bindings(over.get("/sparql", params={"query": REPORTS, **graph})) == []
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    chosen = over.get("/sparql", params={"query": named, "named-graph-uri": f"{BASE}graph/codes"})
    assert [row["g"]["value"] for row in bindings(chosen)] == [f"{BASE}graph/codes"]


@pytest.mark.parametrize(
    "path",
    ["/", f"/{REPORT}.html", f"/unit/{UNIT}.html", "/ontology.html", "/search?q=花楼", "/sparql"],
)
def test_pages(over, path):
    assert "花楼" in over.page(path) or path in ("/ontology.html", "/sparql")


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT * { ?s ?p ?o } # 花楼", 20),
        ("SELECT * { ?s ?p ?o } LIMIT 3", 3),
        ("SELECT * { ?s ?p ?o } OFFSET 5", 20),
        ("CONSTRUCT WHERE { ?s ?p ?o }", 20),
    ],
)
def test_a_page_of_results_asks_for_what_it_shows(over, query, rows):
    page = over.page("/sparql?query=" + quote(query))
    assert page.partition("<tbody>")[2].count("<tr>") == rows
    assert ("只显示前 20 行" in page) == (rows == 20)


def test_resources_and_reconciliation(over, client):
    turtle = over.get(f"/{REPORT}.ttl")
    assert len(list(ox.parse(turtle.content, ox.RdfFormat.TURTLE))) > 20
    asked = {"queries": json.dumps({"q0": {"query": "花楼街道办事处"}})}
    found, expected = (c.get("/reconcile", params=asked).json() for c in (over, client))
    assert [r["id"] for r in found["q0"]["result"]] == [r["id"] for r in expected["q0"]["result"]]


def test_what_only_a_directory_has_is_not_found(over):
    assert code(over.get(f"/{REPORT}/source")) == (404, "not-found")
    assert code(over.get("/dumps/")) == (404, "not-found")


def test_a_directory_adds_texts_and_files(store, release, serving):
    with oxigraph(store) as server:
        both = serving(release, Settings(backends=(server.endpoint,)))
        assert both.get(f"/{REPORT}/source.txt").status_code == 200
        assert len(bindings(both.query(REPORTS))) == 2


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("SELECT * {\n ?s ?p", 400, "line 2, column 7"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "SERVICE is refused"),
        (r"SELECT * { \u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 400, "line 1"),
        ("DEFINE get:soft 'soft' SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }", 400, "line 1"),
        ("DROP ALL", 403, "read-only"),
    ],
)
def test_what_is_refused_never_reaches_the_endpoint(over, query, status, said):
    answer = over.query(query)
    assert answer.status_code == status
    assert said in answer.json()["detail"]


def test_a_query_that_takes_too_long(over_oxigraph):
    assert code(over_oxigraph.query(ENDLESS)) == (504, "took-too-long")


def test_an_answer_that_breaks_off_is_never_a_200(store, serving):
    with oxigraph(store, "--timeout-s", "1") as server:
        over = serving(None, Settings(backends=(server.endpoint,)))
        # the head is sent before the first row is looked for
        none = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?g)) = '') }"
        assert code(over.query(none)) == (502, "failed-backend")
        assert len(bindings(over.query(REPORTS))) == 2


def test_a_client_that_leaves_stops_waiting(over_oxigraph):
    async def left():
        return None

    async def ask():
        with pytest.raises(ClientGone):
            await over_oxigraph.app.state.site.visitors.ask(
                "write", ENDLESS, JSON_RESULTS, WHOLE, visitor=Visitor(gone=left)
            )

    over_oxigraph.portal.call(ask)


def test_too_many_at_once_are_told_to_come_again(store, serving):
    with oxigraph(store, "--timeout-s", "1") as server:
        settings = Settings(
            backends=(server.endpoint,), query_workers=1, query_queue=0, query_seconds=0.3
        )
        over = serving(None, settings)

        async def two():
            ask = partial(over.app.state.site.visitors.ask, "write", ENDLESS, JSON_RESULTS, WHOLE)
            return await asyncio.gather(ask(), ask(), return_exceptions=True)

        first, second = over.portal.call(two)
        assert isinstance(first, TookTooLong)
        assert isinstance(second, Overloaded)


def test_replicas_are_asked_in_turn_and_one_that_dies_is_passed_over(store, tmp_path, serving):
    copy = shutil.copytree(store, tmp_path / "store")
    with oxigraph(store) as first:
        port = free_port()
        with oxigraph(copy, port=port) as second:
            urls = (first.endpoint, second.endpoint)
            both = serving(None, Settings(backends=urls))
            endpoints = both.app.state.site.visitors.answering.endpoints
            assert [endpoint.url for endpoint in endpoints] == list(urls)
            for number in range(4):
                assert len(bindings(both.query(f"{REPORTS} #{number}"))) == 2
        for number in range(4, 8):
            assert len(bindings(both.query(f"{REPORTS} #{number}"))) == 2
        assert [endpoint.is_usable for endpoint in endpoints] == [True, False]
        # it comes back, and has rested
        with oxigraph(copy, port=port):
            endpoints[1]._rests_until = 0
            for number in range(8, 12):
                assert len(bindings(both.query(f"{REPORTS} #{number}"))) == 2
            assert all(endpoint.fingerprint for endpoint in endpoints)
    answer = both.query(f"{REPORTS} #none")
    assert code(answer) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0


def test_another_release_is_no_replica(store, tmp_path):
    (tmp_path / "none.nq").write_text("<http://a/> <http://b/> <http://c/> <http://d/> .\n")
    other = load(tmp_path / "none.nq", tmp_path / "other")
    with oxigraph(store) as first, oxigraph(other) as second:
        both = Settings(backends=(first.endpoint, second.endpoint))
        with pytest.raises(ReleaseError, match="serves another release than"):
            create_app(None, both)


def test_an_endpoint_without_a_release_is_served_as_it_is(serving, tmp_path):
    quads = "<s:1> <p:1> <o:1> .\n<s:2> <p:1> <https://w3id.org/juesuan/here> <g:1> .\n"
    (tmp_path / "data.nq").write_text(quads)
    with oxigraph(load(tmp_path / "data.nq", tmp_path / "store")) as server:
        plain = serving(None, Settings(backends=(server.endpoint,)))
        endpoint = plain.app.state.site.visitors.answering.endpoints[0]
        for _ in range(2):
            answer = plain.query("SELECT ?s { ?s <p:1> ?o }", Accept="text/csv")
            assert answer.text == "s\r\ns:1\r\n"
            endpoint.fingerprint = None  # it is looked at again
        answer = plain.query("SELECT ?s { GRAPH ?g { ?s ?p <here> } }", Accept="text/csv")
        assert answer.text == "s\r\ns:2\r\n"
        described = plain.get("/sparql", headers={"Accept": "application/n-triples"}).text
        assert "<g:1>" in described
        assert "UnionDefaultGraph" not in described


def test_what_cant_be_served_is_told_in_one_sentence():
    nobody = f"http://127.0.0.1:{free_port()}/"
    with pytest.raises(ReleaseError, match="no backend answers: http://127"):
        create_app(None, Settings(backends=(nobody,)))
    with pytest.raises(ReleaseError, match="name a release's directory or --backend"):
        create_app(None, Settings())
