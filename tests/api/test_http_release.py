import gzip
import json
import shutil

import pyoxigraph as ox
import pytest

from api.app import create_app, settings_for
from api.formats import CSV_RESULTS, TURTLE
from api.settings import Settings
from api.store import Dataset, EmbeddedStore
from api.workers import Bounds, Nursery, Place
from api.workers.spill import Spill
from kg.release import ReleaseError, load_store

from .small_release import BASE, HERE, HTML


@pytest.fixture
def copy(release, tmp_path):
    return shutil.copytree(release, tmp_path / "release")


def edit(path, change):
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")


def delete(path):
    path.unlink()


BREAKS = {
    "no such directory": shutil.rmtree,
    "it has no manifest.json": lambda path: delete(path / "manifest.json"),
    "can't be read: ": lambda path: (path / "manifest.json").write_text("{"),
    "manifest.json can't be used: base: field required": lambda path: edit(
        path / "manifest.json", lambda m: m.pop("base")
    ),
    "has a base IRI of no use": lambda path: edit(
        path / "manifest.json", lambda m: m.update(base="juesuan")
    ),
    "is not whole: it has no SHA256SUMS": lambda path: delete(path / "SHA256SUMS"),
    "is not whole: it has no data/juesuan.nq.gz": lambda path: delete(path / "data/juesuan.nq.gz"),
    "doesn't match SHA256SUMS": lambda path: (path / "data/juesuan.nq.gz").write_bytes(b"x"),
    "not the 7 that the manifest counts": lambda path: edit(
        path / "manifest.json", lambda m: m.update(quads=7)
    ),
}


@pytest.mark.parametrize("said", BREAKS)
def test_a_broken_release_is_told_in_one_sentence(copy, said):
    BREAKS[said](copy)
    with pytest.raises(ReleaseError) as raised:
        create_app(copy)
    assert said in str(raised.value)
    assert str(copy) in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    # a gzip header holds the time, which may be another in each of the workers that run the tests
    "content",
    [b"not gzip", gzip.compress(b"<a> no quad", mtime=0), b"\x1f\x8b\x08"],
    ids=["not gzip", "no quads", "cut off"],
)
def test_data_that_cant_be_loaded(copy, content):
    (copy / "data/juesuan.nq.gz").write_bytes(content)
    with pytest.raises(ReleaseError, match="can't be loaded"):
        load_store(copy)


def test_what_the_loading_process_finds_wrong_is_told(copy):
    data = copy / "data/juesuan.nq.gz"
    place = Place(2**30, copy, "digest", BASE)
    data.write_bytes(b"not gzip")
    with pytest.raises(ReleaseError, match=f"{data} can't be loaded"):
        Nursery.start(copy, place, Bounds(2**30, 2**20))


def test_what_is_no_release():
    with pytest.raises(ReleaseError, match="no such directory"):
        create_app(HERE / "nowhere")
    with pytest.raises(ReleaseError, match=r"no release's directory and no RDF \(\.nq"):
        create_app(HERE / "conftest.py")


def test_any_file_of_rdf_is_served_with_its_own_graphs(serving, tmp_path):
    file = tmp_path / "data.trig"
    file.write_text('<s:1> <p:1> "plain" . <g:1> { <s:2> <p:1> "named" }', "utf-8")
    served = serving(file, Settings())
    plain, named = "SELECT ?o { ?s <p:1> ?o }", "SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } }"
    assert served.query(plain, Accept="text/csv").text == "o\r\nplain\r\n"
    assert served.query(named, Accept="text/csv").text == "g,o\r\ng:1,named\r\n"
    described = list(ox.parse(served.get("/sparql").content, ox.RdfFormat.TURTLE))
    assert any(quad.object == ox.NamedNode("g:1") for quad in described)
    for path in ("/", "/sparql", "/search?q=x", "/about", "/ontology"):
        assert served.get(path, headers=HTML).status_code < 500
    assert served.get("/readyz").status_code == 200
    file.write_text("<s:1> <p:1>", "utf-8")
    with pytest.raises(ReleaseError, match="can't be loaded"):
        create_app(file)


def test_the_store_by_itself(release):
    store = EmbeddedStore(load_store(release))
    graph = Dataset(default=(f"{BASE}graph/codes",))
    query = "SELECT ?n { ?s <http://www.w3.org/2004/02/skos/core#notation> ?n } ORDER BY ?n"
    written = Spill(1 << 20, None)
    store.write(query, CSV_RESULTS, graph, written)
    assert written.inline.splitlines()[:2] == [b"n", b"201"]
    table = store.select(query, graph, limit=2)
    assert (len(table.rows), table.cut, table.variables) == (2, True, ("n",))
    assert not store.select(query, graph).cut
    assert store.ask("ASK {}")
    assert len(store.construct("CONSTRUCT WHERE { ?s ?p ?o }", limit=3)) == 3
    turtle = store.graph(f"{BASE}graph/ontology", TURTLE, {"owl": "http://www.w3.org/2002/07/owl#"})
    assert len(list(ox.parse(turtle, ox.RdfFormat.TURTLE))) > 10


def test_settings_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("JUESUAN_LANGUAGE", "en")
    monkeypatch.setenv("JUESUAN_ROOT_PATH", "/open/")
    assert (Settings().language, Settings().root_path) == ("en", "/open")
    assert settings_for("127.0.0.1", 1234).port == 1234
    monkeypatch.setenv("JUESUAN_ROOT_PATH", "//evil.example")
    with pytest.raises(ReleaseError, match=r"JUESUAN_ROOT_PATH is wrong: .*begins with /"):
        settings_for("127.0.0.1", 1234)


def test_every_setting_is_explained_and_documented():
    page = (HERE.parent.parent / "docs" / "http.md").read_text("utf-8")
    for name, setting in Settings.model_fields.items():
        assert setting.description, name
        assert f"| `JUESUAN_{name.upper()}` |" in page
