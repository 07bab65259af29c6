"""One report to the quads of its named graph (DESIGN.md §3)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.codes import load_code_lists
from kg.facts import (
    Change,
    Dimensions,
    Explanation,
    Extraction,
    Fact,
    Function,
    Head,
    MoneyUnit,
    Ratio,
    Statement,
)
from kg.figures import Figure, figures
from kg.mapping.graph import XSD, Graph, decimal, string, text, year
from kg.mapping.identity import Names, name_facts, name_report
from kg.mapping.performance import map_performance
from kg.vocabulary import CNY, Namespace


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a report was read from: its media type and SHA-256."""

    format: str
    sha256: str


def map_report(extraction: Extraction, source: Source, namespace: Namespace) -> list[Quad]:
    """All quads of a report, in its own named graph, without the code lists."""
    head = extraction.head
    unit, report = name_report(head, namespace)
    names = name_facts(extraction.facts, namespace, unit, report, head.fiscal_year)
    graph = Graph(report, namespace)
    _map_head(graph, names, head, source)
    units = _map_data_sets(graph, names, extraction.facts)
    statements = [fact for fact in extraction.facts if isinstance(fact, Statement)]
    for figure in figures(statements):
        _map_figure(graph, names, figure, units)
    for fact in extraction.facts:
        match fact:
            case Ratio():
                _map_ratio(graph, names, fact)
            case Change():
                _map_change(graph, names, fact, units)
            case Explanation():
                _map_explanation(graph, names, fact)
    map_performance(graph, names, extraction.facts)
    return list(graph)


def _map_head(graph: Graph, names: Names, head: Head, source: Source) -> None:
    report, unit = names.report, names.unit
    graph.types(report, "bud:Report")
    graph.add(report, "dct:title", text(head.title))
    graph.add(report, "bud:unit", unit)
    graph.add(report, "bud:fiscalYear", year(head.fiscal_year))
    if head.issued:
        issued = Literal(head.issued.isoformat(), datatype=NamedNode(XSD + "date"))
        graph.add(report, "dct:issued", issued)
    graph.add(report, "dct:source", names.source)
    graph.add(report, "bud:sha256", string(source.sha256))
    graph.add(report, "dct:format", string(source.format))
    if head.telephone:
        graph.add(report, "schema:telephone", string(head.telephone))
    graph.types(unit, "bud:Unit", "org:FormalOrganization")
    graph.add(unit, "skos:prefLabel", text(head.unit))
    if head.region:
        graph.add(unit, "bud:region", graph.namespace.region(head.region))


# --- data sets: what holds for all of one place


def _map_data_sets(graph: Graph, names: Names, facts: Iterable[Fact]) -> dict[str, MoneyUnit]:
    """A data set for each place and kind of observation; the money unit that holds for each."""
    units: dict[str, Counter[MoneyUnit]] = defaultdict(Counter)
    for fact in facts:
        if isinstance(fact, Statement | Change):
            units[_data_set(names, fact)][fact.money.unit] += 1
        if isinstance(fact, Statement | Ratio | Change):
            _map_data_set(graph, names, fact)
    usual = {data_set: counter.most_common(1)[0][0] for data_set, counter in units.items()}
    for data_set, unit in usual.items():
        graph.add(data_set, "bud:currency", CNY)
        graph.code(data_set, "bud:reportedUnit", f"money/{unit}")
    return usual


def _data_set(names: Names, fact: Statement | Ratio | Change) -> str:
    """Statements, ratios and changes have measures of their own, so data sets of their own."""
    kind = {Statement: "", Ratio: "/ratios", Change: "/changes"}[type(fact)]
    return f"{names.report}/{fact.dimensions.place}{kind}"


def _map_data_set(graph: Graph, names: Names, fact: Statement | Ratio | Change) -> None:
    data_set = _data_set(names, fact)
    graph.types(data_set, "qb:DataSet")
    graph.add(data_set, "qb:structure", f"bud:{type(fact).__name__}Structure")
    graph.add(data_set, "bud:report", names.report)
    graph.code(data_set, "bud:place", f"place/{fact.dimensions.place}")


