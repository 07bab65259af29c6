import pytest

from ..data_release import WATER, ids, text_of
from .asking import items, record, refused


@pytest.fixture(scope="module")
def iri(data):
    query = f"unit={ids()[WATER]}&year=2023&phase=final&function=2010301"
    [figure] = items(data, f"/api/observations?{query}")
    return figure["passage"]["iri"]


def test_a_passage_with_the_lines_around_it(data, iri):
    lines = text_of(WATER, 2023).splitlines()
    found = record(data, "/api/passage", params={"iri": iri, "around": 1})
    assert (found["text"], found["line"], found["quote"]) == ("95.10", 2, lines[1])
    assert (found["before"], found["after"]) == (lines[0], lines[2])
    assert found["title"] == f"{WATER}2023年度部门决算"
    bare = record(data, "/api/passage", params={"iri": iri, "around": 0})
    assert (bare["before"], bare["after"]) == ("", "")


def test_passages_that_are_not_there(data, iri):
    report, _, _ = iri.partition("#")
    for other, code in (
        (f"{report}%23char=1,99999", "bad-passage"),
        (f"{report}%23char=5,5", "bad-passage"),
        (report, "not-found"),
        ("https://example.org/source%23char=1,2", "not-found"),
        (f"{report.replace('2023', '1999')}%23char=1,2", "not-found"),
    ):
        assert refused(data, f"/api/passage?iri={other}")[1] == code
