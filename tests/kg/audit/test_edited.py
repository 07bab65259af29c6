"""A contradiction that an edit of the text makes is found; an edit that changes nothing isn't.

The tests edit a generated report of each style. For real reports, and for every kind of edit at
several places: ``python tests/kg/audit/test_edited.py --each 5 ../shared/corpus/*.txt``
(``--generated 28 --first 900`` edits so many samples too, ``--kinds growth share`` only so).
"""

from __future__ import annotations

import argparse
import functools
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest
from audited import audited
from edits import Edit, Kind, edits, kinds

from kg.audit import Finding
from kg.document import read
from kg.sample import STYLES, generate

#: A finding is at an edit if it rests on a passage this many characters from it, or on its line.
NEAR = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an edit of a report brings up: findings at it, and findings elsewhere."""

    edit: Edit
    line: int
    here: tuple[Finding, ...]
    elsewhere: tuple[Finding, ...]

    @property
    def is_missed(self) -> bool:
        """Whether no rule finds it, or none that is right to."""
        kind = self.edit.kind
        found = (*self.here, *self.elsewhere) if kind.elsewhere else self.here
        return not kind.sound and not any(f.rule in kind.rules or not kind.rules for f in found)

    @property
    def false(self) -> tuple[Finding, ...]:
        """Findings that the edit is no reason for."""
        kind = self.edit.kind
        if kind.sound:
            return (*self.here, *self.elsewhere)
        return () if kind.elsewhere else self.elsewhere

    def __str__(self) -> str:
        told = " ".join(f"{f.rule}@{f.lines}" for f in (*self.here, *self.elsewhere))
        about = " ".join(v for v in self.edit.about.values() if v not in ("all", "0"))
        return f"line {self.line} {self.edit.before!r} → {self.edit.after!r} [{about}] {told}"


class Report:
    """A report's text, and what the audit says of it as it stands."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.extraction, before = audited(text)
        self.before = {_told(finding) for finding in before}

    def after(self, edit: Edit) -> Outcome:
        """What the audit says once an edit is made, beyond what it said before."""
        _, after = audited(edit.made_in(self.text))
        new = [finding for finding in after if _told(finding) not in self.before]
        line = self.text.count("\n", 0, edit.start) + 1
        here = tuple(finding for finding in new if _is_at(finding, edit, line))
        return Outcome(edit, line, here, tuple(f for f in new if f not in here))

    def outcomes(self, kind: Kind, each: int) -> Iterator[Outcome]:
        """Of a kind of edit, at so many places of the report."""
        chance = random.Random(f"{self.name} {kind.id}")
        return map(self.after, islice(edits(kind, self.text, self.extraction, chance), each))


def _told(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.message_zh


def _is_at(finding: Finding, edit: Edit, line: int) -> bool:
    first, last = edit.start - NEAR, edit.start + len(edit.after) + NEAR
    told = (passage.rpartition("=")[2].partition(",") for passage in finding.passages)
    spans = ((int(start), int(end)) for start, _, end in told)
    return line in finding.lines or any(s <= last and first <= e for s, e in spans)


@functools.cache
def sample(seed: int) -> Report:
    style = STYLES[seed % len(STYLES)]
    return Report(f"{seed} {style}", generate(seed, style=style).text)


@pytest.mark.parametrize("kind", [k for k in kinds() if not k.once], ids=lambda kind: kind.id)
def test_an_edit_is_found(kind: Kind) -> None:
    outcomes = (outcome for seed in range(4) for outcome in sample(seed).outcomes(kind, 1))
    assert [f"{outcome}" for outcome in islice(outcomes, 1) if outcome.is_missed] == []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=3, help="places edited of a kind and report")
    parser.add_argument("--generated", type=int, default=0, help="how many generated reports")
    parser.add_argument("--first", type=int, default=0, help="the first one's seed")
    parser.add_argument("--kinds", nargs="+", default=[], help="only these")
    parser.add_argument("files", nargs="*", help="reports as text, beside these")
    asked = parser.parse_args()
    texts = [Report(Path(name).stem[:3], read(Path(name)).text) for name in asked.files]
    reports = texts + [sample(asked.first + n) for n in range(asked.generated)]
    chosen = [kind for kind in kinds() if not asked.kinds or kind.id in asked.kinds]
    for kind in chosen:
        print(*told(kind, reports, asked.each), sep="\n", flush=True)


def told(kind: Kind, reports: Iterable[Report], each: int) -> Iterator[str]:
    """How many edits of a kind are found, by which rules; those that aren't, and what is false."""
    by_rule: Counter[str] = Counter()
    lines: dict[str, list[str]] = defaultdict(list)
    made = missed = 0
    for report in reports:
        for outcome in report.outcomes(kind, each):
            made += 1
            missed += outcome.is_missed
            by_rule.update({finding.rule for finding in outcome.here})
            if outcome.is_missed:
                lines["missed"].append(f"{report.name} {outcome}")
            if outcome.false:
                lines["false"].append(f"{report.name} {outcome}")
    rules = " ".join(f"{rule}:{n}" for rule, n in by_rule.most_common())
    yield f"{kind.id:22} {made - missed:4} of {made:4}  {len(lines['false']):3} false   {rules}"
    if kind.once and missed:
        yield f"    {kind.once}"
    yield from (f"    {what}: {line}" for what, said in lines.items() for line in said)


if __name__ == "__main__":
    main()
