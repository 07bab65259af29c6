"""Sentences of the explanation: which figure is whose, and which are left alone."""

import pytest

from kg.document.reading import from_text
from kg.extract import extract
from kg.extract.prose import read_prose
from kg.facts import (
    Change,
    Denial,
    Dimensions,
    Evaluation,
    Explanation,
    Extraction,
    Fact,
    Heading,
    Irregularity,
    Mention,
    Ratio,
    Statement,
    Target,
)
from kg.outline import outline

HEADINGS = {
    "S01": "一、收入支出决算总体情况说明",
    "S02": "二、收入决算情况说明",
    "S03": "三、支出决算情况说明",
    "S04": "四、财政拨款收入支出决算总体情况说明",
    "S05-1": "五、一般公共预算财政拨款支出决算情况说明\n（一）一般公共预算财政拨款支出决算总体情况",
    "S05-2": "五、一般公共预算财政拨款支出决算情况说明\n（二）一般公共预算财政拨款支出决算结构情况",
    "S05-3": "五、一般公共预算财政拨款支出决算情况说明\n（三）一般公共预算财政拨款支出决算具体情况",
    "S-general-project-expenditure": "七、一般公共预算项目支出决算情况说明",
    "S-project-expenditure": "十一、项目支出决算情况说明",
    "S06": "六、一般公共预算财政拨款基本支出决算情况说明",
    "S07": "七、政府性基金预算财政拨款支出决算情况说明",
    "S09": "九、财政拨款“三公”经费支出决算情况说明",
    "S10": "十、机关运行经费支出说明",
    "S11": "十一、政府采购支出说明",
    "S13": "十三、预算绩效情况说明\n（三）项目支出自评结果",
}


#: What a report tells of itself.
OF_FORM = (Heading, Mention, Denial, Irregularity, Target)


def read(place: str, text: str) -> Extraction:
    report = f"云岭区水务局2023年度部门决算\n{HEADINGS[place]}\n{text}\n"
    document = from_text(report, name="x.txt", media_type="text/plain", sha256="")
    return extract(outline(document))


def short(fact: Fact) -> str:
    """A fact in one line: its dimensions that aren't usual, what it says, its figure."""
    match fact:
        case Statement(dimensions, money):
            return f"{_about(dimensions)} = {money.reported} {money.unit}"
        case Change(dimensions, base, money):
            return f"{_about(dimensions)} {base} {money.amount.normalize():+f}"
        case Ratio(dimensions):
            return f"{_about(dimensions)} {fact.kind} of {fact.base} {fact.percent}%"
        case Explanation():
            return f"because {fact.text}"
        case Evaluation():
            return f"{fact.project}"


def told(place: str, text: str) -> list[str]:
    """What a section's sentences tell in figures."""
    kinds = Statement | Change | Ratio | Explanation
    return [short(fact) for fact in read(place, text).facts if isinstance(fact, kinds)]


def _about(dimensions: Dimensions) -> str:
    function = dimensions.function
    parts = [
        str(dimensions.fiscal_year).replace("2023", ""),
        dimensions.flow.replace("expenditure", ""),
        dimensions.fund,
        dimensions.phase.replace("final", ""),
        dimensions.nature,
        (function.code or function.text or "") if function else "",
        dimensions.economic,
        dimensions.item,
        f"{dimensions.within or ''}>{dimensions.part}" if dimensions.part else "",
    ]
    return " ".join(part for part in parts if part not in ("", "all")) or "spent"


