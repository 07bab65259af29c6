"""The command line as a person meets it: what is printed, where, and the exit code."""

import contextlib
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus import corpus_file
from kg.commands import main


@dataclass(frozen=True)
class Run:
    """How a command ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def juesuan(*arguments: str | Path) -> Run:
    """Run a command in this process: a new one would spend its time on imports."""
    printed, complained = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(complained),
        pytest.raises(SystemExit) as ended,
    ):
        patch.setattr(sys, "argv", ["juesuan", *map(str, arguments)])
        main()
        raise SystemExit(0)
    printed.flush()
    output = printed.buffer.getvalue().decode()  # type: ignore[attr-defined]
    return Run(int(ended.value.code or 0), output, complained.getvalue())


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("commands") / "release"
    result = juesuan("build", corpus_file("004"), "--out", out)
    assert result.returncode == 0, result.stderr
    assert "statements" in result.stdout
    assert "1 reports" in result.stdout
    return out


def test_extract_prints_head_facts_and_what_is_left() -> None:
    result = juesuan("extract", corpus_file("004"), "--format", "jsonl")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    kinds = [record["kind"] for record in records]
    assert result.returncode == 0
    assert kinds[0] == "head"
    assert kinds == sorted(kinds, key=lambda kind: (kind != "head", kind == "unclaimed"))
    statement = next(record for record in records if record["kind"] == "statement")
    assert set(statement["money"]) == {"amount", "reported", "unit", "passage"}


def test_query_answers_with_our_prefixes(release: Path) -> None:
    result = juesuan("query", release, "SELECT (COUNT(?r) AS ?n) { ?r a bud:Report }")
    assert (result.returncode, result.stdout.split()) == (0, ["n", "1"])


def test_query_gives_a_graph_as_turtle(release: Path) -> None:
    result = juesuan("query", release, "CONSTRUCT WHERE { ?r a bud:Report }")
    assert "ontology#Report" in result.stdout


def test_a_malformed_query_is_one_clear_line(release: Path) -> None:
    result = juesuan("query", release, "SELECT ?s WHERE {")
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "1:" in result.stderr


def test_dump_writes_every_quad(release: Path) -> None:
    manifest = json.loads((release / "manifest.json").read_text())
    assert juesuan("dump", release).stdout.count("\n") == manifest["quads"]


def test_validate_finds_a_good_release_good_and_a_damaged_one_damaged(
    release: Path, tmp_path: Path
) -> None:
    assert juesuan("validate", release).returncode == 0
    source = next((release / "sources").rglob("*.txt"))
    kept = source.read_bytes()
    source.write_bytes(kept + b"!")
    result = juesuan("validate", release)
    source.write_bytes(kept)
    assert result.returncode == 1
    assert "is not what was published" in result.stderr


@pytest.mark.parametrize("command", ["extract", "audit", "build"])
@pytest.mark.parametrize("name", ["empty.txt", "binary.txt", "weather.txt", "missing.txt"])
def test_bad_input_is_one_clear_line_and_exit_2(tmp_path: Path, command: str, name: str) -> None:
    contents = {"empty.txt": b"", "binary.txt": b"\0\1\2" * 99, "weather.txt": b"nice weather"}
    if name in contents:
        (tmp_path / name).write_bytes(contents[name])
    more = ["--out", tmp_path / "out"] if command == "build" else []
    result = juesuan(command, tmp_path / name, *more)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("juesuan: ")
    assert name in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["validate", "dump", "serve"])
def test_a_directory_that_is_no_release_is_one_clear_line(tmp_path: Path, command: str) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        result = juesuan(command, folder)
        assert result.returncode == 2
        assert result.stderr.count("\n") == 1


def test_bad_usage_is_exit_2() -> None:
    for arguments in (("build",), ("frobnicate",), ("extract", "x.txt", "--format", "xml")):
        result = juesuan(*arguments)
        assert result.returncode == 2
        assert result.stdout == ""
        assert "Error" in result.stderr


def test_the_version_is_told() -> None:
    assert juesuan("--version").stdout.startswith("juesuan 0.")


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    command = f"{sys.executable} -m kg extract '{corpus_file('002')}' | head -1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert result.returncode == 0
    assert result.stderr == ""
