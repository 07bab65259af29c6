"""The explanation's sections to facts: their items, and the remarks in brackets, each by itself."""

from __future__ import annotations

import dataclasses
import re
from collections import deque
from collections.abc import Collection, Iterator, Sequence

from kg.extract.asides import FIGURE
from kg.extract.breakdowns import Breakdown
from kg.extract.context import BLANK, Context
from kg.extract.phrases import phrases, scanner_of
from kg.extract.reasons import Reasons
from kg.extract.references import Classifier
from kg.extract.sentences import Item
from kg.extract.subjects import Subjects
from kg.extract.tokens import Tokens
from kg.facts import Dimensions, Fact
from kg.outline import Outline, Section, Stream, numbered_titles
from kg.outline.marks import marks
from kg.starts import places

#: What opens an item of a list, where a line or a sentence begins.
ITEM = re.compile(f"[-•]{{0,8}}(?:{marks()})")
#: A remark in brackets speaks of other figures than the sentence around it; (类) is none.
REMARK = re.compile(r"\([^()]{5,200}\)")
WORDS = re.compile(r"\D*")


def read_explanation(outline: Outline, year: int, attested: Collection[str]) -> Iterator[Fact]:
    """The facts of all sections' text; `attested` are the codes that the report's tables print."""
    sections = outline.sections.values()
    for section in sections:
        if section.place in phrases().sections:
            within = [s.heading for s in sections if _is_within(s, section)]
            own = dataclasses.replace(section, end=min([section.end, *within]))
            fund = _fund(outline, section)
            for part, said in _by_fund(outline.stream, own, fund):
                yield from read_prose(outline.stream, part, year, attested, fund=said)


def _fund(outline: Outline, section: Section) -> str | None:
    """The fund that a section is about: the general budget if it says so, or that of the whole."""
    above = (s for s in outline.sections.values() if section.place.startswith(f"{s.place}-"))
    around = next((s for s in above if _is_within(section, s)), section)
    own = _fund_said(outline.stream, section)
    return own if own == "general" else _fund_said(outline.stream, around)


def _by_fund(
    stream: Stream, section: Section, fund: str | None
) -> Iterator[tuple[Section, str | None]]:
    """A section by the headings within it that name a fund, each part with the fund it is about."""
    start = section.start
    for heading, first, end in numbered_titles(stream, section):
        title = stream.text[heading:first]
        said = phrases().fund_of_title(section.place, title, "")
        if said and said != fund and start <= heading:
            yield dataclasses.replace(section, start=start, end=heading), fund
            yield dataclasses.replace(section, heading=heading, start=first, end=end), said
            start = end
    yield dataclasses.replace(section, start=start), fund


def _fund_said(stream: Stream, section: Section) -> str | None:
    """The fund in a section's title, unless its first words name another."""
    title = stream.text[section.heading : section.start]
    figure = FIGURE.search(stream.text, section.start, section.end)
    opening = stream.text[section.start : figure.start() if figure else section.end]
    return phrases().fund_of_title(section.place, title, opening)


def _is_within(section: Section, other: Section) -> bool:
    """Whether a section stands within another one."""
    return section != other and other.start <= section.heading < other.end


def read_prose(
    stream: Stream,
    section: Section,
    year: int,
    attested: Collection[str] = (),
    *,
    fund: str | None = None,
) -> Iterator[Fact]:
    """The facts of one section's text, about a fund if one is said.

    `attested` are the codes that the report's tables print.
    """
    scanner = scanner_of(section.place)
    scanner = scanner.about(fund) if fund else scanner
    classifier = Classifier(year, scanner.defaults.get("fund"), attested, stream)
    found = REMARK.finditer(stream.text, section.start, section.end)
    remarks = [remark for remark in found if _speaks_of_others(remark[0])]
    text = _without(remarks, stream.text, section)
    telling = (FIGURE, phrases().words["reason"])
    told = deque(remark for remark in remarks if any(p.search(remark[0]) for p in telling))
    lists: list[Breakdown] = []
    above: tuple[str | None, ...] = ()
    reasons = Reasons()
    totals: dict[str, Dimensions] = {}
    for start, end, mark in _items(stream, text, section):
        tokens = Tokens(text, scanner, classifier, start, end, told)
        subjects = Subjects(last_of_flow={**totals})
        item = Item(stream, Context(tokens, subjects, above), reasons.beside(), lists)
        yield from item.read(mark)
        if (head := subjects.head) and head.item == "grand-total":
            totals[head.flow] = head
        lists = [breakdown for breakdown in item.lists if breakdown.numbered]
        above = item.context.above


def _speaks_of_others(remark: str) -> bool:
    return FIGURE.search(remark) is not None or WORDS.fullmatch(remark) is not None


def _without(remarks: Sequence[re.Match[str]], text: str, section: Section) -> str:
    """The text up to a section's end, its remarks blanked."""
    parts, position = [], 0
    for remark in remarks:
        parts += [text[position : remark.start()], BLANK * len(remark[0])]
        position = remark.end()
    return "".join([*parts, text[position : section.end]])


def _items(stream: Stream, text: str, section: Section) -> Iterator[tuple[int, int, str | None]]:
    """The items of a section's lists, each without its mark, and what stands before the first."""
    start, mark = section.start, None
    line_starts = stream.line_starts_between(section.start, section.end)
    sentences = (m.end() for m in re.finditer("。", text[section.start : section.end]))
    positions = {*line_starts, *(section.start + end for end in sentences)}
    for position in places(ITEM, text, sorted(positions - {section.end})):
        if match := ITEM.match(text, position, section.end):
            yield start, position, mark
            start, mark = match.end(), match.lastgroup
    yield start, section.end, mark
