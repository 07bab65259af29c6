"""The graphs that tests of the ontology look at: the vocabularies, real reports, the examples."""

from functools import cache
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize
from rdflib import Graph

from corpus import document_of, extraction_of
from kg.audit import audit
from kg.build.vocabularies import vocabulary_quads
from kg.document import read
from kg.extract import extract
from kg.mapping import Source, map_findings, map_report
from kg.outline import outline
from kg.resources import published
from kg.vocabulary import Namespace

EXAMPLES = published("ontology") / "examples"


def mapped(file: Path) -> list[Quad]:
    """The graph of a report, as a build makes it."""
    document = read(file)
    source = Source(document.format, document.sha256)
    return list(map_report(extract(outline(document)), source, Namespace()))


@cache
def report_quads(number: str) -> tuple[Quad, ...]:
    """The graph of one of the five real reports."""
    document = document_of(number)
    source = Source(document.format, document.sha256)
    return tuple(map_report(extraction_of(number), source, Namespace()))


@cache
def finding_quads(number: str) -> tuple[Quad, ...]:
    return tuple(map_findings(audit(list(report_quads(number)), Namespace()), Namespace()))


@cache
def vocabularies() -> tuple[Quad, ...]:
    """The graphs of the ontology and of the code lists, as a build publishes them."""
    return tuple(vocabulary_quads(["420103", "420104", "420106", "420111"], Namespace()))


def triples(*quads: Quad) -> Graph:
    """Some quads as an rdflib graph."""
    text = serialize([quad.triple for quad in quads], format=RdfFormat.N_TRIPLES) or b""
    return Graph().parse(data=text, format="nt")
