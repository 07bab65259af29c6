"""The annex's reports in prose: which there are, and whom each is about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.extract.performance.report import (
    FIGURES,
    Report,
    stretches_of,
    titles_of,
)
from kg.extract.performance.words import is_label, words
from kg.outline import Section, Stream

#: A report has more between its title and the next than the lines of a form's head.
SHORTEST = 60


def reports_of(stream: Stream, annex: Section) -> Iterator[Report]:
    """The annex's reports; the forms between them are left out."""
    titles = [*titles_of(stream, annex.start, annex.end), (annex.end, annex.end, False)]
    for (begin, start, is_report), (end, _, _) in pairwise(titles):
        if is_report and end - start >= SHORTEST:
            subject = _subject(stream, begin, start, end)
            if subject is not None:
                yield Report(subject or None, start, end)


def _subject(stream: Stream, title: int, start: int, end: int) -> str | None:
    """The project that a report is about, "" for the unit; None where it doesn't say."""
    report, text = words().report, stream.text
    if report["whole"].search(text, title, start):
        return ""
    for stretch in stretches_of(stream, start, end):
        if stretch.field == FIGURES:
            scored = report["scored"].match(text, stretch.start, stretch.end)
            if scored:
                is_whole = report["whole"].search(scored["name"])
                return "" if is_whole else stream.printed(*scored.span("name"))
    named = report["named"].match(text, title, start)
    if named is None or is_label(report["generic"], named["name"]):
        return None
    return stream.printed(*named.span("name"))
