"""A unit's and a report's year at a glance."""

import re

import pytest

from .data_release import FOREST, WATER


@pytest.fixture(scope="module")
def water(data):
    """The path of a unit's page."""
    units = data.get("/api/units", params={"q": WATER}).json()["items"]
    return "/unit/" + units[0]["id"]


def totals(page):
    found = re.search(r'<dl class="totals">(.*?)</dl>', page, re.DOTALL)
    rows = re.findall(r"<div>(.*?)</div>", found[1], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_a_unit_s_page_tells_its_year_against_the_year_before(data, water):
    page = data.page(f"{water}.html?lang=zh")
    assert "2023 年概览" in page
    assert totals(page) == [
        "本年支出 130.50 万元 比上年 +8.8%",
        "项目 1 预算执行 90.0%",
        "绩效指标达成 0 / 1 达成 0.0%",
        "发现 1",
    ]


def test_a_unit_s_first_year_has_none_before(data, water):
    page = data.page(f"{water}.html?lang=en&year=2022")
    assert totals(page)[0] == "Spending of the year 120.00 万元"


def test_a_report_s_page_tells_its_totals_with_the_words_that_state_them(data, water):
    page = data.page(f"{water.replace('unit', 'report', 1)}/2023.html?lang=zh")
    [spending] = totals(page)
    assert spending.startswith("本年支出 130.50 万元")
    assert "支出总计 130.5 万元" in spending
    assert "<mark>130.5</mark>" in page
    assert "不一致" not in spending


def test_a_total_that_another_place_contradicts_is_said_to_be_contested(data):
    [forest] = data.get("/api/units", params={"q": FOREST}).json()["items"]
    page = data.page(f"/report/{forest['id']}/2023.html?lang=zh")
    assert totals(page)[0].startswith("本年支出 61.00 万元 不一致")
