"""Duties, offices, units, work and terms, as reports of several places word and lay them out."""

from collections import Counter

import pytest

from corpus import document_of
from kg.document.reading import from_text
from kg.extract.narrative import read_narrative
from kg.facts import Composition, Definition, Duty, Fact, Office, Subordinate, WorkItem
from kg.outline import outline

OVERVIEW = "第一部分 云岭区水务局概况\n"
GLOSSARY = "第五部分 名词解释\n"
WORK = "第四部分 2023年重点工作完成情况\n"
BASIC = "六、一般公共预算财政拨款基本支出决算情况说明\n"
SECTION = "第三部分 2023年度部门决算情况说明\n十、机关运行经费支出说明\n本单位无机关运行经费。\n"


def read(text: str) -> list[Fact]:
    first = text if text.startswith(OVERVIEW) else ""
    report = f"云岭区水务局2023年度部门决算\n{first}{SECTION}{'' if first else text}\n"
    document = from_text(report, name="x.txt", media_type="text/plain", sha256="")
    return list(read_narrative(outline(document), 2023))


def names(text: str) -> list[str]:
    return [f.name for f in read(OVERVIEW + text) if isinstance(f, Office | Subordinate)]


# --- duties


def test_each_numbered_duty_with_all_that_is_within_it() -> None:
    text = (
        "一、主要职能\n（一）主要职能\n根据规定，主要职责是：\n1.编制规划。\n"
        "（1）供水规划。\n2.防汛。\n（二）机构设置情况\n内设办公室。"
    )
    assert [f.text for f in read(OVERVIEW + text) if isinstance(f, Duty)] == [
        "编制规划。（1）供水规划。",
        "防汛。",
    ]


def test_duties_without_numbers_are_paragraphs() -> None:
    text = "一、部门职责\n主要职责是：\n负责供水。\n负责防汛\n和抗旱。\n二、机构设置\n"
    assert [f.text for f in read(OVERVIEW + text)] == ["负责供水。", "负责防汛和抗旱。"]


def test_a_telephone_number_is_no_duty() -> None:
    text = "一、主要职责\n1、供水。\n2、防汛。\n单位咨询电话：8810000\n二、机构设置\n"
    assert [f.text for f in read(OVERVIEW + text)] == ["供水。", "防汛。"]


# --- offices and units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、机构设置\n本局内设6个科室，所属预算单位3个。\n", []),
        ("内设党政办公室、财政所和水利站等3个机构。", ["党政办公室", "财政所", "水利站"]),
        (
            "本局设4个内设机构，分别为：办公室、计划财务科、供水科、防汛抗旱科。",
            ["办公室", "计划财务科", "供水科", "防汛抗旱科"],
        ),
        (
            "内设机构3个,包括公共管理办公室、党建办公室、平安建设办公室。",
            ["公共管理办公室", "党建办公室", "平安建设办公室"],
        ),
        (
            "1.综合科。负责文电、会务。\n2.水政科（挂执法大队牌子）。负责执法。",
            ["综合科", "水政科"],
        ),
        ("内设机构3个，包括\n办公室、防汛抗\n\n旱科、供水科。", ["办公室", "防汛抗旱科", "供水科"]),
        ("单位无下属预算单位，下设2个科室，分别是：办公室、供水股。", ["办公室", "供水股"]),
    ],
)
def test_offices(text: str, expected: list[str]) -> None:
    assert names(f"二、机构设置情况\n{text}\n") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "纳入本部门2023年度部门决算编制范围的二级预算单位包括：\n（一）云岭区水务局（本级）\n（二）云岭区供水中心\n",
            ["云岭区水务局（本级）", "云岭区供水中心"],
        ),
        (
            "从预算单位构成看，云岭区水务局部门决算包括：局本级决算、云岭区供水中心决算。",
            ["云岭区供水中心"],
        ),
        (
            "纳入决算编制范围的单位共2个，具体包含：云岭区水务局本级、云岭区堤防管理处。",
            ["云岭区水务局本级", "云岭区堤防管理处"],
        ),
        (
            "部门决算由实行独立核算的云岭区水务局本级决算组成。其中：\n内设2个非独立核算二级单位，包括云岭区供水中心、云岭区堤防管理处。",
            ["云岭区供水中心", "云岭区堤防管理处"],
        ),
        (
            "纳入本部门决算编制范围的单位见下表：\n序号\t单位名称\t单位性质\n1\t云岭区水务局本级\t行政\n2\t云岭区供水中心\t事业\n",
            ["云岭区水务局本级", "云岭区供水中心"],
        ),
        ("本部门决算仅为本级决算，无下属单位。", []),
    ],
)
def test_units_of_the_accounts(text: str, expected: list[str]) -> None:
    assert names(f"二、部门决算单位构成\n{text}\n") == expected


