"""What no finished report has: place holders and instructions of the template, broken formulas."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.form.words import irregular
from kg.facts import Irregularity
from kg.outline import Outline


def read_irregularities(outline: Outline) -> Iterator[Irregularity]:
    """Each irregularity, in the order of their kinds; those that fill a cell before all others."""
    document, stream = outline.document, outline.stream
    explanation = outline.parts.get("explanation")
    cells = list(_cells(outline))
    yield from cells
    told = {irregularity.passage.start for irregularity in cells}
    for kind in irregular():
        if kind.where == "all":
            for match in kind.sought.find(document.normal.text, 0, len(document.normal.text)):
                passage = document.passage(*document.normal.span(*match.span()))
                if passage.start not in told:
                    yield Irregularity(kind.kind, match[0], passage)
            continue
        start, end = 0, len(stream.text)
        if kind.where == "explanation":
            start, end = (explanation.start, explanation.end) if explanation else (0, 0)
        for match in kind.sought.find(stream.text, start, end):
            span = match.span("found") if "found" in match.re.groupindex else match.span()
            yield Irregularity(kind.kind, match[0], stream.passage(*span))


def _cells(outline: Outline) -> Iterator[Irregularity]:
    """Those that are a table's whole cell: in running text, the numbers beside them touch them."""
    text = outline.document.normal.text
    kinds = [kind for kind in irregular() if kind.where == "all" and kind.sought.is_hinted(text)]
    firsts = {hint[0] for kind in kinds for hint in kind.sought.hints}
    for table in outline.document.tables if kinds else ():
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                if cell.text[:1] not in firsts:
                    continue
                passage = outline.document.cell_passage(cell, row, column)
                for kind in kinds:
                    if kind.sought.pattern.fullmatch(cell.text):
                        yield Irregularity(kind.kind, cell.text, passage)
