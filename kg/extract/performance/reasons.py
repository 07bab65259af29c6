"""Why indicators were missed, as the reports tell beside the forms: in a table, or in prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.document import normal_form
from kg.extract.performance.levels import level
from kg.extract.performance.report import TABLE, Report, stretches_of
from kg.extract.performance.words import words
from kg.facts import Evaluation, Indicator, Passage, Statement
from kg.outline import Stream
from kg.record import record

Said = Evaluation | Indicator | Statement
#: What is longer isn't the reason of one row: other text has come in between.
LONGEST_REASON = 400
LONGEST_LEVEL = 12


@record
class Reason:
    """A reason as printed."""

    text: str
    passage: Passage


@record
class _Row:
    """Where the name and the values of an indicator (by its number) stand in a table."""

    start: int
    end: int
    indicator: int


def with_reasons(
    stream: Stream, reports: Iterable[Report], facts: Sequence[Said]
) -> Iterator[Said]:
    """The facts, each indicator with the reason that the report on its project gives."""
    reasons: dict[int, Reason] = {}
    indicators: dict[str, dict[int, Indicator]] = {}
    for number, fact in enumerate(facts):
        if isinstance(fact, Indicator) and not fact.reason:
            indicators.setdefault(_normal(fact.evaluation.project), {})[number] = fact
    for report in reports:
        own = indicators.get(_normal(report.project))
        if not own:
            continue
        reasons = {**_in_prose(stream, report, own), **_in_tables(stream, report, own), **reasons}
    for number, fact in enumerate(facts):
        reason = reasons.get(number)
        if reason and isinstance(fact, Indicator):
            yield replace(fact, reason=reason.text, reason_passage=reason.passage)
        else:
            yield fact


def _normal(printed: str | None) -> str:
    return normal_form(printed) if printed else ""


def _in_prose(
    stream: Stream, report: Report, indicators: Mapping[int, Indicator]
) -> Mapping[int, Reason]:
    """The reasons in sentences that name an indicator in quotation marks."""
    said = words().reasons
    named = {_normal(indicator.name): number for number, indicator in indicators.items()}
    reasons: dict[int, Reason] = {}
    for match in said["told"].finditer(stream.text, report.start, report.end) if named else ():
        for name in said["quoted"].findall(match["names"]):
            if name in named:
                reasons.setdefault(named[name], _reason(stream, *match.span("reason")))
    return reasons


def _in_tables(
    stream: Stream, report: Report, indicators: Mapping[int, Indicator]
) -> Mapping[int, Reason]:
    """The reasons in tables of what was missed, which a conversion has flattened."""
    reasons: dict[int, Reason] = {}
    for stretch in stretches_of(stream, report.start, report.end):
        title = stream.text[stretch.heading : stretch.start]
        if stretch.field == TABLE and words().reasons["table"].search(title):
            rows = _rows(stream.text, stretch.start, stretch.end, indicators)
            reasons |= _reasons(stream, rows, stretch.end)
    return reasons


def _rows(text: str, start: int, end: int, indicators: Mapping[int, Indicator]) -> Sequence[_Row]:
    """The rows of a table: names of indicators with their values right behind them."""
    found: list[_Row] = []
    for number, indicator in indicators.items():
        name, target, actual = map(_normal, (indicator.name, indicator.target, indicator.actual))
        if not actual or text.find(name, start, end) < 0:
            continue
        same = re.compile(re.escape(f"{name}{target}{actual}"))
        other = re.compile(f"{re.escape(name)}.{{0,20}}?{re.escape(actual)}")
        if match := same.search(text, start, end) or other.search(text, start, end):
            found.append(_Row(*match.span(), number))
    found.sort(key=lambda row: (row.start, -row.end))
    rows = found[:1]
    rows += [row for before, row in pairwise(found) if row.start >= before.end]
    return rows


def _reasons(stream: Stream, rows: Sequence[_Row], end: int) -> Mapping[int, Reason]:
    """What stands behind each row; where nothing does, its cell is one with that above it."""
    reasons: dict[int, Reason] = {}
    above: Reason | None = None
    for row, stop in zip(rows, [*(row.start for row in rows[1:]), end], strict=False):
        last = _without_labels(stream.text, row.end, stop)
        if row.end < last <= row.end + LONGEST_REASON:
            above = _reason(stream, row.end, last)
        if above and last <= row.end + LONGEST_REASON:
            reasons[row.indicator] = above
        if last < stop:  # the rows of another goal or level follow
            above = None
    return reasons


def _without_labels(text: str, start: int, end: int) -> int:
    """Where a reason ends, before the labels of the rows that follow it."""
    while end > start:
        if label := words().reasons["label"].search(text, start, end):
            end = label.start()
            continue
        widths = range(min(LONGEST_LEVEL, end - start), 3, -1)
        named = (width for width in widths if level(text[end - width : end]))
        width = next(named, 0) if text.endswith("指标", start, end) else 0
        if not width:
            return end
        end -= width
    return end


def _reason(stream: Stream, start: int, end: int) -> Reason:
    return Reason(stream.printed(start, end), stream.passage(start, end))
