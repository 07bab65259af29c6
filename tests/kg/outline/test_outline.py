"""Where places begin and end: by their titles, whatever their numbers and wherever they stand."""

import re

import pytest

from kg.document.reading import from_text
from kg.outline import NotAReport, Outline, outline
from kg.sample import Style, generate


def outline_of(text: str) -> Outline:
    return outline(from_text(text, name="x.txt", media_type="text/plain", sha256=""))


def body(text: str, place: str) -> str:
    found = outline_of(text)
    section = found.sections[place]
    return found.stream.text[section.start : section.end]


@pytest.mark.parametrize(
    "heading",
    [
        "三、支出决算情况说明",
        "七、支出决算情况",
        "## 三、支出决算情况说明",
        "（三）2023年度支出决算情况说明",
        "#### **3. 支出决算情况说明**",
        "关于2023年度支出决算情况的说明",
        "支出决算情况说明",
    ],
)
def test_a_section_is_known_by_its_title(heading: str) -> None:
    assert (
        body(f"前言。\n{heading}\n本年支出。\n十、机关运行经费支出说明\n无。", "S03")
        == "本年支出。"
    )


def test_a_title_in_a_sentence_is_no_heading() -> None:
    text = (
        "三、支出决算情况说明\n按规定公开了\n支出决算情况，并接受监督。上述\n收入决算情况见前。\n"
    )
    assert outline_of(text).sections.keys() == {"S03"}
    assert body(text, "S03").endswith("见前。")


def test_contents_and_annexes_do_not_stand_for_the_explanation() -> None:
    text = (
        "目录\n第三部分 部门决算情况说明\n十一、政府采购支出说明....9\n第六部分 附件\n"
        "第三部分 部门决算情况说明\n十一、政府采购支出说明\n共5万元。\n"
        "第六部分 附件\n一、政府采购支出说明\n这里比正文说得更长，也不是部门的数。\n"
    )
    assert body(text, "S11") == "共5万元。"


def test_an_unknown_heading_with_the_next_number_ends_a_section() -> None:
    text = (
        "三、国有资产占用情况说明\n（一）车辆\n共2辆。\n（二）设备\n无。\n四、其他说明\n另有5万元。\n"
        "（一）政府采购支出情况\n共3万元。\n（二）购买服务情况\n共1万元。\n"
    )
    assert body(text, "S12") == "(一)车辆共2辆。(二)设备无。"
    assert body(text, "S11") == "共3万元。"


def test_a_title_repeated_under_itself_opens_nothing() -> None:
    text = (
        "一、部门收支总体情况\n（一）收入支出决算总体情况说明\n总计5万元。\n（二）收入决算情况说明\n"
        "合计5万元。\n二、收入支出决算表\n"
    )
    found = outline_of(text).sections
    assert found.keys() == {"S01", "S02"}
    assert body(text, "S01").endswith("总计5万元。")


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("一、2023年度收入支出决算总体及增减变动情况", "S01"),
        ("（二）部门收入总体情况说明", "S02"),
        ("四、财政拨款收入支出决算情况说明", "S04"),
        ("（二）一般公共预算收支决算情况说明", "S05"),
        ("三、财政拨款支出决算情况说明", "S05"),
        ("七、财政拨款基本支出决算情况说明", "S06"),
        ("四、2023年度政府性基金支出决算情况。", "S07"),
        ("六、国有资本经营预算财政拨款收支情况", "S08"),
        ("三、“三公”经费、培训费及会议费支出情况说明", "S09"),
        ("三、一般公共决算财政拨款安排的“三公”经费支出决算及增减变动情况说明", "S09"),
        ("十二、机构运行经费支出决算情况说明", "S10"),
        ("十、机关（单位）运行经费支出情况说明", "S10"),
        ("二、关于政府采购支出说明", "S11"),
        ("（三）国有资产占用及购置情况说明", "S12"),
        ("第四部分 预算绩效情况说明", "S13"),
        ("八、预算绩效管理工作开展情况。", "S13"),
        ("十一、预算绩效的情况说明", "S13"),
    ],
)
def test_titles_are_worded_otherwise_elsewhere(heading: str, place: str) -> None:
    assert body(f"前言。\n{heading}\n共5万元。\n", place) == "共5万元。"


def test_a_glossary_that_names_a_section_opens_none() -> None:
    text = (
        "三、支出决算情况说明\n无。\n第四部分 名词解释\n一、“三公”经费：指三项支出。\n"
        "二、机关运行经费：指公用经费。\n"
    )
    assert outline_of(text).sections.keys() == {"S03"}


def test_contents_are_skipped_whatever_leads_to_the_pages() -> None:
    titles = (
        "第一部分 单位概况",
        "第二部分 决算情况说明",
        "一、收入决算情况说明。",
        "第三部分 附件",
    )
    report = "\n".join(map("\n".join, zip(titles, ("无。", "", "共5万元。", "无"), strict=True)))
    for page in ("", " 12", "……12", " PAGEREF _Toc15382 \\h 12"):
        text = "目 录\n" + "".join(f"{title}{page}\n" for title in titles) + report
        found = outline_of(text)
        assert found.stream.text[found.parts["annex"].start :] == "无"
        assert found.sections.keys() == {"S02"}
        assert body(text, "S02") == "共5万元。"


