"""The structural shapes (shapes/structure.ttl), run with pySHACL on one report's graph."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pyshacl
import rdflib
from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.resources import published, turtle
from kg.vocabulary import Namespace

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


@cache
def _structure(base: str) -> rdflib.Graph:
    shapes = turtle(published("shapes") / "structure.ttl", base)
    return rdflib.Graph().parse(data=shapes, format="turtle")


def violations(quads: Iterable[Quad], namespace: Namespace) -> list[str]:
    """What is wrong with the structure of a report's graph: a sentence for each violation.

    A violation is a mistake of ours, not of the report: its graph must not be published.
    """
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    data = rdflib.Graph()
    ntriples = serialize(triples, format=RdfFormat.N_TRIPLES)
    data.parse(data=ntriples, format="nt")
    return structure_report(data, namespace.base)


def structure_report(data: rdflib.Graph, base: str) -> list[str]:
    """What is wrong with a report's graph that is already in rdflib; `data` may be changed."""
    conforms, report, _ = pyshacl.validate(
        data, shacl_graph=_structure(base), inplace=True, do_owl_imports=False
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
