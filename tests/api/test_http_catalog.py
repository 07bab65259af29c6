"""Harvesters read every data set, page by page; search engines and data.json get theirs."""

import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, RDF

from api.settings import Settings
from kg.build.catalogue import Catalogue
from kg.build.describing import catalogue_nquads, write_catalogue
from kg.build.digests import Digests
from kg.build.manifest import ReportEntry, as_json
from kg.build.parts import Parts
from kg.build.publication import read_publication
from kg.tables import tables
from kg.vocabulary import Namespace

from .small_release import BASE, publish

REPORTS = 230
SCHEMA = Path(__file__).with_name("project_open_data.schema.json")
PROJECT_OPEN_DATA = json.loads(SCHEMA.read_text("utf-8"))
HYDRA = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")
CATALOG = rdflib.URIRef(f"{BASE}catalog")
DUMPS = (
    *("data/juesuan.nq.zst", "data/juesuan.nq.gz", "data/juesuan.trig.gz"),
    "changes/stream.ttl",
)
TABLES = (
    *(f"tables/{table.name}.{ending}" for table in tables() for ending in ("csv", "parquet")),
    "tables/csv-metadata.json",
    "tables/datapackage.json",
)


def entry(number: int) -> ReportEntry:
    return ReportEntry(
        iri=f"{BASE}report/420103-{number:04}/2023",
        unit=f"{BASE}unit/420103-{number:04}",
        unit_name=f"第{number}单位",
        fiscal_year=2023,
        title=f"第{number}单位2023年度部门决算",
        source=f"{number}.txt",
        sha256=f"{number:064x}",
        format="text/plain",
        characters=10,
        quads=20,
        facts={"Statement": 1},
        unclaimed=0,
        findings=number % 3,
    )


@pytest.fixture(scope="session")
def harvested(tmp_path_factory, serving):
    """A server of many reports' catalogue."""
    path = tmp_path_factory.mktemp("catalogued")
    entries = [entry(number) for number in range(REPORTS)]
    names = [e.iri.removeprefix(f"{BASE}report/") for e in entries]
    files = {f"data/reports/{name}.ttl": b"# Turtle\n" for name in names}
    files |= {f"sources/{name}.txt": name.encode() for name in names}
    files |= {f"data/reports/{name}.jsonld": b"{}" for name in names}
    for name, content in {**files, **dict.fromkeys((*DUMPS, *TABLES), b"")}.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    catalogue = Catalogue(Namespace(), read_publication())
    digests, scratch = Digests(path), tmp_path_factory.mktemp("scratch")
    reports = [Parts(path, e, "420103") for e in entries]
    nquads = catalogue_nquads(catalogue, reports, [], digests, scratch)
    write_catalogue(catalogue, nquads, digests, path / "catalog.ttl")
    (path / DUMPS[0]).unlink()
    lines = sorted({line for file in nquads for line in file.read_text().splitlines(True)})
    files["catalog.ttl"] = (path / "catalog.ttl").read_bytes()
    files["void.ttl"] = b"# Turtle\n"
    listed = [as_json(e) for e in entries]
    return serving(publish(path, BASE, lines, files, listed), Settings())


def harvest(client, address):
    """All that a harvester reads that goes on from page to page; how many pages it read."""
    whole, pages = rdflib.Graph(), 0
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        page = rdflib.Graph().parse(data=answer.content, format="xml")
        pages += 1
        whole += page
        [view] = page.subjects(RDF.type, HYDRA.PartialCollectionView)
        following = page.value(view, HYDRA.next)
        assert (f'<{following}>; rel="next"' in answer.headers["link"]) == bool(following)
        address = str(following).removeprefix("http://test") if following else None
    return whole, pages


def test_a_harvester_reads_every_data_set_page_by_page(harvested):
    whole, pages = harvest(harvested, "/catalog.rdf?page=1")
    assert pages == 3
    listed = set(whole.objects(CATALOG, DCAT.dataset))
    assert len(listed) == REPORTS + 1
    for dataset in listed:
        assert whole.value(dataset, DCTERMS.title)
        for distribution in whole.objects(dataset, DCAT.distribution):
            assert whole.value(distribution, DCAT.accessURL)
            assert whole.value(distribution, DCTERMS.license)


def walked_as_udata_does(client, address):
    """The identifiers of what udata's harvester takes for data sets, page after page."""
    known = ((HYDRA.PartialCollectionView, HYDRA.next), (HYDRA.PagedCollection, HYDRA.nextPage))
    found = []
    while address:
        page = rdflib.Graph().parse(data=client.get(address).text, format="xml")
        for node in page.subjects(RDF.type, DCAT.Dataset):
            assert page.value(node, DCTERMS.title)
            found.append(str(page.value(node, DCTERMS.identifier)))
        class_, following = next(pair for pair in known if (None, RDF.type, pair[0]) in page)
        view = page.value(predicate=RDF.type, object=class_, any=False)
        address = page.value(view, following)
        address = address and str(address).removeprefix("http://test")
    return found


