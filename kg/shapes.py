"""The structural shapes (shapes/structure.ttl), run on one report's graph."""

from __future__ import annotations

from functools import cache

from kg.resources import published, turtle
from kg.vocabulary import Namespace

try:
    import shacl
except ImportError:  # there is no wheel of it for every kind of machine
    shacl = None  # type: ignore[assignment]


def violations(report: bytes, namespace: Namespace) -> list[str]:
    """What is wrong with the structure of a report's graph, in Turtle: a sentence a violation.

    A violation is a mistake of ours, not of the report: its graph must not be published. That there
    is none, `shacl` says in a thirtieth of pySHACL's time; what there is, pySHACL says.

    Raises:
        ValueError: it isn't Turtle.
    """
    if shacl and _compiled(namespace.base).validate_text(report.decode(), max_results=1):
        return []
    from kg.structure import structure_report  # noqa: PLC0415 - slow to start, and seldom asked

    return structure_report(report, namespace.base)


def structure(base: str) -> str:
    """The structural shapes in Turtle, for IRIs under `base`."""
    return turtle(published("shapes") / "structure.ttl", base)


@cache
def _compiled(base: str) -> shacl.Shapes:
    return shacl.Shapes.from_turtle(structure(base))
