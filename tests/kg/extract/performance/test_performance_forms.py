"""Forms of self-evaluation in every layout that we know, small and in words of our own."""

from decimal import Decimal

import pytest

from kg.document.reading import from_text
from kg.extract.performance import read_performance, read_unit_review
from kg.facts import Evaluation, Indicator, Statement
from kg.outline import Outline, outline

REPORT = "一、收入支出决算总体情况说明\n本年收入和支出都在后面的表中。\n\n"
HEADER = "年度绩效指标\t一级指标\t二级指标\t三级指标\t年初目标值(A)\t实际完成值(B)\n"
PROJECT = "2023年度种树项目绩效自评表\n项目名称\t种树经费\t\t\t\t\n"


def outline_of(text: str) -> Outline:
    return outline(from_text(REPORT + text, name="x.txt", media_type="text/plain", sha256="0"))


def read(text: str) -> tuple[list[Evaluation], list[Indicator]]:
    facts = list(read_performance(outline_of(text), 2023))
    return (
        [fact for fact in facts if isinstance(fact, Evaluation)],
        [fact for fact in facts if isinstance(fact, Indicator)],
    )


def rows(text: str) -> list[tuple[str | None, ...]]:
    """The rows of a project's form: level, name, target, actual."""
    return [
        (i.level2 or i.level1, i.name, i.target, i.actual) for i in read(PROJECT + HEADER + text)[1]
    ]


class TestForm:
    def test_may_name_its_project_in_the_cell_that_says_so(self) -> None:
        named = "项目名称：水渠修缮\t主管部门：某区政府\t实施单位：某局\t单位：万元\n"
        row = "\t产出指标\t数量指标\t渠长\t≥3公里\t4公里\n"
        [evaluation], [indicator] = read("项目支出绩效自评表\n" + named + HEADER + row)
        assert evaluation.project == "水渠修缮"
        assert indicator.name == "渠长"

    def test_has_its_money_and_its_rows(self) -> None:
        text = (
            PROJECT
            + "预算执行情况(万元)\t\t预算数(A)\t执行数(B)\t执行率(B/A)\t\n"
            + "\t年度财政资金总额\t12.5\t10 万元\t80%\t\n"
            + HEADER
            + "\t产出指标\t数量指标\t指标1: 种 树\t≥300棵\t410棵\n"
        )
        [evaluation], [indicator] = read(text)
        assert (evaluation.project, evaluation.place) == ("种树经费", "annex")
        assert evaluation.budget is not None
        assert evaluation.executed is not None
        assert evaluation.execution_rate is not None
        assert (evaluation.budget.amount, evaluation.budget.reported) == (125000, "12.5")
        assert (evaluation.executed.amount, evaluation.executed.reported) == (100000, "10")
        assert evaluation.execution_rate.value == 80
        cut = (REPORT + text)[evaluation.passage.start : evaluation.passage.end]
        assert cut == "12.5\t10 万元\t80"
        assert indicator.evaluation == evaluation
        assert (indicator.level1, indicator.level2) == ("output", "output-quantity")
        assert (indicator.name, indicator.target, indicator.actual) == ("种树", "≥300棵", "410棵")
        cut = (REPORT + text)[indicator.passage.start : indicator.passage.end]
        assert cut == "产出指标\t数量指标\t指标1: 种 树\t≥300棵\t410棵"
        assert (indicator.passage.row, indicator.passage.column) == (5, 2)

    def test_of_the_unit_has_goals(self) -> None:
        text = (
            "2023年度部门整体绩效自评表\n单位名称\t某局\t\t\t\t\n"
            "预算执行情况(元)\t\t预算数\t执行数\t执行率\t\n\t部门整体支出总额\t100\t90\t90%\t\n"
            "年度目标1:\t种三百棵树\t\t\t\t\n"
            + HEADER
            + "\t产出指标\t数量指标\t种树\t300棵\t300棵\n"
            + "年度目标二:\t浇水\t\t\t\t\n"
            + HEADER
            + "\t产出指标\t质量指标\t成活率\t≥90%\t85%\n"
        )
        [evaluation], indicators = read(text)
        assert evaluation.project is None
        assert evaluation.budget is not None
        assert evaluation.budget.amount == 100
        assert [(i.goal_number, i.name) for i in indicators] == [(1, "种树"), (2, "成活率")]
        assert [i.attained for i in indicators] == [True, False]

    def test_of_the_ministry_has_weights_scores_and_a_total(self) -> None:
        text = (
            "项目支出绩效自评表\t\t\t\t\t\t\t\t\n"
            "项目名称\t种树经费\t\t项目编码\t01\t\t\t\t\n"
            "项目资金(万元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\t\n"
            "\t年度资金总额\t\t20.00\t18.00\t10\t90.00%\t9.00\t\n"
            "\t其中：当年财政拨款\t\t20.00\t18.00\t—\t90.00%\t—\t\n"
            "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t"
            "偏差原因分析及改进措施\n"
            "\t产出指标(50分)\t数量指标\t种树\t≥300棵\t250棵\t25\t20.8\t天旱\n"
            "\t\t质量指标\t成活率\t≥90%\t95%\t25\t25\t\n"
            "\t满意度指标(10分)\t服务对象满意度指标\t居民满意度\t≥85%\t88%\t10\t\t\n"
            "总分\t\t\t\t\t\t100\t94.8\t\n"
        )
        [evaluation], indicators = read(text)
        assert evaluation.project == "种树经费"
        assert evaluation.budget is not None
        assert evaluation.budget.reported == "20.00"
        assert evaluation.execution_rate is not None
        assert evaluation.execution_rate.reported == "90.00"
        assert evaluation.score == Decimal("94.8")
        assert [(i.name, i.weight, i.score) for i in indicators] == [
            ("种树", 25, Decimal("20.8")),
            ("成活率", 25, 25),
            ("居民满意度", 10, None),
        ]

    def test_goes_on_after_a_blank_line_and_a_repeated_header(self) -> None:
        text = "\t产出指标\t数量指标\t种树\t3棵\t3棵\n\n" + HEADER + "\t\t\t浇水\t9次\t8次\n"
        assert rows(text) == [
            ("output-quantity", "种树", "3棵", "3棵"),
            ("output-quantity", "浇水", "9次", "8次"),
        ]

    @pytest.mark.parametrize("between", ["\n", "\n2023年度养花项目绩效自评表\n\n", ""])
    def test_ends_where_the_next_begins(self, between: str) -> None:
        row = "\t产出指标\t数量指标\t数量\t3盆\t3盆\n"
        text = PROJECT + HEADER + row + between + "项目名称\t养花经费\t\t\t\t\n" + HEADER + row
        evaluations, indicators = read(text)
        assert [e.project for e in evaluations] == ["种树经费", "养花经费"]
        assert [i.evaluation.project for i in indicators] == ["种树经费", "养花经费"]

    def test_takes_a_name_that_slid_above_its_label_if_the_title_confirms_it(self) -> None:
        head = "2023年度养花补助项目绩效自评表\n\n\t养花补助\n--\t---\n\n项目名称\t\t\t\t\t\n"
        [evaluation], _ = read(head + HEADER)
        assert evaluation.project == "养花补助"

    def test_that_says_nothing_of_its_subject_is_none(self) -> None:
        assert read("项目支出绩效自评表\n" + HEADER + "\t产出指标\t数量指标\t数\t1\t1\n") == (
            [],
            [],
        )

    def test_is_no_form_without_its_columns(self) -> None:
        assert read(PROJECT + "序号\t事项\t完成情况\n1\t种树\t已完成\n") == ([], [])


