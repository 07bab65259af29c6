"""What records are made of: exact numbers, concepts, the names of units, passages."""

from __future__ import annotations

from typing import Annotated, Literal

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
