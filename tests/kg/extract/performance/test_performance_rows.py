"""Rows of a form: their levels, and how they slide, break and end."""

from decimal import Decimal

import pytest
from performance_forms import HEADER, PROJECT, read, rows


class TestRow:
    def test_inherits_levels_from_above(self) -> None:
        text = (
            "\t产出指标\t数量指标\t甲\t1个\t1个\n\t\t\t乙\t2个\t2个\n\t\t时效指标\t丙\t及时\t及时\n"
        )
        assert [(level, name) for level, name, *_ in rows(text)] == [
            ("output-quantity", "甲"),
            ("output-quantity", "乙"),
            ("output-timeliness", "丙"),
        ]

    @pytest.mark.parametrize(
        "row",
        [
            "产出指标\t数量指标\t甲项\t1个\t2个\t",
            "数量指标\t甲项\t1个\t2个\t\t",
            "\t\t数量 指标\t\t甲项\t1个\t2个",
            "\t产 出指 标\t数量指\t甲项\t\t1个\t2个",
            "\t产出指标(30分)\t数量指标(20分)\t甲项\t1个\t2个",
        ],
    )
    def test_slides_without_being_lost(self, row: str) -> None:
        assert rows(row + "\n") == [("output-quantity", "甲项", "1个", "2个")]

    def test_is_of_the_first_level_of_its_second(self) -> None:
        """First levels are merged cells, which slide."""
        [indicator] = read(PROJECT + HEADER + "\t满意度指标\t生态效益指标\t绿地\t增加\t增加\n")[1]
        assert (indicator.level1, indicator.level2) == ("benefit", "benefit-ecological")

    @pytest.mark.parametrize(
        ("row", "level"),
        [
            ("\t成本指标\t经济成本指标\t单价\t≤9元\t8元\n", "cost-economic"),
            ("\t产出指标\t成本指标\t单价\t≤9元\t8元\n", "output-cost"),
            ("\t\t成本指标\t单价\t≤9元\t8元\n", "output-cost"),
            ("\t成本指标\t\t单价\t≤9元\t8元\n", "cost"),
        ],
    )
    def test_cost_is_a_first_or_a_second_level(self, row: str, level: str) -> None:
        assert rows(row) == [(level, "单价", "≤9元", "8元")]

    def test_level_in_words_of_its_own_is_no_name(self) -> None:
        text = "\t满意度指标\t来访者评价\t窗口评价\t90%\t91%\n\t\t网友评价\t网站评价\t90%\t92%\n"
        assert rows(text) == [
            ("satisfaction", "窗口评价", "90%", "91%"),
            ("satisfaction", "网站评价", "90%", "92%"),
        ]

    def test_first_level_that_the_list_lacks_is_another(self) -> None:
        assert rows("\t履约情况\t数量指标\t甲项\t1个\t1个\n") == [("other", "甲项", "1个", "1个")]

    def test_level_may_be_the_name(self) -> None:
        assert rows("\t满意度指标\t\t服务对象满意度\t95%\t96%\n") == [
            ("satisfaction", "服务对象满意度", "95%", "96%")
        ]

    def test_whose_end_is_cut_off_has_a_target_alone(self) -> None:
        assert rows("\t\t\t效益指标\t社会效益指标\t甲项\t提高\n") == [
            ("benefit-social", "甲项", "提高", None)
        ]

    def test_goes_on_in_the_next(self) -> None:
        text = (
            "\t满意度指标\t服务对象满意度指标\t居民满意度\t95%\n\t\t\t\t96%\n\n"
            "\t产出指标\t数量指标\t修剪草地、\t8次\t9次\n\n\t\t\t树木\t\t\n"
        )
        assert rows(text) == [
            ("satisfaction-service-object", "居民满意度", "95%", "96%"),
            ("output-quantity", "修剪草地、树木", "8次", "9次"),
        ]

    @pytest.mark.parametrize(
        "row",
        [
            "\t标\t标\t\t\t\n",  # the wrapped end of 指标
            "标\t>95%\t18\t\t\t\n",
            "\t产出指标\t数量指标\t\t\t\n",
            "\t产出指标\t数量指标\t……\t\t\n",
            "\t产出指标\t甲\t乙\t丙\t丁\t戊\n",
        ],
    )
    def test_that_isnt_sure_is_not_read(self, row: str) -> None:
        assert rows(row) == []

    def test_of_reasons_and_measures_is_no_indicator(self) -> None:
        text = "\t产出指标\t数量指标\t甲项\t1个\t1个\n偏差大或目标未完成原因分析\t无\t\t\t\t\n"
        assert len(rows(text + "\t效益指标\t社会效益指标\t乙项\t1个\t1个\n")) == 1

    def test_points_behind_a_name_are_its_weight(self) -> None:
        [indicator] = read(PROJECT + HEADER + "\t产出指标\t数量指标\t甲项（2.5分）\t1个\t1个\n")[1]
        assert (indicator.name, indicator.weight) == ("甲项", Decimal("2.5"))