READ = {
    ("S01", "2023年度收入总计、支出总计均为1.2亿元，与2022年度相比，收、支总计各增长3.5%。"): [
        "both grand-total = 1.2 yi-yuan",
        "both grand-total growth of change/prior-year 3.5%",
    ],
    ("S01", "2023年度收、支总计分别为9万元、8万元，比上年分别增加2万元和1万元。"): [
        "income grand-total = 9 wan-yuan",
        "grand-total = 8 wan-yuan",
        "income grand-total prior-year +20000",
        "grand-total prior-year +10000",
    ],
    ("S02", "本年收入合计5,000.00万元，其中：其他收入1,000.00万元，占20%。"): [
        "income = 5,000.00 wan-yuan",
        "income other-income = 1,000.00 wan-yuan",
        "income other-income share of share/year-income 20%",
    ],
    (
        "S05-3",
        "一般公共预算财政拨款支出年初预算5万元，调整预算3万元，支出决算2万元，完成年初预算的40%、调整预算的66.67%。",
    ): [
        "general initial-budget = 5 wan-yuan",
        "general adjusted-budget = 3 wan-yuan",
        "general = 2 wan-yuan",
        "general completion of phase/initial-budget 40%",
        "general completion of phase/adjusted-budget 66.67%",
    ],
    ("S06", "基本支出60万元，其中：人员经费45万元，占75%，包括基本工资20万元，占44.44%。"): [
        "general basic = 60 wan-yuan",
        "general personnel = 45 wan-yuan",
        "general personnel share of share/basic-expenditure 75%",
        "general personnel 30101 = 20 wan-yuan",
        "general personnel 30101 share of None 44.44%",
    ],
    ("S03", "支出合计500万元，上缴上级支出、经营支出均为零。"): [
        "spent = 500 wan-yuan",
        "paid-up = 零 wan-yuan",
        "business = 零 wan-yuan",
    ],
    ("S03", "支出合计500万元，比上年增加5万元，比2019年度减少20万元，下降3.85%。"): [
        "spent = 500 wan-yuan",
        "spent prior-year +50000",
        "spent earlier-year -200000",
        "spent growth of change/earlier-year -3.85%",
    ],
    ("S03", "支出合计500万元，较上年减少-5万元，增长率为-1%。"): [
        "spent = 500 wan-yuan",
        "spent prior-year +50000",
        "spent growth of change/prior-year -1%",
    ],
    ("S03", "支出合计500万元，比上年支出合计480万元增加20万元。"): [
        "spent = 500 wan-yuan",
        "2022 = 480 wan-yuan",
        "spent prior-year +200000",
    ],
    (
        "S04",
        "2023年度财政拨款收、支总计10元，主要原因是：一是调资。二是扩编。较年初预算增加8元。",
    ): [
        "both fiscal grand-total = 10 yuan",
        "because 一是调资。二是扩编",
        "both fiscal grand-total initial-budget +8",
    ],
    ("S05-1", "2023年度一般公共预算财政拨款支出9万元，占本年支出合计的90%，降幅1.1%。"): [
        "general = 9 wan-yuan",
        "general share of share/year-expenditure 90%",
        "general growth of change/prior-year -1.1%",
    ],
    ("S05-2", "教育支出（类）2.5万元，占0.3%；卫生健康支出（类）支出3万元，占比为0.4%。"): [
        "general 205 = 2.5 wan-yuan",
        "general 205 share of share/general-expenditure 0.3%",
        "general 210 = 3 wan-yuan",
        "general 210 share of share/general-expenditure 0.4%",
    ],
    (
        "S05-3",
        "1.其中教育支出（类）-普通教育（款）-小学教育（项）：年初预算数3万元，调整预算数5万元，实际支出4万元，"
        "完成调整预算的80%，主要系扩班。",
    ): [
        "general initial-budget 2050202 = 3 wan-yuan",
        "general adjusted-budget 2050202 = 5 wan-yuan",
        "general 2050202 = 4 wan-yuan",
        "general 2050202 completion of phase/adjusted-budget 80%",
        "because 扩班",
    ],
    ("S05-3", "项目支出主要用于：教育支出2万元，主要成效是扩班。卫生健康支出3万元。"): [
        "general project 205 = 2 wan-yuan",
        "general project 210 = 3 wan-yuan",
    ],
    ("S06", "人员经费15万元，用于工资；公用经费5万元，用于水费。"): [
        "general personnel = 15 wan-yuan",
        "general operating = 5 wan-yuan",
    ],
    ("S09", "公务接待费0.6万元（含外宾接待0.1万元），比预算减少0.4万元，与上年持平。"): [
        "fiscal reception = 0.6 wan-yuan",
        "fiscal reception-foreign = 0.1 wan-yuan",
        "fiscal reception budget -4000",
    ],
    ("S11", "政府采购支出总额10万元，其中：货物支出2万元、服务采购支出8万元。"): [
        "procurement = 10 wan-yuan",
        "procurement-goods = 2 wan-yuan",
        "procurement-services = 8 wan-yuan",
    ],
    ("S05-2", "1.教育支出（类）9万元，占2%。主要用于小学教育3万元，早教试点补助0.5万元。"): [
        "general 205 = 9 wan-yuan",
        "general 205 share of share/general-expenditure 2%",
        "general 2050202 = 3 wan-yuan",
        "general 教育支出/早教试点补助 = 0.5 wan-yuan",
    ],
    ("S05-3", "2.卫生健康支出中行政单位医疗支出3万元。年初预算为4万元，完成年初预算的75%。"): [
        "general 2101101 = 3 wan-yuan",
        "general initial-budget 210 = 4 wan-yuan",
        "general 210 completion of phase/initial-budget 75%",
    ],
    ("S05-3", "1.小学教育（项）。年初预算为3万元，其中：基本支出2万元。"): [
        "general initial-budget 2050202 = 3 wan-yuan",
        "general initial-budget basic 2050202 = 2 wan-yuan",
    ],
    (
        "S05-3",
        "项目支出9万元。项目支出主要用于甲、乙河治理6万元，其中甲河1万元，乙河5万元；丙湖3万元。",
    ): [
        "general project = 9 wan-yuan",
        "general project >甲、乙河治理 = 6 wan-yuan",
        "general project 甲、乙河治理>甲河 = 1 wan-yuan",
        "general project 甲、乙河治理>乙河 = 5 wan-yuan",
        "general project >丙湖 = 3 wan-yuan",
    ],
    (
        "S05-3",
        "项目支出主要用于：\n（1）巡河经费3万元。用于巡河。\n（2）清淤经费1万元。全年清淤费2万元。",
    ): [
        "general project >巡河经费 = 3 wan-yuan",
        "general project >清淤经费 = 1 wan-yuan",
    ],
    ("S07", "支出决算为5万元，完成年初预算4万元的125%，比2022年决算数2万元增加3万元。"): [
        "government-fund = 5 wan-yuan",
        "government-fund initial-budget = 4 wan-yuan",
        "government-fund completion of phase/initial-budget 125%",
        "2022 government-fund = 2 wan-yuan",
        "government-fund prior-year +30000",
    ],
    ("S09", "运行维护费6万元，主要用于车辆开支，其中：燃料费2万元（含税），保险费4万元。"): [
        "fiscal vehicle-operation = 6 wan-yuan",
        "fiscal vehicle-operation >燃料费 = 2 wan-yuan",
        "fiscal vehicle-operation >保险费 = 4 wan-yuan",
    ],
    ("S09", "公务接待费支出3万元，完成年初预算4万元的75%，主要原因是节约；会议费2万元。"): [
        "fiscal reception = 3 wan-yuan",
        "fiscal initial-budget reception = 4 wan-yuan",
        "fiscal reception completion of phase/initial-budget 75%",
        "because 节约",
        "fiscal meeting-cost = 2 wan-yuan",
    ],
    ("S09", "公务接待费0.39万，比上年增加零点五万元，增长13.95，主要是接待增加。"): [
        "fiscal reception = 0.39 wan-yuan",
        "fiscal reception prior-year +5000",
        "fiscal reception growth of change/prior-year 13.95%",
        "because 接待增加",
    ],
    ("S09", "公务用车运行维护费6万元，其中：燃料费（含税）2万元，保险费4万元。"): [
        "fiscal vehicle-operation = 6 wan-yuan",
        "fiscal vehicle-operation >燃料费（含税） = 2 wan-yuan",
        "fiscal vehicle-operation >保险费 = 4 wan-yuan",
    ],
    ("S09", "公务用车运行维护费中，加油2万元，保险1万元。因公出国费5万元，主要是赴某国交流。"): [
        "fiscal vehicle-operation >加油 = 2 wan-yuan",
        "fiscal vehicle-operation >保险 = 1 wan-yuan",
        "fiscal going-abroad = 5 wan-yuan",
    ],
    ("S09", "“三公”经费决算数5万元，比2023年“三公”经费财政拨款年初预算7万元减少2万元。"): [
        "fiscal three-public = 5 wan-yuan",
        "fiscal initial-budget three-public = 7 wan-yuan",
        "fiscal three-public initial-budget -20000",
    ],
    (
        "S09",
        "公务用车购置及运行维护费7万元。其中：公务用车购置费0万元，购置0辆。与上年决算相比，增加0万元；"
        "公务用车运行维护费7万元，用于巡查。保有量3辆。与上年决算相比，减少1万元。",
    ): [
        "fiscal vehicles = 7 wan-yuan",
        "fiscal vehicle-purchase = 0 wan-yuan",
        "fiscal vehicle-purchase prior-year +0",
        "fiscal vehicle-operation = 7 wan-yuan",
        "fiscal vehicle-operation prior-year -10000",
    ],
    ("S09", "公务接待费3万元。其中：国内接待费2万元；外事接待费1万元。与上年相比，增加1万元。"): [
        "fiscal reception = 3 wan-yuan",
        "fiscal reception-domestic = 2 wan-yuan",
        "fiscal reception-foreign = 1 wan-yuan",
        "fiscal reception prior-year +10000",
    ],
    (
        "S01",
        "收、支总计60万元。与年初预算相比，增加8万元，变动原因：追加项目；与上年决算相比，收、支总计各减少2万元，变动原因：购置减少。",
    ): [
        "both grand-total = 60 wan-yuan",
        "both grand-total initial-budget +80000",
        "because 追加项目",
        "both grand-total prior-year -20000",
        "because 购置减少",
    ],
    (
        "S05-3",
        "1、“教育支出”（类）决算5万元，其中：\n“进修及培训”（款）决算4万元，比年初预算减少1万元。",
    ): [
        "general 205 = 5 wan-yuan",
        "general 20508 = 4 wan-yuan",
        "general 20508 initial-budget -10000",
    ],
    (
        "S06",
        "使用一般公共预算财政拨款安排基本支出3万元，使用政府性基金财政拨款安排基本支出2万元。",
    ): [
        "general basic = 3 wan-yuan",
        "government-fund basic = 2 wan-yuan",
    ],
    ("S07", "支出3万元，年末结转和结余0万元。与2022年相比，支出减少2万元，主要原因是完工。"): [
        "government-fund = 3 wan-yuan",
        "government-fund closing-carry-over = 0 wan-yuan",
        "government-fund prior-year -20000",
        "because 完工",
    ],
    ("S10", "机构运行经费支出9万元，其中：办公费2万元。与上年决算相比，减少10%。"): [
        "general office-operation = 9 wan-yuan",
        "general 30201 office-operation = 2 wan-yuan",
        "general office-operation growth of change/prior-year -10%",
    ],
    ("S-project-expenditure", "项目支出总额9万元，实施项目4个，其中：财政拨款安排8万元。"): [
        "project = 9 wan-yuan",
        "fiscal project = 8 wan-yuan",
    ],
    ("S-general-project-expenditure", "项目支出9万元，主要包括：堤坝建设5万元，物资储备4万元。"): [
        "general project = 9 wan-yuan",
        "general project >堤坝建设 = 5 wan-yuan",
        "general project >物资储备 = 4 wan-yuan",
    ],
    ("S10", "机关运行经费支出。其中办公费5万元，比上年减少1万元。"): [
        "general 30201 office-operation = 5 wan-yuan",
        "general 30201 office-operation prior-year -10000",
    ],
}

