"""The real reports, printed otherwise: the facts change as they should, and in no other way."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import Any

import pytest

from corpus import document_of, extraction_of
from kg.document import Document
from kg.document.reading import from_text
from kg.extract import extract
from kg.extract.numbers import MONEY, decimal
from kg.facts import Change, Evaluation, Explanation, Extraction, Fact, Indicator, Ratio, Statement
from kg.outline import outline
from kg.outline.headings import headings

MARK = re.compile(
    r"^[ #*]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])", re.M
)
HALF = "0123456789()%"
FULL = "０１２３４５６７８９（）％"


def read_again(text: str) -> Extraction:
    return extract(outline(from_text(text, name="x.txt", media_type="text/plain", sha256="")))


def plain(value: Any) -> Any:
    """A record with its texts in half width, offsets kept."""
    if isinstance(value, str):
        return unicodedata.normalize("NFKC", value)
    if isinstance(value, dict):
        return {name: plain(entry) for name, entry in value.items()}
    return list(map(plain, value)) if isinstance(value, list) else value


def without_places(fact: Fact) -> tuple[object, ...]:
    """What a fact says, wherever it stands."""
    match fact:
        case Statement() | Change():
            base = fact.base if isinstance(fact, Change) else None
            return fact.dimensions, base, fact.money.amount, fact.money.reported
        case Ratio():
            return fact.dimensions, fact.kind, fact.base, fact.percent, fact.reported
        case Explanation():
            return fact.place, fact.text, tuple(map(without_places, fact.explains))
        case Evaluation():
            amounts = [money and money.reported for money in (fact.budget, fact.executed)]
            rate = fact.execution_rate and fact.execution_rate.reported
            return fact.project, *amounts, rate, fact.outputs, fact.problems, fact.improvements


def said(facts: Iterable[Fact]) -> list[tuple[object, ...]]:
    return list(map(without_places, facts))


@pytest.mark.parametrize(("printed", "widened"), [(HALF, FULL), (FULL, HALF)])
def test_widths_of_characters_change_nothing(number: str, printed: str, widened: str) -> None:
    other = read_again(document_of(number).text.translate(str.maketrans(printed, widened)))
    before = [plain(record) for record in extraction_of(number).records()]
    assert [plain(record) for record in other.records()] == before


@pytest.mark.parametrize("width", [14, 23])
def test_narrower_lines_change_nothing(number: str, width: int) -> None:
    lines = document_of(number).text.split("\n")
    text = "\n".join(_narrower(line, width) if "，" in line else line for line in lines)
    assert text.count("\n") > len(lines) + 100
    assert said(read_again(text).facts) == said(extraction_of(number).facts)


def _narrower(line: str, width: int) -> str:
    """A line of prose in several, none of them beginning like an item, nor a mere number."""
    if "\t" in line:
        return line
    pieces = [line[:width]]
    for start in range(width, len(line), width):
        piece = line[start : start + width]
        joins = re.match(r"[-\d（(#•一二三四五六七八九十①-⑳]", piece) or len(piece) < 4
        pieces[-1:] = [pieces[-1] + piece] if joins else [pieces[-1], piece]
    return "\n".join(pieces)


@pytest.mark.parametrize("number", ["000", "001", "004"])
def test_paragraphs_on_one_line_change_nothing(number: str) -> None:
    """The three that are hard-wrapped."""
    lines = (line.strip() for line in document_of(number).text.split("\n"))
    text = "".join(_joined(line for line in lines if not re.fullmatch(r"\d*", line)))
    assert text.count("\n") < document_of(number).text.count("\n") / 2
    # of the annex's flattened tables the lines are the cells
    before, after = filter(_is_prose, extraction_of(number).facts), read_again(text).facts
    assert said(filter(_is_prose, after)) == said(before)


def _is_prose(fact: Fact) -> bool:
    return not isinstance(fact, Indicator) and getattr(fact, "place", None) != "annex"


def _joined(lines: Iterable[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        goes_on = len(before) > 20 and not re.match(
            r"第.部分|\d{1,2}[.、]\D|[一二三四五六七八九十]+、|[（(]", line
        )
        yield line if goes_on else f"\n{line}"
        before = line


def test_numbers_of_sections_change_nothing(number: str) -> None:
    other = str.maketrans("一二三四五六七八九", "七八九一二三四五六")
    text = MARK.sub(lambda mark: mark[0].translate(other), document_of(number).text)
    assert text != document_of(number).text
    assert list(read_again(text).records()) == list(extraction_of(number).records())


def test_amounts_times_ten_are_ten_times_as_much(number: str) -> None:
    """Every amount of the text with its unit: all amounts of the text change, nothing else."""
    before, after = extraction_of(number), read_again(_times_ten(document_of(number)))
    assert len(after.facts) == len(before.facts)
    assert len(after.unclaimed) == len(before.unclaimed)
    for old, new in zip(_by_kind(before), _by_kind(after), strict=True):
        match old, new:
            case (Statement(), Statement()) | (Change(), Change()):
                factor = 1 if old.dimensions.place.startswith("T") else 10
                assert new.money.amount == old.money.amount * factor
                assert new.dimensions == old.dimensions
            case Ratio(), Ratio():
                assert without_places(new) == without_places(old)
            case Explanation(), Explanation():
                assert len(new.explains) == len(old.explains)
            case Evaluation(), Evaluation():
                assert new.project == old.project
                for one, other in ((old.budget, new.budget), (old.executed, new.executed)):
                    # the cells of the annex's tables print their unit, or have it in their head
                    factors = (1, 10) if old.place == "annex" else (10,)
                    assert (one is None) == (other is None)
                    assert not (one and other) or other.amount in [one.amount * f for f in factors]
            case Indicator(), Indicator():
                assert (new.level1, new.level2, new.score) == (old.level1, old.level2, old.score)
            case _:
                raise AssertionError(old, new)


def _by_kind(extraction: Extraction) -> list[Fact]:
    return sorted(extraction.facts, key=lambda fact: type(fact).__name__)


def _times_ten(document: Document) -> str:
    text, parts, position = document.text, [], 0
    for match in re.finditer(MONEY, document.normal.text):
        start, end = document.normal.span(*match.span("amount"))
        line = document.lines[document.line_at(start) - 1]
        if "\t" not in text[line.start : line.end]:
            parts += [text[position:start], _shifted(match["amount"])]
            position = end
    return "".join([*parts, text[position:]])


def _shifted(amount: str) -> str:
    return format((decimal(amount) * 10).quantize(Decimal("0.001")), "f")


@pytest.mark.parametrize("number", ["002", "003"])
def test_tables_in_another_order_change_nothing(number: str) -> None:
    """The two that have tables, these in reverse."""
    document = document_of(number)
    lines = document.text.split("\n")
    starts = list(_starts(document))
    assert len(starts) == 9
    end = next(n for n, line in enumerate(lines) if n > starts[-1] and "第三部分" in line)
    blocks = [lines[first:last] for first, last in zip(starts, [*starts[1:], end], strict=True)]
    moved = [*lines[: starts[0]], *chain.from_iterable(reversed(blocks)), *lines[end:]]
    before, after = extraction_of(number), read_again("\n".join(moved))
    assert Counter(said(after.facts)) == Counter(said(before.facts))


def _starts(document: Document) -> Iterator[int]:
    """The 0-based lines in which the titles of the nine tables stand, or their own first lines."""
    previous = 0
    for titled in outline(document).tables:
        first = titled.table.first_line - 1
        if titled.place:
            above = range(max(previous, first - 12), first)
            found = (n for n in above if _place(document, n) == titled.place)
            yield next(found, first)
        previous = titled.table.last_line


def _place(document: Document, index: int) -> str | None:
    line = document.lines[index]
    match = headings().tables.pattern.search(document.normal.between(line.start, line.end).text)
    return headings().tables.place(match) if match else None
