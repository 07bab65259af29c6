"""One report to the quads of its named graph (DESIGN.md §3)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from kg.codes import load_code_lists
from kg.collector import collector_at_rest
from kg.facts import (
    ALL,
    Change,
    Count,
    Definition,
    Dimensions,
    Explanation,
    Extraction,
    Fact,
    Function,
    Head,
    Observation,
    Ratio,
    Statement,
    Use,
    reading_of,
)
from kg.figures import Figure, figures
from kg.graph import XSD, Graph, decimal, integer, passage_iri, string, text, year
from kg.mapping.data_sets import DataSet, data_sets, map_data_sets
from kg.mapping.form import map_form
from kg.mapping.identity import Names, name_facts, part_of
from kg.mapping.naming import map_glossary_namings, map_namings
from kg.mapping.narrative import map_narrative
from kg.mapping.performance import map_performance
from kg.mapping.projects import map_projects
from kg.mapping.units import map_unit
from kg.record import record
from kg.vocabulary import Namespace

#: The data set of each observation, by the observation's IRI.
DataSets = Mapping[str, DataSet]


@record
class Source:
    """The file that a report was read from: its media type and SHA-256."""

    format: str
    sha256: str


@collector_at_rest()
def map_report(extraction: Extraction, source: Source, namespace: Namespace) -> Graph:
    """The named graph of a report, without the code lists."""
    head = extraction.head
    names = name_facts(extraction.facts, head, namespace)
    graph = Graph(names.report, namespace)
    _map_head(graph, names, head, source)
    sets = data_sets(names, extraction.facts)
    map_data_sets(graph, names, sets.values())
    statements = [fact for fact in extraction.facts if isinstance(fact, Statement)]
    for figure in figures(statements):
        _map_figure(graph, names, figure, sets)
    map_namings(graph, names, statements)
    glossary = [fact for fact in extraction.facts if isinstance(fact, Definition)]
    map_glossary_namings(graph, names, glossary)
    for fact in extraction.facts:
        match fact:
            case Ratio():
                _map_ratio(graph, names, fact, sets)
            case Change():
                _map_change(graph, names, fact, sets)
            case Count():
                _map_count(graph, names, fact, sets)
            case Explanation() | Use():
                _map_told(graph, names, fact)
    map_performance(graph, names, extraction.facts)
    map_projects(graph, names, extraction.facts)
    map_narrative(graph, names, extraction.facts)
    map_form(graph, names, extraction.facts)
    return graph


def _map_head(graph: Graph, names: Names, head: Head, source: Source) -> None:
    report = names.report
    graph.types(report, "bud:Report")
    graph.add(report, "dct:title", text(head.title))
    graph.add(report, "bud:unit", names.unit)
    graph.add(report, "bud:fiscalYear", year(head.fiscal_year))
    if head.issued:
        issued = Literal(head.issued.isoformat(), datatype=NamedNode(XSD + "date"))
        graph.add(report, "dct:issued", issued)
    graph.add(report, "dct:source", names.source)
    graph.add(report, "bud:sha256", string(source.sha256))
    graph.add(report, "dct:format", string(source.format))
    if head.telephone:
        graph.add(report, "schema:telephone", string(head.telephone))
    map_unit(graph, names)


# --- observations


def _map_figure(graph: Graph, names: Names, figure: Figure, sets: DataSets) -> None:
    subject = names.facts[figure.statement]
    graph.types(subject, "bud:Figure")
    graph.code(subject, "bud:agreement", f"agreement/{figure.agreement}")
    _map_statement(graph, names, subject, figure.statement, sets)
    for statement in figure.restatements:
        restating = names.facts[statement]
        graph.add(restating, "bud:restates", subject)
        _map_statement(graph, names, restating, statement, sets)


def _map_statement(
    graph: Graph, names: Names, subject: str, statement: Statement, sets: DataSets
) -> None:
    graph.types(subject, "bud:Statement")
    _map_observation(graph, names, subject, statement, sets)
    _map_money(graph, subject, statement)


def _map_change(graph: Graph, names: Names, change: Change, sets: DataSets) -> None:
    subject = names.facts[change]
    graph.types(subject, "bud:Change")
    _map_observation(graph, names, subject, change, sets)
    _map_money(graph, subject, change)
    graph.code(subject, "bud:changeBase", f"change/{change.base}")


def _map_ratio(graph: Graph, names: Names, ratio: Ratio, sets: DataSets) -> None:
    subject = names.facts[ratio]
    graph.types(subject, "bud:Ratio")
    _map_observation(graph, names, subject, ratio, sets)
    graph.code(subject, "bud:ratioKind", f"ratio/{ratio.kind}")
    graph.add(subject, "bud:percent", decimal(ratio.percent))
    graph.add(subject, "bud:reportedPercent", string(ratio.reported))
    if ratio.base:
        graph.code(subject, "bud:base", ratio.base)


def _map_count(graph: Graph, names: Names, count: Count, sets: DataSets) -> None:
    subject = names.facts[count]
    graph.types(subject, "bud:Count")
    _map_observation(graph, names, subject, count, sets)
    graph.add(subject, "bud:count", integer(count.count))
    graph.add(subject, "bud:countUnit", text(count.unit))
    graph.add(subject, "bud:reportedCount", string(count.reported))


def _map_money(graph: Graph, subject: str, fact: Statement | Change) -> None:
    graph.add(subject, "bud:amount", decimal(fact.money.amount))
    graph.add(subject, "bud:reportedAmount", string(fact.money.reported))


def _map_observation(
    graph: Graph, names: Names, subject: str, fact: Observation, sets: DataSets
) -> None:
    """What all observations have: data set, dimensions, passage, how it was read."""
    data_set = sets[subject]
    graph.types(subject, "qb:Observation")
    graph.add(subject, "qb:dataSet", data_set.iri)
    graph.add(subject, "bud:report", names.report)
    _map_dimensions(graph, names, subject, fact.dimensions)
    graph.passage(subject, names.source, fact.passage)
    if data_set.is_odd:
        graph.code(subject, "bud:reportedUnit", f"money/{data_set.money}")
    if data_set.reading is None:
        graph.code(subject, "bud:reading", f"reading/{reading_of(fact)}")


def _map_dimensions(graph: Graph, names: Names, subject: str, dimensions: Dimensions) -> None:
    graph.add(subject, "bud:unit", names.unit)
    graph.add(subject, "bud:fiscalYear", year(dimensions.fiscal_year))
    for name in ("place", "flow", "fund", "phase", "nature", "economic"):
        graph.code(subject, f"bud:{name}", f"{name}/{getattr(dimensions, name)}")
    _map_item(graph, names, subject, dimensions)
    _map_function(graph, names, subject, dimensions.function)


def _map_item(graph: Graph, names: Names, subject: str, dimensions: Dimensions) -> None:
    """The item, or the concept of the report's own for a part that no code list has."""
    path = part_of(dimensions)
    if path is None:
        graph.code(subject, "bud:item", f"item/{dimensions.item}")
        return
    concept = names.local_item(path)
    graph.add(subject, "bud:item", concept)
    graph.types(concept, "skos:Concept")
    graph.code(concept, "skos:inScheme", "item-or-printed")
    graph.add(concept, "skos:prefLabel", text(dimensions.part or ""))
    if dimensions.within:
        whole = dataclasses.replace(dimensions, part=dimensions.within, within=None)
        graph.add(concept, "skos:broader", names.local_item(part_of(whole) or ""))
    elif dimensions.item != ALL:
        graph.code(concept, "skos:broader", f"item/{dimensions.item}")


