"""Numbers as reports write them: every way of writing a value gives that value back."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.document import NormalText
from kg.extract.numbers import MONEY, PERCENT, decimal, in_yuan, is_number, ordinal
from kg.sample.numerals import chinese

VALUES = st.decimals(-(10**9), 10**9, allow_nan=False, places=2)
FULL_WIDTH = str.maketrans("0123456789.,-%()", "０１２３４５６７８９．，－％（）")


@given(VALUES, st.booleans(), st.booleans())
def test_a_printed_value_is_read_back(value: Decimal, grouped: bool, full_width: bool) -> None:
    printed = f"{value:,}" if grouped else str(value)
    normal = NormalText.of(printed.translate(FULL_WIDTH) if full_width else printed).text
    assert is_number(normal)
    assert decimal(normal) == value
    for unit, factor in (("元", 1), ("万元", 10**4), ("亿元", 10**8)):
        match = re.search(MONEY, f"支出{normal}{unit}。")
        assert match is not None
        assert (match["amount"], match["unit"]) == (normal, unit)
        assert decimal(match["amount"]) * factor == value * factor


def test_amounts_are_exact() -> None:
    assert in_yuan("1,234,567,890,123.45", "yi-yuan") == Decimal("123456789012345000000")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("97%-100%", ["97", "100"]),  # a dash between numbers is no minus
        ("增长-3.5%", ["-3.5"]),
        ("减少−3.5%", ["−3.5"]),
        ("2022年-5%", ["5"]),
        ("1,2345%", ["2345"]),
        ("12345678901234567890%", []),  # no sum of money has twenty digits
    ],
)
def test_percentages_in_text(text: str, figures: list[str]) -> None:
    assert [match["percent"] for match in re.finditer(PERCENT, text)] == figures


@given(st.integers(1, 59))
def test_numbers_of_items(number: int) -> None:
    assert ordinal(chinese(number)) == ordinal(str(number)) == number
