"""Files to findings, and findings as people and programs read them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rdflib import Graph
from rendered_reports import as_pdf, blocks_of
from rich.console import Console

from kg.audit.finding import Evidence, Finding, Severity
from kg.audit.messages import Text
from kg.audit.shapes import load_rules
from kg.build.sources import find_sources
from kg.findings import Audited, audit_files
from kg.findings.causes import causes
from kg.findings.records import as_csv, as_json, as_turtle
from kg.findings.sarif import as_sarif
from kg.findings.table import as_table
from kg.sample import generate

SCHEMA = json.loads((Path(__file__).parent / "sarif.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports with errors planted in them, and a file that is none."""
    folder = tmp_path_factory.mktemp("reports")
    for seed in (1, 2, 3):
        sample = generate(seed, errors=3)
        (folder / f"某局 {seed}.txt").write_text(sample.text, "utf-8")
    (folder / "weather.txt").write_text("nice weather", "utf-8")
    return folder


@pytest.fixture(scope="module")
def audited(folder: Path) -> list[Audited]:
    return list(audit_files(find_sources([folder])))


@pytest.fixture(scope="module")
def read(audited: list[Audited]) -> list[Audited]:
    files = [file for file in audited if not file.problem]
    assert sum(len(file.findings) for file in files) > 3
    return files


def test_a_file_that_is_no_report_has_a_problem(audited: list[Audited]) -> None:
    [file] = [file for file in audited if file.problem]
    assert file.name == "weather.txt"
    assert file.name in (file.problem or "")


def test_workers_find_the_same_in_the_same_order(folder: Path, audited: list[Audited]) -> None:
    files = [*find_sources([folder])] * 5
    assert list(audit_files(files, jobs=2)) == audited * 5


def test_json_has_the_facts_that_a_finding_rests_on(read: list[Audited]) -> None:
    records = json.loads("".join(as_json(read)))
    assert len(records) == sum(len(file.findings) for file in read)
    for record in records:
        assert [e for e in record["evidence"] if e["role"] == "focus"]
        told = [p for e in record["evidence"] for p in (e["passage"], *e["further"]) if p]
        assert {*told} == {*record["passages"]}
        assert all(isinstance(record[name], str | None) for name in ("found", "expected"))


def test_csv_has_a_row_for_each_finding(read: list[Audited]) -> None:
    rows = list(csv.DictReader(io.StringIO("".join(as_csv(read)))))
    assert [row["rule"] for row in rows] == [f.rule for file in read for f in file.findings]
    assert all(row["lines"].replace(" ", "").isdigit() for row in rows)


def test_turtle_is_what_a_build_publishes(read: list[Audited]) -> None:
    graph = Graph().parse(data="".join(as_turtle(read)), format="turtle")
    subjects = {str(subject) for subject in graph.subjects()}
    assert subjects == {finding.iri for file in read for finding in file.findings}


def test_sarif_is_valid_and_points_at_the_words(read: list[Audited], folder: Path) -> None:
    log = json.loads("".join(as_sarif(read)))
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert [error.message for error in validator.iter_errors(log)] == []
    [run] = log["runs"]
    assert len(run["tool"]["driver"]["rules"]) == len(load_rules())
    assert len({tuple(r["partialFingerprints"].values()) for r in run["results"]}) == len(
        run["results"]
    )
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for place in (*result["locations"], *result["relatedLocations"]):
            assert_points_at_words(place["physicalLocation"], run, folder)


def assert_points_at_words(place: Any, run: Any, folder: Path) -> None:
    location, region = place["artifactLocation"], place["region"]
    assert run["artifacts"][location["index"]]["location"]["uri"] == location["uri"]
    index = run["artifacts"].index({**run["artifacts"][location["index"]]})
    file = sorted(path for path in folder.iterdir() if path.name != "weather.txt")[index]
    text = file.read_text("utf-8")
    start, length = region["charOffset"], region["charLength"]
    assert text.count("\n", 0, start) + 1 == region["startLine"]
    assert text[start : start + length].strip()


def test_a_pdf_has_pages_instead_of_lines(tmp_path: Path) -> None:
    sample = generate(1, style="ocr", errors=3)
    (tmp_path / "某局.pdf").write_bytes(as_pdf(blocks_of(sample.text), ruled=True))
    read = list(audit_files(find_sources([tmp_path / "某局.pdf"])))
    log = json.loads("".join(as_sarif(read)))
    assert [*jsonschema.Draft202012Validator(SCHEMA).iter_errors(log)] == []
    places = [r["locations"][0]["physicalLocation"] for r in log["runs"][0]["results"]]
    assert places
    assert all("region" not in place and place["properties"]["page"] >= 1 for place in places)
    assert f"第{read[0].findings[0].pages[0]}页" in shown(read[0])


def shown(file: Audited) -> str:
    console = Console(width=160, file=io.StringIO())
    console.print(as_table(file))
    return console.file.getvalue()  # type: ignore[attr-defined]


def found(rule: str, *facts: str, severity: Severity = "Violation") -> Finding:
    name = Text("支出", "expenditure")
    evidence = [
        Evidence(fact, "involved" if n else "focus", name, passage=f"r/source#char={n},{n + 1}")
        for n, fact in enumerate(facts)
    ]
    return Finding(rule, severity, "r", facts[0], "不符", "differs", tuple(evidence))


def test_findings_that_share_a_figure_stand_together() -> None:
    findings = [found("growth", f"s{n}", "total") for n in range(9)]
    alone = [found("share", "x", "y"), found("units", "z", severity="Warning")]
    grouped = causes([alone[1], *findings, alone[0]])
    assert [len(cause.findings) for cause in grouped] == [1, 9, 1]
    assert [cause.figure.fact for cause in grouped] == ["x", "total", "z"]


def test_a_long_group_hides_no_other_finding() -> None:
    findings = (*(found("growth", f"s{n}", "total") for n in range(36)), found("share", "x", "y"))
    text = shown(Audited("某局.txt", findings=findings))
    assert "错误 37" in text
    assert "36 处矛盾" in text
    assert "另有 31 处 growth" in text
    assert "[share]" in text


def test_a_report_without_findings_says_so() -> None:
    assert "没有发现矛盾" in shown(Audited("某局.txt"))