def _map_function(graph: Graph, names: Names, subject: str, function: Function | None) -> None:
    if function is None:
        graph.code(subject, "bud:function", "functional/all")
        return
    if function.text:
        graph.add(subject, "bud:functionText", text(function.text))
    if function.at:
        graph.add(subject, "bud:statedAt", passage_iri(names.source, function.at))
    if function.code:
        graph.code(subject, "bud:function", f"functional/{function.code}")
        return
    concept = names.local_function(function.text or "")
    graph.add(subject, "bud:function", concept)
    graph.types(concept, "skos:Concept")
    graph.code(concept, "skos:inScheme", "functional-or-printed")
    graph.add(concept, "skos:prefLabel", text(function.text or ""))
    if broader := _known_part(function.text or "", names.fiscal_year):
        graph.code(concept, "skos:broader", f"functional/{broader}")


def _known_part(path: str, fiscal_year: int) -> str | None:
    """The code of the class or division that an unknown item's path, or its code, begins with."""
    levels = path.split("/")
    functional = load_code_lists().functional
    if digits := re.match(r"\d{5,7}", path):
        return next((digits[0][:n] for n in (5, 3) if digits[0][:n] in functional), None)
    for length in range(len(levels) - 1, 0, -1):
        if code := functional.resolve(tuple(levels[:length]), year=fiscal_year):
            return code
    return None


# --- reasons and uses


def _map_told(graph: Graph, names: Names, told: Explanation | Use) -> None:
    """What the report tells in words of some of its figures."""
    facts: Sequence[Fact]
    if isinstance(told, Use):
        kind, of, facts = told.kind.capitalize(), "tellsOf", told.tells_of
    else:
        kind, of, facts = "Explanation", "explains", told.explains
    subject = names.facts[told]
    graph.types(subject, f"bud:{kind}")
    graph.add(subject, "bud:report", names.report)
    graph.code(subject, "bud:place", f"place/{told.place}")
    graph.add(subject, "bud:text", text(told.text))
    if isinstance(told, Use):
        for code in told.functions:
            graph.code(subject, "bud:includes", f"functional/{code}")
    if isinstance(told, Explanation) and told.direction:
        graph.add(subject, "bud:direction", string(told.direction))
    for fact in facts:
        graph.add(subject, f"bud:{of}", names.facts[fact])
    graph.passage(subject, names.source, told.passage)
