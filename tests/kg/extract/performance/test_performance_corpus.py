"""The forms of the real reports: counted by hand, and each printed where it is said to be."""

import re
from collections import Counter

import pytest

from corpus import corpus_file, document_of, extraction_of
from kg.extract.performance.printed import printed
from kg.facts import Evaluation, Indicator


def annex(number: str) -> tuple[list[Evaluation], list[Indicator]]:
    facts = extraction_of(number).facts
    indicators = [f for f in facts if isinstance(f, Indicator)]
    forms = {indicator.evaluation for indicator in indicators}
    return [f for f in facts if isinstance(f, Evaluation) and f in forms], indicators


#: Rows of each form in the order of the report, counted in the file by hand. The forms of 001 are
#: flattened; one more row of its first form has its points on the next page.
ROWS = {
    "001": [29, 22, 85, 25],
    "002": [9, 7, 9, 6, 6, 12, 7, 7, 7, 7, 5, 6, 6, 7, 7, 8, 6, 8, 8, 7, 7, 9, 8, 7, 7, 7, 7],
    "003": [61, 10, 6, 6, 8, 10, 11, 7],
}


@pytest.mark.parametrize("number", ROWS)
def test_every_row_of_every_form_is_an_indicator(number: str) -> None:
    evaluations, indicators = annex(number)
    found = Counter(indicator.evaluation for indicator in indicators)
    assert [found[evaluation] for evaluation in evaluations] == ROWS[number]
    assert [e.project is None for e in evaluations] == [True] + [False] * (len(evaluations) - 1)
    assert len({e.project for e in evaluations}) == len(evaluations)


def test_a_report_counts_its_own_indicators_as_we_do() -> None:
    """003 says in section 十三 how many its unit has, and of which kinds."""
    text = re.sub(r"\s", "", corpus_file("003").read_text("utf-8"))
    kinds = r"\D+产出指标(\d+)\D+效益指标(\d+)\D+满意度指标(\d+)"
    said = re.search(rf"(\d+)个绩效指标{kinds}", text)
    assert said
    levels = Counter(i.level1 for i in annex("003")[1] if i.evaluation.project is None)
    found = (
        levels.total(),
        levels["output"] + levels["cost"],
        levels["benefit"],
        levels["satisfaction"],
    )
    assert found == tuple(map(int, said.groups()))


@pytest.mark.parametrize(
    ("number", "lacking"), [("001", {}), ("002", {"executed": 1, "rate": 1}), ("003", {})]
)
def test_every_form_has_its_money(number: str, lacking: dict[str, int]) -> None:
    """Two forms of 002 lack a cell: one its rate, one its executed amount."""
    evaluations, _ = annex(number)
    blank: Counter[str] = Counter()
    for evaluation in evaluations:
        assert evaluation.budget is not None
        blank["executed"] += evaluation.executed is None
        blank["rate"] += evaluation.execution_rate is None
    assert +blank == Counter(lacking)


@pytest.mark.parametrize("number", ROWS)
def test_every_indicator_stands_in_its_passage(number: str) -> None:
    document = document_of(number)
    in_two_rows = 0
    for indicator in annex(number)[1]:
        passage = indicator.passage
        cut = re.sub(r"\s", "", document.text[passage.start : passage.end])
        assert all(part in cut for part in (indicator.target, indicator.actual) if part)
        in_two_rows += indicator.name not in cut
        assert passage.line == document.text.count("\n", 0, passage.start) + 1
        assert (passage.row is None) == (passage.column is None) == (number == "001")
    assert in_two_rows == {"001": 0, "002": 1, "003": 0}[number]


@pytest.mark.parametrize("number", ROWS)
def test_rows_end_in_their_actual_value(number: str) -> None:
    """But for those with a score, and the three whose actual value is cut off."""
    document, without = document_of(number), 0
    for indicator in annex(number)[1]:
        text = document.text[indicator.passage.start : indicator.passage.end]
        last = re.sub(r"\s", "", re.split(r"[\t\n]", text.rstrip())[-1])
        if indicator.score is None and "\n" not in text:
            assert last == (indicator.actual or indicator.target)
        without += indicator.actual is None
    assert without == {"001": 0, "002": 3, "003": 1}[number]


@pytest.mark.parametrize("number", ROWS)
def test_every_level_is_known(number: str) -> None:
    """002 has four rows whose second level is in words of its own, or merged with the name."""
    indicators = annex(number)[1]
    assert "other" not in {i.level1 for i in indicators}
    assert sum(i.level2 is None for i in indicators) == {"001": 0, "002": 4, "003": 0}[number]


def test_points_add_up_to_those_of_their_level() -> None:
    """001 prints the points of each second level; where no row is left out, they are the sum."""
    text = re.sub(r"\s", "", document_of("001").text)
    sums: Counter[tuple[str | None, int | None, str | None]] = Counter()
    for indicator in annex("001")[1]:
        assert indicator.weight is not None
        assert indicator.score is not None
        assert indicator.score <= indicator.weight
        key = indicator.evaluation.project, indicator.goal_number, indicator.level2
        sums[key] += indicator.weight  # type: ignore[assignment]
    printed_points = {f"{total.normalize():f}" for total in sums.values()}  # type: ignore[attr-defined]
    assert all(f"（{points}分）" in text for points in printed_points - {"3"})
    assert len(sums) == 33


def test_no_form_is_read_where_there_is_none(number: str) -> None:
    if number not in ROWS:
        assert annex(number) == ([], [])


def test_cells_are_printed_without_the_spaces_of_their_width() -> None:
    document = document_of("003")
    cells = [cell for table in document.tables for row in table.rows for cell in row if cell.text]
    for cell in cells[:200]:
        assert not re.search(r"\s", printed(document, [cell]))