# --- work


def work(text: str) -> list[tuple[str | None, str, str | None, str | None]]:
    items = [f for f in read(text) if isinstance(f, WorkItem)]
    return [(item.name, item.text, item.goal, item.status) for item in items]


def test_items_of_work_with_their_heads() -> None:
    text = (
        "一、经济指标\n（一）招商引资方面。签约3.5亿元。\n（二）财税方面。税收162万元，"
        "增长5%。\n二、水利建设\n完成堤防加固12公里。"
    )
    assert work(WORK + text) == [
        ("招商引资方面", "签约3.5亿元。", None, None),
        ("财税方面", "税收162万元，增长5%。", None, None),
        ("水利建设", "完成堤防加固12公里。", None, None),
    ]


def test_an_introduction_to_numbered_items_is_none_itself() -> None:
    items = "一、水利建设\n完成堤防加固12公里。\n二、供水\n改造管网3公里。"
    introduction = "2023年，我局团结奋进，开创了新局面。\n"
    assert work(WORK + introduction + items) == work(WORK + items)
    assert len(work(WORK + introduction)) == 1


def test_bare_titles_are_the_text_of_the_item_they_are_in() -> None:
    text = "一、强化供水保障\n1.改造管网。\n2.清洗水箱。\n二、严格执法检查"
    assert work(WORK + text) == [
        ("强化供水保障", "1.改造管网。2.清洗水箱。", None, None),
        (None, "严格执法检查", None, None),
    ]


def test_a_table_of_work_that_goes_on_over_a_page() -> None:
    text = (
        "序号\t重要事项\t工作内容及目标\t完成情况\n1\t供水\t改造管网3公里，投资20万元\t完成\n\n"
        "2\t防汛\t加固堤防\t100%\n"
    )
    assert work(WORK + text) == [
        ("供水", "改造管网3公里，投资20万元", None, "完成"),
        ("防汛", "加固堤防", None, "100%"),
    ]


def test_a_table_of_work_with_goals_and_texts_apart() -> None:
    text = "序号\t工作任务\t工作内容\t工作目标\t落实情况\n1\t供水\t改造管网\t3公里\t改造3.2公里\n"
    assert work(WORK + text) == [("供水", "改造管网", "3公里", "改造3.2公里")]


def test_a_flattened_table_is_an_item_a_row() -> None:
    text = "序\n号\n重要事项 工作内容及目标 完成情况\n1\n供水保障；改造管网\n100%\n2 防汛\n加固堤防"
    assert work(WORK + text) == [
        (None, "供水保障；改造管网", None, "100%"),
        (None, "防汛加固堤防", None, None),
    ]


def test_line_widths_tell_the_columns_of_a_flattened_table_apart() -> None:
    text = (
        "序号 重要事项 工作内容及目标 完成情况\n1\n城乡供\n水保障\n1.改造管网3公里。\n"
        "2.清洗各小区的屋顶\n水箱。\n\n100%\n\n2 防汛\n\n加固沿河两岸的堤\n防和闸门。\n"
        "堤防已经加固完工，5号\n闸完成\n"
    )
    assert work(WORK + text) == [
        ("城乡供水保障", "1.改造管网3公里。2.清洗各小区的屋顶水箱。", None, "100%"),
        ("防汛", "加固沿河两岸的堤防和闸门。", None, "堤防已经加固完工，5号闸完成"),
    ]


def test_items_go_on_from_whatever_number_the_first_has() -> None:
    text = (
        "今年工作平稳，\n水务方面\n如下\n（七）供水方面。改造管网3公\n里，很好\n"
        "（八）防汛方面。加固堤防"
    )
    assert work(WORK + text) == [
        ("供水方面", "改造管网3公里，很好", None, None),
        ("防汛方面", "加固堤防", None, None),
    ]


def test_other_matters_of_the_part_are_no_work() -> None:
    text = (
        "第四部分 其他需要说明的情况\n一、政府购买服务情况\n支出5万元。\n"
        "二、重点工作开展情况综述\n（一）供水。改造管网3公里。\n"
    )
    assert work(text) == [("供水", "改造管网3公里。", None, None)]


