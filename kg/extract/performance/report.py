"""Reports on a self-evaluation in prose (自评报告): figures, and texts by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from kg.document import normal_form
from kg.extract.evaluations import items_of, texts_of
from kg.extract.performance.figures import Figures, read_figures
from kg.extract.performance.words import words
from kg.facts import Evaluation, Ratio, Statement
from kg.outline import Stream
from kg.outline.marks import WITHIN, marks
from kg.record import record
from kg.starts import places

#: The mark of a heading; its style is its rank.
MARK = re.compile(marks())
FIELDS = ("outputs", "problems", "improvements")
#: Under these headings stand figures.
FIGURES = "figures"
#: Behind the title of a table stand its cells, behind this one the second half.
TABLE, EVIDENCE = "table", "evidence"
#: What stands under these headings is of no field.
OTHER = "other"
#: All titles of reports and forms have this sign, and are no longer.
TITLED, LONGEST_TITLE = "评", 120


@record
class Stretch:
    """A stretch of a report under a heading, which begins at `heading`; `field` is what it tells,
    None where that isn't known, or is of no field.
    """

    field: str | None
    heading: int
    start: int
    end: int


@record
class Report:
    """Where a report stands, and its project (None: the whole unit)."""

    project: str | None
    start: int
    end: int


@record
class About:
    """What a report is about: a project (None: the whole unit), in a year; and where it stands."""

    project: str | None
    year: int
    place: str


def read_report(
    stream: Stream, start: int, end: int, about: About
) -> Iterator[Evaluation | Statement | Ratio]:
    """The evaluation that a report is, what its figures say of parts, and those that it lists."""
    project, year, place = about.project, about.year, about.place
    stretches = list(stretches_of(stream, start, end))
    listed: list[Evaluation] = []
    figures = Figures(stream, year, place, normal_form(project) if project else None)
    told: list[tuple[str, int, int]] = []
    for stretch in stretches:
        if stretch.field in FIELDS:
            told.append((stretch.field, stretch.start, stretch.end))
            continue
        items = list(items_of(stream, stretch.start, stretch.end, year, place))
        if len(items) > 1 and stretch.field == FIGURES:
            listed += items
        elif stretch.field == FIGURES:
            read_figures(figures, stretch.heading, stretch.end)
    if not told and figures.end is not None:  # no headings: 主要产出和效益是…
        told += texts_of(stream, figures.end, end)
    told = [text for text in told if _says_something(stream, text)]
    passages = [*figures.passages, *(stream.passage(*span) for _, *span in told)]
    if passages:
        yield Evaluation(
            project=project,
            fiscal_year=year,
            place=place,
            passage=passages[0],
            others=tuple(passages[1:]),
            **figures.of_whole,
            **_joined(stream, told),
        )
        yield from figures.of_parts
    yield from listed


def _says_something(stream: Stream, text: tuple[str, int, int]) -> bool:
    _, start, end = text
    return stream.text[start:end].rstrip("。") not in ("", "无")


def _joined(stream: Stream, told: Iterable[tuple[str, int, int]]) -> Mapping[str, Any]:
    """The texts of each field, as printed, a line each."""
    texts: dict[str, str] = {}
    for field, start, end in told:
        text = stream.printed(start, end)
        texts[field] = f"{texts[field]}\n{text}" if field in texts else text
    return texts


def stretches_of(stream: Stream, start: int, end: int) -> Iterator[Stretch]:
    """A report by its headings, without gaps: a heading of the same or of a higher rank ends the
    stretch of one before, one whose words are known begins its own.
    """
    begins: list[tuple[int, int, str | None]] = [(start, start, FIGURES)]
    rank = 0
    lines = stream.line_starts_between(start, end)
    titles = [(name, words().report[name]) for name in (TABLE, EVIDENCE)]
    heads = {*places(MARK, stream.text, lines)}
    heads.update(*(places(title, stream.text, lines) for _, title in titles))
    for position, line_end in pairwise([*lines, end]):
        if position not in heads:
            continue
        for name, title in titles:
            if title.fullmatch(stream.text, position, line_end):
                begins.append((position, line_end, name))
        mark = MARK.match(stream.text, position, end)
        if mark is None:
            continue
        own = WITHIN.index(mark.lastgroup or "") + 1
        field, body = _heading(stream, mark.end(), end)
        if field or own <= rank:
            begins.append((position, body, field))
            rank = own
    for (position, body, field), (following, _, _) in pairwise([*begins, (end, end, None)]):
        yield Stretch(field, position, min(body, following), following)


def _heading(stream: Stream, start: int, end: int) -> tuple[str | None, int]:
    """What a heading's words announce, and where the text behind them begins."""
    for field in (*FIELDS, FIGURES, OTHER):
        match = words().headings[field].match(stream.text, start, end)
        tail = words().headings["tail"].match(stream.text, match.end(), end) if match else None
        if tail and (stream.breaks_at(tail.end()) or tail[0][-1:] in ("。", ":")):
            return field, tail.end()
    return None, start


def titles_of(stream: Stream, start: int, end: int) -> Sequence[tuple[int, int, bool]]:
    """The titles of reports and of forms: where each begins and ends, and if it is a report's."""
    found: list[tuple[int, int, bool]] = []
    for position in stream.line_starts_between(start, end):
        if found and position < found[-1][1]:
            continue
        if stream.text.find(TITLED, position, position + LONGEST_TITLE) < 0:
            continue
        for name in ("title", "form"):
            match = words().report[name].match(stream.text, position, end)
            if match and stream.breaks_at(match.end()):
                found.append((position, match.end(), name == "title"))
                break
    return found