LEFT = {
    ("S03", "支出合计由480万元增加到500万元。"): ["480万元", "500万元"],
    ("S03", "基本支出和项目支出共500万元。"): ["500万元"],
    ("S03", "党建项目支出5万元，比上年减少1万元，下降17%。"): ["5万元", "1万元", "17%"],
    ("S02", "分别增加2万元、1万元，分别占3%、4%。"): ["2万元", "1万元", "3%", "4%"],
    ("S05-2", "教育支出（类）。全年资助贫困学生3万元，受助率100%。"): ["3万元", "100%"],
    ("S05-3", "项目支出主要用于党建等，其中拨付村级经费5万元。争取资金3亿元。"): ["5万元", "3亿元"],
    ("S05-3", "安排帮扶资金3万元，同比去年增加1万元。"): ["3万元", "1万元"],
    ("S05-3", "（项）。年初预算为3万元。"): ["3万元"],
    ("S06", "其中：在职人员经费3万元，离退休人员经费2万元。"): ["3万元", "2万元"],
    ("S09", "人均餐标0.01万元，节约经费100-200元。"): ["0.01万元", "200元"],
    ("S09", "公务接待费、会议费3万元，车均油耗2万元。"): ["3万元", "2万元"],
    ("S10", "机关运行经费支出。办公设备单价超过5万元的2台。"): ["5万元"],
    ("S11", "完成招标项目20个，成交金额5000万元，节约率5.7%。"): ["5000万元", "5.7%"],
}


