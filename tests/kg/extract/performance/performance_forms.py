"""Small forms of self-evaluation, read as the annex of a report."""

from kg.document.reading import from_text
from kg.extract.performance import read_performance
from kg.facts import Evaluation, Indicator
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
