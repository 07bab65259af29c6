"""Whom, which year and which project a report names where it speaks of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.extract.form.words import Sought, pattern, words
from kg.facts import Head, Heading, Mention, Passage
from kg.outline import Outline
from kg.vocabulary import normal_name

YEAR = re.compile(r"20\d\d(?=年)")
#: So many characters before and behind a name tell whose name it is.
AROUND = 16
#: A form's project stands so near below its title.
BELOW = 200


def read_mentions(outline: Outline, head: Head, headings: Iterable[Heading]) -> Iterator[Mention]:
    """Units, years and projects; of what the head says already, the first mention alone."""
    unit = normal_name(head.unit)
    found = [
        *_units(outline, unit),
        *_older(outline, unit),
        *_years(outline, headings),
        *_openings(outline, unit),
        *_accounts(outline),
        *_comparisons(outline),
        *_remarks(outline),
    ]
    forms = list(_forms(outline, unit))
    told = {
        "unit": unit,
        "year": str(head.fiscal_year),
        "comparison-year": str(head.fiscal_year - 1),
    }
    seen: set[str] = set()
    for mention in sorted([*found, *forms], key=lambda mention: mention.passage.start):
        if told.get(mention.kind) == mention.text:
            if mention.kind in seen:
                continue
            seen.add(mention.kind)
        yield mention


# --- the unit


def _units(outline: Outline, unit: str) -> Iterator[Mention]:
    """The name where it stands first, and each name that is a slip of it."""
    document = outline.document
    text = document.normal.text
    first = text.find(unit)
    if first >= 0:
        yield Mention("unit", unit, _passage(outline, first, first + len(unit)))
    if len(unit) < 4:
        return
    half = len(unit) // 2
    seen: set[int] = set()
    for at, part in ((0, unit[:half]), (half, unit[half:])):
        start = text.find(part)
        while start >= 0:
            span = _slip(text, unit, start - at, len(part), at)
            if span and span[0] not in seen and _is_own(text, *span):
                seen.add(span[0])
                yield Mention("unit", text[slice(*span)], _passage(outline, *span))
            start = text.find(part, start + 1)


def _older(outline: Outline, unit: str) -> Iterator[Mention]:
    """Another name of a street's office where it says what it does: one from before a merger."""
    table, normal = words()["unit"], outline.document.normal
    own = _bare(unit, table)
    sought = Sought(["主要职责", "主要职能"], pattern("unit", "duties"))
    for match in sought.find(normal.text, 0, len(normal.text)):
        name = match[0].rpartition(table["parent"])[2] or match[0]
        other = _bare(match[0], table)
        alike = other[:2] == own[:2] and other[-3:] == own[-3:]
        if alike and own not in other and other not in own:
            span = match.end() - len(name), match.end()
            yield Mention("unit", name, _passage(outline, *span))


def _bare(name: str, table: Mapping[str, Any]) -> str:
    """A name without what it belongs to, and without what short forms leave out."""
    own = name.rpartition(table["parent"])[2] or name
    return "".join(character for character in own if character not in table["short"])


def _slip(text: str, unit: str, start: int, length: int, at: int) -> tuple[int, int] | None:
    """Where a name one edit off `unit` is that has its characters from `at` on; None if right."""
    if start < 0 or text.startswith(unit, start):
        return None
    for size in (0, -1, 1):
        # the half that is right stands where it is: the other may be longer or shorter
        begin = start if at == 0 else start - size
        end = begin + len(unit) + size
        if begin >= 0 and end <= len(text) and _one_edit(unit, text[begin:end]):
            return begin, end
    return None


def _one_edit(right: str, found: str) -> bool:
    """Whether one character is another, missing or too many, or two have changed places."""
    table = words()["unit"]
    if len(right) == len(found):
        off = [n for n, (a, b) in enumerate(zip(right, found, strict=True)) if a != b]
        if len(off) == 1:
            a, b = right[off[0]], found[off[0]]
            told_apart = table["distinguishing"]
            return "一" <= b <= "鿿" and not (a in told_apart and b in told_apart)
        return (
            len(off) == 2
            and off[1] == off[0] + 1
            and right[off[0]] == found[off[1]]
            and right[off[1]] == found[off[0]]
        )
    longer, shorter = (right, found) if len(right) > len(found) else (found, right)
    n = next((n for n, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), None)
    if n is None or n == 0 or longer[n + 1 :] != shorter[n:]:
        return False
    return "一" <= longer[n] <= "鿿" and longer[n] not in table["omissible"]