def test_udata_takes_every_data_set_once(harvested):
    found = walked_as_udata_does(harvested, "/catalog.rdf")
    assert len(found) == REPORTS + 1
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("path", ["/", "/catalog.html", "/dataset/juesuan.html"])
def test_search_engines_read_the_data_set_off_pages(harvested, path):
    page = harvested.page(path)
    _, _, rest = page.partition('<script type="application/ld+json">')
    said = json.loads(rest.partition("</script>")[0])
    assert said["@context"] == {"@vocab": "https://schema.org/"}
    dataset = said["dataset"] if said["@type"] == "DataCatalog" else said
    assert (dataset["@type"], dataset["@id"]) == ("Dataset", f"{BASE}dataset/juesuan")
    assert {text["@language"] for text in dataset["name"]} == {"zh", "en"}
    assert (
        min(len(text["@value"]) for text in dataset["description"] if text["@language"] == "en")
        >= 50
    )
    assert dataset["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert dataset["creator"]["name"]
    assert dataset["temporalCoverage"] == "2023-01-01/2023-12-31"
    files = {file["contentUrl"]: file["encodingFormat"] for file in dataset["distribution"]}
    assert files[f"{BASE}dumps/tables/figures.csv"] == "text/csv"


def test_the_pages_together_are_the_catalogue(harvested):
    whole, _ = harvest(harvested, "/catalog.rdf")
    kept = {t for t in whole if not str(t[0]).startswith("http://test/")}
    published = rdflib.Graph().parse(data=harvested.get("/dumps/catalog.ttl").text)
    assert kept == set(published)


def test_a_page_holds_a_hundred_data_sets(harvested):
    first = harvested.get("/catalog.ttl")
    triples = list(ox.parse(first.content, ox.RdfFormat.TURTLE))
    assert sum(str(t.predicate) == "<http://www.w3.org/ns/dcat#dataset>" for t in triples) == 100
    assert harvested.get("/catalog.ttl?page=4").status_code == 404
    assert harvested.get("/catalog.ttl?page=no").status_code == 400


@pytest.mark.parametrize(
    ("accept", "extension"),
    [
        ("text/turtle", "ttl"),
        ("application/rdf+xml", "rdf"),
        ("application/ld+json", "jsonld"),
        ("text/html", "html"),
    ],
)
def test_the_catalogue_leads_by_accept(harvested, accept, extension):
    answer = harvested.get("/catalog", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/catalog.{extension}")
    found = harvested.get(f"/catalog.{extension}")
    assert found.status_code == 200
    assert found.headers["content-type"].startswith(accept)


def test_a_known_page_is_not_sent_again(harvested):
    tag = harvested.get("/catalog.ttl").headers["etag"]
    assert harvested.get("/catalog.ttl", headers={"If-None-Match": tag}).status_code == 304
    other = harvested.get("/catalog.ttl?page=2", headers={"If-None-Match": tag})
    assert other.status_code == 200
    head = harvested.request("HEAD", "/catalog.ttl")
    assert (head.status_code, head.content) == (200, b"")


def test_data_json_has_what_project_open_data_requires(harvested):
    said = harvested.get("/data.json").json()
    assert said["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    assert len(said["dataset"]) == REPORTS + 1
    jsonschema.validate(said, PROJECT_OPEN_DATA)
    assert said["dataset"][1]["title"] == "第0单位 2023年度部门决算"
    assert said["dataset"][1]["temporal"] == "2023-01-01/2023-12-31"


@pytest.mark.parametrize("missing", ["title", "keyword", "modified", "contactPoint", "accessLevel"])
def test_the_schema_of_project_open_data_sees_what_is_missing(harvested, missing):
    said = harvested.get("/data.json").json()
    del said["dataset"][7][missing]
    with pytest.raises(jsonschema.ValidationError, match=missing):
        jsonschema.validate(said, PROJECT_OPEN_DATA)


def test_well_known_void(harvested):
    answer = harvested.get("/.well-known/void")
    assert (answer.status_code, answer.headers["location"]) == (303, "/dumps/void.ttl")
    assert harvested.get("/dumps/void.ttl").headers["content-type"].startswith("text/turtle")


def test_robots_lead_to_a_sitemap_of_all_reports(harvested, monkeypatch):
    assert "Sitemap: http://test/sitemap.xml" in harvested.get("/robots.txt").text
    addresses = located(harvested.get("/sitemap.xml"))
    assert "http://test/report/420103-0007/2023.html" in addresses
    assert len(addresses) == 2 + 2 * REPORTS
    monkeypatch.setattr("api.routes.catalogue._ADDRESSES", 200)
    index = located(harvested.get("/sitemap.xml"))
    assert index == [f"http://test/sitemap.xml?page={n}" for n in (1, 2, 3)]
    paged = [located(harvested.get(a.removeprefix("http://test"))) for a in index]
    assert [address for page in paged for address in page] == addresses


def located(answer):
    assert answer.headers["content-type"] == "application/xml"
    return [loc.text for loc in ElementTree.fromstring(answer.content).iter() if "loc" in loc.tag]


@pytest.mark.parametrize("path", ["/catalog", "/catalog.rdf", "/data.json", "/.well-known/void"])
def test_a_release_without_a_catalogue_has_none(client, path):
    assert client.get(path).status_code == 404


def test_the_event_stream_is_where_its_iri_says(harvested):
    answer = harvested.get("/changes")
    assert (answer.status_code, answer.headers["location"]) == (303, "/dumps/changes/stream.ttl")
    answer = harvested.get("/dumps/changes/stream.ttl")
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"


@pytest.mark.parametrize(("name", "media_type"), [
    ("figures.csv", "text/csv; charset=utf-8"),
    ("figures.parquet", "application/vnd.apache.parquet"),
    ("csv-metadata.json", "application/csvm+json"),
])  # fmt: skip
def test_tables_are_served_with_their_media_types(harvested, name, media_type):
    assert harvested.get(f"/dumps/tables/{name}").headers["content-type"] == media_type
