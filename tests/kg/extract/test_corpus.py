"""The five real reports: what is read from them, counted and added up."""

import re
from collections import Counter
from decimal import Decimal

import pytest

from corpus import document_of, extraction_of
from kg.codes import load_code_lists
from kg.facts import Change, Evaluation, Explanation, Ratio, Statement, Unclaimed


def statements(number: str, place: str) -> list[Statement]:
    facts = extraction_of(number).facts
    return [f for f in facts if isinstance(f, Statement) and f.dimensions.place == place]


def function_lines(number: str, phase: str) -> list[Statement]:
    """The lines of S05-3 that state a function (of all kinds of spending)."""
    return [
        s
        for s in statements(number, "S05-3")
        if s.dimensions.function and s.dimensions.phase == phase and s.dimensions.nature == "all"
    ]


@pytest.mark.parametrize(
    ("number", "final", "initial"), [("000", 35, 35), ("001", 46, 18), ("002", 26, 26)]
)
def test_function_lines_have_their_budget_and_accounts(
    number: str, final: int, initial: int
) -> None:
    assert len(function_lines(number, "final")) == final
    assert len(function_lines(number, "initial-budget")) == initial


@pytest.mark.parametrize(("number", "unresolved"), [("000", 0), ("001", 1), ("002", 1)])
def test_function_lines_have_the_code_of_their_names(number: str, unresolved: int) -> None:
    """A name that is nobody's (養老福利 for 养老服务, an item of another division) has no code."""
    functional = load_code_lists().functional
    lines = [line.dimensions.function for line in function_lines(number, "final")]
    assert sum(f.code is None for f in lines if f) == unresolved
    assert all(len(f.code) == 7 and f.code in functional for f in lines if f and f.code)


def test_codes_are_those_that_the_same_reports_tables_print() -> None:
    """002 states the same items by name in the text and by code in the tables."""
    by_text = {
        line.dimensions.function.code: line.money.amount
        for line in function_lines("002", "final")
        if line.dimensions.function and line.dimensions.function.code
    }
    by_table = {
        s.dimensions.function.code: s.money.amount
        for s in statements("002", "T05")
        if s.dimensions.function and s.dimensions.nature == "all"
    }
    shared = by_text.keys() & by_table.keys()
    assert len(shared) >= 20
    assert all(by_text[code] == by_table[code] for code in shared)


@pytest.mark.parametrize(
    ("number", "count"), [("000", 23), ("001", 4), ("002", 24), ("003", 7), ("004", 22)]
)
def test_every_project_review_is_an_evaluation(number: str, count: int) -> None:
    """Those of section 十三; the annex has evaluations of its own."""
    evaluations = [f for f in extraction_of(number).facts if isinstance(f, Evaluation)]
    reviews = [e for e in evaluations if e.place == "S13" and e.project is not None]
    assert len(reviews) == count
    assert len({review.project for review in reviews}) == count


def test_items_add_up_to_the_total_and_to_the_classes() -> None:
    classes: Counter[str] = Counter()
    for line in function_lines("000", "final"):
        assert line.dimensions.function is not None
        assert line.dimensions.function.code is not None
        classes[line.dimensions.function.code[:3]] += line.money.amount  # type: ignore[assignment]
    assert sum(classes.values()) == Decimal("65793800")
    printed = {
        s.dimensions.function.code: s.money.amount
        for s in statements("000", "S05-2")
        if s.dimensions.function
    }
    assert len(printed) == 9
    assert classes == printed


def test_every_amount_of_the_expenditure_table_is_read() -> None:
    """002's T03: each printed number of the table, in its column, by its code."""
    document = document_of("002")
    table = next(t for t in document.tables if t.first_line == 190)
    printed = Counter[tuple[str, int, str]]()
    for row in table.rows[7:]:
        for column, cell in enumerate(row[2:8]):
            if cell.text:
                printed[(row[0].text.replace("合计", "all"), column, cell.text)] += 1
    natures = ["all", "basic", "project", "paid-up", "business", "subsidy"]
    read = Counter(
        (
            s.dimensions.function.code if s.dimensions.function else "all",
            natures.index(s.dimensions.nature),
            s.money.reported,
        )
        for s in statements("002", "T03")
    )
    assert read == printed
    assert sum(printed.values()) == 109


