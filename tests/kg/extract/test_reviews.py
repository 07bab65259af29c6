"""Section 十三's reviews of projects: which there are, and where each begins and ends."""

import pytest

from kg.document.reading import from_text
from kg.extract.evaluations import read_evaluations
from kg.facts import Evaluation
from kg.outline import outline

INTRODUCTION = "根据要求，本单位对项目支出开展了绩效自评，共涉及资金9万元。"
WELLS = "机井维护项目绩效自评综述：全年预算数为5万元，执行数为4万元。下一步改进措施：早开工。"
TREES = "“植树”项目绩效自评综述：全年预算数为3万元，执行数为3万元。下一步改进措施：多浇水。"


def reviews(text: str) -> list[Evaluation]:
    report = f"云岭区水务局2022年度部门决算\n十三、预算绩效情况说明\n{text}\n"
    document = from_text(report, name="x.txt", media_type="text/plain", sha256="")
    return list(read_evaluations(outline(document), 2022))


@pytest.mark.parametrize(
    "text",
    [
        f"（二）单位决算中项目绩效自评结果\n1.{WELLS}\n2.{TREES}",
        f"2.部门决算中项目绩效自评结果。{WELLS}\n{TREES}",
        f"（二）项目支出自评情况：{WELLS}{TREES}",
        f"{INTRODUCTION}\n{WELLS}\n{TREES}",
        f"{INTRODUCTION}（1）{WELLS}（2）{TREES}",
        f"{INTRODUCTION}\n{WELLS}\n{TREES}".replace("综述", "情况"),
        f"（一）绩效管理工作开展情况\n{INTRODUCTION}\n{WELLS}\n{TREES}\n"
        "（三）绩效自评结果应用情况\n作为预算的依据。",
        f"{INTRODUCTION}\n1.{WELLS}\n2.{TREES}\n项目支出绩效自评表\n（2022年度）",
        f"{INTRODUCTION}\n（二）部门整体支出绩效自评综述：全年执行数为9万元。\n{WELLS}\n{TREES}",
    ],
)
def test_a_review_is_told_by_its_title_anywhere_in_the_section(text: str) -> None:
    told = [(r.project, r.executed and r.executed.reported, r.improvements) for r in reviews(text)]
    assert told == [("机井维护", "4", "早开工。"), ("植树", "3", "多浇水。")]


def test_a_title_over_two_lines_opens_one_review() -> None:
    name = "“老城区河道清淤和\n护岸整治”"
    (review,) = reviews(f"{INTRODUCTION}\n{name}项目绩效自评综述：执行数为2万元。")
    assert review.project == "老城区河道清淤和护岸整治"


@pytest.mark.parametrize("heading", ["部门决算中项目绩效自评结果", "项目绩效自评综述"])
def test_a_heading_is_no_project(heading: str) -> None:
    text = f"（二）项目支出自评结果\n1.{heading}：全年预算数为8万元。\n2.{WELLS}"
    assert [review.project for review in reviews(text)] == ["机井维护"]


def test_no_review_without_its_title() -> None:
    assert reviews(f"{INTRODUCTION}项目全年预算数为5万元，执行数为4万元。") == []
