"""Forms of self-evaluation in tables: their heads, their money, their columns."""

from decimal import Decimal

import pytest
from performance_forms import HEADER, PROJECT, REPORT, outline_of, read, rows

from kg.extract.performance import read_performance
from kg.facts import Statement


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