class TestMoney:
    def budget(self, header: str, row: str) -> tuple[str | None, str | None, str | None]:
        [evaluation], _ = read(f"{PROJECT}预算执行情况(万元)\t\t{header}\n{row}\n")
        money = (evaluation.budget, evaluation.executed, evaluation.execution_rate)
        reported = [figure.reported if figure else None for figure in money]
        return reported[0], reported[1], reported[2]

    def test_slides_to_the_right_with_the_name_of_its_row(self) -> None:
        header = "预算数(A)\t\t执行数(B)\t\t执行率(B/A)\t"
        assert self.budget(header, "\t\t年度财政资金总额\t\t3.5\t\t3.4\t") == ("3.5", "3.4", None)

    def test_blank_budgets_are_passed_over(self) -> None:
        header = "年初预算数\t全年预算数\t全年执行数\t执行率"
        assert self.budget(header, "\t年度资金总额\t\t8\t6\t75%") == ("8", "6", "75")

    def test_a_percentage_is_never_an_amount(self) -> None:
        header = "预算数(A)\t\t执行数(B)\t\t"
        assert self.budget(header, "\t\t年度财政资金总额\t\t7\t\t100%") == ("7", None, "100")

    def test_without_a_unit_is_none(self) -> None:
        text = PROJECT + "资金\t\t预算数\t执行数\n\t年度资金总额\t8\t6万\n" + HEADER
        [evaluation], _ = read(text)
        assert evaluation.budget is None
        assert evaluation.executed is not None
        assert evaluation.executed.amount == 60_000


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


