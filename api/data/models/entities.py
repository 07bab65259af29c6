"""What reports are about: units and their projects, and the codes of dimensions."""

from __future__ import annotations

from pydantic import Field

from api.data.models.common import Concept, Exact, Iri, Passage, Record, UnitName, Url, Year


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


class CodeList(Record):
    """A code list."""

    iri: Iri
    id: str = Field(examples=["functional"])
    label: str
    concepts: int = Field(description="How many concepts it has.")


class Code(Concept):
    """A concept of a code list."""

    broader: Iri | None
