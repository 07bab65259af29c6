"""What the facts of a report are called: readable ids made from what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.bodies import official_name, parents
from kg.facts import (
    ALL,
    Change,
    Composition,
    Count,
    Definition,
    Dimensions,
    Duty,
    Evaluation,
    Explanation,
    Fact,
    Form,
    Head,
    Heading,
    Indicator,
    Office,
    Ratio,
    Statement,
    Subordinate,
    Use,
    WorkItem,
)
from kg.regions import find_region, region_name
from kg.vocabulary import Namespace, slug


@dataclass(frozen=True)
class Names:
    """The IRIs of one report: of the report itself, its unit, and each of its facts."""

    namespace: Namespace
    head: Head
    unit: str
    report: str
    facts: Mapping[Fact, str]

    @property
    def fiscal_year(self) -> int:
        return self.head.fiscal_year

    @property
    def source(self) -> str:
        return f"{self.report}/source"

    def other_unit(self, name: str) -> str:
        """A unit that the report names; of the region that its name says, else of the report's."""
        region = find_region(name) or self.head.region
        return _name_unit(official_name(name), region, self.namespace)

    def parents(self) -> Iterator[tuple[str, str]]:
        """The IRIs and names of what the unit's name says it belongs to, the nearest first."""
        for name in parents(official_name(self.head.unit)):
            yield _name_unit(name, find_region(name), self.namespace), name

    def project(self, name: str) -> str:
        return f"{self.unit}/project/{slug(name)}"

    def local_function(self, text: str) -> str:
        """A function that has no code: a concept of this report's own."""
        return f"{self.report}/function/{slug(text)}"

    def local_item(self, path: str) -> str:
        """A part of a breakdown that no code list has: a concept of this report's own."""
        return f"{self.report}/item/{slug(path)}"


def name_report(head: Head, namespace: Namespace) -> tuple[str, str]:
    """The IRIs of a report's unit and of the report."""
    unit = _name_unit(official_name(head.unit), head.region, namespace)
    return unit, namespace.report(unit, head.fiscal_year)


def _name_unit(name: str, region: str | None, namespace: Namespace) -> str:
    return namespace.unit(name, region, region_name(region or ""))


def name_facts(facts: Iterable[Fact], head: Head, namespace: Namespace) -> Names:
    """IRIs for all facts; what one place says again gets where it says it behind its id."""
    unit, report = name_report(head, namespace)
    names: dict[Fact, str] = {}
    taken: set[str] = set()
    for fact in facts:
        iri = f"{report}/{_id(fact, head.fiscal_year)}"
        if iri in taken:
            iri = f"{iri}~{fact.passage.start}"
        taken.add(iri)
        names[fact] = iri
    return Names(namespace, head, unit, report, names)


def _id(fact: Fact, year: int) -> str:
    match fact:
        case Statement() | Ratio() | Change() | Count() | Composition():
            dimensions = fact.dimensions
            return f"{dimensions.place}/{_about(dimensions, year)}.{_measure(fact)}"
        case Explanation():
            return f"{fact.place}/explanation/{fact.passage.start}"
        case Use():
            return f"{fact.place}/{fact.kind}/{fact.passage.start}"
        case Evaluation():
            return f"{fact.place}/evaluation/{_subject(fact)}"
        case Indicator():
            return f"{fact.evaluation.place}/indicator/{_row(fact)}"
        case _:
            return _told(fact)


def _measure(fact: Statement | Ratio | Change | Count | Composition) -> str:
    match fact:
        case Statement():
            return fact.dimensions.phase
        case Ratio():
            return fact.kind
        case Change():
            return f"change-{fact.base}"
        case _:
            return type(fact).__name__.lower()


def _told(fact: WorkItem | Duty | Definition | Office | Subordinate | Form) -> str:
    """What has a name is called by it, a text by where it begins."""
    kind = type(fact).__name__.lower()
    match fact:
        case Heading(level, place):
            return f"{'contents' if level == 'entry' else kind}/{place}"
        case Definition(term):
            return f"{kind}/{slug(term)}"
        case Office(name) | Subordinate(name):
            return f"{kind}/{slug(name)}"
        case _:
            return f"{kind}/{fact.passage.start}"


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
        slug(path) if (path := part_of(dimensions)) else "",
    ]
    return ".".join(part for part in parts if part not in ("", ALL))


def part_of(dimensions: Dimensions) -> str | None:
    """The path of a part of a breakdown: what it is a part of, and its own name.

    >>> part_of(Dimensions(2023, "S09", item="vehicle-operation", part="燃料费"))
    'vehicle-operation/燃料费'
    """
    if dimensions.part is None:
        return None
    item = "" if dimensions.item == ALL else dimensions.item
    return "/".join(filter(None, [item, dimensions.within, dimensions.part]))
