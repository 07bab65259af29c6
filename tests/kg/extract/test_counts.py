"""What reports count: each number by the name it stands behind, and the words that deny."""

import pytest

from corpus import document_of
from kg.codes import load_code_lists
from kg.document.reading import from_text
from kg.extract.counts import read_counts
from kg.facts import Count
from kg.outline import Outline, outline
from kg.resources import toml

HEADINGS = {
    "S09": "一、财政拨款“三公”经费支出决算情况说明",
    "S12": "一、国有资产占用情况说明",
    "S13": "一、预算绩效情况说明\n（一）预算绩效管理工作开展情况",
    "S13-unit": (
        "一、预算绩效情况说明\n（一）预算绩效管理工作开展情况\n已全面开展。\n"
        "（二）部门整体支出自评结果"
    ),
    "overview": "第一部分 云岭区水务局概况\n二、机构设置及人员情况",
}


def outlined(place: str, text: str) -> Outline:
    last = "二、机关运行经费支出说明\n本单位无机关运行经费。"
    part = "第三部分 2023年度部门决算情况说明\n" if place != "overview" else ""
    report = f"云岭区水务局2023年度部门决算\n{part}{HEADINGS[place]}\n{text}\n{last}\n"
    return outline(from_text(report, name="x.txt", media_type="text/plain", sha256=""))


def counts(place: str, text: str) -> list[Count]:
    return list(read_counts(outlined(place, text), 2023))


def told(place: str, text: str) -> dict[str, int]:
    return {count.dimensions.item: count.count for count in counts(place, text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全年使用财政拨款安排因公出国（境）团组2个，累计7人次。",
            {"trips": 2, "trip-people": 7},
        ),
        ("全年安排因公出国（境）团组1次，出国（境）3人。", {"trips": 1, "trip-people": 3}),
        (
            "公务用车购置费0万元，本年度购置（更新）公务用车1辆。年末公务用车保有量为6辆。",
            {"vehicles-bought": 1, "vehicles-kept": 6},
        ),
        (
            "公务接待费支出2.00万元，完成全年预算的66.67%；累计接待25批次、接待206人次。",
            {"receptions": 25, "reception-people": 206},
        ),
        (
            "截至年末，单位共有公务用车5辆，其中：轿车3辆、越野车2辆。",
            {"vehicles-kept": 5},
        ),
        (
            "国内公务接待支出2.4万元，接待18批次，206人次（不包括陪同人员），共计支出2.4万元，"
            "具体内容包括：接待督查组3批次30人。",
            {"domestic-receptions": 18, "domestic-reception-people": 206},
        ),
        (
            "外宾接待支出0万元。全年共接待来访团组0个，0人次。"
            "国内公务接待支出1万元。全年共接待国内来访团组4个，31人次。",
            {
                "foreign-receptions": 0,
                "foreign-reception-people": 0,
                "domestic-receptions": 4,
                "domestic-reception-people": 31,
            },
        ),
        (
            "安排国内公务接待9批次（其中：外事接待1批次），接待人次72人（其中：外事接待人次5人）。",
            {
                "domestic-receptions": 9,
                "foreign-receptions": 1,
                "domestic-reception-people": 72,
                "foreign-reception-people": 5,
            },
        ),
        (
            "公务接待费0.3万元，全年共接待来访团组2个、来宾17人次。",
            {"receptions": 2, "reception-people": 17},
        ),
        (
            "本年召开会议3个，参加会议120人次；组织培训2个，组织培训85人次。",
            {"meetings": 3, "meeting-people": 120, "trainings": 2, "training-people": 85},
        ),
    ],
)
def test_visits_and_vehicles_of_the_three_public_spendings(
    text: str, expected: dict[str, int]
) -> None:
    assert told("S09", text) == expected


def test_a_number_behind_other_words_is_not_counted() -> None:
    assert told("S09", "公务用车保有量比上年减少2辆。接待费比上年减少3批次，主要是2人调出。") == {}
    assert told("S12", "其他用车8辆，其他用车主要是环卫专用车辆（垃圾清运车5辆）。") == {
        "vehicles-other": 8
    }


def test_what_the_report_says_there_is_none_of_is_none() -> None:
    (count,) = counts("S12", "本单位无单价100万元（含）以上设备。")
    assert (count.dimensions.item, count.count, count.reported) == ("equipment", 0, "无")
    for text in (
        "本年未发生因公出国（境）业务，无公务接待活动。",
        "无因公出国（境）团组及人次，无公务接待。",
    ):
        assert told("S09", text) == {"trips": 0, "receptions": 0}


def test_a_printed_number_is_the_one_that_counts() -> None:
    """A denial of the same thing, before it or behind it, says it once more."""
    text = "全年未安排公务接待任务。国内公务接待0批次。公务接待0批次、0人次，无公务接待活动。"
    assert [(c.dimensions.item, c.reported) for c in counts("S09", text)] == [
        ("domestic-receptions", "0"),
        ("receptions", "0"),
        ("reception-people", "0"),
    ]


