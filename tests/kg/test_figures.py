"""Which statement is the unit's figure, and whether the others agree with it."""

from decimal import Decimal

import pytest

from kg.facts import YUAN, Dimensions, Function, Money, MoneyUnit, Passage, Statement
from kg.figures import Agreement, figures


def stated(
    place: str, reported: str, start: int = 0, unit: MoneyUnit = "wan-yuan", text: str | None = None
) -> Statement:
    function = Function("2050202", text)
    amount = Decimal(reported) * YUAN[unit]
    money = Money(amount, reported, unit, Passage(start, start + 1, 1))
    return Statement(Dimensions(2023, place, function=function), money)


def test_a_table_speaks_before_text_and_the_most_detailed_table_first() -> None:
    places = ["S01", "S05-3", "T01", "T03", "T05"]
    (figure,) = figures(stated(place, "5", start) for start, place in enumerate(places))
    assert figure.statement.dimensions.place == "T05"
    assert [s.dimensions.place for s in figure.restatements] == ["T03", "T01", "S05-3", "S01"]


def test_within_a_place_the_first_speaks() -> None:
    (figure,) = figures([stated("T03", "5", 9), stated("T03", "5", 3)])
    assert figure.statement.passage.start == 3


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        (("5.25", "wan-yuan"), ("5.25", "wan-yuan"), "agreed"),
        (("5.25", "wan-yuan"), ("52,500.00", "yuan"), "agreed"),
        (("5.25", "wan-yuan"), ("52,540.00", "yuan"), "agreed"),  # rounded
        (("5.25", "wan-yuan"), ("52,600.00", "yuan"), "contested"),
        (("5.25", "wan-yuan"), ("5.3", "wan-yuan"), "contested"),  # 5.3 stands for 5.30
        (("0.05", "yi-yuan"), ("500", "wan-yuan"), "agreed"),
    ],
)
def test_amounts_agree_within_what_is_printed(
    one: tuple[str, MoneyUnit], other: tuple[str, MoneyUnit], agreement: Agreement
) -> None:
    statements = [
        stated("T03", one[0].replace(",", ""), 0, one[1]),
        stated("S03", other[0].replace(",", ""), 9, other[1]),
    ]
    (figure,) = figures(statements)
    assert figure.agreement == agreement


def test_one_function_under_two_names_is_one_figure() -> None:
    (figure,) = figures([stated("T03", "5"), stated("S05-3", "5", 9, text="小学教育支出")])
    assert figure.agreement == "agreed"


def test_a_figure_stated_once_is_single() -> None:
    assert [figure.agreement for figure in figures([stated("T03", "5")])] == ["single"]