# --- terms


def terms(text: str) -> list[tuple[str, str]]:
    return [(f.term, f.text) for f in read(GLOSSARY + text) if isinstance(f, Definition)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、财政拨款收入：指拨付的资金。", [("财政拨款收入", "指拨付的资金。")]),
        ("1.项目支出是指完成任务的支出。", [("项目支出", "指完成任务的支出。")]),
        ("（一）“三公”经费，是指因公出国（境）费等。", [("“三公”经费", "指因公出国（境）费等。")]),
        (
            "1.农林水支出（类）水利（款）防汛（项），反映防汛支出。\n2.农林水支出（类）水利（款）抗旱（项）反映抗旱支出。",
            [
                ("农林水支出（类）水利（款）防汛（项）", "反映防汛支出。"),
                ("农林水支出（类）水利（款）抗旱（项）", "反映抗旱支出。"),
            ],
        ),
        (
            "财政拨款收入：指拨付的资金。\n其他收入：除上述以外的收入。",
            [("财政拨款收入", "指拨付的资金。"), ("其他收入", "除上述以外的收入。")],
        ),
        (
            "一、年末结转\n指结转到下年的资金。\n二、基本支出\n指日常支出。",
            [("年末结转", "指结转到下年的资金。"), ("基本支出", "指日常支出。")],
        ),
        (
            "（十）本部门使用的科目\n1.防汛（项）：反映防汛支出。\n（十一）其他专用名词：无。",
            [("防汛（项）", "反映防汛支出。")],
        ),
        (
            "一、机关运行经费：指办公费等。其中：\n1.办公费。\n2.水费。\n",
            [("机关运行经费", "指办公费等。其中：1.办公费。2.水费。")],
        ),
    ],
)
def test_terms(text: str, expected: list[tuple[str, str]]) -> None:
    assert terms(text) == expected


def test_what_stands_below_the_last_term_is_the_pages() -> None:
    assert terms("一、其他收入：指以外的收入。\n分享到：微信 打印本页") == [
        ("其他收入", "指以外的收入。")
    ]


# --- compositions


def test_parts_of_a_figure_have_their_codes() -> None:
    text = (
        "基本支出80万元，其中：人员经费60万元，主要包括：基本工资、津贴补贴、医疗费；"
        "公用经费20万元，主要包括：办公费、物业管理、维修（护）费、办公设备购置等。"
    )
    personnel, operating = [f for f in read(BASIC + text) if isinstance(f, Composition)]
    assert personnel.dimensions.nature == "personnel"
    assert personnel.economic == ("30101", "30102", "30114")
    assert operating.economic == ("30201", "30209", "30213", "31002")


def test_parts_of_an_economic_class_and_of_a_use() -> None:
    text = (
        "（一）工资福利支出50万元，主要包括：基本工资、医疗费等。\n"
        "（二）商品和服务支出20万元，主要包括：办公费、其他商品和服务支出。\n"
        "公用经费用途主要包括办公费、专用设备购置等。"
    )
    lists = [f for f in read(BASIC + text) if isinstance(f, Composition)]
    told = {(f.dimensions.nature, f.dimensions.economic): f.economic for f in lists}
    assert told == {
        ("personnel", "301"): ("30101", "30114"),
        ("operating", "302"): ("30201", "30299"),
        ("operating", "all"): ("30201", "31003"),
    }


def test_a_list_with_amounts_is_left_to_the_statements() -> None:
    text = "基本支出80万元，其中：人员经费60万元，主要包括：基本工资30万元、津贴补贴30万元。"
    assert not [f for f in read(BASIC + text) if isinstance(f, Composition)]


# --- the real reports

HAND: dict[str, dict[type, int]] = {
    "000": {Duty: 10, Subordinate: 1, WorkItem: 10, Definition: 51, Composition: 2},
    "001": {Duty: 11, Subordinate: 4, WorkItem: 5, Definition: 63, Composition: 2},
    "002": {Duty: 7, Office: 7, Subordinate: 1, WorkItem: 6, Definition: 51, Composition: 2},
    "003": {Duty: 12, WorkItem: 10, Definition: 29, Composition: 2},
    "004": {Duty: 11, Office: 6, Subordinate: 3, WorkItem: 25, Definition: 36, Composition: 2},
}


def test_the_real_reports_tell_what_is_counted_by_hand(number: str) -> None:
    facts = read_narrative(outline(document_of(number)), 2023)
    assert Counter(map(type, facts)) == HAND[number]
