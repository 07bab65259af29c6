"""Forms of self-evaluation whose cells have become lines."""

from decimal import Decimal

from performance_forms import REPORT, outline_of, read

from kg.extract.performance import read_performance
from kg.facts import Statement

FLAT = """2023年度养蜂项目自评表
项目名称 养蜂经费
主管部门 某局
预算执行情况
（万元）
预算数
（A）
执行数
（B）
执行率
20 18 90% 18
二级指标 指标名称
年初目标值
实际完成值
得分
产出
指标
（8分）
数量指标
（5分）
蜂箱
数量（3分）
≥30个 41个 3
检查次数（2分） 12 次 13次 2.0
质量指标
（3分）
蜂蜜合格率（3分）
≥95%
90%
1.5
"""


class TestFlattened:
    def test_is_read_by_the_points_of_its_rows(self) -> None:
        [evaluation], indicators = read(FLAT)
        assert evaluation.project == "养蜂经费"
        assert evaluation.budget is not None
        assert evaluation.executed is not None
        assert (evaluation.budget.amount, evaluation.executed.amount) == (200_000, 180_000)
        assert [(i.level2, i.name, i.target, i.actual, i.score) for i in indicators] == [
            ("output-quantity", "蜂箱数量", "≥30个", "41个", 3),
            ("output-quantity", "检查次数", "12次", "13次", 2),
            ("output-quality", "蜂蜜合格率", "≥95%", "90%", Decimal("1.5")),
        ]
        assert [i.weight for i in indicators] == [3, 2, 3]
        assert [i.attained for i in indicators] == [True, None, False]
        first = indicators[0].passage
        assert (REPORT + FLAT)[first.start : first.end] == "蜂箱\n数量（3分）\n≥30个 41个 3"

    def test_a_score_of_more_points_than_there_are_is_read_for_the_audit_to_tell(self) -> None:
        indicators = read(FLAT.replace("≥30个 41个 3", "≥30个 41个 9"))[1]
        assert (indicators[0].weight, indicators[0].score) == (3, 9)

    def test_values_that_can_be_divided_in_two_ways_are_not_read(self) -> None:
        text = FLAT.replace("12 次 13次 2.0", "每月一次 共十 二次 2.0")
        assert [i.name for i in read(text)[1]] == ["蜂箱数量", "蜂蜜合格率"]

    def test_a_row_whose_points_stand_below_its_values_is_read(self) -> None:
        late = "检查次数 12次 13次 1.5\n（5分）\n（2\n分）"
        indicators = read(FLAT.replace("检查次数（2分） 12 次 13次 2.0", late))[1]
        assert [i.name for i in indicators] == ["蜂箱数量", "检查次数", "蜂蜜合格率"]
        second = indicators[1]
        assert (second.target, second.actual, second.weight) == ("12次", "13次", 2)
        assert (second.level2, second.score) == ("output-quantity", Decimal("1.5"))

    def test_points_below_that_are_fewer_than_the_score_are_not_its_own(self) -> None:
        text = FLAT.replace("检查次数（2分） 12 次 13次 2.0", "检查次数 12次 13次 2.0\n（1分）")
        assert "检查次数" not in [i.name for i in read(text)[1]]

    def test_row_behind_one_that_has_no_points_is_not_read(self) -> None:
        text = FLAT.replace("检查次数（2分）", "检查次数").replace("质量指标\n（3分）\n", "")
        assert [i.name for i in read(text)[1]] == ["蜂箱数量"]

    def test_of_the_unit_has_its_basic_and_its_project_expenditure(self) -> None:
        parts = "单位名称 某局\n基本支出总额 35.2 项目支出 总额 8万元"
        text = FLAT.replace("养蜂项目", "部门整体").replace("项目名称 养蜂经费", parts)
        facts = read_performance(outline_of(text), 2023)
        stated = [fact for fact in facts if isinstance(fact, Statement)]
        found = [(s.dimensions.nature, s.dimensions.place, s.money.amount) for s in stated]
        assert found == [("basic", "annex", 352000), ("project", "annex", 80000)]

    def test_score_of_more_than_any_row_can_earn_is_none(self) -> None:
        assert len(read(FLAT.replace("90%\n1.5", "90%\n150"))[1]) == 2

    def test_wrapped_values_that_are_the_same_are_divided(self) -> None:
        text = FLAT.replace("≥30个 41个 3", "41万立方\n米\n41万立\n方米\n3")
        assert read(text)[1][0].target == "41万立方米"

    def test_ends_at_its_reasons(self) -> None:
        text = FLAT.replace("质量指标\n（3分）", "偏差大或目标\n未完成原因\n质量指标\n（3分）")
        assert len(read(text)[1]) == 2


LISTED = """2023年度项目支出绩效自评表
项目名称
养蜂经费
主管部门
某局
项目资金（万元）
年初预算数
全年预算数
全年执行数
分值
执行率
得分
年度资金总额
20
18
9
10
50%
5
一级指标
二级指标
三级指标
年度指标值
实际完成值
分值
得分
偏差原因分析及改进措施
产出指标
数量指标
蜂箱
≥30个
41
20
20
检查
12次
9次
10
7.5
人手不足
质量指标
蜂蜜合格率
≥95%
96%
30
30
总分
100
62.5
"""


class TestListed:
    def test_rows_are_as_long_as_the_header(self) -> None:
        [evaluation], indicators = read(LISTED)
        assert (evaluation.project, evaluation.score) == ("养蜂经费", Decimal("62.5"))
        assert evaluation.initial is not None
        assert evaluation.budget is not None
        assert (evaluation.initial.amount, evaluation.budget.amount) == (200_000, 180_000)
        assert (evaluation.weight, evaluation.execution_score) == (10, 5)
        rows = [(i.level2, i.name, i.target, i.actual, i.score, i.reason) for i in indicators]
        assert rows == [
            ("output-quantity", "蜂箱", "≥30个", "41", 20, None),
            ("output-quantity", "检查", "12次", "9次", Decimal("7.5"), "人手不足"),
            ("output-quality", "蜂蜜合格率", "≥95%", "96%", 30, None),
        ]

    def test_a_row_that_is_too_short_is_left_out_alone(self) -> None:
        indicators = read(LISTED.replace("41\n20\n20\n", "20\n20\n"))[1]
        assert [i.name for i in indicators] == ["检查", "蜂蜜合格率"]

    def test_blank_amounts_are_not_guessed(self) -> None:
        [evaluation], _ = read(LISTED.replace("年度资金总额\n20\n", "年度资金总额\n"))
        assert (evaluation.initial, evaluation.budget, evaluation.executed) == (None, None, None)
