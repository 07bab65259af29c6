"""What a report tells of itself to quads: headings, denials, targets and the like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from kg.bodies import typeset
from kg.facts import (
    ALL,
    Denial,
    Fact,
    Form,
    Heading,
    HeadingKind,
    Irregularity,
    IrregularityKind,
    Mention,
    Statement,
    Target,
)
from kg.graph import XSD, Graph, decimal, integer, text, year
from kg.mapping.broken_off import broken_off
from kg.mapping.identity import Names
from kg.vocabulary import normal_name

HEADINGS: Mapping[HeadingKind, str] = {
    "part": "bud:PartHeading",
    "section": "bud:SectionHeading",
    "table": "bud:TableHeading",
    "entry": "bud:ContentsEntry",
}
IRREGULARITIES: Mapping[IrregularityKind, str] = {
    "placeholder": "bud:Placeholder",
    "undecided": "bud:UndecidedWord",
    "instruction": "bud:TemplateInstruction",
    "formula-error": "bud:FormulaError",
    "bare-percentage": "bud:BarePercentage",
    "economic-name": "bud:EconomicMisnomer",
}


def map_form(graph: Graph, names: Names, facts: Sequence[Fact]) -> None:
    """State what a report tells of itself among some facts, each with its passage."""
    statements = (fact for fact in facts if isinstance(fact, Statement))
    cut = broken_off(statements, names.fiscal_year)
    for fact in facts:
        if isinstance(fact, Form):
            subject = names.facts[fact]
            _map(graph, subject, fact)
            graph.add(subject, "bud:report", names.report)
            graph.passage(subject, names.source, fact.passage)
            if isinstance(fact, Heading) and fact.kind == "table" and fact.place in cut:
                graph.code(subject, "bud:brokenOffAt", f"functional/{cut[fact.place]}")


def _map(graph: Graph, subject: str, fact: Form) -> None:
    match fact:
        case Heading():
            graph.types(subject, "bud:Heading", HEADINGS[fact.kind])
            graph.code(subject, "bud:place", f"place/{fact.place}")
            graph.add(subject, "dct:title", text(fact.title))
            if fact.empty is not None:
                graph.add(subject, "bud:empty", _boolean(fact.empty))
        case Mention():
            _map_mention(graph, subject, fact)
        case Denial():
            graph.types(subject, "bud:Denial")
            graph.code(subject, "bud:place", f"place/{fact.place}")
            graph.code(subject, "bud:flow", f"flow/{fact.flow}")
            graph.code(subject, "bud:fund", f"fund/{fact.fund}")
            if fact.item != ALL:
                graph.code(subject, "bud:item", f"item/{fact.item}")
            if fact.phase:
                graph.code(subject, "bud:phase", f"phase/{fact.phase}")
            graph.add(subject, "bud:text", text(fact.text))
        case Irregularity():
            graph.types(subject, "bud:Irregularity", IRREGULARITIES[fact.kind])
            graph.add(subject, "bud:text", text(fact.text))
            if fact.meant:
                graph.code(subject, "bud:suggestedEconomic", f"economic/{fact.meant}")
        case Target():
            _map_target(graph, subject, fact)


def _map_target(graph: Graph, subject: str, target: Target) -> None:
    graph.types(subject, "bud:Target")
    graph.code(subject, "bud:place", f"place/{target.place}")
    graph.add(subject, "bud:text", text(target.text))
    if target.number is not None:
        graph.add(subject, "bud:targetNumber", integer(target.number))
    if target.met is not None:
        graph.add(subject, "bud:met", _boolean(target.met))
    for name in ("planned", "done", "percent"):
        if (value := getattr(target, name)) is not None:
            graph.add(subject, f"bud:{name}{'OfPlan' if name == 'percent' else ''}", decimal(value))


def _map_mention(graph: Graph, subject: str, mention: Mention) -> None:
    match mention.kind:
        case "unit":
            graph.types(subject, "bud:Mention", "bud:UnitMention")
            graph.add(subject, "bud:text", text(typeset(normal_name(mention.text))))
        case "project":
            graph.types(subject, "bud:Mention", "bud:ProjectMention")
            graph.add(subject, "bud:text", text(mention.text))
            graph.add(subject, "bud:formName", text(mention.form or ""))
        case "year":
            graph.types(subject, "bud:Mention", "bud:YearMention")
            graph.add(subject, "bud:fiscalYear", year(int(mention.text)))
        case "comparison-year":
            graph.types(subject, "bud:Mention", "bud:ComparisonMention")
            graph.add(subject, "bud:fiscalYear", year(int(mention.text)))


def _boolean(value: bool) -> Literal:
    return Literal(str(value).lower(), datatype=NamedNode(XSD + "boolean"))
