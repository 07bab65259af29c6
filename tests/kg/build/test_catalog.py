"""A release describes itself: VoID counts what is there, DCAT-AP holds, no day is named."""

import gzip
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import DCTERMS, PROV, RDF, SH, SKOS, VOID

from kg.build import build
from kg.build.catalogue import Catalogue
from kg.build.publication import read_publication
from kg.build.statistics import Statistics
from kg.build.void import void_quads
from kg.release import load_store
from kg.resources import published
from kg.tables import tables
from kg.vocabulary import DEFAULT_BASE, Namespace

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
VCARD = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
DQV = rdflib.Namespace("http://www.w3.org/ns/dqv#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
Pattern = tuple[rdflib.term.Node | None, rdflib.term.Node | None, rdflib.term.Node | None]
WHOLE = rdflib.URIRef(f"{DEFAULT_BASE}dataset/juesuan")
CATALOG = rdflib.URIRef(f"{DEFAULT_BASE}catalog")

OURS = """
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
site = "https://data.example.org/accounts"
issued = 2024-11-01
[title]
zh = "某市决算"
[publisher]
iri = "https://example.org/#us"
homepage = "https://example.org/"
type = "LocalAuthority"
name = { zh = "某市财政局" }
[contact]
name = { zh = "数据科" }
email = "data@example.org"
"""


@pytest.fixture(scope="module")
def release(sample_release: Path) -> Path:
    return sample_release


@pytest.fixture(scope="module")
def published_by_us(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same release, with settings of a publisher's own; what was read is not read again."""
    folder = tmp_path_factory.mktemp("ours")
    settings = folder / "publication.toml"
    settings.write_text(OURS, "utf-8")
    shutil.copytree(release.parent / ".release.parts", folder / ".release.parts")
    build([release.parent / "in"], folder / "release", publication=read_publication(settings))
    return folder / "release"


def graph(file: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(file, format="turtle")


SHAPES = graph(published("shapes") / "catalogue" / "dcat-ap.ttl")


def broken(catalogue: rdflib.Graph) -> set[str]:
    """What breaks DCAT-AP 3 in a catalogue: the properties, or the shapes of whole nodes."""
    conforms, told, _ = pyshacl.validate(catalogue, shacl_graph=SHAPES)
    assert isinstance(told, rdflib.Graph)
    assert conforms == (not set(told.subjects(RDF.type, SH.ValidationResult)))
    return {
        str(told.value(result, SH.resultPath) or told.value(result, SH.sourceShape))
        for result in told.subjects(RDF.type, SH.ValidationResult)
    }


def test_the_catalogue_is_dcat_ap(release: Path, published_by_us: Path) -> None:
    assert broken(graph(release / "catalog.ttl")) == set()
    assert broken(graph(published_by_us / "catalog.ttl")) == set()


@pytest.fixture(scope="module")
def short(published_by_us: Path) -> rdflib.Graph:
    """A catalogue with one of the tables alone: they are described alike, and shapes are slow."""
    catalogue = graph(published_by_us / "catalog.ttl")
    for file in catalogue.objects(WHOLE, DCAT.distribution):
        if str(file).startswith((f"{WHOLE}/csv-", f"{WHOLE}/parquet-")) and "units" not in file:
            catalogue.remove((file, None, None))
            catalogue.remove((None, None, file))
    return catalogue


@contextmanager
def without(catalogue: rdflib.Graph, *patterns: Pattern) -> Iterator[None]:
    """Triples are missing for a while."""
    missing = [triple for pattern in patterns for triple in catalogue.triples(pattern)]
    for triple in missing:
        catalogue.remove(triple)
    yield
    for triple in missing:
        catalogue.add(triple)


def required(bound: rdflib.URIRef) -> list[tuple[str, str]]:
    """The properties that the shapes bound so, and by what."""
    found = {
        (SHAPES.value(shape, SH.path), value) for shape, value in SHAPES.subject_objects(bound)
    }
    return sorted(
        (str(path), str(value)) for path, value in found if isinstance(path, rdflib.URIRef)
    )


#: What is required where something else isn't said, by the shape that then breaks.
ELSE = {str(DCTERMS.format): "Distribution", str(VCARD.hasEmail): "Kind", str(VCARD.hasURL): "Kind"}


@pytest.mark.parametrize("path", [path for path, _ in required(SH.minCount)])
def test_the_shapes_see_what_is_missing(short: rdflib.Graph, path: str) -> None:
    said = (VCARD.hasEmail, VCARD.hasURL) if ELSE.get(path) == "Kind" else [rdflib.URIRef(path)]
    shape = f"https://w3id.org/juesuan/shapes/dcat-ap#{ELSE[path]}" if path in ELSE else path
    with without(short, *((None, name, None) for name in said)):
        assert shape in broken(short)


def test_the_shapes_see_what_is_of_another_class(short: rdflib.Graph) -> None:
    stated = [(p, c) for p, c in required(SH["class"]) if (None, rdflib.URIRef(p), None) in short]
    assert len(stated) > 20
    # what has a shape of its own is looked at for its class: such classes are taken away one by one
    looked_at = {str(class_) for class_ in SHAPES.objects(None, SH.targetClass)}
    together = {class_ for _, class_ in stated} - looked_at
    for missing in (together, *({class_} for _, class_ in stated if class_ in looked_at)):
        with without(short, *((None, RDF.type, rdflib.URIRef(class_)) for class_ in missing)):
            found = broken(short)
        assert {path for path, class_ in stated if class_ in missing} <= found, missing


def test_the_shapes_see_what_is_of_no_list_of_codes(short: rdflib.Graph) -> None:
    other = rdflib.URIRef("https://example.org/other")
    for path, _ in required(SH.pattern):
        stated = subject, predicate, value = next(short.triples((None, rdflib.URIRef(path), None)))
        with without(short, stated):
            short.add((subject, predicate, other))
            for class_ in short.objects(value, RDF.type):
                short.add((other, RDF.type, class_))
            assert path in broken(short), path
            short.remove((other, None, None))
            short.remove((None, None, other))


def test_the_shapes_see_what_is_of_no_use(release: Path) -> None:
    catalogue = graph(release / "catalog.ttl")
    catalogue.add((WHOLE, DCTERMS.issued, rdflib.Literal("yesterday")))
    assert str(DCTERMS.issued) in broken(catalogue)


def test_every_report_is_a_data_set_of_its_years_series(release: Path) -> None:
    catalogue = graph(release / "catalog.ttl")
    manifest = json.loads((release / "manifest.json").read_text())
    listed = set(catalogue.objects(CATALOG, DCAT.dataset))
    assert len(listed) == len(manifest["reports"]) + 1
    for report in manifest["reports"]:
        dataset = rdflib.URIRef(report["iri"].replace("/report/", "/dataset/"))
        assert dataset in listed
        year = rdflib.URIRef(f"{DEFAULT_BASE}series/{report['fiscalYear']}")
        assert catalogue.value(dataset, DCAT.inSeries) == year
        assert (year, RDF.type, DCAT.DatasetSeries) in catalogue
        [found] = [
            catalogue.value(measurement, DQV.value)
            for measurement in catalogue.objects(dataset, DQV.hasQualityMeasurement)
            if str(measurement).endswith("findings")
        ]
        assert found == rdflib.Literal(report["findings"])
        source = catalogue.value(dataset, PROV.wasDerivedFrom)
        checksum = catalogue.value(catalogue.value(source, SPDX.checksum), SPDX.checksumValue)
        assert str(checksum) == report["sha256"]


def test_sizes_and_checksums_are_those_of_the_files(release: Path) -> None:
    catalogue = graph(release / "catalog.ttl")
    files = list(catalogue.subject_objects(DCAT.downloadURL))
    assert len(files) == 4 + 2 * len(tables()) + 2 + 3 * 2
    for distribution, address in files:
        file = release / str(address).removeprefix(f"{DEFAULT_BASE}dumps/")
        assert int(str(catalogue.value(distribution, DCAT.byteSize))) == file.stat().st_size
        checksum = catalogue.value(distribution, SPDX.checksum)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        assert str(catalogue.value(checksum, SPDX.checksumValue)) == digest


def test_the_dumps_hold_the_catalogue_but_for_their_own_digests(release: Path) -> None:
    with gzip.open(release / "data" / "juesuan.nq.gz") as file:
        quads = list(parse(file.read(), format=RdfFormat.N_QUADS))
    inside = {
        (str(q.subject), str(q.predicate), str(q.object))
        for q in quads
        if str(q.graph_name) == f"<{DEFAULT_BASE}graph/catalog>"
    }
    outside = {
        (str(t.subject), str(t.predicate), str(t.object))
        for t in parse(path=str(release / "catalog.ttl"), format=RdfFormat.TURTLE)
    }
    assert inside < outside
    told_apart = {subject for subject, _, _ in outside - inside}
    assert told_apart
    assert all(subject.startswith(f"<{WHOLE}/") for subject in told_apart)


def test_void_counts_what_is_there(release: Path) -> None:
    void, store = graph(release / "void.ttl"), load_store(release)
    quads = [q for q in store if str(q.graph_name) != "DEFAULT"]
    triples = {(q.subject, q.predicate, q.object) for q in quads}
    assert int(str(void.value(WHOLE, VOID.triples))) == len(triples)
    assert int(str(void.value(WHOLE, VOID.entities))) == len({s for s, _, _ in triples})
    properties = Counter(str(p).strip("<>") for _, p, _ in triples)
    assert {
        str(void.value(part, VOID.property)): int(str(void.value(part, VOID.triples)))
        for part in void.objects(WHOLE, VOID.propertyPartition)
    } == properties
    classes = Counter(str(o).strip("<>") for _, p, o in triples if "#type>" in str(p))
    assert {
        str(void.value(part, VOID["class"])): int(str(void.value(part, VOID.entities)))
        for part in void.objects(WHOLE, VOID.classPartition)
    } == classes
    graphs = Counter(str(q.graph_name).strip("<>") for q in quads)
    subsets = [s for s in void.objects(WHOLE, VOID.subset) if (s, SD.name, None) in void]
    assert {
        str(void.value(subset, SD.name)): int(str(void.value(subset, VOID.triples)))
        for subset in subsets
    } == graphs


def test_linksets_of_the_graph_of_links_are_subsets() -> None:
    links = parse(
        b"""@prefix void: <http://rdfs.org/ns/void#> .
        <https://w3id.org/juesuan/graph/links> {
          <https://w3id.org/juesuan/linkset/x> a void:Linkset ; void:triples 3 .
          <https://w3id.org/juesuan/code/a> void:inDataset <https://example.org/> }""",
        RdfFormat.TRIG,
    )
    said = void_quads(Statistics(), Catalogue(Namespace(), read_publication()), [], links)
    subsets = {q.object.value for q in said if q.predicate.value.endswith("#subset")}
    assert subsets == {f"{DEFAULT_BASE}linkset/x"}
    told = {q.predicate.value.rpartition("#")[2] for q in said if "linkset/" in str(q.subject)}
    assert told == {"type", "triples"}
    assert not any("code/a" in str(q.subject) for q in said)


def test_who_publishes_is_a_setting(published_by_us: Path) -> None:
    catalogue = graph(published_by_us / "catalog.ttl")
    assert str(catalogue.value(CATALOG, DCTERMS.publisher)) == "https://example.org/#us"
    assert str(catalogue.value(CATALOG, DCTERMS.issued)) == "2024-11-01"
    assert {str(title) for title in catalogue.objects(CATALOG, DCTERMS.title)} == {"某市决算"}
    addresses = [str(address) for address in catalogue.objects(None, DCAT.downloadURL)]
    assert all(a.startswith("https://data.example.org/accounts/dumps/") for a in addresses)
    assert "mailto:data@example.org" in (published_by_us / "catalog.ttl").read_text()


def test_a_known_licence_is_matched_with_the_eus(release: Path, published_by_us: Path) -> None:
    for folder, name in ((release, "CC_BY_4_0"), (published_by_us, "CC0")):
        catalogue = graph(folder / "catalog.ttl")
        licences = set(catalogue.objects(None, DCTERMS.license))
        [same] = [same for one in licences for same in catalogue.objects(one, SKOS.exactMatch)]
        assert str(same) == f"http://publications.europa.eu/resource/authority/licence/{name}"


def test_without_settings_no_day_and_no_machine_is_named(release: Path) -> None:
    catalogue = graph(release / "catalog.ttl")
    assert (None, DCTERMS.issued, None) not in catalogue
    assert (None, DCTERMS.modified, None) not in catalogue
    assert "未具名" in (release / "catalog.ttl").read_text()


@pytest.mark.parametrize(("said", "words"), [
    ("colour = 1", "the setting colour is wrong: extra inputs are not permitted"),
    ('licence = "none"', "the setting licence is wrong"),
    ("issued = 'soon'", "the setting issued is wrong"),
    ("=", "can't be read as TOML"),
])  # fmt: skip
def test_a_wrong_setting_is_one_sentence(tmp_path: Path, said: str, words: str) -> None:
    file = tmp_path / "publication.toml"
    file.write_text(said)
    with pytest.raises(ValueError, match=r"publication\.toml") as caught:
        read_publication(file)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
