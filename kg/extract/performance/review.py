"""Section 十三's sentence on the self-evaluation of the whole unit."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.extract.amounts import money_of, percent_of
from kg.extract.evaluations import texts_of
from kg.extract.performance.words import words
from kg.facts import Evaluation
from kg.outline import Section, Stream


def read_unit_review(stream: Stream, section: Section, year: int) -> Evaluation | None:
    """The evaluation of the unit, where its amounts or its score are said in so many words."""
    score = words().review["score"].search(stream.text, section.start, section.end)
    budget, executed, rate = _amounts(stream.text, section)
    matches = [match for match in (score, budget, executed, rate) if match]
    if not matches:
        return None
    start, end = min(m.start() for m in matches), max(m.end() for m in matches)
    texts: dict[str, str | None] = {}
    if executed:  # then what follows is worded as the reviews of projects are
        end = section.end
        texts = texts_of(stream, executed.end(), end)
    return Evaluation(
        project=None,
        fiscal_year=year,
        place="S13-unit",
        passage=stream.passage(start, end),
        budget=money_of(stream, budget) if budget else None,
        executed=money_of(stream, executed) if executed else None,
        execution_rate=percent_of(stream, rate) if rate else None,
        score=Decimal(score["score"]) if score else None,
        **texts,
    )


def _amounts(text: str, section: Section) -> list[re.Match[str] | None]:
    """Budget, executed amount and rate, one right behind the other."""
    patterns, end = words().review, section.end
    budget = patterns["budget"].search(text, section.start, end)
    executed = patterns["executed"].match(text, budget.end(), end) if budget else None
    rate = patterns["rate"].match(text, executed.end(), end) if executed else None
    return [budget, executed, rate]
