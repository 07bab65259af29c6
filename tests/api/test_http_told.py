"""What a report tells beside its money, on its page, on the pages of its things and of its unit."""

import re
from itertools import pairwise

import pytest

from api.settings import Settings
from kg.mapping import name_report

from .test_http_pages import Outline
from .told_release import NS, extractions, write_told_release

UNIT, REPORT = (iri.removeprefix(NS.base) for iri in name_report(extractions()[1].head, NS))


@pytest.fixture(scope="module")
def told(tmp_path_factory, serving):
    path = write_told_release(tmp_path_factory.mktemp("told"))
    return serving(path, Settings())


def part(told, name):
    """What the page of a part shows, without the text beside it and the links below."""
    page = told.page(f"/{REPORT}.html?part={name}")
    return page[page.index('id="part"') : page.index('<nav class="formats"')]


def words(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup))


def rows(markup):
    return [words(row).strip() for row in re.findall(r"<tr>.*?</tr>", markup, re.DOTALL)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("asked", ["", "&part=S09", "&part=unit", "&part=glossary", "&part=work"])
def test_the_page_is_whole(told, language, asked):
    page = told.page(f"/{REPORT}.html?lang={language}{asked}")
    outline = Outline(page)
    assert len(outline.ids) == len(set(outline.ids))
    inner = {link[1:] for link in outline.links if link.startswith("#")}
    labelled = {a["aria-labelledby"] for _, a in outline.tags if "aria-labelledby" in a}
    assert inner | labelled <= set(outline.ids)
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_counts_stand_in_the_table_of_their_place(told):
    head, batches, people, cars = rows(part(told, "S09"))
    assert head == "科目或项目 预算 决算"
    assert "4 批次 第 7 行" in batches
    assert "30 人次" in people
    assert "原文" not in people
    assert "0 辆 原文：无 第 7 行" in cars


def test_parts_of_a_breakdown_follow_what_they_are_parts_of(told):
    _, whole, first, inner = rows(part(told, "S05-3"))
    assert whole.startswith("合计 100")
    assert first.startswith("其中 党建事务经费 51.62")
    assert inner.startswith("其中 会议 3.5")
    assert re.findall(r'class="(within-\d)"', part(told, "S05-3")) == [
        "within-1",
        "within-2",
    ]


def test_what_funds_include(told):
    shown = part(told, "compositions")
    for expected in (
        "人员经费",
        "一般公共预算财政拨款基本支出决算",
        "基本工资、津贴补贴",
        "对应的经济分类：2 项",
        "30102",
    ):
        assert expected in shown


def test_an_evaluation_has_its_indicators_below_it(told):
    shown = part(told, "evaluations")
    assert "常年性项目" in shown
    assert "92.5" in shown
    text = words(shown)
    assert "资金来源 财政拨款：预算数 20.00 万元 第 12 行 年度目标 修渠十公里" in text
    assert "绩效指标 2 项，达成 1 项" in text
    assert "目标 1 · 产出指标 · 数量指标" in text
    assert "里程 第 13 行 ≥10公里 8公里 雨季停工 20 16 未达成" in text
    assert "满意度 第 13 行 ≥95% 96% 达成" in text


def test_what_the_unit_is(told):
    shown = words(part(told, "unit"))
    for expected in (
        "管理全区河湖。 第 3 行",
        "监督供水用水安全。",
        "河湖科",
        "某市某区水务站 第 6 行",
    ):
        assert expected in shown


def test_key_work_and_glossary(told):
    work = words(part(told, "work"))
    assert "修渠 第 10 行 内容与目标 目标十公里 完成情况 已完成" in work
    assert "植树若干。" in work
    assert "行政运行 指行政单位的基本支出。 第 10 行" not in work
    assert "指行政单位的基本支出。" in part(told, "glossary")


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("Duty", "管理全区河湖。"),
        ("Definition", "行政运行"),
        ("Composition", "基本工资、津贴补贴"),
        ("Evaluation", "水渠项目"),
    ],
)
def test_a_thing_is_headed_by_its_own_words(told, kind, heading):
    query = f"SELECT ?x {{ ?x a <{NS.ontology}{kind}> }} ORDER BY ?x"
    iri = told.query(query).json()["results"]["bindings"][0]["x"]["value"]
    path = iri.removeprefix(NS.base)
    assert f"<h1>{heading}</h1>" in told.page(f"/{path}.html")


def test_a_part_of_a_breakdown_tells_its_report(told):
    [path, _] = re.findall(r'href="(/[^"]*/item/[^"]*)"', part(told, "S05-3"))
    own = told.page(f"{path}.html")
    assert "某市某区水务局2023年度部门决算" in own[: own.index("<h2")]


def test_a_long_text_heads_its_page_shortened(tmp_path, serving):
    long = serving(write_told_release(tmp_path, long=True), Settings())
    start = extractions()[1].facts[-2].passage.start
    [heading] = re.findall("<h1>(.*)</h1>", long.page(f"/{REPORT}/workitem/{start}.html"))
    assert heading == "植树若干。" * 12 + "…"


def test_an_observation_tells_how_it_was_read(told):
    query = f"SELECT ?x {{ ?x a <{NS.ontology}Count> }} ORDER BY ?x"
    iri = told.query(query).json()["results"]["bindings"][0]["x"]["value"]
    page = told.page(f"/{iri.removeprefix(NS.base)}.html")
    assert 'href="/code/reading/pattern"' in page


def test_a_unit_shows_its_offices_and_subordinate_units(told):
    page = told.page(f"/{UNIT}.html")
    offices = page[page.index("<h2>内设机构") :]
    assert offices.index("办公室") < offices.index("河湖科")
    assert f'href="/{REPORT}/office/' in offices
    # Both years' reports name the first, and it stands once.
    assert offices[: offices.index("<h2", 1)].count(">办公室</a>") == 1
    assert "2022, 2023" in offices or "2023, 2022" in offices
    assert "某市某区水务站" in page[page.index("<h2>所属单位") : page.index("<h2>内设机构")]


def test_a_subordinate_unit_tells_whose_it_is(told):
    path = NS.unit("某市某区水务站").removeprefix(NS.base)
    page = told.page(f"/{path}.html")
    assert f'href="/{UNIT}"' in page[page.index("<h2>隶属于") : page.index('id="properties"')]
