"""What a release publishes beside its reports: the ontology, the code lists, the regions used."""

from __future__ import annotations

import json
import shutil
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, parse

from kg.build.cache import Cache
from kg.build.parts import nquads_lines
from kg.build.pieces import Piece
from kg.graph import Graph, string, text
from kg.regions import ancestors, former_names, region_name
from kg.resources import published, turtle
from kg.vocabulary import DEFAULT_BASE, PREFIXES, Namespace

FOLDERS: tuple[Literal["ontology"], Literal["shapes"]] = ("ontology", "shapes")
#: What of them is published: Turtle, mappings, the context of JSON-LD.
_PUBLISHED = (".ttl", ".sssom.tsv", ".jsonld")
#: What nothing but vocabularies speaks of, by how its IRIs go on after the base.
_THEIRS = ("code/", "ontology#", "rule/", "shapes#")


def copy_vocabularies(release: Path, namespace: Namespace) -> None:
    """The ontology with its context, code lists, shapes, mappings, and the JSON Schema of facts."""
    from kg.schema import record_schema  # noqa: PLC0415 - slow to start

    for name in FOLDERS:
        folder = published(name)
        for file in sorted(f for f in folder.rglob("*") if f.name.endswith(_PUBLISHED)):
            target = release / name / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            if namespace.base == DEFAULT_BASE:
                shutil.copyfile(file, target)
            else:
                target.write_text(turtle(file, namespace.base), "utf-8")
    schema = json.dumps(record_schema(namespace), ensure_ascii=False, indent=2)
    (release / "facts.schema.json").write_text(schema + "\n", "utf-8")


def vocabulary_quads(regions: Iterable[str], namespace: Namespace) -> list[Quad]:
    """The graphs of the ontology and of the code lists."""
    ontology = published("ontology")
    terms = _graph(sorted(ontology.glob("*.ttl")), namespace, "ontology")
    terms += _named(_graph(sorted(published("shapes").glob("*.ttl")), namespace, "ontology"))
    codes = _graph(sorted((ontology / "code").glob("*.ttl")), namespace, "codes")
    codes += _in_wider_schemes(terms, codes)
    codes += _region_quads(regions, namespace)
    return [*terms, *codes]


def vocabulary_pieces(
    quads: Iterable[Quad], cache: Cache, namespace: Namespace, scratch: Path
) -> tuple[list[Piece], list[Path]]:
    """The lines of vocabularies: what nothing else speaks of, and sorted files of the others."""
    pieces, others = [], nquads_lines(quads)
    for name in _THEIRS:
        start = f"<{namespace.base}{name}".encode()
        first, end = bisect_left(others, start), bisect_left(others, start + b"\xff")
        pieces.append(cache.piece(start, others[first:end]))
        del others[first:end]
    rest = scratch / "vocabularies.nq"
    rest.write_bytes(b"".join(others))
    return pieces, [rest]


def _named(quads: Iterable[Quad]) -> list[Quad]:
    """What is said of the shapes and rules that have names, so that findings can be explained.

    Their constraints are blank nodes, which a byte-identical release can't hold: shapes/ has them.
    """
    return [
        q
        for q in quads
        if not isinstance(q.subject, BlankNode) and not isinstance(q.object, BlankNode)
    ]


def _graph(files: Iterable[Path], namespace: Namespace, name: str) -> list[Quad]:
    graph = NamedNode(namespace.graph(name))
    quads = []
    for file in files:
        for quad in parse(turtle(file, namespace.base), format=RdfFormat.TURTLE):
            assert quad.graph_name == DefaultGraph()
            quads.append(Quad(quad.subject, quad.predicate, quad.object, graph))
    return quads


def _in_wider_schemes(terms: Iterable[Quad], codes: Iterable[Quad]) -> list[Quad]:
    """Concepts of a code list are of the schemes that the ontology says it is part of, too."""
    in_scheme, has_part = NamedNode(PREFIXES["skos"] + "inScheme"), PREFIXES["dct"] + "hasPart"
    wider = {q.object: q.subject for q in terms if q.predicate.value == has_part}
    return [
        Quad(q.subject, in_scheme, wider[q.object], q.graph_name)
        for q in codes
        if q.predicate == in_scheme and q.object in wider
    ]


def _region_quads(regions: Iterable[str], namespace: Namespace) -> list[Quad]:
    """The regions of GB/T 2260 that units are in, and those that these are in."""
    graph = Graph(namespace.graph("codes"), namespace)
    for code in sorted({c for region in regions for c in (region, *ancestors(region))}):
        iri = namespace.region(code)
        graph.types(iri, "bud:Region", "skos:Concept")
        graph.add(iri, "skos:notation", string(code))
        graph.add(iri, "skos:prefLabel", text(region_name(code) or code))
        for name in former_names(code):
            graph.add(iri, "skos:altLabel", text(name))
        above = [c for c in ancestors(code) if c != code]
        graph.add(iri, "skos:broader", namespace.region(above[0]) if above else None)
    return list(graph)
