"""What pySHACL finds in a report's graph that breaks the structural shapes."""

from __future__ import annotations

import pyshacl
import rdflib

from kg.shapes import structure

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


def structure_report(data: bytes, base: str) -> list[str]:
    """What is wrong with a report's graph in Turtle: a sentence for each violation."""
    conforms, report, _ = pyshacl.validate(
        rdflib.Graph().parse(data=data, format="turtle"),
        shacl_graph=rdflib.Graph().parse(data=structure(base), format="turtle"),
        inplace=True,
        do_owl_imports=False,
    )
    if conforms:
        return []
    assert isinstance(report, rdflib.Graph)
    return sorted(_sentence(report, result) for result in report.subjects(SH.resultSeverity))


def _sentence(report: rdflib.Graph, result: rdflib.term.Node) -> str:
    messages = [
        m for m in report.objects(result, SH.resultMessage) if isinstance(m, rdflib.Literal)
    ]
    english = [m for m in messages if m.language in ("en", None)] or messages
    node, value = report.value(result, SH.focusNode), report.value(result, SH.value)
    path = report.value(result, SH.resultPath)
    stated = f" = {value}" if value is not None else ""
    return f"{node} {path or ''}{stated}: {english[0] if english else 'violates its shape'}"
