"""Sentences of the explanation: which figure is whose, and which are left alone."""

import pytest

from kg.document.reading import from_text
from kg.extract import extract
from kg.facts import Change, Dimensions, Evaluation, Explanation, Extraction, Fact, Ratio, Statement
from kg.outline import outline

HEADINGS = {
    "S01": "一、收入支出决算总体情况说明",
    "S02": "二、收入决算情况说明",
    "S03": "三、支出决算情况说明",
    "S04": "四、财政拨款收入支出决算总体情况说明",
    "S05-1": "五、一般公共预算财政拨款支出决算情况说明\n（一）一般公共预算财政拨款支出决算总体情况",
    "S05-2": "五、一般公共预算财政拨款支出决算情况说明\n（二）一般公共预算财政拨款支出决算结构情况",
    "S05-3": "五、一般公共预算财政拨款支出决算情况说明\n（三）一般公共预算财政拨款支出决算具体情况",
    "S06": "六、一般公共预算财政拨款基本支出决算情况说明",
    "S09": "九、财政拨款“三公”经费支出决算情况说明",
    "S10": "十、机关运行经费支出说明",
    "S11": "十一、政府采购支出说明",
    "S13": "十三、预算绩效情况说明\n（三）项目支出自评结果",
}


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


def _about(dimensions: Dimensions) -> str:
    function = dimensions.function
    parts = [
        str(dimensions.fiscal_year).replace("2023", ""),
        dimensions.flow.replace("expenditure", ""),
        dimensions.fund,
        dimensions.phase.replace("final", ""),
        dimensions.nature,
        (function.code or function.text or "") if function else "",
        dimensions.item,
    ]
    return " ".join(part for part in parts if part not in ("", "all")) or "spent"


READ = {
    ("S01", "2023年度收入总计、支出总计均为1.2亿元，与2022年度相比，收、支总计各增长3.5%。"): [
        "both grand-total = 1.2 yi-yuan",
        "both grand-total growth of change/prior-year 3.5%",
    ],
    ("S02", "本年收入合计5,000.00万元，其中：其他收入1,000.00万元，占20%。"): [
        "income = 5,000.00 wan-yuan",
        "income other-income = 1,000.00 wan-yuan",
        "income other-income share of share/year-income 20%",
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
        "fiscal reception budget -4000",
    ],
    ("S11", "政府采购支出总额10万元，其中：货物支出2万元、服务采购支出8万元。"): [
        "procurement = 10 wan-yuan",
        "procurement-goods = 2 wan-yuan",
        "procurement-services = 8 wan-yuan",
    ],
}

LEFT = {
    ("S03", "支出合计由480万元增加到500万元。"): ["480万元", "500万元"],
    ("S03", "基本支出和项目支出共500万元。"): ["500万元"],
    ("S03", "党建项目支出5万元，比上年减少1万元，下降17%。"): ["5万元", "1万元", "17%"],
    ("S05-2", "1.教育支出（类）。其中小学教育3万元，占2%。"): ["3万元", "2%"],
    ("S05-3", "1.小学教育（项）。年初预算为3万元。"): ["3万元"],
    ("S05-3", "一般公共预算财政拨款支出。其中教育支出3万元。"): ["3万元"],
    ("S06", "其中：在职人员经费3万元，离退休人员经费2万元。"): ["3万元", "2万元"],
    ("S09", "人均接待费0.01万元，节约经费100-200元。"): ["0.01万元", "200元"],
    ("S10", "机关运行经费支出。其中办公费5万元，比上年减少1万元。"): ["5万元", "1万元"],
}


@pytest.mark.parametrize(("sentence", "facts"), READ.items())
def test_figures_are_read(sentence: tuple[str, str], facts: list[str]) -> None:
    assert list(map(short, read(*sentence).facts)) == facts


@pytest.mark.parametrize(("sentence", "figures"), LEFT.items())
def test_figures_of_others_are_left(sentence: tuple[str, str], figures: list[str]) -> None:
    """A figure whose subject isn't known is nobody's, and so is what is said of it."""
    extraction = read(*sentence)
    assert extraction.facts == ()
    assert [figure.text for figure in extraction.unclaimed] == figures


def test_after_several_subjects_a_comparison_is_of_neither() -> None:
    text = "人员经费15万元；公用经费5万元。较上年减少1万元。"
    assert [figure.text for figure in read("S06", text).unclaimed] == ["1万元"]


def test_reviews_in_brackets_or_chinese_numbers() -> None:
    text = (
        "（一）路灯维护项目绩效自评综述：全年预算数为5万元。主要产出：1.换灯；\n2.巡查。\n"
        "（二）“绿化”项目绩效自评综述：执行数为3万元。"
    )
    lamps, green = (f for f in read("S13", text).facts if isinstance(f, Evaluation))
    assert (lamps.project, lamps.outputs) == ("路灯维护", "1.换灯；2.巡查。")
    assert (green.project, green.executed and green.executed.reported) == ("绿化", "3")