def test_every_amount_of_the_economic_table_is_read() -> None:
    """003's T06: each non-empty amount by its economic code, and the two totals."""
    document = document_of("003")
    table = next(t for t in document.tables if t.first_line == 289)
    printed = {}
    for row in table.rows:
        for code, amount in ((0, 2), (3, 5), (6, 8)):
            if re.fullmatch(r"3\d\d(\d\d)?", row[code].text) and row[amount].text:
                printed[row[code].text] = row[amount].text
    read = {s.dimensions.economic: s.money.reported for s in statements("003", "T06")}
    totals = {
        s.dimensions.nature: s.money.reported
        for s in statements("003", "T06")
        if s.dimensions.economic == "all"
    }
    assert len(printed) == 23
    assert {code: read[code] for code in printed} == printed
    assert totals == {"personnel": "1,177.62", "operating": "64.37"}


def _printed(document_text: str, start: int, end: int) -> str:
    return re.sub(r"\s", "", document_text[start:end])


def test_every_passage_holds_the_printed_number(number: str) -> None:
    text = document_of(number).text
    for fact in extraction_of(number).facts:
        cut = _printed(text, fact.passage.start, fact.passage.end)
        match fact:
            case Statement() | Change():
                assert cut == fact.money.reported
            case Ratio():
                assert cut == fact.reported
            case Explanation():
                assert fact.text in cut
            case Evaluation():
                amounts = [m for m in (fact.budget, fact.executed) if m]
                cuts = [_printed(text, p.start, p.end) for p in fact.passages]
                assert all(any(m.reported in c for c in cuts) for m in amounts)
                for money in amounts:
                    here = _printed(text, money.passage.start, money.passage.end)
                    assert here == money.reported


def test_every_passage_names_its_line(number: str) -> None:
    document = document_of(number)
    for record in (*extraction_of(number).facts, *extraction_of(number).unclaimed):
        before = document.text[: record.passage.start]
        assert record.passage.line == before.count("\n") + 1


def test_every_figure_is_in_a_fact_or_unclaimed(number: str) -> None:
    """Nothing is lost: amounts and percentages of the text, and numbers in cells."""
    document, extraction = document_of(number), extraction_of(number)
    covered = set()
    for record in (*extraction.facts, *extraction.unclaimed):
        stretches = record.passages if isinstance(record, Evaluation) else (record.passage,)
        for passage in stretches:
            covered.update(range(passage.start, passage.end))
    for match in re.finditer(r"\d+(?:\.\d+)?[ \t]*(?:[亿万]?元|[%％])", document.text):
        assert match.start() in covered, document.text[match.start() - 20 : match.end()]


def test_heads_name_the_unit_the_year_and_where_to_ask() -> None:
    heads = [extraction_of(n).head for n in ("000", "001", "002", "003", "004")]
    assert [h.fiscal_year for h in heads] == [2023] * 5
    assert [h.region for h in heads] == ["420103", "420111", "420106", "420103", "420104"]
    assert all(h.unit in h.title for h in heads)
    assert [str(h.issued) for h in heads if h.issued] == ["2024-10-29", "2024-10-28"]
    assert sum(h.telephone is not None for h in heads) == 4


def test_a_slip_in_the_units_name_is_outvoted() -> None:
    """002 misspells its own name above one table; a unit is not made of that."""
    document, head = document_of("002"), extraction_of("002").head
    assert document.text.count(head.unit) > 5


def test_unclaimed_figures_keep_their_place(number: str) -> None:
    text = document_of(number).text
    for figure in extraction_of(number).unclaimed:
        assert isinstance(figure, Unclaimed)
        assert _printed(text, figure.passage.start, figure.passage.end)[:1] in figure.text
