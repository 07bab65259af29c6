"""Names resolve to codes by their whole path, and never by a guess."""

import pytest

from kg.codes import Classification, Concept, load_code_lists, loose_name, printed_name

FUNCTIONS = load_code_lists().functional
OFFICE = "政府办公厅（室）及相关机构事务"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (("一般公共服务支出",), "201"),
        (("一般公共服务支出", OFFICE), "20103"),
        (("一般公共服务支出", OFFICE, "行政运行"), "2010301"),
        (("一般公共服务支出", OFFICE, None), "20103"),
        # The same name at every level.
        (("其他支出",), "229"),
        (("其他支出", "其他支出"), "22999"),
        (("其他支出", "其他支出", "其他支出"), "2299999"),
    ],
)
def test_a_whole_path_resolves_at_each_level(path, code):
    assert FUNCTIONS.resolve(path, year=2023) == code


@pytest.mark.parametrize(
    "name", ["教育支出", "教育", "教育支出（类）", "教育(类)支出", "教育支出（类）支出", " 教 育 "]
)
def test_marks_spaces_and_a_missing_or_extra_ending_are_tolerated(name):
    assert FUNCTIONS.resolve((name,), year=2023) == "205"


@pytest.mark.parametrize("name", ["自然资源海洋气象支出", "自然资源海洋气象", "国土海洋气象"])
def test_a_missing_deng_is_tolerated(name):
    assert FUNCTIONS.resolve((name,), year=2023) == "220"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (("文化体育与传媒支出",), "207"),
        (("农林水支出", "扶贫", "行政运行"), "2130501"),
        (("一般公共服务支出", OFFICE, "专项业务活动"), "2010305"),
    ],
)
def test_names_of_older_editions_resolve(path, code):
    assert FUNCTIONS.resolve(path, year=2023) == code


def test_a_misprinted_division_is_passed_over_where_the_item_is_unique_in_its_class():
    item = "其他政府办公厅（室）及相关机构事务支出"
    assert FUNCTIONS.resolve(("一般公共服务支出", "政府办公室事务", item), year=2023) == "2010399"


def test_a_misprinted_division_is_not_passed_over_where_the_item_is_not_unique():
    assert FUNCTIONS.resolve(("一般公共服务支出", "政府办公室事务", "行政运行"), year=2023) is None


def test_a_division_without_such_an_item_resolves_to_nothing():
    # 教育支出 has one 小学教育, but 成人教育 hasn't.
    assert FUNCTIONS.resolve(("教育支出", "成人教育", "小学教育"), year=2023) is None


def test_a_misprinted_class_is_passed_over_where_division_and_item_are_unique():
    assert FUNCTIONS.resolve(("一般公共服务费", "人大事务", "行政运行"), year=2023) == "2010101"


def test_two_misprints_resolve_to_nothing():
    assert FUNCTIONS.resolve(("一般公共服务费", "人大的事务", "人大会议"), year=2023) is None


def test_a_misprinted_last_name_resolves_to_nothing():
    assert FUNCTIONS.resolve(("一般公共服务支出", "人大事务", "行政运作"), year=2023) is None
    assert FUNCTIONS.resolve(("一般公共服务费",), year=2023) is None


def test_a_class_that_contradicts_division_and_item_resolves_to_nothing():
    assert FUNCTIONS.resolve(("教育支出", "人大事务", "人大会议"), year=2023) is None


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ((None, "人大事务", "行政运行"), "2010101"),
        ((None, "人大事务"), "20101"),
        ((None, None, "人大会议"), "2010104"),
        (("一般公共服务支出", None, "人大会议"), "2010104"),
        ((None, None, "行政运行"), None),
        (("一般公共服务支出", None, "行政运行"), None),
        ((None, "农业农村"), None),
    ],
)
def test_a_level_that_is_not_printed_may_be_any_but_only_one_code_may_fit(path, code):
    assert FUNCTIONS.resolve(path, year=2023) == code


@pytest.mark.parametrize("path", [(), (None,), ("",), ("（类）",), ("支", "出", "教", "育")])
def test_a_path_that_names_nothing_resolves_to_nothing(path):
    assert FUNCTIONS.resolve(path, year=2023) is None


@pytest.mark.parametrize(
    ("path", "year", "code"),
    [
        (("一般公共服务支出", OFFICE, "信访事务"), 2023, "2010308"),
        (("一般公共服务支出", OFFICE, "信访事务"), 2024, None),
        (("一般公共服务支出", "信访事务"), 2024, "20140"),
        (("一般公共服务支出", "信访事务"), 2023, None),
        # The list isn't sure that this division is as new as 2024.
        (("卫生健康支出", "中医药事务", "行政运行"), 2023, "2101701"),
    ],
)
def test_only_codes_of_the_year_s_edition_are_candidates(path, year, code):
    assert FUNCTIONS.resolve(path, year=year) == code


def test_a_division_of_another_edition_is_no_misprint():
    lists = Classification(
        [
            Concept("201", "甲"),
            Concept("20101", "乙", broader="201", edition_from=2024),
            Concept("20102", "丙", broader="201"),
            Concept("2010201", "丁", broader="20102"),
        ]
    )
    assert lists.resolve(("甲", "戊", "丁"), year=2023) == "2010201"
    assert lists.resolve(("甲", "乙", "丁"), year=2023) is None


def test_the_fund_decides_what_the_names_leave_open():
    general, fund = frozenset({"general"}), frozenset({"government-fund"})
    lists = Classification(
        [Concept("22901", "甲", funds=general), Concept("22902", "甲", funds=fund)]
    )
    assert lists.resolve((None, "甲"), year=2023) is None
    assert lists.resolve((None, "甲"), year=2023, fund="general") == "22901"
    assert lists.resolve((None, "甲"), year=2023, fund="government-fund") == "22902"
    assert lists.resolve((None, "甲"), year=2023, fund="state-capital") is None


def test_the_label_comes_before_an_old_name():
    lists = Classification([Concept("201", "甲"), Concept("202", "乙", old_names=("甲",))])
    assert lists.resolve(("甲",), year=2023) == "201"


def test_every_label_resolves_to_its_code_by_its_path():
    for code in FUNCTIONS.codes():
        concept = FUNCTIONS.concept(code)
        path = [FUNCTIONS.label(code[:n]) for n in (3, 5, 7) if n <= len(code)]
        assert FUNCTIONS.resolve(path, year=concept.edition_from or 2023) == code


def test_every_name_is_one_code_within_its_parent():
    for fold in (printed_name, loose_name):
        seen = {}
        for code in FUNCTIONS.codes():
            for name in FUNCTIONS.names(code):
                assert seen.setdefault((FUNCTIONS.broader(code), fold(name)), code) == code


def test_what_a_classification_knows():
    economic = load_code_lists().economic
    assert "30201" in economic and "30200" not in economic and "all" not in economic
    assert len(economic.codes()) == len(economic) and list(economic.codes()) == sorted(
        economic.codes()
    )
    assert economic.label("30201") == "办公费"
    assert economic.broader("30201") == "302" and economic.broader("302") is None
    assert economic.resolve(("商品和服务支出", "办公费"), year=2023) == "30201"
    assert "专项业务活动" in FUNCTIONS.names("2010305")
    assert economic.label("999") is None and economic.broader("999") is None
    assert economic.names("999") == frozenset() and economic.concept("999") is None


def test_the_code_lists_load_once():
    load_code_lists.cache_clear()
    lists = load_code_lists()
    assert load_code_lists() is lists
    assert "final" in lists.schemes["phase"] and "2010301" in lists.schemes["functional"]
