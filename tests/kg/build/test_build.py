"""A release: complete, byte-identical, incremental, atomic, and none lost to another's fault."""

import gzip
import hashlib
import json
import os
import shutil
import signal
from multiprocessing import get_context
from pathlib import Path

import pytest
import zstandard
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from corpus import corpus_file
from kg.build import BuildError, Manifest, build, dumps
from kg.build import release as release_module
from kg.build.parts import nquads_lines
from kg.build.report import BuiltReport, build_report
from kg.build.sources import SourceFile, find_sources
from kg.release import damaged_files, load_store, report_graphs
from kg.shapes import violations
from kg.swap import swap_in
from kg.vocabulary import DEFAULT_BASE, Namespace


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two real reports."""
    folder = tmp_path_factory.mktemp("reports")
    for number in ("001", "004"):
        file = corpus_file(number)
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


@pytest.fixture(scope="module")
def built(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    out = tmp_path_factory.mktemp("out") / "release"
    return out, build([reports], out)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def test_a_release_holds_all_that_its_page_says(built: tuple[Path, Manifest]) -> None:
    out, manifest = built
    files = contents(out).keys()
    assert {"manifest.json", "SHA256SUMS", "data/juesuan.nq.gz", "data/juesuan.trig.gz"} <= files
    assert "ontology/code/functional.ttl" in files
    assert "ontology/links/functional-cofog.sssom.tsv" in files
    assert "shapes/structure.ttl" in files
    for report in manifest.reports:
        name = report.iri.removeprefix(f"{DEFAULT_BASE}report/")
        assert f"data/reports/{name}.ttl" in files
        assert f"sources/{name}.txt" in files


def test_the_canonical_text_is_the_file(built: tuple[Path, Manifest], reports: Path) -> None:
    out, manifest = built
    for report in manifest.reports:
        name = report.iri.removeprefix(f"{DEFAULT_BASE}report/")
        assert (out / "sources" / f"{name}.txt").read_bytes() == (
            reports / report.source
        ).read_bytes()


def test_nquads_are_sorted_unique_and_counted(built: tuple[Path, Manifest]) -> None:
    out, manifest = built
    lines = unpacked(out / "data" / "juesuan.nq.gz").splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == manifest.quads


def test_both_packings_hold_the_same(built: tuple[Path, Manifest]) -> None:
    data = built[0] / "data"
    frame = zstandard.ZstdDecompressor().decompressobj()
    lines = frame.decompress((data / "juesuan.nq.zst").read_bytes())
    assert lines == unpacked(data / "juesuan.nq.gz")
    # one frame, for readers that stop after the first
    assert frame.eof
    assert not frame.unused_data


def killed(reports: Path, out: Path) -> bool:
    """Whether a build, in a process of its own, was killed as `kill -9` does."""
    process = get_context("fork").Process(target=build, args=([reports], out))
    process.start()
    process.join()
    return process.exitcode == -signal.SIGKILL


def test_a_build_that_is_killed_goes_on_where_it_was(
    reports: Path, built: tuple[Path, Manifest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, read = tmp_path / "release", tmp_path / "read"

    def noted(file: SourceFile, base: str) -> object:
        with read.open("a") as names:
            names.write(f"{file.name}\n")
        if len(read.read_text().splitlines()) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return build_report(file, base)

    monkeypatch.setattr(release_module, "build_report", noted)
    assert killed(reports, out)
    with monkeypatch.context() as writing:
        writing.setattr(
            release_module, "write_trig", lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        )
        assert killed(reports, out)
    assert not out.exists()
    build([reports], out)
    first, second = sorted(f.name for f in reports.iterdir())
    assert read.read_text().split() == [first, second, second]
    assert contents(out) == contents(built[0])
    assert {p.name for p in tmp_path.iterdir()} == {"read", "release", ".release.parts"}
    assert not list((tmp_path / ".release.parts").glob(".*"))


def test_many_sorted_files_are_merged_by_way_of_fewer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "_AT_ONCE", 3)
    files = [tmp_path / str(n) for n in range(20)]
    for n, file in enumerate(files):
        file.write_text("".join(f"{line:03}\n" for line in range(n, 100, 7)))
    monkeypatch.setattr(dumps, "_READ", 8)
    lines = [line for block in dumps.merged(files, tmp_path) for line in block]
    assert lines == [b"%03d\n" % n for n in range(100)]


def test_a_line_of_nquads_ends_where_nquads_say_so() -> None:
    # str.splitlines ends lines at these, too
    said = Literal("a\u2028b\u0085c\x1cd")
    quad = Quad(NamedNode("https://x/s"), NamedNode("https://x/p"), said, NamedNode("https://x/g"))
    [line] = nquads_lines([quad, quad])
    assert list(parse(line, RdfFormat.N_QUADS)) == [quad]


def test_trig_and_nquads_say_the_same(built: tuple[Path, Manifest]) -> None:
    out, _ = built
    nquads = set(parse(unpacked(out / "data" / "juesuan.nq.gz"), RdfFormat.N_QUADS))
    trig = set(parse(unpacked(out / "data" / "juesuan.trig.gz"), RdfFormat.TRIG))
    assert nquads == trig


def test_each_reports_turtle_is_its_graph(built: tuple[Path, Manifest]) -> None:
    out, _ = built
    quads = list(parse(unpacked(out / "data" / "juesuan.nq.gz"), RdfFormat.N_QUADS))
    for iri, file in report_graphs(out):
        turtle = {quad.triple for quad in parse(path=file)}
        assert turtle == {quad.triple for quad in quads if quad.graph_name == NamedNode(iri)}


def test_digests_hold_and_damage_is_seen(built: tuple[Path, Manifest], tmp_path: Path) -> None:
    out, _ = built
    assert list(damaged_files(out)) == []
    for line in (out / "SHA256SUMS").read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest


def test_a_file_that_was_not_published_is_seen(
    built: tuple[Path, Manifest], tmp_path: Path
) -> None:
    out = tmp_path / "release"
    shutil.copytree(built[0], out)
    (out / "data" / "more.nt").touch()
    [told] = damaged_files(out)
    assert told.startswith("data/more.nt: is not among what was published")


def test_two_builds_are_byte_identical_whatever_the_workers(
    built: tuple[Path, Manifest], reports: Path, tmp_path: Path
) -> None:
    build([reports], tmp_path / "again", jobs=2)
    assert contents(tmp_path / "again") == contents(built[0])


def test_about_twenty_quads_a_fact(built: tuple[Path, Manifest]) -> None:
    _, manifest = built
    for report in manifest.reports:
        assert 8 <= report.quads / sum(report.facts.values()) <= 23


def test_a_second_build_reads_nothing_again(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "release"
    first = build([reports], out)
    before = contents(out)

    def read_again(file: SourceFile, base: str) -> BuiltReport:
        raise AssertionError(f"{file.name} was read again")

    monkeypatch.setattr(release_module, "build_report", read_again)
    assert build([reports], out) == first
    assert contents(out) == before


def test_only_what_changed_is_read_again(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = tmp_path / "in", tmp_path / "release"
    folder.mkdir()
    for file in reports.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    build([folder], out)
    changed = sorted(folder.iterdir())[0]
    changed.write_bytes(changed.read_bytes() + "\n联系人：某某\n".encode())
    read: list[str] = []

    def note(file: SourceFile, base: str) -> object:
        read.append(file.name)
        return build_report(file, base)

    monkeypatch.setattr(release_module, "build_report", note)
    build([folder], out)
    assert read == [changed.name]


def test_a_report_that_is_gone_leaves_the_release(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "release"
    build([reports], out)
    one = sorted(reports.iterdir())[0]
    assert [r.source for r in build([one], out).reports] == [one.name]
    assert len(list((out / "sources").rglob("*.txt"))) == 1
    assert len(list((tmp_path / ".release.parts").glob("*/entry.json"))) == 1


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 8,
    "weather.txt": "今天天气很好，我们去公园。".encode(),
    "scan.tiff": b"II*\0",
}


@pytest.mark.parametrize(("name", "words"), [
    ("empty.txt", "the file is empty"),
    ("binary.txt", "not a text file"),
    ("weather.txt", "not a final-accounts report"),
    ("scan.tiff", "can't read .tiff"),
])  # fmt: skip
def test_a_bad_file_is_one_clear_sentence(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    with pytest.raises(BuildError) as caught:
        build([tmp_path / name], tmp_path / "release")
    (failure,) = caught.value.failures
    assert failure.source == name
    assert failure.message.startswith(name)
    assert words in failure.message
    assert "\n" not in failure.message
    assert not (tmp_path / "release").exists()


def test_bad_files_do_not_keep_good_ones_from_being_published(
    reports: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    good = sorted(reports.iterdir())[0]
    (folder / good.name).write_bytes(good.read_bytes())
    manifest = build([folder], tmp_path / "release", jobs=2)
    assert [r.source for r in manifest.reports] == [good.name]
    assert sorted(f.source for f in manifest.failures) == sorted(BAD)
    written = json.loads((tmp_path / "release" / "manifest.json").read_text())
    assert len(written["failures"]) == len(BAD)
    assert str(tmp_path) not in json.dumps(written)


def test_a_mistake_of_ours_fails_one_report_only(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sorted(reports.iterdir())
    whole = build_report(SourceFile(first.name, first), DEFAULT_BASE)

    def broken(document: object) -> object:
        raise RuntimeError("a bug")

    monkeypatch.setattr("kg.build.report.outline", broken)
    failure = build_report(SourceFile(second.name, second), DEFAULT_BASE)
    assert isinstance(whole, BuiltReport)
    assert "a mistake of juesuan's own" in getattr(failure, "message", "")


def test_a_failed_build_leaves_the_old_release_as_it_was(
    built: tuple[Path, Manifest], tmp_path: Path
) -> None:
    before = contents(built[0])
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(BuildError):
        build([tmp_path / "empty.txt"], built[0])
    assert contents(built[0]) == before
    assert {p.name for p in built[0].parent.iterdir()} == {"release", ".release.parts"}


def test_a_damaged_release_is_not_replaced(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(BuildError, match="is damaged; move it away"):
        build([reports], tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["manifest.json"]


def test_a_directory_that_is_no_release_is_not_overwritten(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "thesis.txt").write_text("do not lose")
    with pytest.raises(BuildError, match="is no release"):
        build([reports], tmp_path / "precious")
    assert (tmp_path / "precious" / "thesis.txt").read_text() == "do not lose"


def test_the_same_report_twice_is_published_once(reports: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    one = sorted(reports.iterdir())[0]
    (folder / "a.txt").write_bytes(one.read_bytes())
    (folder / "b.txt").write_bytes(one.read_bytes())
    manifest = build([folder], tmp_path / "release")
    assert [r.source for r in manifest.reports] == ["a.txt"]
    assert "is the same file as a.txt" in manifest.failures[0].message


def test_another_base_is_another_publishers(reports: Path, tmp_path: Path) -> None:
    base = "https://data.example.org/accounts/"
    one = sorted(reports.iterdir())[0]
    manifest = build([one], tmp_path / "release", base=base)
    nquads = unpacked(tmp_path / "release" / "data" / "juesuan.nq.gz").decode()
    assert DEFAULT_BASE not in nquads
    assert manifest.reports[0].iri.startswith(base)
    for _, file in report_graphs(tmp_path / "release"):
        assert violations(file.read_bytes(), Namespace(base)) == []


def test_a_base_that_is_no_base_is_refused(reports: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="base IRI"):
        build([reports], tmp_path / "release", base="example.org")


def test_the_store_of_a_release_answers(built: tuple[Path, Manifest]) -> None:
    store = load_store(built[0])
    figures = store.query(
        "SELECT ?f { ?f a bud:Figure }",
        prefixes=Namespace().prefixes(),
    )
    assert sum(1 for _ in figures) > 100  # type: ignore[arg-type, misc, union-attr]


def test_regions_and_what_they_are_in_are_published(built: tuple[Path, Manifest]) -> None:
    store = load_store(built[0])
    path = f"<{DEFAULT_BASE}region/420111> skos:broader/skos:broader ?province"
    results = store.query(
        f"SELECT ?name {{ {path} . ?province skos:prefLabel ?name }}",
        prefixes=Namespace().prefixes(),
    )
    assert [row["name"].value for row in results] == ["湖北省"]  # type: ignore[union-attr, call-overload, index]


def test_sources_are_found_once_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = find_sources([tmp_path, tmp_path / "a.txt"])
    assert [file.name for file in found] == ["a.txt", "b.txt", "sub/c.txt"]


def test_swapping_in_replaces_the_whole_directory(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(name)
    swap_in(tmp_path / "new", tmp_path / "old")
    assert [p.name for p in (tmp_path / "old").iterdir()] == ["new.txt"]
    assert not (tmp_path / "new").exists()


def test_swapping_in_works_where_names_cannot_be_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.swap._exchange", lambda one, other: False)
    test_swapping_in_replaces_the_whole_directory(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["old"]
