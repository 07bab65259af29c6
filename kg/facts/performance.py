"""What self-evaluations state: of a project or the whole unit, and their indicators."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from kg.facts.values import FactError, Money, Passage, Percent
from kg.record import record

Comparator = Literal["=", "≥", "≤", ">", "<"]


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
