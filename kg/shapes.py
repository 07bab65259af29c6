"""The structural shapes (shapes/structure.ttl), run on one report's graph."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.resources import published, turtle
from kg.vocabulary import Namespace

try:
    import shacl
except ImportError:  # there is no wheel of it for every kind of machine
    shacl = None  # type: ignore[assignment]


def violations(quads: Iterable[Quad], namespace: Namespace) -> list[str]:
    """What is wrong with the structure of a report's graph: a sentence for each violation.

    A violation is a mistake of ours, not of the report: its graph must not be published. That there
    is none, `shacl` says in a thirtieth of pySHACL's time; what there is, pySHACL says.
    """
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    ntriples = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    if shacl and _compiled(namespace.base).validate_text(ntriples, "ntriples", max_results=1):
        return []
    from kg.structure import structure_report  # noqa: PLC0415 - slow to start, and seldom asked

    return structure_report(ntriples, namespace.base)


@cache
def _compiled(base: str) -> shacl.Shapes:
    return shacl.Shapes.from_turtle(turtle(published("shapes") / "structure.ttl", base))
