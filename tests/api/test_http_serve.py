"""The application behind a real server: what a transport in memory doesn't show."""

import socket
import subprocess
import threading

import httpx
import pytest

from api.app import create_app, serve
from api.settings import Settings
from servers.served import served

from .small_release import REPORT


@pytest.fixture(scope="module")
def address(release):
    with served(create_app(release, Settings())) as address:
        yield address


def test_over_a_socket(address):
    with httpx.Client(base_url=address) as client:
        page = client.get(f"/{REPORT}", follow_redirects=True)
        assert page.status_code == 200
        assert client.head("/sparql", params={"query": "ASK {}"}).headers["content-length"] == "26"
        assert client.head(f"/{REPORT}.ttl").content == b""
        asked = {"query": "SELECT ?s { ?s ?p ?o } LIMIT 3"}
        assert len(client.post("/sparql", data=asked).json()["results"]["bindings"]) == 3


def test_many_at_once(address):
    with httpx.Client(base_url=address) as client:
        codes = []

        def ask():
            codes.append(client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).status_code)

        threads = [threading.Thread(target=ask) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert codes == [200] * 20


@pytest.mark.needs("curl")
def test_curl_goes_on_where_a_download_broke_off(address, release, tmp_path):
    name = "data/juesuan.nq.gz"
    whole, part = (release / name).read_bytes(), tmp_path / "part"
    part.write_bytes(whole[:100])
    command = ["curl", "--fail", "--silent", "--continue-at", "-", "--output", part]
    subprocess.run([*command, f"{address}/dumps/{name}"], check=True)
    assert part.read_bytes() == whole


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_long_query_keeps_nobody_waiting(address):
    with httpx.Client(base_url=address) as client:
        with pytest.raises(httpx.ReadTimeout):
            client.get("/sparql", params={"query": ENDLESS}, timeout=0.2)
        assert client.get("/healthz").status_code == 200
        assert client.get("/code/phase/final.ttl").status_code == 200


def test_an_address_that_is_taken(release):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        serve(release, "127.0.0.1", taken.getsockname()[1])
