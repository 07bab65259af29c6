"""The typed records that extraction returns: what a report states, and where it states it.

Money is `Decimal` yuan beside the figure exactly as printed; percentages are per cent (98.5 means
98.5 %). Every record carries a `Passage`: the characters of the canonical text it was read from.
Dimension values are the last segments of the code lists' IRIs (DESIGN.md §3): phase ``final`` is
``code/phase/final``.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from kg.record import record

ALL = "all"

Flow = Literal["income", "expenditure", "both"]
Fund = Literal["all", "fiscal", "general", "government-fund", "state-capital"]
Phase = Literal["initial-budget", "adjusted-budget", "budget", "final"]
Nature = Literal[
    "all", "basic", "project", "personnel", "operating", "paid-up", "business", "subsidy"
]
RatioKind = Literal["completion", "share", "growth", "execution"]
UseKind = Literal["purpose", "outcome"]
ChangeBase = Literal["prior-year", "initial-budget", "adjusted-budget", "budget"]
MoneyUnit = Literal["yuan", "wan-yuan", "yi-yuan"]
Comparator = Literal["=", "≥", "≤", ">", "<"]
Reading = Literal["cell", "pattern", "resolved-name"]
HeadingKind = Literal["part", "section", "table", "entry"]
MentionKind = Literal["unit", "year", "comparison-year", "project"]
IrregularityKind = Literal[
    "placeholder", "undecided", "instruction", "formula-error", "bare-percentage"
]

#: What one printed unit is worth, in yuan.
YUAN: dict[MoneyUnit, Decimal] = {
    "yuan": Decimal(1),
    "wan-yuan": Decimal(10_000),
    "yi-yuan": Decimal(100_000_000),
}


class FactError(ValueError):
    """A record that can't be valid was about to be made; the message says which field is wrong."""


@record
class Passage:
    """Characters `start` to `end` (0-based, end exclusive) of the canonical text (RFC 5147).

    `line` is 1-based; `page` is set for PDFs, `row` and `column` (1-based) for cells of a table.
    """

    start: int
    end: int
    line: int
    page: int | None = None
    row: int | None = None
    column: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise FactError(f"a passage needs 0 <= start < end, not {self.start},{self.end}")
        if self.line < 1:
            raise FactError(f"lines are counted from 1, not {self.line}")


@record
class Money:
    """An amount as printed (`reported`, without separators removed) and in yuan (`amount`)."""

    amount: Decimal
    reported: str
    unit: MoneyUnit
    passage: Passage

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise FactError(f"an amount must be a finite decimal, not {self.amount}")


@record
class Percent:
    """A percentage as printed (`reported`, without its sign) and in per cent (`value`)."""

    value: Decimal
    reported: str
    passage: Passage


@record
class Function:
    """A 科目 of the functional classification as a report names it.

    `code` is 3, 5 or 7 digits, or None where the names can't be resolved (never a guess); `text`
    is the printed name or 类/款/项 path, kept where it isn't the label of `code`; `resolved` tells
    that the code was found by the names, since the report prints none there.
    """

    code: str | None
    text: str | None = None
    resolved: bool = dataclasses.field(default=False, compare=False)

    def __post_init__(self) -> None:
        if self.code is None and not self.text:
            raise FactError("a function without a code must keep its printed name")


@record
class Dimensions:
    """What a figure is about; `fiscal_year` is the year spoken of, not always the report's.

    `part` is the printed name of a part of a breakdown that no code list has: 党建事务经费;
    `within` the part that it is a part of (其中).
    """

    fiscal_year: int
    place: str
    flow: Flow = "expenditure"
    fund: Fund = "all"
    phase: Phase = "final"
    nature: Nature = "all"
    function: Function | None = None
    economic: str = ALL
    item: str = ALL
    part: str | None = None
    within: str | None = None

    def without_place(self) -> Dimensions:
        """The combination that identifies the unit's figure, wherever and however it is stated."""
        function = self.function
        if function and function.code:
            function = Function(function.code)
        return dataclasses.replace(self, place="", function=function)


@record
class Head:
    """Who reports, for which year; `region` is a GB/T 2260 code, `format` a media type."""

    unit: str
    fiscal_year: int
    title: str
    passage: Passage
    issued: datetime.date | None = None
    telephone: str | None = None
    region: str | None = None


@record
class Statement:
    """A money figure as stated at one place."""

    dimensions: Dimensions
    money: Money

    @property
    def passage(self) -> Passage:
        return self.money.passage


@record
class Ratio:
    """A percentage as stated; `base` (``phase/initial-budget``) is what it is relative to."""

    dimensions: Dimensions
    kind: RatioKind
    percent: Decimal
    reported: str
    passage: Passage
    base: str | None = None


@record
class Change:
    """A difference as stated: `money.amount` is signed (减少 is negative), `reported` is not."""

    dimensions: Dimensions
    base: ChangeBase
    money: Money

    @property
    def passage(self) -> Passage:
        return self.money.passage


@record
class Count:
    """A number of things as stated: vehicles, visits, projects; `unit` as printed (辆)."""

    dimensions: Dimensions
    count: int
    unit: str
    reported: str
    passage: Passage


