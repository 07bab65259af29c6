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


def test_a_heading_is_no_part_of_the_name_behind_it() -> None:
    report = HEAD.replace("项目支出自评结果", "项目绩效自评结果")
    text = f"{report}河道清淤项目绩效自评综述：全年预算数为12万元，执行数为9万元。\n"
    document = from_text(text, name="x.txt", media_type="text/plain", sha256="")
    assert [e.project for e in read_evaluations(outline(document), 2023)] == ["河道清淤"]
