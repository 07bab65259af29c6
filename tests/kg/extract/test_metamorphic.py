"""Reports printed otherwise: the facts change as they should, and in no other way.

The five real reports, and a generated one of every style.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any

import pytest

from corpus import NUMBERS, document_of, extraction_of
from kg.document import Document
from kg.document.reading import from_text
from kg.extract import extract
from kg.extract.numbers import MONEY, decimal
from kg.facts import (
    Change,
    Composition,
    Count,
    Evaluation,
    Explanation,
    Extraction,
    Fact,
    Indicator,
    Ratio,
    Statement,
)
from kg.outline import outline
from kg.outline.headings import headings
from kg.sample import PLACES, STYLES, generate

MARK = re.compile(
    r"^[ #*]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])", re.M
)
HALF = "0123456789()%"
FULL = "０１２３４５６７８９（）％"
#: What follows a price that only names what is counted: 单价100万元（含）以上设备.
PRICE = re.compile(r"(?:\(含[^()]{0,6}\))?及?以上")
PASSAGE = re.compile(r"Passage\([^()]*\)")
HAN = re.compile(r"(?<=[一-鿿])(?=[一-鿿])")

every_report = pytest.mark.parametrize("name", [*NUMBERS, *STYLES])


@cache
def document(name: str) -> Document:
    """A real report by its number, or the generated one of a style."""
    if name in NUMBERS:
        return document_of(name)
    return _document(next(generate(33, style=s).text for s in STYLES if s == name))


@cache
def facts_of(name: str) -> Extraction:
    return extraction_of(name) if name in NUMBERS else extract(outline(document(name)))


def _document(text: str) -> Document:
    return from_text(text, name="x.txt", media_type="text/plain", sha256="")


def read_again(text: str) -> Extraction:
    return extract(outline(_document(text)))


def plain(value: Any) -> Any:
    """A record with its texts in half width, offsets kept."""
    if isinstance(value, str):
        return unicodedata.normalize("NFKC", value)
    if isinstance(value, dict):
        return {name: plain(entry) for name, entry in value.items()}
    return list(map(plain, value)) if isinstance(value, list) else value


def bare(text: str | None) -> str | None:
    return text and re.sub(r"\s", "", text)


def without_places(fact: Fact) -> tuple[object, ...]:
    """What a fact says, wherever it stands."""
    match fact:
        case Statement() | Change():
            base = fact.base if isinstance(fact, Change) else None
            return fact.dimensions, base, fact.money.amount, fact.money.reported
        case Ratio():
            return fact.dimensions, fact.kind, fact.base, fact.percent, fact.reported
        case Count():
            return fact.dimensions, fact.count, fact.unit
        case Composition():
            return fact.dimensions, fact.economic
        case Explanation():
            return fact.place, bare(fact.text), tuple(map(without_places, fact.explains))
        case Evaluation():
            amounts = [money and money.reported for money in (fact.budget, fact.executed)]
            rate = fact.execution_rate and fact.execution_rate.reported
            texts = map(bare, (fact.outputs, fact.problems, fact.improvements))
            return bare(fact.project), *amounts, rate, *texts
        case Indicator():
            return fact.level1, bare(fact.name), bare(fact.target), bare(fact.actual), fact.score
        case _:
            return ()


def said(facts: Iterable[Fact]) -> Counter[tuple[object, ...]]:
    """What facts with figures say; what else a report tells is for its own tests."""
    return Counter(filter(None, map(without_places, facts)))


@pytest.mark.parametrize(("printed", "widened"), [(HALF, FULL), (FULL, HALF)])
@pytest.mark.parametrize("name", NUMBERS)
def test_widths_of_characters_change_nothing(name: str, printed: str, widened: str) -> None:
    other = read_again(document(name).text.translate(str.maketrans(printed, widened)))
    before = [plain(record) for record in facts_of(name).records()]
    assert [plain(record) for record in other.records()] == before


@pytest.mark.parametrize("width", [14, 23])
@pytest.mark.parametrize("name", NUMBERS)
def test_narrower_lines_change_nothing(name: str, width: int) -> None:
    text = document(name).text
    assert wrapped(text, width).count("\n") > text.count("\n") + 100
    assert said(read_again(wrapped(text, width)).facts) == said(facts_of(name).facts)


def wrapped(text: str, width: int) -> str:
    """Text with its prose in lines of some characters."""
    lines = text.split("\n")
    return "\n".join(_narrower(line, width) if "，" in line else line for line in lines)


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


@pytest.mark.parametrize("name", ["000", "001", "004"])
def test_paragraphs_on_one_line_change_nothing(name: str) -> None:
    """The three that are hard-wrapped."""
    lines = (line.strip() for line in document(name).text.split("\n"))
    text = "".join(_joined(line for line in lines if not re.fullmatch(r"\d*", line)))
    assert text.count("\n") < document(name).text.count("\n") / 2
    # of the annex's flattened tables the lines are the cells
    before, after = filter(_is_prose, facts_of(name).facts), read_again(text).facts
    assert said(filter(_is_prose, after)) == said(before)


def _is_prose(fact: Fact) -> bool:
    stated = fact.dimensions if isinstance(fact, Statement) else fact
    return not isinstance(fact, Indicator) and getattr(stated, "place", None) != "annex"


def _joined(lines: Iterable[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        goes_on = len(before) > 20 and not re.match(
            r"第.部分|\d{1,2}[.、]\D|[一二三四五六七八九十]+、|[（(]", line
        )
        yield line if goes_on else f"\n{line}"
        before = line


@pytest.mark.parametrize("name", NUMBERS)
def test_spaces_between_characters_change_nothing(name: str) -> None:
    before, after = facts_of(name).facts, read_again(spaced(document(name).text)).facts
    assert said(filter(_is_prose, after)) == said(filter(_is_prose, before))


def spaced(text: str) -> str:
    """Text with spaces as PDF readers put them: after each fourth character of prose."""
    lines = text.split("\n")
    return "\n".join(_spaced(line) if "，" in line and "\t" not in line else line for line in lines)


def _spaced(line: str) -> str:
    places = [m.start() for m in HAN.finditer(line)]
    for start in reversed(places[3::4]):
        line = f"{line[:start]} {line[start:]}"
    return line


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_of_sections_change_nothing(name: str) -> None:
    text = renumbered(document(name).text)
    assert text != document(name).text
    assert said(read_again(text).facts) == said(facts_of(name).facts)


def renumbered(text: str) -> str:
    """Text with 七、 for each 一、 and so on."""
    other = str.maketrans("一二三四五六七八九", "七八九一二三四五六")
    return MARK.sub(lambda mark: mark[0].translate(other), text)


#: Titles in the words of titles, but in none that are listed.
TITLES = {
    "财政拨款收入支出决算总体情况说明": "财政拨款收支对比分析",
    "一般公共预算财政拨款基本支出决算情况说明": "一般公共预算基本支出构成及变化情况",
    "一般公共预算财政拨款支出决算情况说明": "一般公共预算支出执行与变动情况",
    "“三公”经费支出决算情况说明": "“三公”经费执行及变动原因分析",
    "收入支出决算总体情况说明": "收支总体增减变动分析",
    "收入决算情况说明": "收入构成说明",
    "支出决算情况说明": "支出构成说明",
    "机关运行经费支出情况": "机关运行经费变化及原因分析",
    "政府采购支出情况": "政府采购安排与执行情况",
    "国有资产占有使用情况": "国有资产管理及变动情况",
    "预算绩效管理情况": "项目绩效目标完成情况",
}
TITLE = re.compile(rf"({MARK.pattern}\s*(?:20\d\d年度?)?)({'|'.join(TITLES)})", re.M)


@every_report
def test_titles_in_other_words_change_nothing(name: str) -> None:
    kinds = (Statement, Ratio, Change, Count)
    text = TITLE.sub(lambda title: title[1] + TITLES[title[2]], document(name).text)
    before, after = facts_of(name), read_again(text)
    assert said(f for f in after.facts if isinstance(f, kinds)) == said(
        f for f in before.facts if isinstance(f, kinds)
    )


def wrapped_and_renumbered(text: str) -> str:
    return wrapped(renumbered(text), 17)


def wide_and_spaced(text: str) -> str:
    return spaced(text.translate(str.maketrans(HALF, FULL)))


def widthless(facts: Counter[tuple[object, ...]]) -> Counter[str]:
    """What facts say in half width, wherever their names stand."""
    printed = (PASSAGE.sub("", repr(fact)) for fact in facts.elements())
    return Counter(unicodedata.normalize("NFKC", fact) for fact in printed)


@pytest.mark.parametrize("change", [wrapped_and_renumbered, wide_and_spaced])
@pytest.mark.parametrize("name", STYLES)
def test_generated_reports_say_the_same_however_printed(
    name: str, change: Callable[[str], str]
) -> None:
    """What the tests above do to the real reports, two at a time."""
    after = read_again(change(document(name).text)).facts
    assert widthless(said(after)) == widthless(said(facts_of(name).facts))


@every_report
def test_amounts_times_ten_are_ten_times_as_much(name: str) -> None:
    """Every amount of the text with its unit: all amounts of the text change, nothing else."""
    before, after = facts_of(name), read_again(_amounts(document(name), _shifted))
    assert len(after.facts) == len(before.facts)
    assert len(after.unclaimed) == len(before.unclaimed)
    for old, new in zip(_by_kind(before), _by_kind(after), strict=True):
        match old, new:
            case (Statement(), Statement()) | (Change(), Change()):
                factors = [10 if old.passage.row is None else 1]
                if old.dimensions.place == "annex":  # its forms have their unit in their head
                    factors = [1, 10]
                assert new.money.amount in [old.money.amount * f for f in factors]
                assert new.dimensions == old.dimensions
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
                assert without_places(new) == without_places(old)


@every_report
def test_yuan_for_ten_thousand_yuan_changes_only_what_is_printed(name: str) -> None:
    """Every 万元 of the text as 元, ten thousand times as much."""
    before, after = facts_of(name), read_again(_amounts(document(name), _in_yuan, "万元", "元"))
    for old, new in zip(_by_kind(before), _by_kind(after), strict=True):
        assert type(old) is type(new)
        if isinstance(old, Statement | Change) and isinstance(new, Statement | Change):
            assert new.money.amount == old.money.amount
            assert new.dimensions == old.dimensions


def _by_kind(extraction: Extraction) -> list[Fact]:
    return sorted(extraction.facts, key=lambda fact: type(fact).__name__)


def _amounts(
    document: Document, changed: Callable[[str], str], unit: str = "", other: str = ""
) -> str:
    """A report's text with the amounts of its prose changed, or those in one unit only."""
    text, parts, position = document.text, [], 0
    for match in re.finditer(MONEY, document.normal.text):
        start, end = document.normal.span(*match.span("amount"))
        line = document.lines[document.line_at(start) - 1]
        after = text[end : end + len(unit)]
        if "\t" in text[line.start : line.end] or PRICE.match(document.normal.text, match.end()):
            continue
        if after == unit:
            parts += [text[position:start], changed(match["amount"]), other]
            position = end + len(unit)
    return "".join([*parts, text[position:]])


