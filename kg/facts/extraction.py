"""All that is read from one document, and how it is printed as JSON."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from kg.facts.accounts import Composition, Explanation, Observation, Use
from kg.facts.form import Denial, Heading, Irregularity, Mention, Target
from kg.facts.narrative import Definition, Duty, Office, Subordinate, WorkItem
from kg.facts.performance import Evaluation, Indicator
from kg.facts.values import Passage
from kg.record import record

Reading = Literal["cell", "pattern", "resolved-name"]

#: What is told of the report itself, and not of the accounts.
Form = Heading | Mention | Denial | Irregularity | Target
Fact = (
    Observation
    | Composition
    | Explanation
    | Use
    | Evaluation
    | Indicator
    | WorkItem
    | Definition
    | Duty
    | Office
    | Subordinate
    | Form
)


@record
class Head:
    """Who reports, for which year; `region` is a GB/T 2260 code."""

    unit: str
    fiscal_year: int
    title: str
    passage: Passage
    issued: datetime.date | None = None
    telephone: str | None = None
    region: str | None = None


def reading_of(fact: Fact) -> Reading:
    """How a fact was read: from a table's cell, by a pattern of the text, or by its names."""
    if isinstance(fact, Observation):
        function = fact.dimensions.function
        if function and function.resolved:
            return "resolved-name"
    return "pattern" if fact.passage.row is None else "cell"


@record
class Unclaimed:
    """A figure of the document that no fact took: `kind` is ``money``, ``percent`` or ``cell``."""

    text: str
    kind: Literal["money", "percent", "cell"]
    passage: Passage


@record
class Extraction:
    """All that was read from one document: its head, its facts in reading order, what is left."""

    head: Head
    facts: tuple[Fact, ...]
    unclaimed: tuple[Unclaimed, ...]

    def records(self) -> Iterator[dict[str, Any]]:
        """Each record as a JSON object: head, facts, then unclaimed figures.

        >>> passage = Passage(3, 9, 1)
        >>> head = Head("某局", 2023, "某局2023年度部门决算", passage)
        >>> next(Extraction(head, (), ()).records())["kind"]
        'head'
        """
        yield as_json(self.head)
        yield from map(as_json, self.facts)
        yield from map(as_json, self.unclaimed)


def as_json(record: Head | Fact | Unclaimed) -> dict[str, Any]:
    """A record as a JSON object: decimals and dates as strings, absent fields left out.

    `read` tells how a fact was read. `kg.schema` has the JSON Schema.
    """
    read = {} if isinstance(record, Head | Unclaimed) else {"read": reading_of(record)}
    return {"kind": type(record).__name__.lower(), **read, **_plain(record)}


def _within(value: Any) -> Any:
    """What of a record is printed within another: of an evaluation, whose it is and where."""
    if isinstance(value, Evaluation):
        return Evaluation(value.project, value.fiscal_year, value.place, value.passage)
    return value


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        # a function's `resolved` isn't compared, nor printed: `read` tells it
        fields = (f for f in dataclasses.fields(value) if f.compare)
        stated = ((f, getattr(value, f.name)) for f in fields)
        pairs = ((f.name, v) for f, v in stated if v != () or f.default != ())
        # "kind" is the record's own class in the JSON; a ratio's or use's kind is what it is "of"
        return {"of" if n == "kind" else n: _plain(_within(v)) for n, v in pairs if v is not None}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value
