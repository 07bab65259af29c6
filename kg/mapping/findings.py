"""Findings to quads of the graph of findings."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from kg.audit.finding import Finding
from kg.graph import Graph, decimal, integer, string, text
from kg.vocabulary import Namespace

_UNITS = {"percent": "unit:PERCENT", "number": "unit:NUM"}


def map_findings(findings: Iterable[Finding], namespace: Namespace) -> Graph:
    """Findings in the graph ``graph/findings``: SHACL results that are quality annotations."""
    graph = Graph(namespace.graph("findings"), namespace)
    for finding in findings:
        _map_finding(graph, finding)
    return graph


def _map_finding(graph: Graph, finding: Finding) -> None:
    subject, value = finding.iri, finding.value
    rule = f"{graph.namespace.base}rule/{finding.rule}"
    graph.types(
        subject, "bud:Finding", "sh:ValidationResult", "dqv:QualityAnnotation", "oa:Annotation"
    )
    graph.add(subject, "oa:motivatedBy", "dqv:qualityAssessment")
    graph.add(subject, "bud:rule", rule)
    graph.add(subject, "sh:sourceShape", rule)
    graph.add(subject, "sh:sourceConstraintComponent", "sh:SPARQLConstraintComponent")
    graph.add(subject, "sh:resultSeverity", f"sh:{finding.severity}")
    graph.add(subject, "sh:resultMessage", text(finding.message_zh))
    graph.add(subject, "sh:resultMessage", text(finding.message_en, "en"))
    graph.add(subject, "sh:focusNode", finding.focus)
    graph.add(subject, "sh:resultPath", finding.path)
    graph.add(subject, "sh:value", value.value if isinstance(value, NamedNode) else value)
    graph.add(subject, "bud:report", finding.report)
    for fact in finding.involves:
        graph.add(subject, "bud:involves", fact)
    for role, facts in (("adds", finding.adds), ("subtracts", finding.subtracts)):
        for fact in facts:
            graph.add(subject, f"bud:{role}", fact)
    for passage in finding.passages:
        graph.add(subject, "prov:wasDerivedFrom", passage)
    for target in finding.passages or (finding.report,):
        graph.add(subject, "oa:hasTarget", target)
    for line in finding.lines:
        graph.add(subject, "bud:line", integer(line))
    for page in finding.pages:
        graph.add(subject, "bud:page", integer(page))
    for measure in ("expected", "found", "difference"):
        if (value := getattr(finding, measure)) is not None:
            graph.add(subject, f"bud:{measure}", decimal(value))
    if finding.sum:
        graph.add(subject, "bud:sum", string(finding.sum))
    if finding.expected is not None and finding.unit in _UNITS:
        graph.add(subject, "qudt:hasUnit", _UNITS[finding.unit])
