"""Findings to quads of the graph of findings."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad

from kg.audit.finding import Finding
from kg.mapping.graph import Graph, decimal, integer, text
from kg.vocabulary import Namespace


def map_findings(findings: Iterable[Finding], namespace: Namespace) -> list[Quad]:
    """The quads of findings, in ``graph/findings``: SHACL results that are quality annotations."""
    graph = Graph(namespace.graph("findings"), namespace)
    for finding in findings:
        _map_finding(graph, finding)
    return list(graph)


def _map_finding(graph: Graph, finding: Finding) -> None:
    subject = finding_iri(finding)
    rule = f"{graph.namespace.base}rule/{finding.rule}"
    graph.types(subject, "bud:Finding", "sh:ValidationResult", "dqv:QualityAnnotation")
    graph.add(subject, "bud:rule", rule)
    graph.add(subject, "sh:sourceShape", rule)
    graph.add(subject, "sh:sourceConstraintComponent", "sh:SPARQLConstraintComponent")
    graph.add(subject, "sh:resultSeverity", f"sh:{finding.severity}")
    graph.add(subject, "sh:resultMessage", text(finding.message_zh))
    graph.add(subject, "sh:resultMessage", text(finding.message_en, "en"))
    graph.add(subject, "sh:focusNode", finding.focus)
    graph.add(subject, "bud:report", finding.report)
    for fact in finding.involves:
        graph.add(subject, "bud:involves", fact)
    for passage in finding.passages:
        graph.add(subject, "prov:wasDerivedFrom", passage)
    for line in finding.lines:
        graph.add(subject, "bud:line", integer(line))
    for page in finding.pages:
        graph.add(subject, "bud:page", integer(page))
    for measure in ("expected", "found", "difference"):
        if (value := getattr(finding, measure)) is not None:
            graph.add(subject, f"bud:{measure}", decimal(value))


def finding_iri(finding: Finding) -> str:
    """A finding's IRI: made of the rule and of what the rule found it at.

    >>> report = "https://example.org/report/mou-ju-00ff/2023"
    >>> finding_iri(Finding("share", "Violation", report, f"{report}/S03/income.share", "", ""))
    'https://example.org/report/mou-ju-00ff/2023/finding/share/S03.income.share'
    """
    at = finding.focus.removeprefix(f"{finding.report}/").replace("/", ".")
    return f"{finding.report}/finding/{finding.rule}/{at}"
