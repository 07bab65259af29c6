"""Common pitfalls (after the catalogue of OOPS!): none is left, and each would be found."""

import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest

from cubes import PROLOGUE
from kg.resources import published

FOLDER = Path(__file__).parent / "pitfalls"
PITFALLS = sorted(FOLDER.glob("*.rq"))
FALLS = tomllib.loads((FOLDER / "falls.toml").read_text("utf-8"))["falls"]
PREFIXES = PROLOGUE + "PREFIX bud: <https://w3id.org/juesuan/ontology#>\n"


def ontology(update=""):
    store = ox.Store()
    store.load(path=published("ontology") / "juesuan.ttl")
    if update:
        store.update(PREFIXES + update)
    return store


def fallen(store, pitfall):
    rows = store.query(PREFIXES + pitfall.read_text("utf-8"))
    return [" ".join(str(term) for term in row) for row in rows]


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda path: path.stem)
def test_the_ontology_falls_into_none(pitfall):
    assert fallen(ontology(), pitfall) == []


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda path: path.stem)
def test_each_would_be_found(pitfall):
    assert fallen(ontology(FALLS[pitfall.stem[:3]]), pitfall) != []


def test_every_fall_has_its_pitfall():
    assert set(FALLS) == {path.stem[:3] for path in PITFALLS}
