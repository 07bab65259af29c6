"""Every report is a well-formed Data Cube: IC-1 to IC-21, and each of them can be broken."""

import tomllib
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from cubes import CONSTRAINTS, FOLDER, PROLOGUE, normalise, violations
from graphs import EXAMPLES, mapped, report_quads, vocabularies
from kg.vocabulary import Namespace

BREAKS = tomllib.loads((FOLDER / "breaks.toml").read_text("utf-8"))["break"]
MUTATIONS = tomllib.loads((FOLDER / "mutations.toml").read_text("utf-8"))["mutation"]
STYLES = sorted(Path(__file__).parents[1].glob("cases/style-*/report.*"))


def store_of(quads):
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    return store


@cache
def report_cube(number):
    """A real report's graph as a build makes it, with the ontology and the code lists."""
    store = store_of([*report_quads(number), *vocabularies()])
    normalise(store)
    return store


@cache
def example_cube():
    store = store_of([*ox.parse(path=EXAMPLES / "report.ttl"), *vocabularies()])
    normalise(store)
    return store


def small_cube(update=""):
    store = store_of(ox.parse(path=FOLDER / "cube.ttl"))
    if update:
        store.update(PROLOGUE + update)
    normalise(store)
    return store


def broken(store):
    return {path.stem[: path.stem.index("-", 3)] for path in CONSTRAINTS if violations(store, path)}


def test_there_are_all_constraints():
    numbers = {int(path.stem[3:5]) for path in CONSTRAINTS}
    assert numbers == set(range(1, 22))


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda path: path.stem)
def test_a_report_is_a_well_formed_cube(number, constraint):
    assert violations(report_cube(number), constraint) == []


@pytest.mark.parametrize("case", STYLES, ids=lambda case: case.parent.name)
def test_a_report_of_each_style_is_a_well_formed_cube(case):
    store = store_of([*mapped(case), *vocabularies()])
    normalise(store)
    assert broken(store) == set()


def test_the_example_is_a_well_formed_cube():
    assert broken(example_cube()) == set()


def test_no_attribute_has_two_values(number):
    """What a data set says holds for all of it: nothing of it says otherwise."""
    query = """
    SELECT ?observation ?attribute WHERE {
      ?observation qb:dataSet/qb:structure/qb:component/qb:attribute ?attribute ; ?attribute ?value
    } GROUP BY ?observation ?attribute HAVING (COUNT(DISTINCT ?value) > 1)"""
    assert [str(row) for row in report_cube(number).query(PROLOGUE + query)] == []


@pytest.mark.parametrize("case", MUTATIONS, ids=lambda case: f"{case['constraint']}: {case['how']}")
def test_a_mutated_build_breaks_its_constraint(case):
    """On the graph of a report as a build makes it, not only on a cube made to be broken."""
    store = store_of([*mapped(STYLES[0]), *vocabularies()])
    before = set(store)
    store.update(f"PREFIX bud: <{Namespace().ontology}>\n{PROLOGUE}{case['update']}")
    assert set(store) != before
    normalise(store)
    [constraint] = [c for c in CONSTRAINTS if c.stem.startswith(f"{case['constraint']}-")]
    assert violations(store, constraint) != []


def test_the_small_cube_is_well_formed():
    assert broken(small_cube()) == set()


@pytest.mark.parametrize("case", BREAKS, ids=lambda case: f"{case['constraint']}: {case['how']}")
def test_each_constraint_can_be_broken(case):
    assert case["constraint"] in broken(small_cube(case["update"]))


def test_every_constraint_is_broken_by_something():
    stems = {path.stem[: path.stem.index("-", 3)] for path in CONSTRAINTS}
    assert {case["constraint"] for case in BREAKS} == stems
