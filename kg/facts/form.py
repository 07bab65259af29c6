"""What is told of the report itself, and not of the accounts."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from kg.facts.values import ALL, Flow, Fund, Passage, Phase
from kg.record import record

HeadingKind = Literal["part", "section", "table", "entry"]
MentionKind = Literal["unit", "year", "comparison-year", "project"]
IrregularityKind = Literal[
    "placeholder",
    "undecided",
    "instruction",
    "formula-error",
    "bare-percentage",
    "economic-name",
]


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
    """What no finished report has: a place holder of the template, a percentage without sign.

    Of an ``economic-name`` that isn't its code's (30201 印刷费), `meant` is the code it suggests.
    """

    kind: IrregularityKind
    text: str
    passage: Passage
    meant: str | None = None


@record
class Target:
    """What the text tells of a target of the year, as printed.

    Of one in a numbered list its `number`, and if it was met (指标 3：…完成情况：未完成); of one in
    numbers what was `planned`, what was `done`, and the `percent` that it says this is.
    """

    text: str
    place: str
    passage: Passage
    number: int | None = None
    met: bool | None = None
    planned: Decimal | None = None
    done: Decimal | None = None
    percent: Decimal | None = None
