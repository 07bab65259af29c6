"""What section 十三 says of the whole unit beside its own section."""

import pytest

from kg.document.reading import from_text
from kg.extract.performance import read_unit_review
from kg.facts import Evaluation
from kg.outline import outline

HEAD = (
    "一、收入支出决算情况说明\n收支平衡。\n十三、预算绩效情况说明\n（一）预算绩效管理工作开展情况\n"
)
SCORED = "组织开展部门整体绩效评价，年度目标100分，自评得分87.5分。\n"


def reviews(text: str) -> list[Evaluation]:
    document = from_text(HEAD + text, name="x.txt", media_type="text/plain", sha256="0")
    found = read_unit_review(outline(document), 2023)
    return [fact for fact in found if isinstance(fact, Evaluation)]


def test_the_score_and_what_was_reached() -> None:
    [review] = reviews(SCORED + "2023年修渠8公里。水质好转。\n自评表见附件。\n")
    assert (review.project, review.place, str(review.score)) == (None, "S13-unit", "87.5")
    assert review.outputs == "2023年修渠8公里。水质好转。"


def test_a_score_before_the_words_on_the_whole_unit() -> None:
    text = "绩效评价得分为96.2分。经对本局整体绩效综合评价，评价等级为“优”。\n"
    [review] = reviews(text)
    assert (str(review.score), review.outputs) == ("96.2", None)


@pytest.mark.parametrize(
    "text",
    [
        "修渠项目绩效自评得分98分，另对部门整体开展绩效评价。\n",
        "绩效自评得分98分。\n",
        SCORED + "其中：产出自评得分40分。\n",
    ],
)
def test_a_score_that_may_be_of_something_else_is_none(text: str) -> None:
    assert reviews(text) == []


def test_the_units_own_section_goes_before() -> None:
    own = "（二）部门整体支出自评结果\n1.部门整体绩效自评得分91分。\n"
    [review] = reviews(SCORED + own)
    assert str(review.score) == "91"