@record
class Composition:
    """What a figure is said to be made up of: 人员经费 …，主要包括：基本工资、津贴补贴、….

    `economic` are the codes of the names that are the economic classification's, `text` is the list
    as printed.
    """

    dimensions: Dimensions
    text: str
    economic: tuple[str, ...]
    passage: Passage


@record
class Explanation:
    """The reason a report gives, as printed, and the facts that it is given for."""

    text: str
    explains: tuple[Statement | Ratio | Change, ...]
    place: str
    passage: Passage

    def __post_init__(self) -> None:
        if not self.explains:
            raise FactError("an explanation must explain something")


@record
class Use:
    """What money was for (主要用于), or what it brought about (主要成效), as printed."""

    kind: UseKind
    text: str
    tells_of: tuple[Statement, ...]
    place: str
    passage: Passage

    def __post_init__(self) -> None:
        if not self.tells_of:
            raise FactError("a use must be that of some money")


@record
class Funding:
    """A source of a project's money (其中：财政拨款) as a form of self-evaluation lists it."""

    name: str
    passage: Passage
    initial: Money | None = None
    budget: Money | None = None
    executed: Money | None = None
    execution_rate: Percent | None = None


@record
class Evaluation:
    """A year's self-evaluation (绩效自评) of a project, or of the whole unit (`project` None).

    `kinds` are the boxes ticked (部门预算项目, 常年性项目), `initial` is the budget of the year's
    beginning, `received` what of the budget arrived (到位), `weight` the points that the execution
    of the budget can earn, `execution_score` those earned; the texts are as printed. `others` are
    the stretches beside `passage` that it was read from, each figure of which is in a field.
    """

    project: str | None
    fiscal_year: int
    place: str
    passage: Passage
    kinds: tuple[str, ...] = ()
    initial: Money | None = None
    budget: Money | None = None
    received: Money | None = None
    executed: Money | None = None
    execution_rate: Percent | None = None
    weight: Decimal | None = None
    execution_score: Decimal | None = None
    score: Decimal | None = None
    goal: str | None = None
    outputs: str | None = None
    problems: str | None = None
    improvements: str | None = None
    funding: tuple[Funding, ...] = ()
    others: tuple[Passage, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All that it was read from."""
        return (self.passage, *self.others, *(source.passage for source in self.funding))


@record
class Indicator:
    """A row of a self-evaluation's table; `target` and `actual` are as printed.

    Levels are ids of the code list `indicator`. A target that is a range has no `target_value`, an
    actual value that is a bound no `actual_value`; both are counted in `value_unit`. `reason` is
    why the one isn't the other (偏差原因及改进措施), `reason_passage` where that stands if not in
    the row.
    """

    evaluation: Evaluation
    level1: str
    name: str
    passage: Passage
    level2: str | None = None
    goal_number: int | None = None
    target: str | None = None
    actual: str | None = None
    target_comparator: Comparator | None = None
    target_value: Decimal | None = None
    actual_value: Decimal | None = None
    value_unit: str | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    reason: str | None = None
    reason_passage: Passage | None = None
    attained: bool | None = None

    def __post_init__(self) -> None:
        if not self.name:
            raise FactError("an indicator must have a name")
        if not self.target and not self.actual:
            raise FactError(f"the indicator {self.name} has neither a target nor an actual value")
        if self.attained is not None and not (self.target and self.actual):
            raise FactError("only what has both a target and an actual value can attain it")

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All that it was read from."""
        return (self.passage, self.reason_passage) if self.reason_passage else (self.passage,)


@record
class WorkItem:
    """An item of the year's key work; `name`, `goal` and `status` where the report tells them."""

    text: str
    passage: Passage
    name: str | None = None
    goal: str | None = None
    status: str | None = None


@record
class Definition:
    """An entry of the glossary (名词解释)."""

    term: str
    text: str
    passage: Passage


@record
class Duty:
    """A duty of the unit (主要职能), as printed."""

    text: str
    passage: Passage


@record
class Office:
    """An internal office of the unit (内设机构)."""

    name: str
    passage: Passage


@record
class Subordinate:
    """A unit whose accounts are part of the report's (部门决算单位构成)."""

    name: str
    passage: Passage


@record
class Heading:
    """The title of a part, a section or a table, or an entry of the contents that lists one.

    `empty`: nothing stands under it; no figure, where it is a table's. None where that can't be
    told: of contents, and of tables that a conversion lost.
    """

    kind: HeadingKind
    place: str
    title: str
    passage: Passage
    empty: bool | None = None


@record
class Mention:
    """A unit, year or project as the report names it where it speaks of itself.

    `text` is what it is called there; of a project, `form` is what the form itself calls it. What
    the head says already is told once, where it stands first.
    """

    kind: MentionKind
    text: str
    passage: Passage
    form: str | None = None


@record
class Denial:
    """That there was nothing of something: 本单位无政府性基金预算财政拨款收支.

    With a `phase`, that there was no such budget: 该科目未申请年初财政拨款预算.
    """

    text: str
    place: str
    passage: Passage
    flow: Flow = "both"
    fund: Fund = "all"
    item: str = ALL
    phase: Phase | None = None


@record
class Irregularity:
    """What no finished report has: a place holder of the template, a percentage without sign."""

    kind: IrregularityKind
    text: str
    passage: Passage


Observation = Statement | Ratio | Change | Count
#: What is told of the report itself, and not of the accounts.
Form = Heading | Mention | Denial | Irregularity
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
