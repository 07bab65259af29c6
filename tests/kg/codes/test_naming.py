"""What is wrong in a printed function is told apart, and what was meant is only suggested."""

from decimal import Decimal

import pytest

from kg.codes import Classification, Concept, load_code_lists
from kg.codes.naming import Doubt, Evidence, Naming, is_short, is_slip

NAMING = Naming(load_code_lists().functional, 2023)


@pytest.mark.parametrize(
    ("code", "text", "doubt"),
    [
        ("2080505", "机关事业单位基本养老保险交费支出", Doubt("slip", "2080505")),
        ("2010302", "行政运行", Doubt("other", "2010301")),
        ("20502", "教育支出", Doubt("other", "20502")),
        ("2080505", "机关事业单位养老保险缴费", Doubt("short", "2080505")),
        ("2010302", "某某专项", Doubt("unknown")),
        ("2080209", "基层政权建设和社区治理", Doubt("other", "2080208")),
        ("20140", "信访事务", Doubt("edition", "20140")),
        ("2240108", "灾害防治及应急管理支出/应急管理事/应急救援", Doubt("slip", "2240108")),
        ("2050202", "教育支出/职业教育/小学教育", Doubt("astray", "2050202")),
    ],
)
def test_a_code_with_a_name_that_is_not_its_own(code: str, text: str, doubt: Doubt) -> None:
    assert NAMING.of_code(code, text) == doubt


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("2080501", "归口管理的行政单位离退休"),
        ("213", "农林水"),
        ("215", "资源勘探工业信息支出"),
        ("2130599", "农林水/其他巩固脱贫衔接乡村振兴支出"),
        ("2010301", "一般公共服务/行政运行"),
        ("2010301", ""),
    ],
)
def test_names_of_older_editions_and_short_forms_are_no_slips(code: str, text: str) -> None:
    assert NAMING.of_code(code, text) is None


def test_a_name_that_stands_beside_its_own_code_was_not_meant() -> None:
    beside = NAMING.of_code("2010302", "行政运行", named={"2010301"})
    assert beside == Doubt("other", "2010302")


def test_a_name_that_the_list_is_not_sure_of_contradicts_only_a_sure_one() -> None:
    lists = Classification([Concept("201", "甲甲甲", trusted=False), Concept("202", "乙乙乙")])
    assert Naming(lists, 2023).of_code("201", "丙丙丙") == Doubt("unknown")
    assert Naming(lists, 2023).of_code("201", "乙乙乙") == Doubt("other", "202")
    assert Naming(lists, 2023).of_code("202", "甲甲甲") == Doubt("other", "201")


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("教育支出/住房改革支出/住房公积金", Doubt("astray", "2210201")),
        ("一般公共服务支出/人大事务/代表工做", Doubt("slip", "2010108")),
        ("教育支出/人大事务/行政运行", Doubt("astray")),
        ("2010391 行政运行", Doubt("slip", "2010301")),
        ("2014177 行政运行", Doubt("unknown")),
        ("教育支出/其他用途", Doubt("unknown")),
        ("一般公共服务支出/行政运行", None),
        ("一般公共服务支出/信访事务/行政运行", Doubt("edition", "2014001")),
    ],
)
def test_a_path_that_names_no_code(text: str, doubt: Doubt | None) -> None:
    assert NAMING.of_names(text) == doubt


def test_the_money_of_the_tables_decides_between_what_may_be_meant() -> None:
    path = "一般公共服务支出/组织事务/其他共产党事务支出"
    assert NAMING.of_names(path) == Doubt("astray", "2013699")
    tables = Evidence({"2013299": frozenset({Decimal(10_000)})})
    assert NAMING.of_names(path, [Decimal(10_000)], tables) == Doubt("astray", "2013299")


def test_slips_and_short_forms() -> None:
    assert is_slip("应急管理事", ["应急管理事务"]) and not is_short("应急管理事", ["应急管理事务"])
    assert is_short("离退休", ["行政单位离退休"]) and not is_slip("离退休", ["行政单位离退休"])
    assert not is_slip("教育", ["教育支出"])


def test_a_code_in_no_edition_is_told_by_its_name_alone() -> None:
    assert NAMING.of_names("228 其他支出") == Doubt("slip", "229")
    assert NAMING.of_names("228 某某支出") == Doubt("unknown")