@pytest.mark.parametrize(("sentence", "facts"), READ.items())
def test_figures_are_read(sentence: tuple[str, str], facts: list[str]) -> None:
    assert told(*sentence) == facts


@pytest.mark.parametrize(("sentence", "figures"), LEFT.items())
def test_figures_of_others_are_left(sentence: tuple[str, str], figures: list[str]) -> None:
    """A figure whose subject isn't known is nobody's, and so is what is said of it."""
    extraction = read(*sentence)
    assert [f for f in extraction.facts if not isinstance(f, OF_FORM)] == []
    assert [figure.text for figure in extraction.unclaimed] == figures


def test_after_several_subjects_a_comparison_is_of_neither() -> None:
    text = "人员经费15万元；公用经费5万元。较上年减少1万元。"
    assert [figure.text for figure in read("S06", text).unclaimed] == ["1万元"]


@pytest.mark.parametrize("end", ["；", "。决算数"])
def test_each_reason_explains_what_it_is_said_to_be_for(end: str) -> None:
    text = (
        "公务接待费支出2万元，完成全年预算的62%，比上年增加1万元。决算数小于全年预算数的主要原因是节约"
        f"{end}比上年增加的主要原因是来访增多。"
    )
    reasons = [f for f in read("S09", text).facts if isinstance(f, Explanation)]
    assert [(r.text, [short(f) for f in r.explains]) for r in reasons] == [
        ("节约", ["fiscal reception = 2 wan-yuan"]),
        ("来访增多", ["fiscal reception prior-year +10000"]),
    ]


