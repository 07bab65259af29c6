"""What a report tells beside its figures to quads: the unit's make-up, its work, its terms."""

from __future__ import annotations

from collections.abc import Iterable

from kg.facts import (
    ALL,
    Composition,
    Definition,
    Duty,
    Fact,
    Office,
    Subordinate,
    WorkItem,
)
from kg.graph import Graph, text
from kg.mapping.identity import Names
from kg.mapping.units import map_subordinate

Told = Composition | WorkItem | Definition | Duty | Office | Subordinate


def map_narrative(graph: Graph, names: Names, facts: Iterable[Fact]) -> None:
    """State all that is told among some facts, each with its passage."""
    for fact in facts:
        if isinstance(fact, Told) and not _is_itself(names, fact):
            _map(graph, names, fact)
            graph.add(names.facts[fact], "bud:report", names.report)
            graph.passage(names.facts[fact], names.source, fact.passage)


def _map(graph: Graph, names: Names, fact: Told) -> None:
    subject = names.facts[fact]
    match fact:
        case Composition():
            _map_composition(graph, subject, fact)
        case WorkItem():
            _map_work(graph, subject, fact)
        case Definition(term, definition):
            graph.types(subject, "bud:Definition")
            if fact.function and fact.function.code:
                graph.code(subject, "bud:defines", f"functional/{fact.function.code}")
            graph.add(subject, "bud:term", text(term))
            graph.add(subject, "skos:definition", text(definition))
        case Duty(duty):
            graph.types(subject, "bud:Duty")
            graph.add(subject, "bud:unit", names.unit)
            graph.add(subject, "bud:text", text(duty))
        case Office(name):
            graph.types(subject, "org:OrganizationalUnit")
            graph.add(subject, "org:unitOf", names.unit)
            graph.add(subject, "skos:prefLabel", text(name))
        case Subordinate(name):
            map_subordinate(graph, names, subject, name)


def _map_composition(graph: Graph, subject: str, composition: Composition) -> None:
    dimensions = composition.dimensions
    graph.types(subject, "bud:Composition")
    graph.code(subject, "bud:place", f"place/{dimensions.place}")
    graph.code(subject, "bud:nature", f"nature/{dimensions.nature}")
    if dimensions.item != ALL:
        graph.code(subject, "bud:item", f"item/{dimensions.item}")
    if dimensions.economic != ALL:
        graph.code(subject, "bud:economic", f"economic/{dimensions.economic}")
    graph.add(subject, "bud:text", text(composition.text))
    for code in composition.economic:
        graph.code(subject, "bud:includes", f"economic/{code}")


def _map_work(graph: Graph, subject: str, item: WorkItem) -> None:
    graph.types(subject, "bud:WorkItem")
    graph.code(subject, "bud:place", "place/work")
    if item.name:
        graph.add(subject, "skos:prefLabel", text(item.name))
    graph.add(subject, "bud:text", text(item.text))
    if item.goal:
        graph.add(subject, "bud:goal", text(item.goal))
    if item.status:
        graph.add(subject, "bud:status", text(item.status))


def _is_itself(names: Names, fact: Told) -> bool:
    """Whether a list of subordinate units begins with the unit that reports, as most do."""
    return isinstance(fact, Subordinate) and names.other_unit(fact.name) == names.unit