class TestUnitReview:
    def review(self, text: str) -> Evaluation | None:
        outlined = outline_of("十三、预算绩效情况说明\n(二)部门整体支出自评结果\n" + text)
        facts = list(read_unit_review(outlined, 2023))
        return next((fact for fact in facts if isinstance(fact, Evaluation)), None)

    def test_is_read_where_its_amounts_follow_on_each_other(self) -> None:
        review = self.review("项目全年预算数为50万元，执行数为40万元，完成预算的80%。其他1万元。\n")
        assert review is not None
        assert review.project is None
        assert review.budget is not None
        assert review.executed is not None
        assert review.execution_rate is not None
        figures = (review.budget.amount, review.executed.amount, review.execution_rate.value)
        assert figures == (500000, 400000, 80)

    def test_has_the_score_of_the_unit(self) -> None:
        review = self.review("1.部门整体绩效自评得分92.5分。\n")
        assert review is not None
        assert review.score == Decimal("92.5")

    def test_is_none_where_nothing_is_said_in_as_many_words(self) -> None:
        assert self.review("自评涉及资金50万元，总体较好。\n") is None


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

    def test_score_of_more_than_the_points_is_none(self) -> None:
        assert len(read(FLAT.replace("90%\n1.5", "90%\n15"))[1]) == 2

    def test_wrapped_values_that_are_the_same_are_divided(self) -> None:
        text = FLAT.replace("≥30个 41个 3", "41万立方\n米\n41万立\n方米\n3")
        assert read(text)[1][0].target == "41万立方米"

    def test_ends_at_its_reasons(self) -> None:
        text = FLAT.replace("质量指标\n（3分）", "偏差大或目标\n未完成原因\n质量指标\n（3分）")
        assert len(read(text)[1]) == 2


class TestHead:
    @pytest.mark.parametrize(
        ("row", "kinds"),
        [
            ("项目类别\t1、部门预算项目 ☑ 2、区级专项 ☐", ("部门预算项目",)),
            ("项目类别\t☐部门预算项目 ☑区级专项", ("区级专项",)),
            ("项目属性\t1、持续性项目 √ 2、新增性项目 □", ("持续性项目",)),
            ("项目类型\t常年性项目（ ） 一次性项目（√）", ("一次性项目",)),
            ("项目类型\t1、常年性项目 <input checked=''/> 2、其他项目 <input/>", ("常年性项目",)),
            ("项目类别\t1、部门预算项目R 2、区级专项£", ("部门预算项目",)),
            ("项目类别\t1、部门预算项目 ☐ 2、区级专项 ☐", ()),
            ("项目类别\t部门预算项目", ()),
        ],
    )
    def test_tells_which_boxes_are_ticked(self, row: str, kinds: tuple[str, ...]) -> None:
        [evaluation], _ = read(PROJECT + row + "\n" + HEADER)
        assert evaluation.kinds == kinds

    def test_has_the_money_beside_a_ticked_box(self) -> None:
        head = (
            "预算来源\t1、部门预算项目\t☑\t资金量：13万元\n\t2、专项资金\t☑\t资金量：\t5万\n"
            "\t3、上级转移支付\t☐\t资金量：\n"
        )
        [evaluation], _ = read(PROJECT + head + HEADER)
        amounts = [(f.name, f.budget.amount) for f in evaluation.funding if f.budget]
        assert amounts == [("部门预算项目", 130000), ("专项资金", 50000)]

    def test_money_beside_a_box_without_a_unit_has_the_forms(self) -> None:
        head = "预算来源\t1、专项资金\t☑\t资金量：1,250.5\n"
        money = "预算执行情况(万元)\t预算数\t执行数\t执行率\n"
        [evaluation], _ = read(PROJECT + head + money + HEADER)
        [source] = evaluation.funding
        assert source.budget is not None
        assert (source.budget.amount, source.budget.reported) == (12_505_000, "1,250.5")
        assert read(PROJECT + head + HEADER)[0][0].funding == ()

    def test_of_the_unit_has_its_basic_and_its_project_expenditure(self) -> None:
        text = (
            "2023年度部门整体绩效自评表\n单位名称\t某局\t\t\n"
            "基本支出总额\t86.99\t项目支出总额\t8万元\n"
            "预算执行情况(万元)\t预算数\t执行数\t执行率\n" + HEADER
        )
        facts = read_performance(outline_of(text), 2023)
        stated = [fact for fact in facts if isinstance(fact, Statement)]
        found = [(s.dimensions.nature, s.dimensions.phase, s.money.amount) for s in stated]
        assert found == [("basic", "final", 869900), ("project", "final", 80000)]

    def test_says_goals_problems_and_improvements(self) -> None:
        text = (
            PROJECT
            + "年度目标1：\t种三百棵树\n年度目标2：\t浇水\n"
            + HEADER
            + "偏差大或目标未完成原因分析\t天旱，只种了80%。\n改进措施及结果应用方案\t打井\n"
        )
        [evaluation], _ = read(text)
        assert evaluation.goal == "年度目标1：种三百棵树\n年度目标2：浇水"
        assert (evaluation.problems, evaluation.improvements) == ("天旱，只种了80%。", "打井")
        cuts = [(REPORT + text)[p.start : p.end] for p in evaluation.others]
        assert cuts == ["种三百棵树", "浇水", "天旱，只种了80%。", "打井"]

    def test_rate_without_its_sign_is_one_if_the_amounts_make_it(self) -> None:
        head = "资金(万元)\t\t预算数\t执行数\t执行率(%)\n\t年度资金总额\t8\t6\t{}\n"
        rates = [read(PROJECT + head.format(rate))[0][0].execution_rate for rate in ("75", "60")]
        assert [rate and rate.value for rate in rates] == [75, None]

    def test_code_before_a_name_is_none_of_it(self) -> None:
        text = "项目支出绩效自评表\n项目名称\t42010622T000000123456-种树经费\n" + HEADER
        assert read(text)[0][0].project == "种树经费"