def test_a_title_tells_the_fund_of_three_public_spending() -> None:
    title = "八、一般公共预算财政拨款“三公”经费支出决算情况说明"
    facts = read("S09", f"见下节。\n{title}\n公务接待费支出2万元。").facts
    (fact,) = (f for f in facts if isinstance(f, Statement))
    assert fact.dimensions.fund == "general"


def test_reviews_in_brackets_or_chinese_numbers() -> None:
    text = (
        "（一）路灯维护项目绩效自评综述：全年预算数为5万元。主要产出：1.换灯；\n2.巡查。\n"
        "（二）“绿化”项目绩效自评综述：执行数为3万元。"
    )
    lamps, green = (f for f in read("S13", text).facts if isinstance(f, Evaluation))
    assert (lamps.project, lamps.outputs) == ("路灯维护", "1.换灯；2.巡查。")
    assert (green.project, green.executed and green.executed.reported) == ("绿化", "3")


def test_shares_of_an_unknown_subject_and_a_known_one_are_neither_s() -> None:
    text = "支出合计9万元，其中：基本支出5万元、其他资金支出4万元，分别占56%、44%。"
    left = [figure.text for figure in read("S03", text).unclaimed]
    assert left == ["4万元", "56%", "44%"]


def test_ambiguous_names_are_settled_by_the_codes_of_the_tables() -> None:
    """行政运行 is an item of many divisions: the one that is attested is meant."""
    report = (
        f"云岭区水务局2023年度部门决算\n{HEADINGS['S05-3']}\n1.行政运行（项）。支出决算为3万元。"
    )
    document = from_text(report, name="x.txt", media_type="text/plain", sha256="")
    (section,) = (s for s in outline(document).sections.values() if s.place == "S05-3")
    stream = outline(document).stream

    def code(*attested: str) -> str | None:
        (fact,) = read_prose(stream, section, 2023, attested)
        assert isinstance(fact, Statement) and fact.dimensions.function
        return fact.dimensions.function.code

    assert code() is None
    assert code("2130301", "2130305") == "2130301"
    assert code("2130301", "2010301") is None