def _shifted(amount: str) -> str:
    return format((decimal(amount) * 10).quantize(Decimal("0.001")), "f")


def _in_yuan(amount: str) -> str:
    return format((decimal(amount) * 10_000).quantize(Decimal("0.01")), ",f")


@pytest.mark.parametrize("name", ["002", "003", "ocr", "markdown", *PLACES])
def test_tables_in_another_order_change_nothing(name: str) -> None:
    """Those that have tables, these in reverse."""
    lines = document(name).text.split("\n")
    starts = list(_starts(document(name)))
    assert len(starts) == 9
    last = outline(document(name)).tables
    end = max(t.table.last_line for t in last if t.place and t.place.startswith("T0"))
    end = next((n for n in range(end, len(lines)) if "部分" in lines[n]), len(lines))
    blocks = [lines[first:last] for first, last in zip(starts, [*starts[1:], end], strict=True)]
    moved = [*lines[: starts[0]], *chain.from_iterable(reversed(blocks)), *lines[end:]]
    before, after = facts_of(name), read_again("\n".join(moved))
    assert said(after.facts) == said(before.facts)


@pytest.mark.parametrize("name", ["002", "ocr", *PLACES])
def test_a_column_moved_changes_nothing(name: str) -> None:
    """项目支出 of 支出决算表 and its heads before the total, where heads stand on their columns."""
    lines = document(name).text.split("\n")
    tables = outline(document(name)).tables
    table = next(t.table for t in tables if t.place == "T03")
    rows = [n for n in range(table.first_line - 1, table.last_line) if lines[n].count("\t") > 4]
    head = next(lines[n].split("\t") for n in rows if "项目支出" in lines[n])
    here, there = head.index("项目支出"), next(n for n, c in enumerate(head) if "合计" in c)
    for n in rows:
        cells = lines[n].split("\t")
        cells.insert(there, cells.pop(here))
        lines[n] = "\t".join(cells)
    before, after = facts_of(name), read_again("\n".join(lines))
    assert said(after.facts) == said(before.facts)


def _starts(document: Document) -> Iterator[int]:
    """The 0-based lines in which the titles of the nine tables stand, or their own first lines."""
    previous = 0
    for titled in outline(document).tables:
        first = titled.table.first_line - 1
        if titled.place and titled.place.startswith("T0"):
            above = range(max(previous, first - 12), first)
            found = (n for n in above if _place(document, n) == titled.place)
            yield next(found, first)
        previous = titled.table.last_line


def _place(document: Document, index: int) -> str | None:
    line = document.lines[index]
    match = headings().tables.pattern.search(document.normal.between(line.start, line.end).text)
    return headings().tables.place(match) if match else None
