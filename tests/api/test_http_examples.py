import pytest

from api.queries import Queries
from api.query_text import form_of, refuse_service
from kg.vocabulary import Namespace

from .small_release import BASE, HERE

EXAMPLES = Queries(Namespace(BASE)).examples()
FILES = sorted((HERE.parent.parent / "api" / "queries").glob("*.rq"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_finds_something(client, example):
    answer = client.query(example.query)
    assert answer.status_code == 200, answer.text
    assert answer.json()["results"]["bindings"]
    assert example.zh
    assert example.en


def test_examples_speak_of_the_releases_base():
    others = Queries(Namespace("http://budget.example/")).examples()
    assert others
    assert all(BASE not in example.query for example in others)


def test_examples_agree_with_what_is_known(client):
    [classes] = [example for example in EXAMPLES if example.name == "01-classes"]
    rows = client.query(classes.query).json()["results"]["bindings"]
    assert [row["yuan"]["value"] for row in rows] == ["11037100"]


def test_money_is_added_up_by_the_functions_of_the_un(client):
    [cofog] = [example for example in EXAMPLES if example.name == "05-cofog"]
    [row] = client.query(cofog.query).json()["results"]["bindings"]
    assert row["division"]["value"] == "http://linked.data.gov.au/def/cofog/01"
    assert row["yuan"]["value"] == "11037100"
    assert row["units"]["value"] == "1"


def test_a_unit_is_found_at_wikidata_by_its_region(client):
    [wikidata] = [example for example in EXAMPLES if example.name == "07-wikidata"]
    [row] = client.query(wikidata.query).json()["results"]["bindings"]
    assert row["within"]["value"] == f"{BASE}region/420000"
    assert row["wikidata"]["value"] == "http://www.wikidata.org/entity/Q46862"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_pages_query_says_what_it_is_for(file):
    text = file.read_text("utf-8")
    assert text.startswith("# ")
    assert form_of(text)
    refuse_service(text)


def test_what_is_put_into_a_query_cant_leave_its_place():
    with pytest.raises(ValueError, match="IRI"):
        Queries(Namespace(BASE)).make("describe", resource="http://x/> . ?s ?p ?o . <http://x/")
