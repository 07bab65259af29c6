"""What a report tells of itself: where it is looked for."""

import re
from decimal import Decimal

from kg.document.reading import from_text
from kg.extract.form.headings import read_headings
from kg.extract.form.irregularities import read_irregularities
from kg.extract.form.mentions import read_mentions
from kg.extract.form.targets import read_targets
from kg.extract.form.words import Sought
from kg.facts import Head, Passage
from kg.outline import outline
from kg.sample import STYLES, generate


def test_no_window_ends_within_a_number() -> None:
    pattern = re.compile(r"(?:下降|上升)了\d{1,3}(?=[,。])(?!,\d{3})")
    sought = Sought(["下降", "上升"], pattern)
    for between in range(90, 130):
        text = f"下降了5%{'甲' * between}上升了2,526,000.00元，下降了3。"
        assert [m[0] for m in sought.find(text, 0, len(text))] == ["下降了3"]


def test_a_place_holder_between_the_figures_of_a_row() -> None:
    table = "项目\t本年收入合计\t财政拨款收入\n合计\t70.00\tXX\n行政运行\t12.50\tXX\t57.50\n"
    text = f"某局2023年度部门决算\n收入决算表\n单位：万元\n{table}"
    document = from_text(text, name="a.txt", media_type="text/plain", sha256="")
    found = [(i.kind, i.text) for i in read_irregularities(outline(document))]
    assert found == [("placeholder", "XX")] * 2


def empty_titles(annex: str) -> list[tuple[str, int]]:
    """The titles of an annex below which nothing stands, and their lines in it."""
    text = generate(0, style=STYLES[0]).text
    before = text[: text.rindex("\n附件1") + 1]
    document = from_text(before + annex, name="a.txt", media_type="text/plain", sha256="")
    headings = read_headings(outline(document))
    found = [h for h in headings if h.place == "annex" and h.empty]
    return [(h.title, h.passage.line - before.count("\n")) for h in found]


def test_an_annex_that_is_a_title_alone() -> None:
    assert empty_titles("附件1：\n附件2：\n单位联系电话：010-1234\n") == [
        ("附件1:", 1),
        ("附件2:", 2),
    ]
    form = (
        "一、2023年度某局整体绩效自评\n结果\n自评得分95分。\n二、2023年度某局项\n目自评表\n- 9 -\n"
    )
    assert empty_titles(form) == [("二、2023年度某局项目自评表", 4)]


def test_an_annex_whose_title_is_followed_by_its_form() -> None:
    assert empty_titles("附件1\n2023年度某项目自评表\n项目名称\t某项目\n") == []
    assert empty_titles("二、2023年度项目自评表\n2023年度某项目自评表\n项目名称\t某项目\n") == []


def test_the_points_of_targets() -> None:
    text = generate(0, style=STYLES[0]).text
    said = "组织开展部门整体支出绩效自评。"
    assert said in text
    text = text.replace(said, f"{said}当年年度目标90分，自评得分85.5分。")
    document = from_text(text, name="a.txt", media_type="text/plain", sha256="")
    [target] = [t for t in read_targets(outline(document)) if t.planned == 90]
    assert (target.place, target.done, target.percent) == ("S13-unit", Decimal("85.5"), None)


def test_the_older_name_of_a_streets_office() -> None:
    unit = "某市某区人民政府柳园街道办事处"
    named = {
        "某区人民政府柳园塔桥街办事处的主要职责是：": ["柳园塔桥街办事处"],
        "某区人民政府柳园街办事处的主要职责是：": [],
        "某区人民政府桂园街道办事处的主要职责是：": [],
    }
    text = generate(0, style=STYLES[0]).text
    for said, older in named.items():
        document = from_text(f"{text}\n{said}", name="a.txt", media_type="text/plain", sha256="")
        mentions = read_mentions(outline(document), Head(unit, 2023, "", Passage(0, 1, 1)), ())
        assert [m.text for m in mentions if m.kind == "unit"] == older
