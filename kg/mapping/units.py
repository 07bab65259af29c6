"""The units of a report to quads: who reports, whom it belongs to, what belongs to it."""

from __future__ import annotations

from kg.bodies import official_name, typeset
from kg.graph import Graph, text
from kg.mapping.identity import Names
from kg.vocabulary import normal_name


def map_unit(graph: Graph, names: Names) -> None:
    """State the unit that reports, and the bodies that its name says it belongs to."""
    head, unit = names.head, names.unit
    graph.types(unit, "bud:Unit", "org:FormalOrganization")
    _call(graph, unit, head.unit)
    if head.region:
        graph.add(unit, "bud:region", graph.namespace.region(head.region))
    below = unit
    for parent, name in names.parents():
        graph.types(parent, "org:FormalOrganization")
        graph.add(parent, "skos:prefLabel", text(name))
        graph.add(below, "org:subOrganizationOf", parent)
        below = parent


def map_subordinate(graph: Graph, names: Names, subject: str, name: str) -> None:
    """State a membership, since it is the report that says so; the unit has an IRI of its own."""
    unit = names.other_unit(name)
    graph.types(subject, "org:Membership")
    graph.add(subject, "org:member", unit)
    graph.add(subject, "org:organization", names.unit)
    graph.types(unit, "org:FormalOrganization")
    _call(graph, unit, name)
    graph.add(unit, "org:subOrganizationOf", names.unit)


def _call(graph: Graph, unit: str, printed: str) -> None:
    """State a unit's official name, the same in all reports, and the printed one if not that."""
    official, plain = official_name(printed), typeset(normal_name(printed))
    graph.add(unit, "skos:prefLabel", text(official))
    if plain != official:
        graph.add(unit, "skos:altLabel", text(plain))
