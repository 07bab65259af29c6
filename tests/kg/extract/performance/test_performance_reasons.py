"""Why indicators were missed: in tables that a conversion has flattened, and in sentences."""

import pytest

from kg.document.reading import from_text
from kg.extract.performance import read_performance
from kg.facts import Indicator
from kg.outline import outline

REPORT = """一、收入支出决算总体情况说明
收支平衡。
第六部分 附件
2023年度养蜂项目绩效评价自评结果
（一）自评结论
1、自评得分
2023年度养蜂项目自评得分88分。
2、绩效目标完成情况
（1）未完成的绩效目标
{told}
3、存在的问题和原因
天气多变。
"""
FORM = (
    "2023年度养蜂项目自评表\n项目名称\t养蜂\t\t\t\n"
    "一级指标\t二级指标\t三级指标\t年初目标值\t实际完成值\n"
    "产出指标\t数量指标\t蜂箱数量\t≥30个\t21个\n"
    "\t质量指标\t蜂蜜合格率\t≥95%\t90%\n"
    "\t\t包装完好\t完好\t部分完好\n"
    "效益指标\t社会效益指标\t带动农户\t明显带动\t有所带动\n"
)
TABLE = """表1.1 未完成指标分析表
二级指标 指标名称 目标值 完成值 未完成原因
质量指标
蜂蜜合
格率
≥95% 90%
雨水偏多，含水
量高于标准8%。
包装完好
完好 部分完好
社会效益
指标
带动农户 明显带动 有所带动 培训不足"""


def indicators(told: str, project: str = "养蜂") -> list[Indicator]:
    text = REPORT.format(told=told).replace("养蜂", project) + FORM
    document = from_text(text, name="x.txt", media_type="text/plain", sha256="0")
    found = read_performance(outline(document), 2023)
    return [fact for fact in found if isinstance(fact, Indicator)]


def reasons(told: str, project: str = "养蜂") -> dict[str, str]:
    return {i.name: i.reason for i in indicators(told, project) if i.reason}


def test_each_row_has_its_reason_and_merged_cells_share_one() -> None:
    assert reasons(TABLE) == {
        "蜂蜜合格率": "雨水偏多，含水量高于标准8%。",
        "包装完好": "雨水偏多，含水量高于标准8%。",
        "带动农户": "培训不足",
    }


def test_a_row_of_another_level_has_no_part_in_the_reason_above() -> None:
    assert "带动农户" not in reasons(TABLE.replace(" 培训不足", ""))


def test_a_reason_has_a_passage_of_its_own() -> None:
    quality = next(i for i in indicators(TABLE) if i.name == "蜂蜜合格率")
    assert quality.reason_passage is not None
    assert quality.reason_passage.start < quality.passage.start
    assert quality.passages == (quality.passage, quality.reason_passage)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "“蜂箱数量”目标值为≥30个，实际完成值为21个，未完成的原因为木材紧缺，交货延迟。",
            {"蜂箱数量": "木材紧缺，交货延迟"},
        ),
        (
            "“蜂箱数量”“带动农户”两项未完成，主要原因是人手不够。",
            {"蜂箱数量": "人手不够", "带动农户": "人手不够"},
        ),
        ("“蜂箱数量”未完成。原因为人手不够。", {}),
        ("“蜂王数量”未完成，原因为人手不够。", {}),
    ],
)
def test_sentences_that_name_an_indicator_give_its_reason(
    told: str, expected: dict[str, str]
) -> None:
    assert reasons(told) == expected


def test_a_report_on_another_project_gives_none() -> None:
    assert reasons(TABLE, "养鱼") == {}
