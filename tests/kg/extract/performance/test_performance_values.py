"""Targets and actual values: exact on what can be read, silent on everything else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.performance.values import Value, is_attained, is_told, parse_value, value_told

SIGNS = ("≥", "≤", ">", "<", "=")
UNITS = ("%", "‰", "次", "件", "家", "人次", "次/年", "元/月", "个工作日", "")
numbers = st.decimals(min_value=0, max_value=99_999, places=2, allow_nan=False)


def is_attained_as_told(target: str, actual: str) -> bool | None:
    wanted, reached = value_told(target), value_told(actual)
    return is_attained(wanted, reached) if wanted and reached else is_told(target, actual)


def bounds(sign: str | None, number: Decimal) -> tuple[Decimal | None, Decimal | None]:
    return None if sign in ("≤", "<") else number, None if sign in ("≥", ">") else number


@given(st.sampled_from([*SIGNS, None]), numbers, st.sampled_from(UNITS))
def test_what_is_written_is_read_exactly(sign: str | None, number: Decimal, unit: str) -> None:
    value = parse_value(f"{sign or ''}{number}{unit}")
    assert value is not None
    assert (value.low, value.high) == bounds(sign, number)
    assert (value.comparator, value.unit, value.number) == (sign, unit, number)
    assert value.exact == (number if sign in (None, "=") else None)


@given(numbers, numbers, st.sampled_from(["-", "~", "至"]), st.sampled_from(UNITS))
def test_a_range_has_two_ends_and_no_number(
    low: Decimal, high: Decimal, mark: str, unit: str
) -> None:
    value = parse_value(f"{low}{mark}{high}{unit}")
    if low >= high:
        assert value is None
    else:
        assert value == Value(low, high, unit)
        assert value.number is None


@given(st.text(max_size=60))
def test_any_text_is_read_or_not_but_never_fails(text: str) -> None:
    value = parse_value(text)
    assert value is None or (value.low is not None or value.high is not None)


@given(st.text(alphabet="≥≤<>=0123456789.,%-~至万亿千百分之四十件次/年以上内", max_size=60))
def test_any_text_of_its_signs_is_read_or_not_but_never_fails(text: str) -> None:
    value = parse_value(text)
    assert value is None or is_attained(value, value) in (True, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.2万件", Value(Decimal(32000), Decimal(32000), "件")),
        ("≤千分之六", Value(None, Decimal(6), "‰", "≤")),
        ("百分之八十五", Value(Decimal(85), Decimal(85), "%")),
        ("90%以上", Value(Decimal(90), None, "%", "≥")),
        ("7个工作日以内", Value(None, Decimal(7), "个工作日", "≤")),
        ("不少于1,500人次", Value(Decimal(1500), None, "人次", "≥")),
        ("95%—98%", Value(Decimal(95), Decimal(98), "%")),
        ("2-3万元", Value(Decimal(20000), Decimal(30000), "元")),
        ("0", Value(Decimal(0), Decimal(0), "")),
        ("7台(套)", Value(Decimal(7), Decimal(7), "台(套)")),
    ],
)
def test_each_way_of_writing(text: str, value: Value) -> None:
    assert parse_value(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", "优", "按期完成", "100%完成", "每村1个", "5个人员指标", "2021年", "2021-2023年"),
        *("》30次", "≥3-5家", "5-3家", "≥80%以下", "30户企业、12户商户", "约20次", "1" * 41),
    ],
)
def test_what_isnt_one_value_is_none(text: str) -> None:
    assert parse_value(text) is None


@pytest.mark.parametrize(
    ("target", "actual", "attained"),
    [
        *[("≥90%", "90%", True), ("≥90%", "89.9%", False), (">90%", "90%", False)],
        *[("≤6‰", "0", True), ("≤6‰", "0次", None), ("≤5人", "6人", False), ("<5人", "4人", True)],
        *[
            ("=3次", "3次", True),
            ("=3次", "4次", False),
            ("3次", "3次", True),
            ("3次", "4次", None),
        ],
        *[("≥20次", ">20次", True), (">20次", ">20次", True), (">20次", "≥20次", None)],
        *[("12次", "≥12次", None), ("≥12次", "≤9次", False), ("≥12次", "≤15次", None)],
        *[("6-9家", "8家", True), ("6-9家", "12家", None), ("6-9家单位", "8家", True)],
        *[("5个社区", "5个", True), ("5个社区", "5个单位", None), ("≥6次/年", "7次", True)],
        *[("9台(件)", "9台", True), ("9台(件)", "9人", None), ("0件", "2件", False)],
        *[("0%", "2%", None), ("0件", "2次", None)],
        *[("≥4000件", "1.2万件", True), ("≥2次/月", "24次", None), ("≥90%", "95人", None)],
    ],
)
def test_attained_only_where_the_comparator_decides(
    target: str, actual: str, attained: bool | None
) -> None:
    wanted, reached = parse_value(target), parse_value(actual)
    assert wanted is not None
    assert reached is not None
    assert is_attained(wanted, reached) is attained


@pytest.mark.parametrize(
    ("target", "actual", "attained"),
    [
        *[("不发生", "2件", False), ("不发生", "0件", True), ("未发生", "零发生", True)],
        *[("0件", "未发生", True), ("≤3次", "未出现", True), ("≥3次", "未发生", False)],
        *[("合格", "年底前尚未合格", False), ("合格", "全部合格", True)],
        *[("合格", "没有未合格", None), ("合格", "部分合格", False), ("不发生", "良好", None)],
    ],
)
def test_attained_where_words_decide(target: str, actual: str, attained: bool | None) -> None:
    assert is_attained_as_told(target, actual) is attained


@given(st.sampled_from(SIGNS), numbers, numbers)
def test_attained_is_what_arithmetic_says(sign: str, limit: Decimal, number: Decimal) -> None:
    meets = {
        "≥": number >= limit,
        "≤": number <= limit,
        ">": number > limit,
        "<": number < limit,
        "=": number == limit,
    }
    target, actual = parse_value(f"{sign}{limit}次"), parse_value(f"{number}次")
    assert target is not None
    assert actual is not None
    assert is_attained(target, actual) is meets[sign]