def test_a_number_of_another_year_is_that_year_s() -> None:
    text = "公务用车保有量3辆。费用减少的主要原因是2021年购置2辆公务用车，2023年没有购置。"
    found = {(c.dimensions.item, c.dimensions.fiscal_year, c.count) for c in counts("S09", text)}
    assert found == {("vehicles-kept", 2023, 3), ("vehicles-bought", 2021, 2)}


def test_visits_to_the_unit_are_receptions() -> None:
    text = "公务接待费支出1万元（本单位接待12批次、80人）。"
    assert told("S09", text) == {"receptions": 12, "reception-people": 80}


def test_a_reason_denies_nothing() -> None:
    text = "因公出国（境）费0万元，与上年持平，主要原因：未安排因公出国（境）任务，未购置公务用车。"
    assert told("S09", text) == {}
    assert told("S09", f"{text}本年无公务接待活动。") == {"receptions": 0}


def test_projects_evaluated_by_fund() -> None:
    text = "共涉及项目7个，其中，一般公共预算项目5个，资金4万元；政府性基金预算项目2个，资金1万元。"
    found = [(count.dimensions.fund, count.count) for count in counts("S13", text)]
    assert found == [("all", 7), ("general", 5), ("government-fund", 2)]


@pytest.mark.parametrize(
    "name",
    [
        "符合条件的副部（省）级以上领导干部用车",
        "副部（省）级以上领导用车",
        "省级以上领导用车",
        "副省级（含）以上领导用车",
        "副部（省）级及以上领导用车",
    ],
)
def test_vehicles_of_provincial_leaders(name: str) -> None:
    told_of = told("S12", f"共有车辆5辆，其中，{name}1辆。")
    assert told_of == {"vehicles-held": 5, "vehicles-provincial-leaders": 1}


def test_foreign_guests_and_receptions_abroad() -> None:
    guests = "外事接待费支出2万元，用于接待来访专家，全年共接待外宾团组5个、来宾21人次。"
    assert told("S09", guests) == {"foreign-receptions": 5, "foreign-reception-people": 21}
    none = "外事接待费0万元，来访团组0个、来访外宾0人次。"
    assert told("S09", none) == {"foreign-receptions": 0, "foreign-reception-people": 0}
    abroad = "国（境）外接待费3万元，接待4批次，12人次。"
    assert told("S09", abroad) == {"receptions-abroad": 4, "reception-abroad-people": 12}


def test_no_spending_is_not_no_visits() -> None:
    assert told("S09", "本单位无因公出国（境）支出，未安排公务接待费预算。") == {}


def test_vehicles_of_the_unit() -> None:
    assert told("S12", "2023年本部门车辆4台，30.00万元。") == {"vehicles-held": 4}


def test_vehicles_by_use_and_equipment_by_price() -> None:
    text = (
        "本部门共有车辆12辆，其中，副部（省）级及以上领导用车0辆、主要领导干部用车1辆、"
        "机要通信用车2辆、应急保障用车3辆、执法执勤用车4辆、特种专业技术用车1辆、"
        "离退休干部服务用车0辆、其他用车1辆；单价50万元（含）以上通用设备2台（套），"
        "单价100万元（含）以上专用设备1台（套）。"
    )
    assert told("S12", text) == {
        "vehicles-held": 12,
        "vehicles-provincial-leaders": 0,
        "vehicles-principal-leaders": 1,
        "vehicles-confidential": 2,
        "vehicles-emergency": 3,
        "vehicles-law-enforcement": 4,
        "vehicles-special-technical": 1,
        "vehicles-retired-cadres": 0,
        "vehicles-other": 1,
        "equipment-general": 2,
        "equipment-special": 1,
    }


