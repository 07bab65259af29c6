"""What reports state, and where they contradict themselves."""

from __future__ import annotations

from pydantic import Field

from api.data.models.common import (
    Concept,
    Exact,
    Iri,
    Kind,
    Passage,
    Record,
    Severity,
    UnitName,
    Year,
)


class Excerpt(Passage):
    """A passage with the text around it."""

    report: Iri
    title: str = Field(description="The report's title.")
    text: str = Field(description="The passage itself.")
    before: str = Field(description="The lines before the one in which it begins.")
    after: str = Field(description="The lines after the one in which it ends.")


class Observation(Record):
    """A number that a report states, by what it is about; one of amount, percent, count is given.

    A figure is the one statement that is taken as the unit's figure where several places state it.
    """

    iri: Iri
    kind: Kind
    unit: UnitName
    report: Iri
    year: Year = Field(description="The year spoken of, which may be the year before the report's.")
    place: Concept = Field(description="The table (T01 …) or section (S01 …) that states it.")
    flow: Concept
    fund: Concept
    phase: Concept
    nature: Concept
    function: Concept
    economic: Concept
    item: Concept
    amount: Exact | None = Field(default=None, description="Yuan.")
    percent: Exact | None = None
    count: Exact | None = None
    printed: str | None = Field(
        default=None, description="As the report prints it.", examples=["1,005.21"]
    )
    printed_unit: Concept | None = Field(default=None, description="The money unit printed.")
    agreement: Concept | None = Field(
        default=None, description="Of a figure: whether all places that state it agree."
    )
    restates: Iri | None = Field(default=None, description="The figure that it states again.")
    ratio: Concept | None = Field(default=None, description="What kind of ratio it is.")
    base: Concept | None = Field(default=None, description="What a ratio is relative to.")
    change: Concept | None = Field(default=None, description="What a change is relative to.")
    count_unit: str | None = Field(default=None, description="What is counted.", examples=["辆"])
    passage: Passage


class Finding(Record):
    """A contradiction, with every passage that it rests on."""

    iri: Iri
    rule: Concept
    family: str | None = Field(description="The family of the rule.", examples=["accounting"])
    severity: Severity
    message: str
    unit: UnitName
    report: Iri
    year: Year = Field(description="The report's year.")
    expected: str | None = None
    found: str | None = None
    difference: str | None = None
    sum: str | None = Field(default=None, description="How what was expected is made.")
    involves: list[Iri] = Field(description="The facts that contradict one another.")
    passages: list[Passage]


class Indicator(Record):
    """A row of a performance table: what was aimed at, what was attained."""

    iri: Iri
    name: str
    unit: UnitName
    report: Iri
    year: Year = Field(description="The report's year.")
    evaluation: Iri
    project: Concept | None = Field(description="Null where it is the whole unit's indicator.")
    level1: Concept | None
    level2: Concept | None
    target: str | None = Field(description="As printed.")
    actual: str | None = Field(description="As printed.")
    comparator: str | None = None
    target_value: Exact | None = None
    actual_value: Exact | None = None
    value_unit: str | None = None
    weight: Exact | None = None
    score: Exact | None = None
    attained: bool | None = Field(description="Null where it can't be decided.")
    passage: Passage | None = None


class Compared(Record):
    """One kind of figure, as each of the units compared has it."""

    year: Year
    flow: Concept
    fund: Concept
    phase: Concept
    nature: Concept
    function: Concept
    economic: Concept
    item: Concept
    figures: list[Observation | None] = Field(
        description="A figure for each unit, in the order of `units`; null where it has none."
    )


class Comparison(Record):
    """Units side by side."""

    units: list[UnitName]
    rows: list[Compared]
    cut: bool = Field(description="Whether there are more rows than the limit.")
