"""Forms as web pages and conversions leave them: packed with bars, or on one line."""

from performance_forms import HEADER, PROJECT, read

PACKED = """项目支出绩效自评表 | ||||||||
项目名称 | 河道保洁经费 | |||||||
项目资金（万元） | 年初预算数 | 全年执行数 | 分值 | 执行率 | 得分 | 得分计算方法 | ||
年度资金总额 | 20.50 | 18.45 | 10 | 90% | 9 | 按执行率 | ||
其中：一般公共预算拨款 | 20.50 | 18.45 | ||||||
一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 全年实际值 | 计分方法 | 得分 | 未完成原因分析 |
产出指标 | 数量指标 | 保洁河道 | 20 | 8公里 | 8公里 | 按比例计分 | 20 | |
质量指标 | 达标比例 | 30 | 95% | 90% | 按比例计分 | 28 | 汛期较长 | |
总分 | 100 | 97 | ||||||
"""


def test_a_packed_form_with_a_column_that_is_none_of_ours() -> None:
    [evaluation], indicators = read(PACKED)
    assert (evaluation.initial and evaluation.initial.amount) == 205_000
    assert (evaluation.executed and evaluation.executed.amount) == 184_500
    assert (evaluation.weight, evaluation.execution_score, evaluation.score) == (10, 9, 97)
    assert [(i.name, i.target, i.actual, i.weight, i.score, i.reason) for i in indicators] == [
        ("保洁河道", "8公里", "8公里", 20, 20, None),
        ("达标比例", "95%", "90%", 30, 28, "汛期较长"),
    ]


def test_a_money_unit_that_stands_in_the_middle_of_its_rows() -> None:
    text = (
        PROJECT
        + "\t\t全年预算数\t全年执行数\t分值\t得分\n"
        + "项目资金（万元）\t年度资金总额\t36.50\t36.00\t10\t9.8\n"
        + HEADER
        + "\t产出指标\t数量指标\t种树\t≥300棵\t410棵\n"
    )
    [evaluation], _ = read(text)
    assert (evaluation.budget and evaluation.budget.amount) == 365_000


def test_a_form_in_a_report_on_one_line() -> None:
    before = "二、收入决算情况说明 本年收入合计9.00万元，均为财政拨款收入。 " * 200
    form = (
        "第四部分 附件 项目支出绩效自评表 (2023年度) 项目名称 护林经费 主管部门 某局 "
        "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施 "
        "产出指标(50分) 数量指标 护林员人数 ≥12人 12 20 20 质量指标 巡护到位比例 ≥95% 96% 30 29 "
        "总分 100 98"
    )
    [evaluation], indicators = read(before + form)
    assert (evaluation.project, evaluation.score) == ("护林经费", 98)
    assert [(i.name, i.target, i.actual, i.score) for i in indicators] == [
        ("护林员人数", "≥12人", "12", 20),
        ("巡护到位比例", "≥95%", "96%", 29),
    ]