def _is_own(text: str, start: int, end: int) -> bool:
    """Whether a name stands where a report names the unit that reports."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    listed = pattern("unit", "listed")
    if listed.match(before[-1:]) or listed.match(after):
        return False
    return bool(pattern("unit", "before").search(before) or pattern("unit", "after").match(after))


# --- years


def _years(outline: Outline, headings: Iterable[Heading]) -> Iterator[Mention]:
    """The years in headings."""
    normal = outline.document.normal
    for heading in headings:
        first, last = normal.bounds(heading.passage.start, heading.passage.end)
        for match in YEAR.finditer(normal.text, first, last):
            yield Mention("year", match[0], _passage(outline, *match.span()))


def _openings(outline: Outline, unit: str) -> Iterator[Mention]:
    """The year that a section's first words speak of."""
    stream, opening = outline.stream, pattern("year", "opening", unit)
    for section in outline.sections.values():
        if match := opening.match(stream.text, section.start, section.end):
            span = match.span("year")
            yield Mention("year", match["year"], stream.passage(*span))


def _accounts(outline: Outline) -> Iterator[Mention]:
    """The year of the accounts that a list of units or of projects is said to be of."""
    stream = outline.stream
    sought = Sought(words()["year"]["accounts-hints"], pattern("year", "accounts"))
    for match in sought.find(stream.text, 0, len(stream.text)):
        name = match.lastgroup or ""
        yield Mention("year", match[name], stream.passage(*match.span(name)))


def _comparisons(outline: Outline) -> Iterator[Mention]:
    """The years that the explanation compares with; behind the prior one any other is meant."""
    stream, compared, prior = outline.stream, pattern("year", "compared"), pattern("year", "prior")
    told = [s for place, s in outline.sections.items() if place in _EXPLAINED]
    seen: set[int] = set()
    for section in told:
        for year in YEAR.finditer(stream.text, section.start, section.end):
            start = year.start() - 1
            if start not in seen and (match := compared.match(stream.text, start, section.end)):
                seen.add(start)
                sentence = stream.text.rfind("。", section.start, start) + 1 or section.start
                if prior.search(stream.text, sentence, start):
                    continue
                text = match["with"] or match["than"]
                yield Mention("comparison-year", text, stream.passage(*year.span()))


_EXPLAINED = frozenset(f"S{n:02}" for n in range(1, 13))


# --- the annex


def _forms(outline: Outline, unit: str) -> Iterator[Mention]:
    """The year and the project of each form's title, and what the form calls the project."""
    document, normal = outline.document, outline.document.normal
    title, label = pattern("annex", "title"), pattern("annex", "label")
    scored = pattern("annex", "scored")
    titles: set[str] = set()
    after = 0
    for hint in re.finditer("自评表|自评结果|自评报告", normal.text):
        if hint.start() < after:
            continue
        line = document.lines[document.line_at(normal.offsets[hint.start()]) - 1]
        first, after = normal.bounds(line.start, line.end)
        match = title.fullmatch(normal.text, first, after)
        if match is None or match[0] in titles:  # told again in a list of contents
            continue
        titles.add(match[0])
        yield Mention("year", match["year"], _passage(outline, *match.span("year")))
        below = normal.offsets[after - 1] + 1
        named = _named_below(outline, below, label) or _scored_below(outline, below, scored)
        if len(match["name"]) > 2 and named and not _is_of(match["name"], unit):
            name = _passage(outline, *match.span("name"))
            yield Mention("project", match["name"], name, named)


def _remarks(outline: Outline) -> Iterator[Mention]:
    """The year that a form's remarks on its money speak of."""
    text, remark = outline.document.normal.text, pattern("annex", "money")
    sought = Sought(("实际执行", "实际支出", "实际使用"), remark)
    for match in sought.find(text, 0, len(text)):
        yield Mention("year", match["year"], _passage(outline, *match.span("year")))


def _is_of(name: str, unit: str) -> bool:
    """Whether a form's title names the unit (maybe with a slip), and no project of its."""
    half = len(unit) // 2
    return name in unit or name.startswith(unit[:half]) or name.endswith(unit[half:])


def _named_below(outline: Outline, offset: int, label: re.Pattern[str]) -> str | None:
    """What the form that begins behind `offset` calls its project."""
    document, normal = outline.document, outline.document.normal
    first = document.line_at(offset)
    for line in document.lines[first : first + 6]:
        bounds = normal.bounds(line.start, line.end)
        if match := label.match(normal.text, *bounds):
            cells = [c for c in document.text[line.start : line.end].split("\t") if c.strip()]
            if len(cells) > 1:
                return normal_name(cells[1])
            return match["name"]
    return None


def _scored_below(outline: Outline, offset: int, scored: re.Pattern[str]) -> str | None:
    """What the report that begins behind `offset` calls its project in its first words."""
    normal = outline.document.normal
    first, _ = normal.bounds(offset, offset)
    match = scored.search(normal.text, first, first + BELOW)
    return match["name"] if match else None


def _passage(outline: Outline, start: int, end: int) -> Passage:
    document = outline.document
    return document.passage(*document.normal.span(start, end))
