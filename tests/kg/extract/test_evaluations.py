"""Section 十三's reviews of projects: what they tell, with cue words or without."""

import pytest

from kg.document.reading import from_text
from kg.extract.evaluations import read_evaluations
from kg.facts import Evaluation
from kg.outline import outline

HEAD = (
    "云岭区水务局2023年度部门决算\n第三部分 2023年度部门决算情况说明\n"
    "一、预算绩效情况说明\n（一）预算绩效管理工作开展情况\n已全面开展。\n（二）项目支出自评结果\n"
)


def reviews(text: str) -> list[Evaluation]:
    report = f"{HEAD}{text}\n二、机关运行经费支出说明\n本单位无机关运行经费。\n"
    document = from_text(report, name="x.txt", media_type="text/plain", sha256="")
    return list(read_evaluations(outline(document), 2023))


@pytest.mark.parametrize(
    ("told", "outputs"),
    [
        ("一是清淤12公里；二是修闸3座。", "一是清淤12公里；二是修闸3座。"),
        ("主要产出和效益是：清淤12公里。", "清淤12公里。"),
        ("清淤12公里，修闸3座。存在的问题：工期偏紧。", "清淤12公里，修闸3座。"),
        ("存在的问题：工期偏紧。", None),
        ("", None),
    ],
)
def test_what_stands_behind_the_figures_is_the_outputs(told: str, outputs: str | None) -> None:
    (review,) = reviews(
        "1.河道清淤项目绩效自评综述：项目全年预算数为12万元，执行数为12万元，执行进度100%。" + told
    )
    assert review.project == "河道清淤"
    assert review.outputs == outputs


@pytest.mark.parametrize(
    "executed",
    [
        "执行数为9万元",
        "全年支出9万元",
        "实际支出9万元",
        "执行9万元",
        "全年实际执行了9万元",
        "支出金额共9万元",
    ],
)
def test_what_was_executed_by_any_of_its_words(executed: str) -> None:
    (review,) = reviews(
        f"1.河道清淤项目绩效自评综述：项目全年预算12万元，{executed}，执行率75%。"
        "主要产出和效果：带动其他资金支出8万元。"
    )
    assert review.budget is not None
    assert review.executed is not None
    assert (review.budget.reported, review.executed.reported) == ("12", "9")


FOUND, NEXT = "存在的问题：", "下一步改进措施："


@pytest.mark.parametrize(
    ("found", "following"),
    [
        *(
            (found, NEXT)
            for found in ("发现的主要问题及原因：", "发现问题：", "存在不足：", "问题及原因：")
        ),
        (FOUND, "下一步改进："),
        (FOUND, "下一步工作计划："),
        (FOUND, "下一步整改方向是"),
        (FOUND, "下一步，"),
        (FOUND, "下一步工作中，"),
        (FOUND, "今后改进措施："),
        (FOUND, "整改建议："),
        (FOUND, "改进意见："),
    ],
)
def test_problems_and_improvements_by_any_of_their_words(found: str, following: str) -> None:
    (review,) = reviews(
        "1.河道清淤项目绩效自评综述：项目全年预算数为12万元，执行数为9万元。主要产出和效果：清淤12"
        f"公里。{found}1、工期偏紧；2、雨天停工。{following}1、错峰施工；2、增加机械。"
    )
    assert review.outputs == "清淤12公里。"
    assert review.problems == "1、工期偏紧；2、雨天停工。"
    assert review.improvements == "1、错峰施工；2、增加机械。"


def test_words_within_a_sentence_open_no_text() -> None:
    (review,) = reviews(
        "1.河道清淤项目绩效自评综述：项目全年预算数为12万元，执行数为9万元。主要产出和效果：清淤12"
        "公里，为下一步改进水质打下基础，发现问题及时解决，对存在的问题逐一整改，解决了宣传存在不足等难题。"
    )
    assert (review.problems, review.improvements) == (None, None)


def test_a_heading_is_no_part_of_the_name_behind_it() -> None:
    report = HEAD.replace("项目支出自评结果", "项目绩效自评结果")
    text = f"{report}河道清淤项目绩效自评综述：全年预算数为12万元，执行数为9万元。\n"
    document = from_text(text, name="x.txt", media_type="text/plain", sha256="")
    assert [e.project for e in read_evaluations(outline(document), 2023)] == ["河道清淤"]