def test_a_price_in_the_name_is_within_the_passage() -> None:
    """So that it is claimed; else a passage is the number and its unit."""
    text = "共有车辆3辆，单价100万元以上设备（不含车辆）1台（套）。"
    report = outlined("S12", text).document.text
    cuts = [report[c.passage.start : c.passage.end] for c in counts("S12", text)]
    assert cuts == ["3辆", "单价100万元以上设备（不含车辆）1台（套）"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共涉及项目23个，资金557.2万元。", {"projects-evaluated": 23}),
        ("开展绩效自评，评价项目14个，占项目总数的100%。", {"projects-evaluated": 14}),
        ("全面开展绩效自评，共7个项目，涉及资金61万元。", {"projects-evaluated": 7}),
        (
            "全面开展绩效自评，涉及一级项目3个，二级项目8个。",
            {"first-level-projects-evaluated": 3, "second-level-projects-evaluated": 8},
        ),
        ("本单位共开展5项项目年度绩效自评价，涉及资金61万元。", {"projects-evaluated": 5}),
        ("全面开展绩效自评，涉及二级项目8个。", {"projects-evaluated": 8}),
        ("本部门对部门整体和12个二级项目开展了绩效自评。", {"projects-evaluated": 12}),
        (
            "对“渠道整治”等2个项目开展了部门评价，组织开展1个单位整体支出绩效评价试点。",
            {"projects-department-evaluated": 2, "units-evaluated": 1},
        ),
        (
            "对6个项目编制了绩效目标，选取2个项目开展绩效监控。",
            {"projects-with-targets": 6, "projects-monitored": 2},
        ),
    ],
)
def test_what_was_evaluated(text: str, expected: dict[str, int]) -> None:
    assert told("S13", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "组织对1个单位开展整体支出绩效自评，共设置绩效目标4个，设置绩效指标20个，完成指标18个。",
            {"targets-set": 4, "indicators-set": 20, "indicators-completed": 18},
        ),
        (
            "组织对1个单位开展整体支出绩效自评，设立5个年度目标，设定32个三级指标，实际完成30个指标。",
            {"targets-set": 5, "indicators-set": 32, "indicators-completed": 30},
        ),
        (
            "组织对1个单位开展整体支出绩效自评，设置32个绩效指标，其中产出指标20个，效益指标共8个，满意度指标3个、成本指标1个。",
            {
                "indicators-set": 32,
                "indicators-set-output": 20,
                "indicators-set-benefit": 8,
                "indicators-set-satisfaction": 3,
                "indicators-set-cost": 1,
            },
        ),
    ],
    ids=["number behind", "number before", "by level"],
)
def test_targets_and_indicators_of_the_unit(text: str, expected: dict[str, int]) -> None:
    assert told("S13-unit", text) == {"units-evaluated": 1, **expected}


def test_the_reviews_say_once_more_how_many_projects_there_are() -> None:
    reviews = "（二）项目支出自评结果\n所有项目的绩效自评结果，共涉及9个二级项目。"
    (count,) = counts(
        "S13", f"已全面开展。\n{reviews}\n1.水源保护项目绩效自评综述：完成巡查6个项目。"
    )
    assert (count.dimensions.item, count.count) == ("projects-evaluated", 9)


def test_people_of_an_overview_within_the_explanation() -> None:
    """Those of one kind of posts aren't the unit's; those behind them are."""
    text = (
        "云岭区水务局2023年度部门决算\n第一部分 2023年度部门决算表\n第二部分 2023年度部门决算说明\n"
        "一、部门基本情况\n内设4个科室，所属预算单位2个。\n行政编制9人，实有人数8人；事业编制5人，"
        "实有人数5人。离退休人员7人，其中：离休1人，退休6人。\n"
        "二、收入支出决算总体情况说明\n2023年度收、支总计9万元。\n"
    )
    found = read_counts(outline(from_text(text, name="x", media_type="x", sha256="")), 2023)
    assert {count.dimensions.item: count.count for count in found} == {
        "offices": 4,
        "subordinate-units": 2,
        "pensioners": 7,
        "retired-cadres": 1,
        "retired-staff": 6,
    }


def test_posts_and_people() -> None:
    text = (
        "共有编制18人，其中：行政编制12人、事业编制6人。年末实有人数41人，"
        "其中：在职人员17人，离休人员1人，退休人员23人。"
    )
    assert told("overview", text) == {
        "posts": 18,
        "staff": 41,
        "staff-in-post": 17,
        "retired-cadres": 1,
        "retired-staff": 23,
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("内设机构4个，包括办公室、供水科。", {"offices": 4}),
        ("本局设5个内设机构，下设2个事业单位。", {"offices": 5, "subordinate-units": 2}),
        (
            "决算由局本级决算和3个下属单位决算组成。内设7个科室。",
            {"subordinate-units": 3, "offices": 7},
        ),
        ("内设2个非独立核算二级单位，包括供水中心。", {"subordinate-units": 2}),
        (
            "纳入2023年度决算编制范围的预算单位共3个，其中：无下属行政单位。",
            {"units-consolidated": 3},
        ),
        ("本单位无下属单位。", {"subordinate-units": 0}),
        ("辖区有15个社区、3个机构牌子。", {}),
    ],
)
def test_offices_and_units(text: str, expected: dict[str, int]) -> None:
    assert told("overview", text) == expected


def test_units_and_numbers_as_printed() -> None:
    (count,) = counts("S12", "本部门共有车辆１，２０６台。")
    assert (count.count, count.unit, count.reported) == (1206, "台", "１，２０６")


@pytest.mark.parametrize(
    ("number", "expected"), [("000", 13), ("001", 10), ("002", 21), ("003", 13), ("004", 17)]
)
def test_the_real_reports_are_counted_as_by_hand(number: str, expected: int) -> None:
    assert len(list(read_counts(outline(document_of(number)), 2023))) == expected


def test_every_item_and_place_is_in_the_code_lists() -> None:
    data = toml("kg.extract", "counts.toml")
    items = {entry[kind] for entry in data["counts"] for kind in data["units"] if kind in entry}
    assert items <= load_code_lists().schemes["item"]
    assert set(data["places"].values()) <= load_code_lists().schemes["place"]
