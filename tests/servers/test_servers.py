"""The servers that other tests use start, load and answer."""

import httpx
import pytest

from servers.oxigraph import load, oxigraph
from servers.virtuoso import PROGRAMS, virtuoso

pytestmark = pytest.mark.needs(*PROGRAMS)

QUADS = """\
<http://a/s> <http://a/p> "行政"@zh <http://g/1> .
<http://a/s> <http://a/p> "行政"@zh <http://g/2> .
_:b <http://a/p> "2023"^^<http://www.w3.org/2001/XMLSchema#gYear> <http://g/2> .
"""
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <http://a/p> ?o } }"


@pytest.fixture(scope="module")
def quads(tmp_path_factory):
    path = tmp_path_factory.mktemp("quads") / "data.nq"
    path.write_text(QUADS, "utf-8")
    return path


def counted(endpoint):
    answer = httpx.get(endpoint, params={"query": COUNT}, headers={"Accept": "text/csv"})
    return answer.text.split()[1]


def test_oxigraph(quads, tmp_path):
    with oxigraph(load(quads, tmp_path / "store")) as server:
        assert counted(server.endpoint) == "3"


def test_virtuoso(quads, tmp_path):
    with virtuoso(tmp_path, quads.parent) as server:
        server.load(quads)
        assert counted(server.endpoint) == "3"
        with pytest.raises(AssertionError, match="Error"):
            server.run("nonsense;")
