"""Other stores' bulk loaders read the dumps as they are: Virtuoso 7, rdflib, pyoxigraph."""

import gzip
import json
from pathlib import Path

import httpx
import pytest
import rdflib
from pyoxigraph import RdfFormat, Store

from servers.virtuoso import PROGRAMS, virtuoso

COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER STRSTARTS(STR(?g), '%s') }"


@pytest.fixture(scope="module")
def release(sample_release: Path) -> Path:
    return sample_release


def quads_of(release: Path) -> int:
    return int(json.loads((release / "manifest.json").read_text("utf-8"))["quads"])


@pytest.mark.needs(*PROGRAMS)
def test_virtuosos_bulk_loader_reads_the_packed_dump(release: Path, tmp_path: Path) -> None:
    base = json.loads((release / "manifest.json").read_text("utf-8"))["base"]
    with virtuoso(tmp_path, release / "data") as server:
        server.run(f"ld_dir('{release / 'data'}', 'juesuan.nq.gz', 'http://none/');")
        server.run("rdf_loader_run();")
        answer = httpx.get(
            server.endpoint, params={"query": COUNT % base}, headers={"Accept": "text/csv"}
        )
    assert int(answer.text.split()[1]) == quads_of(release)


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_rdflib_reads_the_dump(release: Path) -> None:
    dataset = rdflib.Dataset()
    with gzip.open(release / "data" / "juesuan.nq.gz") as file:
        dataset.parse(file, format="nquads")
    assert len(list(dataset.quads())) == quads_of(release)


def test_pyoxigraph_loads_trig(release: Path) -> None:
    store = Store()
    with gzip.open(release / "data" / "juesuan.trig.gz") as file:
        store.bulk_load(file, RdfFormat.TRIG)  # type: ignore[arg-type]
    assert len(store) == quads_of(release)
