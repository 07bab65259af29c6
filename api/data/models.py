"""The records of the JSON API, as OpenAPI declares them: amounts are strings, to be exact."""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Kind = Literal["figure", "statement", "ratio", "change", "count"]
Severity = Literal["violation", "warning", "info"]

_REPORT = "https://w3id.org/juesuan/report/420103-mou-ju-00ff/2023"
Iri = Annotated[str, Field(json_schema_extra={"format": "iri"}, examples=[_REPORT])]
Url = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Exact = Annotated[
    str, Field(pattern=r"^-?\d+(\.\d+)?$", examples=["10052100"], description="An exact decimal.")
]
Year = Annotated[int, Field(examples=[2023])]


class Record(BaseModel):
    """What all records have in common: camelCase in JSON."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Concept(Record):
    """A value of a dimension: its IRI, its code in its list, its name."""

    iri: Iri
    code: str | None = Field(
        description="Its code; null for a concept that only the report itself has.",
        examples=["2010301"],
    )
    label: str = Field(examples=["行政运行"])


class UnitName(Record):
    """A unit, by its IRI and name."""

    iri: Iri
    id: str = Field(examples=["420103-mou-ju-00ff"])
    name: str = Field(examples=["某市某区财政局"])


class Passage(Record):
    """Where a report says it."""

    iri: Iri = Field(
        description="The passage: characters of the report's text (RFC 5147).",
        examples=[f"{_REPORT}/source#char=1234,1240"],
    )
    url: Url = Field(description="The report's text with the passage marked.")
    line: int | None = Field(default=None, description="The line of the text, from 1.")
    page: int | None = Field(default=None, description="The page, of a PDF.")
    row: int | None = Field(default=None, description="The table's row, where it is a cell.")
    column: int | None = None
    quote: str | None = Field(
        default=None,
        description="The line in which the passage stands.",
        examples=["2010301 行政运行 1,005.21 1,005.21"],
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


class ReportName(Record):
    """A report of a unit."""

    iri: Iri
    url: Url
    year: Year
    title: str
    findings: int = Field(description="How many contradictions were found in it.")


class Unit(UnitName):
    """A unit with its reports."""

    other_names: list[str]
    region: Concept | None
    url: Url
    reports: list[ReportName]


class Evaluation(Record):
    """What a report says of a project's year."""

    iri: Iri
    report: Iri
    year: Year
    budget: Exact | None = Field(default=None, description="Yuan.")
    executed: Exact | None = Field(default=None, description="Yuan.")
    rate: Exact | None = Field(default=None, description="The execution rate, in per cent.")
    score: Exact | None = None
    outputs: str | None = None
    problems: str | None = None
    improvements: str | None = None
    passage: Passage | None = None


class Project(Record):
    """A unit's project with its yearly self-evaluations."""

    iri: Iri
    name: str
    url: Url
    unit: UnitName
    evaluations: list[Evaluation]


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


class CodeList(Record):
    """A code list."""

    iri: Iri
    id: str = Field(examples=["functional"])
    label: str
    concepts: int = Field(description="How many concepts it has.")


class Code(Concept):
    """A concept of a code list."""

    broader: Iri | None


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


T = TypeVar("T")


class Page(Record, Generic[T]):
    """Some records, and the address of those that follow."""

    items: list[T]
    next: Url | None = Field(
        description="The address of the next page; null on the last one. Also a Link header."
    )


class Problem(BaseModel):
    """Why there is no answer (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Bad Request"])
    status: int = Field(examples=[400])
    code: str = Field(examples=["bad-cursor"], description="One of docs/http.md's codes.")
    detail: str


#: Every operation answers a problem instead, where there is one.
PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {
        "model": Problem,
        "description": "A problem (RFC 9457)",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
}
