"""What may be asked of each list of records: the parameters that OpenAPI declares."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from api.data.models.common import Kind, Severity
from api.texts import Language

#: How many records a page holds, and at most; a longer list of values than this is no filter.
PAGE, MOST, MOST_VALUES = 100, 1000, 200


def _split(values: object) -> object:
    """The values of a parameter given several times, or as one list with commas."""
    if not isinstance(values, list):
        return values
    return [part.strip() for value in values for part in str(value).split(",") if part.strip()]


def _several(description: str, example: str) -> object:
    return Field(
        default=[],
        max_length=MOST_VALUES,
        description=f"{description} Several, with commas or given again: any of them.",
        examples=[[example]],
    )


Several = Annotated[list[str], BeforeValidator(_split)]
YearNumber = Annotated[int, Field(ge=1949, le=9999)]
Years = Annotated[
    list[YearNumber],
    BeforeValidator(_split),
    Field(default=[], max_length=MOST_VALUES, examples=[[2023]]),
]
Units = Annotated[Several, _several("Units, by id or IRI.", "420103-mou-ju-00ff")]
Region = Annotated[
    str | None,
    Field(
        default=None,
        pattern=r"^\d{2,12}$",
        description="A division of GB/T 2260 (420100), with all that it holds.",
        examples=["420103"],
    ),
]


Cursor = Annotated[
    str | None,
    Field(max_length=2000, description="Where to go on: as the last page's `next` has it."),
]


TableFormat = Annotated[
    Literal["json", "csv", "parquet"] | None, Field(description="In place of Accept.")
]
UnitId = Annotated[
    str,
    Path(description="A unit's id: the last part of its IRI.", examples=["420103-mou-ju-00ff"]),
]
ListId = Annotated[
    str, Path(description="A code list's id, as /api/codes has it.", examples=["phase"])
]


class Asked(BaseModel):
    """What every operation takes; a parameter that it doesn't know is an error, never ignored."""

    model_config = ConfigDict(extra="forbid")

    lang: Language | None = Field(
        default=None, description="The language of labels; else Accept-Language."
    )


class Paged(Asked):
    """A list, a page at a time."""

    limit: int = Field(default=PAGE, ge=1, le=MOST, description="How many records a page holds.")
    cursor: Cursor = None


class Tabular(Asked):
    """A list, a page at a time, or all of it as a table."""

    limit: int | None = Field(
        default=None,
        ge=1,
        le=MOST,
        description=f"How many records a page holds: {PAGE} in JSON; all of them in CSV, Parquet.",
    )
    cursor: Cursor = None
    format: TableFormat = None


class PassageAsked(Asked):
    """A passage."""

    iri: str = Field(
        max_length=2000,
        description="The passage's IRI: a report's source with its characters.",
        examples=["https://w3id.org/juesuan/report/420103-mou-ju-00ff/2023/source#char=12,18"],
    )
    around: int = Field(default=2, ge=0, le=50, description="How many lines around it.")


class FigureFilters(Asked):
    """The dimensions of figures.

    A code means itself; 201* means it and all that lies under it, 201???? its items alone.
    """

    year: Years = Field(description="The years spoken of.")
    place: Annotated[Several, _several("Tables (T01 …) and sections (S01 …).", "T03")]
    flow: Annotated[Several, _several("income, expenditure, both.", "expenditure")]
    fund: Annotated[Several, _several("all, fiscal, general …", "general")]
    phase: Annotated[Several, _several("initial-budget, budget, final …", "final")]
    nature: Annotated[Several, _several("all, basic, project …", "all")]
    function: Annotated[
        Several,
        _several(
            "科目 of 3, 5 or 7 digits, or all. 201*: a class and all under it; 201????: its items.",
            "201*",
        ),
    ]
    economic: Annotated[Several, _several("Economic classes (302, 302*), or all.", "all")]
    item: Annotated[Several, _several("Sources, carry-overs …, or all.", "all")]


class UnitFigures(FigureFilters, Tabular):
    """A unit's figures."""


class Observations(UnitFigures):
    """Observations of all units."""

    kind: Kind = Field(
        default="figure",
        description="figure: one number for each combination of dimensions; statement: also where "
        "other places state it again; ratio, change, count: numbers of other kinds.",
    )
    unit: Units
    region: Region
    report: Annotated[Several, _several("Reports, as IRI or unit/year.", "420103-mou-ju-00ff/2023")]


class UnitsAsked(Paged):
    """Units or projects, by name and place."""

    q: str | None = Field(
        default=None,
        max_length=200,
        description="Part of the name; slips and pinyin are forgiven.",
        examples=["花楼"],
    )
    region: Region


class ProjectsAsked(UnitsAsked):
    """Projects."""

    unit: Units


class ReportFilters(Tabular):
    """What reports hold: whose, and of which years."""

    unit: Units
    region: Region
    year: Years = Field(description="The reports' years.")


class FindingsAsked(ReportFilters):
    """Findings."""

    rule: Annotated[Several, _several("Rules, by id (docs/rules.md).", "restated-differently")]
    family: Annotated[Several, _several("Families of rules.", "accounting")]
    severity: list[Severity] = Field(
        default=[],
        description="violation: a contradiction; warning: a doubtful practice.",
        examples=[["violation"]],
    )


class IndicatorsAsked(ReportFilters):
    """Indicators."""

    level1: Annotated[Several, _several("Indicator classes of the first level.", "output")]
    level2: Annotated[Several, _several("… and of the second.", "output-quality")]
    project: Annotated[Several, _several("Projects, as IRI or unit/…/project/….", "")]
    attained: bool | None = Field(default=None, description="Whether the target was attained.")


class ComparisonAsked(FigureFilters):
    """Units to compare: their totals, unless codes are given; `*` is any code of a dimension."""

    units: Annotated[Several, Field(min_length=1, max_length=20)] = Field(
        description="The units, by id or IRI; up to 20, with commas or given again.",
        examples=[["420103-mou-ju-00ff", "420103-mou-ju-11ee"]],
    )
    limit: int = Field(default=PAGE, ge=1, le=MOST, description="How many rows at most.")
    format: TableFormat = None
