"""Section 十三's review of the whole unit: its own section, or what its management's one says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kg.extract.performance.report import About, read_report
from kg.extract.performance.words import words
from kg.facts import Evaluation, Ratio, Statement
from kg.outline import Outline, Section, Stream

PLACE = "S13-unit"


def read_unit_review(outline: Outline, year: int) -> Iterator[Evaluation | Statement | Ratio]:
    """The review of the whole unit."""
    own, management = (outline.sections.get(f"S13-{name}") for name in ("unit", "management"))
    about = About(None, year, PLACE)
    found = list(read_report(outline.stream, own.start, own.end, about)) if own else []
    yield from found
    is_told = any(isinstance(fact, Evaluation) and fact.project is None for fact in found)
    if management and not is_told:
        yield from _in_passing(outline.stream, management, year)


def _in_passing(stream: Stream, section: Section, year: int) -> Iterator[Evaluation]:
    """The unit's score, where the section speaks of the whole unit and has one score alone."""
    said, text, end = words().overall, stream.text, section.end
    scores = list(said["score"].finditer(text, section.start, end))
    if len(scores) != 1 or not said["whole"].search(text, section.start, end):
        return
    score = scores[0]
    sentence = max(section.start, text.rfind("。", section.start, score.start()) + 1)
    if said["project"].search(text, sentence, score.start()):
        return
    outputs = said["outputs"].match(text, score.end(), end)
    told = outputs.span("outputs") if outputs else None
    yield Evaluation(
        project=None,
        fiscal_year=year,
        place=PLACE,
        passage=stream.passage(*score.span("score")),
        score=Decimal(score["score"]),
        outputs=stream.printed(*told) if told else None,
        others=(stream.passage(*told),) if told else (),
    )