@pytest.mark.parametrize("place", ["S03", "S05-3", "S06", "S09", "S11"])
def test_a_list_tells_no_more_than_its_whole(place: str) -> None:
    """Metamorphic: parts that would exceed what they are parts of are others' figures."""
    whole = {
        "S03": "项目支出",
        "S05-3": "项目支出",
        "S06": "公用经费",
        "S09": "公务用车运行费",
        "S11": "政府采购支出",
    }
    text = f"{whole[place]}5万元，其中：办公费2万元，印刷费30万元。"
    assert "30万元" in [figure.text for figure in read(place, text).unclaimed]


@pytest.mark.parametrize("sentence", [s for s in READ if READ[s]])
def test_sentences_of_others_around_change_nothing(sentence: tuple[str, str]) -> None:
    """Metamorphic: sentences on the money of others are no facts, and turn no figure to others."""
    place, text = sentence
    others = "全区完成固定资产投资8亿元，比上年增长9%。"
    assert told(place, f"{text}{others}") == READ[sentence]
    assert told(place, f"{others}\n{text}") == READ[sentence]


@pytest.mark.parametrize("amount", ["1106.86", "1,106.86", "11,060,860.00"])
def test_a_separator_within_a_figure_ends_no_list(amount: str) -> None:
    text = f"人员经费93万元，主要用于：基本工资、奖励金；公用经费{amount}万元，主要用于：办公费。"
    printed = [f.money.reported for f in read("S06", text).facts if isinstance(f, Statement)]
    assert printed == ["93", amount]


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("决算数大于年初预算数", "above"),
        ("支出决算数小于预算数", "below"),
        ("决算数与年初预算数持平", "level"),
        ("决算数与年初预算数不一致", None),
        ("决算数大于上年预算数", None),
        ("决算数大于2022年", None),
        ("变动", None),
    ],
)
def test_the_words_before_a_reason_have_the_accounts_against_the_budget(
    words: str, direction: str | None
) -> None:
    text = f"1.教育支出（类）。年初预算为20万元，支出决算为18万元，{words}的主要原因是人员变动。"
    [reason] = [f for f in read("S05-3", text).facts if isinstance(f, Explanation)]
    assert reason.direction == direction
