"""A contradiction in a report: the rule, the facts it rests on, and the sum that was done."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kg.audit.messages import Term, Text

Severity = Literal["Violation", "Warning", "Info"]
#: What a number is of: amounts in yuan, per cent, or a count, score or weight.
Unit = Literal["yuan", "percent", "number"]
#: What a fact has to do with a finding: it is at fault, it is in the sum, or it is beside it.
Role = Literal["focus", "added", "subtracted", "involved"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that a finding rests on: what it is about, as printed, and where it stands.

    `passage` is an IRI, its characters counted in the report's canonical text; `further` are those
    of an evaluation's figures that stand elsewhere. `line` is 1-based, or None where the source has
    pages. `value` is the fact's number, in the finding's unit.
    """

    fact: str
    role: Role
    about: Text
    place: Text | None = None
    printed: str | None = None
    value: Decimal | None = None
    passage: str | None = None
    further: tuple[str, ...] = ()
    line: int | None = None
    page: int | None = None

    @property
    def span(self) -> tuple[int, int]:
        """The first character of the passage, and the one after its last."""
        start, comma, end = (self.passage or "").rpartition("#char=")[2].partition(",")
        return (int(start), int(end)) if comma else (0, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction; IRIs are strings.

    `rule` is the rule's id (the last segment of its shape's IRI). `evidence` is in the order of the
    report. `difference` is what was found less what was expected, all in `unit`; `sum` is how the
    expected number was made, as one writes it down. `value` is what is wrong at the focus,
    the focus itself where the rule names nothing. `number` counts the findings of one rule at one
    focus, which differ in their value.
    """

    rule: str
    severity: Severity
    report: str
    focus: str
    message_zh: str
    message_en: str
    evidence: tuple[Evidence, ...] = ()
    expected: Decimal | None = None
    found: Decimal | None = None
    difference: Decimal | None = None
    unit: Unit = "yuan"
    sum: str | None = None
    value: Term | None = None
    path: str | None = None
    number: int = 1

    @property
    def involves(self) -> tuple[str, ...]:
        """The facts that the finding rests on, the one at fault among them."""
        return tuple(sorted(e.fact for e in self.evidence))

    @property
    def adds(self) -> tuple[str, ...]:
        """The facts whose numbers make the expected one."""
        return tuple(e.fact for e in self.evidence if e.role == "added")

    @property
    def subtracts(self) -> tuple[str, ...]:
        """The facts whose numbers are taken from those."""
        return tuple(e.fact for e in self.evidence if e.role == "subtracted")

    @property
    def passages(self) -> tuple[str, ...]:
        """Where the facts stand, in the order of the report."""
        stated = (passage for e in self.evidence for passage in (e.passage, *e.further))
        return tuple(dict.fromkeys(passage for passage in stated if passage))

    @property
    def lines(self) -> tuple[int, ...]:
        """The 1-based lines of the facts."""
        return tuple(sorted({e.line for e in self.evidence if e.line is not None}))

    @property
    def pages(self) -> tuple[int, ...]:
        """The 1-based pages of the facts, where the source has pages."""
        return tuple(sorted({e.page for e in self.evidence if e.page is not None}))

    @property
    def iri(self) -> str:
        """Made of the rule and of what the rule found it at.

        >>> report = "https://example.org/report/mou-ju-00ff/2023"
        >>> Finding("share", "Violation", report, f"{report}/S03/income.share", "", "").iri
        'https://example.org/report/mou-ju-00ff/2023/finding/share/S03.income.share'
        """
        at = self.focus.removeprefix(f"{self.report}/").replace("/", ".")
        more = f"~{self.number}" if self.number > 1 else ""
        return f"{self.report}/finding/{self.rule}/{at}{more}"