# --- observations


def _map_figure(graph: Graph, names: Names, figure: Figure, units: dict[str, MoneyUnit]) -> None:
    subject = names.facts[figure.statement]
    graph.types(subject, "bud:Figure")
    graph.code(subject, "bud:agreement", f"agreement/{figure.agreement}")
    _map_statement(graph, names, figure.statement, units)
    for statement in figure.restatements:
        graph.add(names.facts[statement], "bud:restates", subject)
        _map_statement(graph, names, statement, units)


def _map_statement(
    graph: Graph, names: Names, statement: Statement, units: dict[str, MoneyUnit]
) -> None:
    subject = names.facts[statement]
    graph.types(subject, "bud:Statement")
    _map_observation(graph, names, statement)
    _map_money(graph, names, statement, units)


def _map_change(graph: Graph, names: Names, change: Change, units: dict[str, MoneyUnit]) -> None:
    subject = names.facts[change]
    graph.types(subject, "bud:Change")
    _map_observation(graph, names, change)
    _map_money(graph, names, change, units)
    graph.code(subject, "bud:changeBase", f"change/{change.base}")


def _map_ratio(graph: Graph, names: Names, ratio: Ratio) -> None:
    subject = names.facts[ratio]
    graph.types(subject, "bud:Ratio")
    _map_observation(graph, names, ratio)
    graph.code(subject, "bud:ratioKind", f"ratio/{ratio.kind}")
    graph.add(subject, "bud:percent", decimal(ratio.percent))
    graph.add(subject, "bud:reportedPercent", string(ratio.reported))
    if ratio.base:
        graph.code(subject, "bud:base", ratio.base)


def _map_money(
    graph: Graph, names: Names, fact: Statement | Change, units: dict[str, MoneyUnit]
) -> None:
    subject, money = names.facts[fact], fact.money
    graph.add(subject, "bud:amount", decimal(money.amount))
    graph.add(subject, "bud:reportedAmount", string(money.reported))
    if money.unit != units[_data_set(names, fact)]:
        graph.code(subject, "bud:reportedUnit", f"money/{money.unit}")


def _map_observation(graph: Graph, names: Names, fact: Statement | Ratio | Change) -> None:
    """What all observations have: data set, dimensions, passage."""
    subject, dimensions = names.facts[fact], fact.dimensions
    graph.types(subject, "qb:Observation")
    graph.add(subject, "qb:dataSet", _data_set(names, fact))
    graph.add(subject, "bud:report", names.report)
    _map_dimensions(graph, names, subject, dimensions)
    graph.passage(subject, names.source, fact.passage)


def _map_dimensions(graph: Graph, names: Names, subject: str, dimensions: Dimensions) -> None:
    graph.add(subject, "bud:unit", names.unit)
    graph.add(subject, "bud:fiscalYear", year(dimensions.fiscal_year))
    for name in ("place", "flow", "fund", "phase", "nature", "economic", "item"):
        graph.code(subject, f"bud:{name}", f"{name}/{getattr(dimensions, name)}")
    _map_function(graph, names, subject, dimensions.function)


def _map_function(graph: Graph, names: Names, subject: str, function: Function | None) -> None:
    if function is None:
        graph.code(subject, "bud:function", "functional/all")
        return
    if function.text:
        graph.add(subject, "bud:functionText", text(function.text))
    if function.code:
        graph.code(subject, "bud:function", f"functional/{function.code}")
        return
    concept = names.local_function(function.text or "")
    graph.add(subject, "bud:function", concept)
    graph.types(concept, "skos:Concept")
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


# --- reasons


def _map_explanation(graph: Graph, names: Names, explanation: Explanation) -> None:
    subject = names.facts[explanation]
    graph.types(subject, "bud:Explanation")
    graph.add(subject, "bud:report", names.report)
    graph.code(subject, "bud:place", f"place/{explanation.place}")
    graph.add(subject, "bud:text", text(explanation.text))
    for fact in explanation.explains:
        graph.add(subject, "bud:explains", names.facts[fact])
    graph.passage(subject, names.source, explanation.passage)
