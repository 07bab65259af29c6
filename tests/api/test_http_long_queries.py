"""Queries that take long or answer much, over a socket: what they use is given back."""

import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from servers.served import served

from .processes import children, cpu_ticks, own_memory, peak_memory

#: Billions of rows to count: an hour, at least.
AN_HOUR = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
#: It holds every row that it finds.
HUNGRY = "SELECT DISTINCT ?a ?b ?c ?d ?e ?f ?g ?h ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
#: Some 20 million bytes of CSV.
MANY = "SELECT ?a ?b ?d ?e { ?a ?b ?c . ?d ?e ?f } LIMIT 200000"
SMALL = "SELECT ?p ?o {{ <http://none/{number}> ?p ?o }}"
WORKERS = 3
MB = 1_000_000


@pytest.fixture(scope="module")
def app(release):
    app = create_app(release, Settings(query_workers=WORKERS, page_workers=1, query_seconds=1.5))
    yield app
    app.state.site.close()


@pytest.fixture(scope="module")
def client(app):
    with served(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        assert client.get("/search", params={"q": "楼"}).status_code == 200  # names are indexed
        yield client


def until(client, holds):
    """Wait, by asking the server something else, until `holds` answers with something."""
    for _ in range(20_000):
        if found := holds():
            return found
        client.get("/healthz")
    raise AssertionError("it never came to be")


def rested(app, client):
    """The workers, once as many as should be there wait for a question."""
    site = app.state.site

    def holds():
        found = children(site.nursery.pid)
        return (
            found if site.visitors.answering.idle == WORKERS and len(found) <= WORKERS + 1 else None
        )

    client.get("/sparql", params={"query": "ASK {}"})
    return until(client, holds)


def busy(app):
    return app.state.site.visitors.answering.idle < WORKERS


@pytest.mark.parametrize("query", [AN_HOUR, HUNGRY], ids=["busy", "hungry"])
def test_what_a_stopped_query_used_is_given_back_while_others_are_served(app, client, query):
    before = rested(app, client)
    used = sum(map(own_memory, before))
    with ThreadPoolExecutor(11) as threads:
        long = threads.submit(client.get, "/sparql", params={"query": query})
        until(client, lambda: busy(app))
        small = [{"query": SMALL.format(number=number)} for number in range(50)]
        codes = threads.map(lambda asked: client.get("/sparql", params=asked).status_code, small)
        assert list(codes) == [200] * 50
        assert long.result().status_code == 504
    after = rested(app, client)
    assert len(before - after) == 1  # it was killed, and another has taken its place
    spent = cpu_ticks(after)
    client.get("/healthz")
    assert cpu_ticks(after) - spent <= 1
    assert sum(map(own_memory, after)) - used < 20 * MB


def test_many_long_queries_are_stopped_while_short_ones_are_answered(app, client):
    before = rested(app, client)
    with ThreadPoolExecutor(3 * WORKERS + 10) as threads:
        long = [
            threads.submit(client.get, "/sparql", params={"query": f"{AN_HOUR} # {number}"})
            for number in range(3 * WORKERS)
        ]
        until(client, lambda: app.state.site.visitors.answering.waiting)
        small = [{"query": SMALL.format(number=1000 + number)} for number in range(50)]
        codes = threads.map(lambda asked: client.get("/sparql", params=asked).status_code, small)
        assert list(codes) == [200] * 50
        assert {task.result().status_code for task in long} <= {503, 504}
    after = rested(app, client)
    assert len(before & after) <= 1  # pages have a worker of their own
    spent = cpu_ticks(after)
    client.get("/healthz")
    assert cpu_ticks(after) - spent <= 1


def test_a_client_that_leaves_stops_its_query(app, client):
    before = rested(app, client)
    address = urlsplit(str(client.base_url))
    asked = (
        f"GET /sparql?{urlencode({'query': AN_HOUR})} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port)) as leaving:
        leaving.sendall(asked.encode())
        until(client, lambda: busy(app))
    after = rested(app, client)
    assert len(before - after) == 1


def test_a_long_answer_is_never_in_memory(app, client):
    before = rested(app, client)
    server = peak_memory()
    received = 0
    headers = {"Accept": "text/csv", "Accept-Encoding": "identity"}
    asked = {"params": {"query": MANY}, "headers": headers}
    with client.stream("GET", "/sparql", **asked) as answer:
        assert answer.status_code == 200
        for chunk in answer.iter_raw():
            received += len(chunk)
    after = rested(app, client)
    assert after == before
    assert received > 15 * MB
    assert peak_memory() - server < 10 * MB
    assert sum(map(own_memory, after)) < WORKERS * 40 * MB
