"""What the generator plants is found by its own rule; where nothing is planted, nothing is found.

A planted kind names the rules that may find it (`rules` in `kg/sample/planted/*.toml`). For more
reports than the tests take: ``python tests/kg/audit/test_planted.py 150`` (and a first seed).
"""

import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from audited import audited

from kg.audit import Finding
from kg.audit.shapes import load_rules
from kg.sample import STYLES, Contradiction, ErrorKind, Sample, error_kinds, generate

#: A word (增加) that was planted stands this near to the figure that a finding is about.
NEAR = 40
RULES = {rule.id for rule in load_rules()}
KINDS = error_kinds()
FINDABLE = [kind for kind in KINDS.values() if set(kind.rules) & RULES]


def is_about(finding: Finding, error: Contradiction) -> bool:
    """Whether a finding rests on the passage in which an error was planted, or one beside it."""
    if not error.found:  # what was left out stands nowhere
        return True
    ranges = [re.search(r"#char=(\d+),(\d+)$", passage) for passage in finding.passages]
    near = (
        int(r[1]) <= error.passage.end + NEAR and error.passage.start - NEAR <= int(r[2])
        for r in ranges
        if r
    )
    return error.passage.line in finding.lines or any(near)


def is_found(error: Contradiction, findings: list[Finding]) -> bool:
    """Whether one of the rules that a planted error is for finds it where it is."""
    rules = KINDS[error.rule].rules
    return any(f.rule in rules and is_about(f, error) for f in findings)


def samples_with(kind: ErrorKind, wanted: int) -> Iterator[tuple[str, Sample]]:
    """Samples of different styles in which a kind of error is planted."""
    for seed in range(40):
        style = STYLES[seed % len(STYLES)]
        sample = generate(seed, style=style, errors=1, kinds=[kind.id])
        if sample.contradictions and wanted:
            wanted -= 1
            yield f"{seed} {style}", sample


@pytest.mark.parametrize("kind", FINDABLE, ids=lambda kind: kind.id)
def test_what_is_planted_is_found(kind: ErrorKind) -> None:
    for name, sample in samples_with(kind, 2):
        [error] = sample.contradictions
        findings = audited(sample.text)[1]
        assert is_found(error, findings), f"{name}: {error}, {[f.message_zh for f in findings]}"


def test_each_rule_is_planted_or_it_is_said_why_not() -> None:
    listed = tomllib.loads((Path(__file__).parent / "unplanted.toml").read_text("utf-8"))
    unplanted = [rule for reason in listed["unplanted"] for rule in reason["rules"]]
    planted = {rule for kind in KINDS.values() for rule in kind.rules}
    assert len(unplanted) == len(set(unplanted)) and all(r["why"] for r in listed["unplanted"])
    assert set(unplanted) == RULES - planted


@pytest.mark.parametrize("style", STYLES)
def test_where_nothing_is_planted_nothing_is_found(style: str) -> None:
    seed = STYLES.index(style)
    findings = audited(generate(seed, style=STYLES[seed]).text)[1]
    assert [(f.rule, f.lines, f.message_zh) for f in findings] == []


def main(count: int, first: int) -> None:
    """One to three errors in each of so many reports: print what is found, missed and false."""
    planted, missed, beside, false = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    examples: dict[str, list[str]] = defaultdict(list)
    for seed in range(first, first + count):
        where = f"seed {seed} {STYLES[seed % len(STYLES)]}"
        sample = generate(seed, errors=1 + seed % 3)
        findings = audited(sample.text)[1]
        for error in sample.contradictions:
            planted[error.rule] += 1
            if not is_found(error, findings):
                missed[error.rule] += 1
                examples[error.rule].append(f"{where}: {error} {[f.rule for f in findings]}")
        wanted = {rule for error in sample.contradictions for rule in KINDS[error.rule].rules}
        beside.update(f.rule for f in findings if f.rule not in wanted)
        for f in audited(generate(seed).text)[1]:
            false[f.rule] += 1
            examples[f.rule].append(f"{where}: {f.lines} {f.message_zh}")
    for kind, total in sorted(planted.items()):
        print(f"{kind:32} {total - missed[kind]:4} of {total:4}   {' '.join(KINDS[kind].rules)}")
    print(f"\nfound {planted.total() - missed.total()} of {planted.total()} in {count} reports")
    print(f"findings of another rule than those planted: {dict(beside)}")
    print(f"false findings in {count} clean reports: {dict(false)}")
    for rule, lines in examples.items():
        print(f"\n{rule}", *lines[:5], sep="\n  ")


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["150"])[0]), int((sys.argv[2:] or ["0"])[0]))
