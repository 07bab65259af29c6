"""What no finished report has: place holders and instructions of the template, broken formulas."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.form.words import irregular
from kg.facts import Irregularity
from kg.outline import Outline


def read_irregularities(outline: Outline) -> Iterator[Irregularity]:
    """Each irregularity, in the order of their kinds."""
    document, stream = outline.document, outline.stream
    explanation = outline.parts.get("explanation")
    for kind in irregular():
        if kind.where == "all":
            for match in kind.sought.find(document.normal.text, 0, len(document.normal.text)):
                passage = document.passage(*document.normal.span(*match.span()))
                yield Irregularity(kind.kind, match[0], passage)
            continue
        start, end = 0, len(stream.text)
        if kind.where == "explanation":
            start, end = (explanation.start, explanation.end) if explanation else (0, 0)
        for match in kind.sought.find(stream.text, start, end):
            span = match.span("found") if "found" in match.re.groupindex else match.span()
            yield Irregularity(kind.kind, match[0], stream.passage(*span))