def test_parts_may_be_numbered_like_chapters() -> None:
    text = (
        "一、部门基本情况\n职责。\n二、部门决算情况说明\n（一）收入决算情况说明\n共5万元。\n"
        "三、其他事项\n（一）政府采购支出情况\n无。\n四、名词解释\n（一）其他收入：其他的。\n"
    )
    found = outline_of(text)
    assert found.parts.keys() == {"overview", "explanation", "glossary"}
    assert body(text, "S11") == "无。"


def test_traditional_characters_are_matched_in_simplified_ones() -> None:
    text = "三、支出決算情況説明\n本年支出１２萬元，採購3萬元。"
    stream = outline_of(text).stream
    assert body(text, "S03") == "本年支出12万元,采购3万元。"
    assert stream.printed(0, 10) == "三、支出決算情況説明"


def test_running_heads_and_what_a_web_page_adds_are_no_text() -> None:
    page = "某县仙源中医院2023年度单位决算公开\n{}\n- {} -\n"
    lines = ("三、支出决算情况说明", "本年支出", "12万元，比上", "年多。")
    pages = "".join(page.format(line, n) for n, line in enumerate(lines, 1))
    text = pages + "上一篇：2022年部门决算\n主办：某县人民政府 联系电话：0123-4567890\n"
    assert body(text, "S03") == "本年支出12万元,比上年多。"


def test_page_numbers_are_no_text_but_numbers_between_breaks_are() -> None:
    stream = outline_of(
        "三、支出决算情况说明\n合计为\n12\n万元，比\n- 3 -\n上年多5\n第 4 页\n万元。"
    ).stream
    assert stream.text.endswith("合计为12万元,比上年多5万元。")
    assert stream.printed(len(stream.text) - 9, len(stream.text)) == "，比上年多5万元。"


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("收入支出决算总表", "T01"),
        ("2023年度收支决算总表", "T01"),
        ("某局收入决算表", "T02"),
        ("支出决算表", "T03"),
        ("财政拨款收、支决算总表", "T04"),
        ("一般公共预算财政拨款支出决算表", "T05"),
        ("一般公共预算财政拨款基本支出决算明细表", "T06"),
        ("政府性基金预算财政拨款收入支出决算表", "T07"),
        ("国有资本经营预算财政拨款支出决算表", "T08"),
        ("表七：财政拨款“三公”经费支出决算表", "T09"),
        ("项目收支明细", None),
    ],
)
def test_a_table_is_known_by_its_title(title: str, place: str | None) -> None:
    (table,) = outline_of(f"三、支出决算情况说明\n{title}\n\n项目\t金额\n合计\t1\n").tables
    assert table.place == place


def test_a_table_goes_on_over_a_page_but_not_over_another_title() -> None:
    text = "支出决算表\n甲\t1\n\n 7\n\n乙\t2\n收入决算表\n丙\t3\n\n说明\n丁\t4\n"
    tables = outline_of(text).tables
    assert [(t.place, len(t.table.rows)) for t in tables] == [("T03", 2), ("T02", 1), (None, 1)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "某县水利局2024年部门预算公开\n十、机关运行经费情况说明\n3万元。\n",
            "a unit's budget",
        ),
        (
            "关于滨河区2023年决算草案和上半年预算执行情况的报告\n（一）收入决算情况\n1亿元。\n",
            "a whole government",
        ),
        (
            "滨河区2023年政府决算公开\n一般公共预算支出决算表\n科目\t决算数\n教育支出\t3\n",
            "a whole government",
        ),
        ("某局2023年度项目支出绩效自评报告\n一、项目绩效情况\n10万元。\n", "performance alone"),
        ("某局2023年度部门决算\n详见附件。\n", "only its title"),
    ],
)
def test_another_kind_of_document_is_refused_by_its_title(text: str, what: str) -> None:
    with pytest.raises(NotAReport, match=what):
        outline_of(text)


def test_a_report_is_one_whatever_the_page_around_it_is_called() -> None:
    text = (
        "首页>财政预决算>部门预算\n某镇人民政府决算公开\n一、收入支出决算总体情况说明\n共5万元。\n"
    )
    assert outline_of(text).sections.keys() == {"S01"}


def test_another_text_is_no_report() -> None:
    with pytest.raises(NotAReport, match=r"^x\.txt: not a final-accounts report"):
        outline_of("会议纪要\n一、时间\n二、地点\n")


@pytest.mark.parametrize("style", ["sichuan", "jiangxi", "web"])
def test_sections_are_found_where_ends_of_lines_have_become_blanks(style: Style) -> None:
    text = generate(3, style=style).text
    on_one_line = re.sub(r"\s+", " ", text)
    assert outline_of(on_one_line).sections.keys() >= outline_of(text).sections.keys()