class TestWiderHeader:
    def test_comparator_and_unit_are_of_the_target(self) -> None:
        text = (
            PROJECT
            + "绩效指标\t\t\t年度指标值\t\t\t实际完成值\t分值\t得分\n"
            + "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t\t\t\n"
            + "产出指标\t数量指标\t种树\t>=\t300\t棵\t310\t20\t20\n"
            + "\t质量指标\t长势\t定性\t良好\t\t良好\t20\t20\n"
        )
        first, second = read(text)[1]
        assert (first.target, first.actual, first.attained) == (">=300棵", "310", True)
        assert (first.target_value, first.actual_value, first.value_unit) == (300, 310, "棵")
        assert (second.target, second.attained) == ("良好", True)

    def test_columns_that_are_none_of_ours_are_passed_over(self) -> None:
        text = (
            PROJECT
            + "指标名称\t计量单位\t指标性质\t年初指标值\t调整指标值\t全年完成值\t得分系数\t"
            + "指标权重\t指标得分\t是否核心指标\n"
            + "种树\t棵\t≥\t300\t250\t260\t100\t50\t50\t是\n"
        )
        [indicator] = read(text)[1]
        assert (indicator.target, indicator.actual) == ("≥250棵", "260")
        assert (indicator.level1, indicator.weight, indicator.score) == ("other", 50, 50)


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


class TestProseReport:
    def annex(self, text: str) -> list[Evaluation]:
        found = read_performance(outline_of("第六部分 附件\n" + text), 2023)
        return [fact for fact in found if isinstance(fact, Evaluation)]

    REPORT = (
        "2023年度种树项目绩效自评结果\n（一）自评结论\n1、自评得分\n"
        "2023年度种树项目（以下简称“本项目”）自评得分95.5分。\n2、执行率情况\n"
        "2023年本项目预算资金为50万元，执行数为40万元，预算执行率80%。\n"
        "3、存在的问题和原因\n（1）天旱，成活率仅85%。\n（2）人少。\n4、其他\n共用3万元。\n"
    )

    def test_is_of_the_project_that_it_scores(self) -> None:
        [evaluation] = self.annex(self.REPORT)
        assert evaluation.project == "种树"
        assert evaluation.budget is not None
        assert (evaluation.budget.amount, evaluation.score) == (500_000, Decimal("95.5"))
        assert evaluation.problems == "（1）天旱，成活率仅85%。（2）人少。"

    def test_figure_of_a_part_or_of_another_year_is_not_the_wholes(self) -> None:
        other = "其中公用经费预算资金为9万元。2022年预算资金为60万元，"
        [evaluation] = self.annex(self.REPORT.replace("2023年本项目", other + "2023年本项目"))
        assert evaluation.budget is not None
        assert evaluation.budget.amount == 500_000

    def test_problems_are_what_stands_under_their_heading_alone(self) -> None:
        unmet = "（3）未完成的绩效目标\n有2项未完成。\n表1.1 未完成指标分析表\n种树棵数 9棵 7棵\n"
        used = "（1）上年度绩效评价结果应用情况\n去年的意见已改。\n（2）本年度存在的问题和原因\n"
        heading = "3、存在的问题和原因\n"
        text = self.REPORT.replace(heading, unmet + heading + used)
        text = text.replace("（1）天", "①天").replace("（2）人少。\n", "表1.2 树种表\n松树 3棵\n")
        [evaluation] = self.annex(text)
        assert evaluation.problems == "①天旱，成活率仅85%。"

    def test_that_says_nothing_of_its_subject_is_none(self) -> None:
        text = self.REPORT.replace("2023年度种树项目绩效自评结果", "绩效自评结果")
        text = text.replace("2023年度种树项目（以下简称“本项目”）", "")
        assert self.annex(text) == []
