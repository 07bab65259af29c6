"""Sections without a title that is known: by the words of their titles, or by what is told."""

import pytest

from kg.document.reading import from_text
from kg.outline import NotAReport, Outline, outline

HEAD = "平泽市档案局2023年度部门决算\n第三部分 2023年度部门决算情况说明\n"


def outline_of(text: str) -> Outline:
    return outline(from_text(text, name="x.txt", media_type="text/plain", sha256=""))


def sections(text: str) -> dict[str, str]:
    found = outline_of(text)
    return {p: found.stream.text[s.start : s.end] for p, s in found.sections.items()}


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("一、2023年度预算执行情况", "S01"),
        ("一、决算总体情况分析", "S01"),
        ("（一）收支预决算对比", "S01"),
        ("（一）收入与支出总体增减变化说明", "S01"),
        ("二、2023年收入构成情况", "S02"),
        ("三、支出决算明细情况说明", "S03"),
        ("四、财政拨款收入和支出情况", "S04"),
        ("四、财政拨款收支情况", "S04"),
        ("五、一般公共预算支出执行情况及与上年对比", "S05"),
        ("六、基本支出经济分类构成情况", "S06"),
        ("七、政府性基金预算收支决算数据说明", "S07"),
        ("八、“三公”经费支出与预算对比\n情况说明", "S09"),
        ("2023年度部门决算中三公经费增减变动情况说明", "S09"),
        ("九、机关运行经费预算执行情况。", "S10"),
        ("（二）政府采购安排与完成情况：", "S11"),
        ("十、固定资产占用及变动情况", "S12"),
        ("十一、项目绩效目标完成情况", "S13"),
    ],
)
def test_a_title_is_known_by_its_words_in_any_order(title: str, place: str) -> None:
    assert sections(f"{HEAD}{title}\n共5万元。\n") == {place: "共5万元。"}


@pytest.mark.parametrize(
    "line",
    [
        "一、部门结转结余情况",
        "二、2024年“三公”经费预算安排情况",
        "三、政府采购供应商管理情况",
        "支出",
        "三公经费",
        "收入情况说明见前",
    ],
)
def test_other_words_make_another_line_of_it(line: str) -> None:
    first = "一、收入支出决算总体情况说明\n共5万元。\n"
    assert sections(f"{HEAD}{first}{line}\n另有6万元。\n").keys() == {"S01"}


def test_points_of_a_section_are_no_sections() -> None:
    text = (
        f"{HEAD}一、收入支出决算总体情况说明\n1.收入构成情况。共5万元。\n2.支出构成情况\n共5万元。\n"
        "二、三公经费支出执行情况\n（一）三公经费支出总体情况分析\n共1万元。\n"
    )
    assert sections(text) == {
        "S01": "1.收入构成情况。共5万元。2.支出构成情况共5万元。",
        "S09": "(一)三公经费支出总体情况分析共1万元。",
    }


@pytest.mark.parametrize("told", ["“三公”经费支出决算", "三公经费支出执行"])
def test_titles_of_one_place_that_follow_on_each_other_head_one_section(told: str) -> None:
    whole, parts = f"一、{told}总体情况说明", f"二、{told}具体情况说明"
    text = f"{HEAD}{whole}\n共1万元。\n{parts}\n车辆1万元。\n三、其他\n无。\n"
    (section,) = sections(text).values()
    assert section.startswith("共1万元。")
    assert section.endswith("车辆1万元。")


def test_a_title_in_other_words_stands_for_none_that_is_there() -> None:
    text = (
        f"{HEAD}七、政府采购支出情况说明\n共5万元。\n第四部分 附件\n一、政府采购执行情况分析\n"
        "这里比正文说得更长，也不是部门的数。\n"
    )
    assert sections(text) == {"S11": "共5万元。"}


def test_a_paragraph_without_a_title_is_of_what_it_tells() -> None:
    text = (
        f"{HEAD}一、收入支出决算总体情况说明\n共5万元。\n二、其他重要事项\n"
        "（一）2023年度机关运行经费支出3万元。\n（二）政府采购。\n本局政府采购支出总额2万元。\n"
        "（三）年末我局共有车辆2辆。\n第四部分 名词解释\n一、“三公”经费：指5万元以上的支出。\n"
    )
    assert sections(text) == {
        "S01": "共5万元。",
        "S10": "(一)2023年度机关运行经费支出3万元。",
        "S11": "本局政府采购支出总额2万元。",
        "S12": "(三)年末我局共有车辆2辆。",
    }


def test_a_page_of_sentences_alone_is_a_report_if_its_title_is_one() -> None:
    told = "2023年，我局“三公”经费支出3万元，比上年减少1万元。\n"
    assert sections(f"平泽市档案局2023年度“三公”经费决算公开\n{told}").keys() == {"S09"}
    with pytest.raises(NotAReport, match="no title of one"):
        outline_of(f"工作简报\n{told}")


def test_what_defines_or_plans_is_not_told() -> None:
    first = "一、收入支出决算总体情况说明\n共5万元。\n二、其他\n"
    for told in ("机关运行经费是指5万元以下的支出。", "2024年“三公”经费预算安排5万元。"):
        assert sections(f"{HEAD}{first}（一）{told}\n").keys() == {"S01"}
