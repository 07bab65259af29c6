"""Findings as RDF: SHACL results with what they rest on, in the graph of findings."""

from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize
from rule_cases import CASES

from kg.audit import Finding, audit
from kg.audit.catalogue import catalogue
from kg.audit.finding import Evidence
from kg.audit.messages import Text
from kg.mapping import map_findings
from kg.vocabulary import Namespace

BASE = Namespace().base
REPORT = f"{BASE}report/mou-ju-6ccb/2023"


def values(quads: list[Quad], predicate: str) -> list[str]:
    """What the quads state of a predicate, by its local name; a language behind a text."""
    return [
        quad.object.value + (f"@{quad.object.language}" if quad.object.language else "")
        if isinstance(quad.object, Literal)
        else quad.object.value
        for quad in quads
        if quad.predicate.value.rpartition("#")[2] == predicate
        and isinstance(quad.object, NamedNode | Literal)
    ]


def test_all_that_a_finding_says(report_of: Any) -> None:
    [finding] = audit(report_of(CASES["function-sum"]["broken"]), Namespace())
    quads = map_findings([finding], Namespace())
    rule = f"{BASE}rule/function-sum"
    report = finding.report
    assert {quad.graph_name for quad in quads} == {NamedNode(f"{BASE}graph/findings")}
    assert {quad.subject for quad in quads} == {
        NamedNode(f"{report}/finding/function-sum/T03.expenditure.20103.final")
    }
    assert [name.rpartition("#")[2] for name in values(quads, "type")] == [
        "Finding",
        "ValidationResult",
        "QualityAnnotation",
        "Annotation",
    ]
    assert values(quads, "motivatedBy") == ["http://www.w3.org/ns/dqv#qualityAssessment"]
    assert values(quads, "hasTarget") == values(quads, "wasDerivedFrom") == list(finding.passages)
    assert values(quads, "rule") == values(quads, "sourceShape") == [rule]
    assert values(quads, "resultSeverity") == ["http://www.w3.org/ns/shacl#Violation"]
    assert values(quads, "resultMessage") == [
        f"{finding.message_zh}@zh",
        f"{finding.message_en}@en",
    ]
    assert values(quads, "focusNode") == [f"{report}/T03/expenditure.20103.final"]
    assert values(quads, "report") == [report]
    assert values(quads, "involves") == list(finding.involves)
    assert values(quads, "sum") == ["60.00 + 30.00 = 90.00 万元"]
    parts = [f"{report}/T03/expenditure.{code}.final" for code in (2010301, 2010302)]
    assert values(quads, "adds") == parts
    assert values(quads, "value") == ["1000000"]
    assert values(quads, "line") == ["2", "3", "4"]
    assert values(quads, "expected") == ["900000"]
    assert values(quads, "found") == ["1000000"]
    assert values(quads, "difference") == ["100000"]


def test_pages_instead_of_lines_and_no_measures() -> None:
    evidence = Evidence(f"{REPORT}/S03/x", "focus", Text("占比", "share"), page=2)
    finding = Finding("share", "Warning", REPORT, f"{REPORT}/S03/x", "中文", "English", (evidence,))
    quads = map_findings([finding], Namespace())
    assert values(quads, "page") == ["2"]
    assert values(quads, "resultSeverity") == ["http://www.w3.org/ns/shacl#Warning"]
    assert values(quads, "hasTarget") == [REPORT]
    absent = ("line", "expected", "found", "difference", "sum", "adds", "hasUnit", "wasDerivedFrom")
    assert not any(values(quads, name) for name in absent)


def test_the_same_bytes_each_time(report_of: Any) -> None:
    lines = [line for case in CASES.values() for line in case["broken"]]
    one, other = (
        serialize(
            map_findings(audit(report_of(lines), Namespace()), Namespace()),
            format=RdfFormat.N_QUADS,
        )
        for _ in range(2)
    )
    assert one == other


def test_the_catalogue_of_rules_is_up_to_date() -> None:
    page = Path(__file__).parents[3] / "docs" / "rules.md"
    assert page.read_text("utf-8") == catalogue(), (
        "run python -m kg.audit.catalogue > docs/rules.md"
    )


def test_two_findings_of_a_rule_at_one_fact_stay_two() -> None:
    findings = [
        Finding("r", "Info", REPORT, f"{REPORT}/S12/x", "", "", value=Literal(str(n)), number=n)
        for n in (1, 2)
    ]
    assert [finding.iri.rpartition("/")[2] for finding in findings] == ["S12.x", "S12.x~2"]
    assert len({quad.subject for quad in map_findings(findings, Namespace())}) == 2
