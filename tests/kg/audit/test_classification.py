"""Planted contradictions of functions are found under their rule, and none in a clean report."""

from collections.abc import Sequence

import pytest

from kg.audit import Finding, audit
from kg.audit.shapes import load_rules
from kg.document.reading import from_text
from kg.extract import extract
from kg.mapping import Source, map_report
from kg.outline import outline
from kg.sample import Sample, Style, error_kinds, generate
from kg.vocabulary import Namespace

FAMILY = {rule.id for rule in load_rules() if rule.family == "classification"}
RULES: dict[str, Sequence[str]] = {
    "code-name": ("function-name-of-another",),
    **{
        kind: error_kinds()[kind].rules
        for kind in ("function-slip", "function-code", "wrong-class")
    },
}
REPORTS: tuple[tuple[int, Style], ...] = ((5, "ocr"), (6, "markdown"), (7, "sichuan"))
#: A path stands at most so many lines above the amount that a finding points at.
WRAPPED = 3


def findings(sample: Sample) -> list[Finding]:
    document = from_text(sample.text, name="s.txt", media_type="text/plain", sha256="0" * 64)
    source = Source("text/plain", "0" * 64)
    quads = map_report(extract(outline(document)), source, Namespace())
    return [finding for finding in audit(quads, Namespace()) if finding.rule in FAMILY]


@pytest.mark.parametrize("kind", RULES)
def test_what_is_planted_is_found_where_it_stands(kind: str) -> None:
    planted = 0
    for seed, style in REPORTS:
        sample = generate(seed, style=style, errors=1, kinds=[kind])
        for error in sample.contradictions:
            planted += 1
            line = error.passage.line
            near = [f for f in findings(sample) if any(0 <= n - line <= WRAPPED for n in f.lines)]
            assert {f.rule for f in near} & set(RULES[kind]), error
    assert planted


@pytest.mark.parametrize(("seed", "style"), REPORTS)
def test_a_clean_report_has_none(seed: int, style: Style) -> None:
    assert findings(generate(seed, style=style)) == []
