"""Self-evaluations and their indicators to quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from kg.facts import Evaluation, Fact, Funding, Indicator, Passage
from kg.graph import XSD, Graph, decimal, integer, passage_iri, string, text, year
from kg.mapping.identity import Names
from kg.vocabulary import slug


def map_performance(graph: Graph, names: Names, facts: Iterable[Fact]) -> None:
    """State all evaluations and indicators among some facts."""
    projects: set[str] = set()
    for fact in facts:
        match fact:
            case Evaluation(project=str(project)):
                _map_project(graph, names, project, projects)
                _map_evaluation(graph, names, fact)
                graph.add(names.facts[fact], "bud:project", names.project(project))
            case Evaluation():
                _map_evaluation(graph, names, fact)
            case Indicator():
                _map_indicator(graph, names, fact)


def _map_project(graph: Graph, names: Names, printed: str, known: set[str]) -> None:
    """A project is called what it is called first: other places may print other brackets."""
    project = names.project(printed)
    if project not in known:
        known.add(project)
        graph.types(project, "bud:Project")
        graph.add(project, "bud:unit", names.unit)
        graph.add(project, "skos:prefLabel", text(printed))


def _map_evaluation(graph: Graph, names: Names, evaluation: Evaluation) -> None:
    subject = names.facts[evaluation]
    graph.types(subject, "bud:Evaluation")
    graph.add(subject, "bud:report", names.report)
    graph.add(subject, "bud:fiscalYear", year(evaluation.fiscal_year))
    graph.code(subject, "bud:place", f"place/{evaluation.place}")
    for kind in evaluation.kinds:
        graph.add(subject, "bud:projectKind", text(kind))
    _map_money(graph, subject, evaluation)
    if evaluation.received:
        graph.add(subject, "bud:receivedAmount", decimal(evaluation.received.amount))
    for name, points in (
        ("weight", evaluation.weight),
        ("executionScore", evaluation.execution_score),
        ("score", evaluation.score),
    ):
        if points is not None:
            graph.add(subject, f"bud:{name}", decimal(points))
    for name in ("goal", "outputs", "problems", "improvements"):
        if value := getattr(evaluation, name):
            graph.add(subject, f"bud:{name}", text(value))
    graph.passage(subject, names.source, evaluation.passage)
    for passage in _figures_beyond(evaluation):
        graph.add(subject, "bud:statedAt", passage_iri(names.source, passage))
    for source in evaluation.funding:
        _map_funding(graph, names, subject, source)


def _figures_beyond(evaluation: Evaluation) -> Iterator[Passage]:
    """Where the figures of an evaluation stand, of those outside its own passage."""
    own = evaluation.passage
    amounts = (evaluation.initial, evaluation.budget, evaluation.received, evaluation.executed)
    for figure in (*amounts, evaluation.execution_rate):
        if figure and not own.start <= figure.passage.start <= own.end:
            yield figure.passage


def _map_money(graph: Graph, subject: str, stated: Evaluation | Funding) -> None:
    """The amounts and the rate that an evaluation, or a source of its funding, states."""
    for name, money in (
        ("initial", stated.initial),
        ("budget", stated.budget),
        ("executed", stated.executed),
    ):
        if money:
            graph.add(subject, f"bud:{name}Amount", decimal(money.amount))
    if stated.execution_rate:
        graph.add(subject, "bud:executionRate", decimal(stated.execution_rate.value))
        graph.add(subject, "bud:reportedRate", string(stated.execution_rate.reported))


def _map_funding(graph: Graph, names: Names, evaluation: str, source: Funding) -> None:
    subject = f"{evaluation}/funding/{slug(source.name)}"
    graph.types(subject, "bud:Funding")
    graph.add(subject, "bud:evaluation", evaluation)
    graph.add(subject, "skos:prefLabel", text(source.name))
    _map_money(graph, subject, source)
    graph.passage(subject, names.source, source.passage)


def _map_indicator(graph: Graph, names: Names, indicator: Indicator) -> None:
    subject = names.facts[indicator]
    graph.types(subject, "bud:Indicator")
    graph.add(subject, "bud:evaluation", names.facts[indicator.evaluation])
    if indicator.goal_number is not None:
        graph.add(subject, "bud:goalNumber", integer(indicator.goal_number))
    graph.code(subject, "bud:level1", f"indicator/{indicator.level1}")
    if indicator.level2:
        graph.code(subject, "bud:level2", f"indicator/{indicator.level2}")
    graph.add(subject, "skos:prefLabel", text(indicator.name))
    for name in ("target", "actual"):
        if printed := getattr(indicator, name):
            graph.add(subject, f"bud:{name}", text(printed))
    _map_values(graph, subject, indicator)
    if indicator.reason:
        graph.add(subject, "bud:reason", text(indicator.reason))
    graph.passage(subject, names.source, indicator.passage)


def _map_values(graph: Graph, subject: str, indicator: Indicator) -> None:
    """What of the target, the actual value and the points can be read as numbers."""
    if indicator.target_comparator:
        graph.add(subject, "bud:targetComparator", string(indicator.target_comparator))
    for name, value in (
        ("bud:targetValue", indicator.target_value),
        ("bud:actualValue", indicator.actual_value),
        ("bud:weight", indicator.weight),
        ("bud:score", indicator.score),
    ):
        if value is not None:
            graph.add(subject, name, decimal(value))
    if indicator.value_unit:
        graph.add(subject, "bud:valueUnit", text(indicator.value_unit))
    if indicator.attained is not None:
        attained = "true" if indicator.attained else "false"
        boolean = Literal(attained, datatype=NamedNode(XSD + "boolean"))
        graph.add(subject, "bud:attained", boolean)
