"""Where places begin and end: by their titles, whatever their numbers and wherever they stand."""

import pytest

from kg.document.reading import from_text
from kg.outline import NotAReport, Outline, outline


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
        ("一般公共预算财政拨款项目支出决算表", None),
        ("三公经费及会议费、培训费支出决算表", None),
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


def test_another_text_is_no_report() -> None:
    with pytest.raises(NotAReport, match=r"^x\.txt: not a final-accounts report"):
        outline_of("会议纪要\n一、时间\n二、地点\n")
