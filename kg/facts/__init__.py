"""The typed records that extraction returns: what a report states, and where it states it.

Money is `Decimal` yuan beside the figure exactly as printed; percentages are per cent (98.5 means
98.5 %). Every record carries a `Passage`: the characters of the canonical text it was read from.
Dimension values are the last segments of the code lists' IRIs (DESIGN.md §3): phase ``final`` is
``code/phase/final``.
"""

from kg.facts.accounts import (
    Change,
    ChangeBase,
    Composition,
    Count,
    Explanation,
    Observation,
    Ratio,
    RatioKind,
    Statement,
    Use,
    UseKind,
)
from kg.facts.extraction import (
    Extraction,
    Fact,
    Form,
    Head,
    Reading,
    Unclaimed,
    as_json,
    reading_of,
)
from kg.facts.form import (
    Denial,
    Heading,
    HeadingKind,
    Irregularity,
    IrregularityKind,
    Mention,
    MentionKind,
)
from kg.facts.narrative import Definition, Duty, Office, Subordinate, WorkItem
from kg.facts.performance import Comparator, Evaluation, Funding, Indicator
from kg.facts.values import (
    ALL,
    YUAN,
    Dimensions,
    FactError,
    Flow,
    Function,
    Fund,
    Money,
    MoneyUnit,
    Nature,
    Passage,
    Percent,
    Phase,
)

__all__ = [
    "ALL",
    "YUAN",
    "Change",
    "ChangeBase",
    "Comparator",
    "Composition",
    "Count",
    "Definition",
    "Denial",
    "Dimensions",
    "Duty",
    "Evaluation",
    "Explanation",
    "Extraction",
    "Fact",
    "FactError",
    "Flow",
    "Form",
    "Function",
    "Fund",
    "Funding",
    "Head",
    "Heading",
    "HeadingKind",
    "Indicator",
    "Irregularity",
    "IrregularityKind",
    "Mention",
    "MentionKind",
    "Money",
    "MoneyUnit",
    "Nature",
    "Observation",
    "Office",
    "Passage",
    "Percent",
    "Phase",
    "Ratio",
    "RatioKind",
    "Reading",
    "Statement",
    "Subordinate",
    "Unclaimed",
    "Use",
    "UseKind",
    "WorkItem",
    "as_json",
    "reading_of",
]
