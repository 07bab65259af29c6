import pyoxigraph as ox
import pytest

from api.queries import Queries
from api.query_text import form_of, refuse_service
from kg.audit import audit
from kg.build.vocabularies import vocabulary_quads
from kg.document import read
from kg.extract import extract
from kg.links import link_quads, published_links
from kg.mapping import Source, map_findings, map_report
from kg.outline import outline
from kg.sample import write_samples
from kg.vocabulary import Namespace

from .small_release import BASE, HERE, UNIT

EXAMPLES = Queries(Namespace(BASE)).examples()
FILES = sorted((HERE.parent.parent / "api" / "queries").glob("*.rq"))


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """The quads of invented reports as `make demo` has them, with all vocabularies."""
    namespace = Namespace(BASE)
    quads = [
        *vocabulary_quads([], namespace),
        *link_quads(published_links(namespace), [], [2022, 2023], namespace),
    ]
    folder = tmp_path_factory.mktemp("samples")
    for file in write_samples(folder, units=3, years=2, seed=2023, errors=2):
        document = read(file)
        source = Source(document.format, document.sha256)
        mapped = list(map_report(extract(outline(document)), source, namespace))
        quads += [*mapped, *map_findings(audit(mapped, namespace), namespace)]
    store = ox.Store()
    store.extend(quads)
    return store


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_finds_something_in_invented_reports(samples, example):
    assert next(iter(samples.query(example.query, use_default_graph_as_union=True)))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_is_answered(client, example):
    answer = client.query(example.query, Accept="*/*")
    assert answer.status_code == 200, answer.text
    assert example.zh
    assert example.en


def test_there_are_examples_enough():
    assert len(EXAMPLES) >= 15
    assert len({example.query for example in EXAMPLES}) == len(EXAMPLES)


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
    [elsewhere] = [example for example in EXAMPLES if example.name == "07-elsewhere"]
    row = client.query(elsewhere.query).json()["results"]["bindings"][0]
    assert row["unit"]["value"] == f"{BASE}unit/{UNIT}"
    assert row["thing"]["value"] == f"{BASE}region/420000"
    assert row["elsewhere"]["value"] == "http://www.wikidata.org/entity/Q46862"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_pages_query_says_what_it_is_for(file):
    text = file.read_text("utf-8")
    assert text.startswith("# ")
    assert form_of(text)
    refuse_service(text)


def test_what_is_put_into_a_query_cant_leave_its_place():
    with pytest.raises(ValueError, match="IRI"):
        Queries(Namespace(BASE)).make("describe", resource="http://x/> . ?s ?p ?o . <http://x/")
