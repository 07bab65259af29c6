"""What a release says of the one before it: changes, events, and what has been corrected."""

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, PROV, RDF

from kg.build import build
from kg.build.manifest import ReportEntry
from kg.build.superseded import History, newer
from kg.release import damaged_files, open_nquads
from kg.sample import generate
from kg.vocabulary import DEFAULT_BASE

AS = rdflib.Namespace("https://www.w3.org/ns/activitystreams#")
TREE = rdflib.Namespace("https://w3id.org/tree#")
LDES = rdflib.Namespace("https://w3id.org/ldes#")
STREAM = rdflib.URIRef(f"{DEFAULT_BASE}changes")


def corrected(text: str) -> str:
    """A report whose first printed amount is another one, wherever it is printed."""
    amount = next(word for word in text.split() if re.fullmatch(r"[\d,]{3,}\.\d\d", word))
    other = "9" if amount[0] != "9" else "8"
    return text.replace(amount, other + amount[1:])


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A release, and the one that replaced it: a report corrected, one gone, one new."""
    folder = tmp_path_factory.mktemp("changes")
    texts = {name: generate(seed).text for name, seed in (("a", 21), ("b", 22), ("c", 23))}
    reports, out, first = folder / "in", folder / "release", folder / "first"
    reports.mkdir()
    for name in ("a", "b"):
        (reports / f"{name}.txt").write_bytes(texts[name].encode())
    build([reports], out)
    shutil.copytree(out, first)
    (reports / "a2.txt").write_bytes(corrected(texts["a"]).encode())
    (reports / "b.txt").unlink()
    (reports / "c.txt").write_bytes(texts["c"].encode())
    build([reports], out)
    return [first, out]


def entries(release: Path) -> dict[str, dict[str, str]]:
    manifest = json.loads((release / "manifest.json").read_text("utf-8"))
    return {entry["source"]: entry for entry in manifest["reports"]}


def graph(file: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(file, format="turtle")


def test_the_patch_makes_the_old_dump_the_new(releases: list[Path]) -> None:
    with open_nquads(releases[0]) as old, open_nquads(releases[1]) as new:
        quads, expected = set(old), set(new)
    patch = gzip.decompress((releases[1] / "changes" / "2" / "patch.rdfp.gz").read_bytes())
    lines = patch.splitlines(keepends=True)
    assert [line.split()[0] for line in lines[:3]] == [b"H", b"H", b"TX"]
    assert lines[-1] == b"TC .\n"
    for line in lines[3:-1]:
        operation, quad = line.split(b" ", 1)
        assert (quad in quads) == (operation == b"D")
        (quads.remove if operation == b"D" else quads.add)(quad)
    assert quads == expected


def test_changes_are_told_of_units_reports_and_figures(releases: list[Path]) -> None:
    folder = releases[1] / "changes" / "2"
    records = [json.loads(line) for line in (folder / "changes.jsonl").read_text().splitlines()]
    kinds = [record["change"] for record in records]
    assert kinds[:5] == [
        "unit-added", "unit-removed", "report-added", "report-removed", "report-revised"
    ]  # fmt: skip
    figures = [record for record in records if record["change"] == "figure-changed"]
    assert figures
    assert all(figure["old"] != figure["new"] for figure in figures)
    for language in ("zh", "en"):
        assert len((folder / f"{language}.txt").read_text("utf-8").splitlines()) == len(records)


def test_the_stream_leads_to_every_event(releases: list[Path]) -> None:
    folder = releases[1] / "changes"
    root = graph(folder / "stream.ttl")
    assert (STREAM, RDF.type, LDES.EventStream) in root
    [view] = root.objects(STREAM, TREE.view)
    pages = {str(root.value(relation, TREE.node)) for relation in root.objects(view, TREE.relation)}
    assert len(pages) == 2
    events: dict[tuple[str, str], str] = {}
    for page in pages:
        found = graph(folder / page.rpartition("/dumps/changes/")[2])
        for member in found.objects(STREAM, TREE.member):
            kind = str(found.value(member, RDF.type)).removeprefix(AS)
            position = str(found.value(member, rdflib.URIRef("https://schema.org/position")))
            events[position, str(found.value(member, DCTERMS.isVersionOf))] = kind
    before, after = map(entries, releases)
    assert events == {
        ("1", before["a.txt"]["iri"]): "Create",
        ("1", before["b.txt"]["iri"]): "Create",
        ("2", before["b.txt"]["iri"]): "Delete",
        ("2", after["a2.txt"]["iri"]): "Update",
        ("2", after["c.txt"]["iri"]): "Create",
    }


def test_a_corrected_report_revises_the_old_which_is_kept(releases: list[Path]) -> None:
    first, second = releases
    old, new = entries(first)["a.txt"], entries(second)["a2.txt"]
    assert old["iri"] == new["iri"]
    name = old["iri"].removeprefix(f"{DEFAULT_BASE}report/")
    kept = second / "superseded" / name / old["sha256"][:8]
    assert kept.with_suffix(".txt").read_bytes() == (first / "sources" / f"{name}.txt").read_bytes()
    turtle = (first / "data" / "reports" / f"{name}.ttl").read_bytes()
    assert kept.with_suffix(".ttl").read_bytes() == turtle
    catalogue = graph(second / "catalog.ttl")
    dataset = rdflib.URIRef(old["iri"].replace("/report/", "/dataset/"))
    revised = catalogue.value(dataset, PROV.wasRevisionOf)
    assert str(revised).endswith(old["sha256"][:8])
    downloads = {
        str(catalogue.value(distribution, DCAT.downloadURL)).rpartition("/dumps/")[2]
        for distribution in catalogue.objects(revised, DCAT.distribution)
    }
    assert downloads == {f"superseded/{name}/{kept.name}{ending}" for ending in (".ttl", ".txt")}
    assert list(damaged_files(second)) == []


def test_a_release_built_again_has_the_same_changes(releases: list[Path]) -> None:
    before = (releases[1] / "SHA256SUMS").read_bytes()
    build([releases[1].parent / "in"], releases[1])
    assert (releases[1] / "SHA256SUMS").read_bytes() == before


def test_a_release_with_its_gzip_dump_alone_can_be_replaced(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_bytes(generate(21).text.encode())
    release = tmp_path / "release"
    build([report], release)
    (release / "data" / "juesuan.nq.zst").unlink()
    report.write_bytes(corrected(generate(21).text).encode())
    build([report], release)
    assert (release / "changes" / "2" / "changes.jsonl").read_text("utf-8")
    assert not list(damaged_files(release))


def entry(source: str, sha256: str, issued: str | None = None) -> ReportEntry:
    return ReportEntry(
        iri="r", unit="u", unit_name="某局", fiscal_year=2023, title="某局2023年度部门决算",
        source=source, sha256=sha256, format="text/plain", characters=1, quads=1, facts={},
        unclaimed=0, findings=0, issued=issued,
    )  # fmt: skip


NOTHING = History(None, {}, ())


def test_what_was_issued_later_holds() -> None:
    later = entry("a.txt", "a", "2024-10-02")
    assert newer(entry("b.txt", "b", "2024-09-30"), later, NOTHING) is later


def test_what_calls_itself_a_correction_holds() -> None:
    correction = entry("某局决算（更正）.txt", "a")
    assert newer(correction, entry("某局决算.txt", "b"), NOTHING) is correction


def test_what_the_last_release_did_not_have_holds() -> None:
    new = entry("b.txt", "b")
    assert newer(entry("a.txt", "a"), new, History(None, {"r": {"sha256": "a"}}, ())) is new


def test_nothing_is_guessed_where_nothing_tells() -> None:
    assert newer(entry("a.txt", "a"), entry("b.txt", "b"), NOTHING) is None
