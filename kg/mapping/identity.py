"""What the facts of a report are called: readable ids made from what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.facts import (
    ALL,
    Change,
    Dimensions,
    Evaluation,
    Explanation,
    Fact,
    Head,
    Indicator,
    Ratio,
    Statement,
)
from kg.regions import region_name
from kg.vocabulary import Namespace, slug


@dataclass(frozen=True)
class Names:
    """The IRIs of one report: of the report itself, its unit, and each of its facts."""

    namespace: Namespace
    unit: str
    report: str
    fiscal_year: int
    facts: Mapping[Fact, str]

    @property
    def source(self) -> str:
        return f"{self.report}/source"

    def project(self, name: str) -> str:
        return f"{self.unit}/project/{slug(name)}"

    def local_function(self, text: str) -> str:
        """A function that has no code: a concept of this report's own."""
        return f"{self.report}/function/{slug(text)}"


def name_report(head: Head, namespace: Namespace) -> tuple[str, str]:
    """The IRIs of a report's unit and of the report."""
    unit = namespace.unit(head.unit, head.region, region_name(head.region or ""))
    return unit, namespace.report(unit, head.fiscal_year)


def name_facts(
    facts: Iterable[Fact], namespace: Namespace, unit: str, report: str, fiscal_year: int
) -> Names:
    """IRIs for all facts; what one place says again gets where it says it behind its id."""
    names: dict[Fact, str] = {}
    taken: set[str] = set()
    for fact in facts:
        iri = f"{report}/{_id(fact, fiscal_year)}"
        if iri in taken:
            iri = f"{iri}~{fact.passage.start}"
        taken.add(iri)
        names[fact] = iri
    return Names(namespace, unit, report, fiscal_year, names)


def _id(fact: Fact, year: int) -> str:
    match fact:
        case Statement(dimensions):
            return f"{dimensions.place}/{_about(dimensions, year)}.{dimensions.phase}"
        case Ratio(dimensions, kind):
            return f"{dimensions.place}/{_about(dimensions, year)}.{kind}"
        case Change(dimensions, base):
            return f"{dimensions.place}/{_about(dimensions, year)}.change-{base}"
        case Explanation():
            return f"{fact.place}/explanation/{fact.passage.start}"
        case Evaluation():
            return f"{fact.place}/evaluation/{_subject(fact)}"
        case Indicator():
            return f"{fact.evaluation.place}/indicator/{_row(fact)}"


def _subject(evaluation: Evaluation) -> str:
    return slug(evaluation.project) if evaluation.project else "unit"


def _row(indicator: Indicator) -> str:
    """Whose indicator it is, of which goal and level, and its name."""
    goal = "" if indicator.goal_number is None else str(indicator.goal_number)
    level = indicator.level2 or indicator.level1
    parts = [_subject(indicator.evaluation), goal, level, slug(indicator.name)]
    return ".".join(filter(None, parts))


def _about(dimensions: Dimensions, year: int) -> str:
    """The dimensions that aren't "all", in their fixed order.

    >>> _about(Dimensions(2023, "S03", nature="basic"), 2023)
    'expenditure.basic'
    """
    function = dimensions.function
    parts = [
        "" if dimensions.fiscal_year == year else str(dimensions.fiscal_year),
        dimensions.flow,
        dimensions.fund,
        dimensions.nature,
        (function.code or slug(function.text or "")) if function else ALL,
        dimensions.economic,
        dimensions.item,
    ]
    return ".".join(part for part in parts if part not in ("", ALL))
