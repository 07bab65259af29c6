"""Findings by the figure that they rest on, so that what one causes doesn't hide the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.audit.finding import Evidence, Finding


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings that rest on one figure; a finding that shares no figure stands by itself."""

    figure: Evidence
    findings: tuple[Finding, ...]


def causes(findings: Iterable[Finding]) -> list[Cause]:
    """Each finding once, under the figure that most of those left rest on; the gravest first."""
    left = list(findings)
    found: list[Cause] = []
    while left:
        counts = Counter(e.fact for finding in left for e in finding.evidence)
        at = {e.fact: e for finding in left for e in finding.evidence}
        focus = {finding.focus for finding in left}
        fact = max(counts, key=lambda f: (counts[f], f in focus, -at[f].span[0], f))
        own = tuple(f for f in left if fact in f.involves)
        if len(own) == 1:  # nothing is shared any more
            found += [Cause(_focus(finding), (finding,)) for finding in left]
            break
        found.append(Cause(at[fact], own))
        left = [finding for finding in left if finding not in own]
    return sorted(found, key=lambda cause: (_gravity(cause), cause.figure.span))


def _gravity(cause: Cause) -> int:
    order = ("Violation", "Warning", "Info")
    return min(order.index(finding.severity) for finding in cause.findings)


def _focus(finding: Finding) -> Evidence:
    return next(e for e in finding.evidence if e.role == "focus")
