"""The structure shapes pass a report's graph as it should be, and catch each planted defect."""

import re
import tomllib
from pathlib import Path

import pyshacl
import pytest
import shacl
from rdflib import RDF, SH, Graph, Literal, URIRef

import kg.shapes
from kg.codes import load_code_lists
from kg.resources import published
from kg.vocabulary import DEFAULT_BASE, Namespace

SHAPES = Graph().parse(published("shapes") / "structure.ttl")
COMPILED = shacl.Shapes.from_file(str(published("shapes") / "structure.ttl"))
SHAPE = f"{DEFAULT_BASE}shapes#"

#: A report's graph as it should be.
VALID = (Path(__file__).parent / "structure.ttl").read_text("utf-8")
DEFECTS = tomllib.loads((Path(__file__).parent / "defects.toml").read_text("utf-8"))["defect"]


#: The two levels of the one code list of indicators; the ids of second levels begin with the first.
BROADER = ("output-", "cost-", "benefit-", "satisfaction-")
SECOND_LEVELS = {i for i in load_code_lists().schemes["indicator"] if i.startswith(BROADER)}
FIRST_LEVELS = load_code_lists().schemes["indicator"] - SECOND_LEVELS


def violated(turtle):
    """The names of the shapes that a graph violates."""
    data = Graph().parse(data=turtle, format="turtle")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=SHAPES)
    sources = {str(s).removeprefix(SHAPE) for s in report.objects(None, SH.sourceShape)}
    assert conforms == (not sources)
    assert results_of_shacl(turtle) == results(report)
    return sources


def results(report):
    """What a validation report says: what each result is of, and the component that it breaks."""
    return sorted(
        (str(report.value(r, SH.focusNode)), str(report.value(r, SH.sourceConstraintComponent)))
        for r in report.subjects(SH.focusNode)
    )


def results_of_shacl(turtle):
    """The same of the engine that a build runs."""
    told = COMPILED.validate_turtle(turtle).results
    return sorted((result.focus_node.strip("<>"), result.component_iri) for result in told)


def test_a_report_as_it_should_be_conforms():
    assert violated(VALID) == set()


@pytest.mark.parametrize("defect", DEFECTS, ids=[defect["name"] for defect in DEFECTS])
def test_a_defect_is_caught(defect):
    assert defect["old"] in VALID
    broken = VALID.replace(defect["old"], defect["new"], 1)
    assert set(defect["shapes"]) <= violated(broken)


def test_every_shape_has_a_defect_that_it_catches():
    shapes = {
        s for kind in (SH.PropertyShape, SH.NodeShape) for s in SHAPES.subjects(RDF.type, kind)
    }
    caught = {URIRef(SHAPE + name) for defect in DEFECTS for name in defect["shapes"]}
    assert caught == shapes


def test_every_shape_speaks_both_languages_and_has_a_target():
    shapes = {
        s for kind in (SH.PropertyShape, SH.NodeShape) for s in SHAPES.subjects(RDF.type, kind)
    }
    for shape in shapes:
        assert str(shape).startswith(SHAPE)
        assert {m.language for m in SHAPES.objects(shape, SH.message)} == {"zh", "en"}
        assert set(SHAPES.objects(shape, SH.targetClass)) | set(
            SHAPES.objects(shape, SH.targetSubjectsOf)
        )


@pytest.mark.parametrize(
    ("shape", "scheme", "left_out"),
    [
        ("place", "place", {"tables", "explanations"}),  # they only group the others
        ("flow", "flow", set()),
        ("fund", "fund", {"social"}),
        ("phase", "phase", set()),
        ("nature", "nature", set()),
        ("function", "functional", set()),
        ("economic", "economic", set()),
        ("item", "item", set()),
        ("reported-unit", "money", set()),
        ("agreement", "agreement", set()),
        ("ratio-kind", "ratio", set()),
        ("change-base", "change", set()),
        ("base", "share", set()),
        ("level1", "indicator", SECOND_LEVELS),
        ("level2", "indicator", FIRST_LEVELS),
    ],
)
def test_patterns_take_exactly_the_concepts_of_the_code_list(shape, scheme, left_out):
    pattern = SHAPES.value(URIRef(SHAPE + shape), SH.pattern)
    assert isinstance(pattern, Literal)
    ids = load_code_lists().schemes[scheme]
    taken = {i for i in ids if re.search(pattern, f"{DEFAULT_BASE}code/{scheme}/{i}")}
    assert taken == ids - left_out
    assert not re.search(pattern, f"{DEFAULT_BASE}code/{scheme}/no_such_concept")


@pytest.mark.parametrize("engine", [shacl, None], ids=["shacl", "without shacl"])
def test_what_is_wrong_is_told_with_either_engine(engine, monkeypatch):
    monkeypatch.setattr(kg.shapes, "shacl", engine)
    namespace = Namespace(DEFAULT_BASE)
    assert kg.shapes.violations(VALID.encode(), namespace) == []
    wrong = VALID.replace("bud:sha256", "bud:sha", 1)
    [told] = kg.shapes.violations(wrong.encode(), namespace)
    assert told.endswith("A report has one SHA-256 digest of 64 lower-case hexadecimal digits.")
