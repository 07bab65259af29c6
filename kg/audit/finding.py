"""A contradiction in a report: the rule, the passages it rests on, and the sum that was done."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Severity = Literal["Violation", "Warning", "Info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction; IRIs are strings, amounts are yuan.

    `rule` is the rule's id (the last segment of its shape's IRI); `involves` are the statements and
    other facts it rests on, `passages` where those stand, `lines` the 1-based lines of these (or
    `pages`, of a PDF). `difference` is what was found less what was expected.
    """

    rule: str
    severity: Severity
    report: str
    focus: str
    message_zh: str
    message_en: str
    involves: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    expected: Decimal | None = None
    found: Decimal | None = None
    difference: Decimal | None = None
    pages: tuple[int, ...] = ()
