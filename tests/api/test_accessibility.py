"""One page of each kind in a browser: nothing for axe to find, nothing wider than the window."""

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from kg.build import build
from kg.sample import write_samples
from kg.vocabulary import DEFAULT_BASE, Namespace
from servers.served import served
from tools import missing, need

CLIENTS = Path(__file__).parent.parent / "clients"
#: Things that pages are about, by the class of the ontology; `build` invents some of each.
CLASSES = (
    *("Report", "Unit", "Project", "Finding", "Evaluation", "Indicator", "Figure", "Ratio"),
    *("Explanation", "FunctionClass"),
)
OTHERS = (
    *("/", "/search?q=预算", "/search?q=zzzzzz", "/sparql", "/reconcile", "/ontology.html"),
    *("/about", "/catalog.html", "/dataset/juesuan.html", "/dumps/", "/dumps/data/"),
    *("/code/place.html", "/nowhere", "/search?q=预算&page=none"),
)
ERRORS = {"/nowhere": 404, quote("/search?q=预算&page=none", safe="/?=&"): 400}


PARTS = ("findings", "unit", "T05", "S05-3", "evaluations", "work", "glossary")
PASSAGE = "SELECT ?it { ?finding bud:involves/prov:wasDerivedFrom ?it } LIMIT 1"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A server of invented reports with errors in them."""
    place = tmp_path_factory.mktemp("pages")
    write_samples(place / "reports", units=1, seed=4, style="markdown", errors=2)
    build([place / "reports"], place / "release")
    app = create_app(place / "release", Settings())
    with served(app) as address:
        yield address
    app.state.site.close()


def path_of(address, query):
    """The path of the first thing that a query finds."""
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in Namespace().prefixes().items())
    ask = {"query": prefixes + query}
    found = httpx.get(f"{address}/sparql", params=ask, headers={"Accept": "text/csv"}, timeout=60)
    rows = found.raise_for_status().text.split()
    assert len(rows) == 2, f"the invented reports have none: {query}"
    return "/" + rows[1].strip('"').removeprefix(DEFAULT_BASE)


def paths_of(address):
    """The path of one page of each kind."""
    for class_ in CLASSES:
        yield path_of(address, f"SELECT ?it {{ ?it a bud:{class_} }} LIMIT 1") + ".html"
    report = path_of(address, "SELECT ?it { ?it a bud:Report } LIMIT 1")
    for part in PARTS:
        yield f"{report}.html?part={part}"
    yield path_of(address, PASSAGE).replace("#char=", ".html?char=")
    yield from OTHERS


def test_every_kind_of_page_is_accessible_and_fits_a_phone(address):
    need("node", "chromium")
    if not (CLIENTS / "node_modules/axe-core").is_dir():
        missing("axe-core", "npm ci --prefix tests/clients")
    paths = [quote(path, safe="/?=&,~") for path in paths_of(address)]
    ran = subprocess.run(
        ["node", str(CLIENTS / "axe.mjs"), address, shutil.which("chromium")],
        input=json.dumps(paths),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    looked = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(looked) == 2 * len(paths)
    assert {look["path"]: look["status"] for look in looked if look["status"] != 200} == ERRORS
    assert [look for look in looked if look["wrong"] or look["beyond"] > 0] == []
