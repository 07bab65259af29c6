"""Who reports, for which year, since when: titles, labels and covers as they are printed."""

import datetime

import pytest

from kg.document.reading import from_text
from kg.extract.head import HeadError, read_head
from kg.facts import Head
from kg.outline import outline

SECTION = "一、收入支出决算总体情况说明\n与2022年度收入相比，2022年度收入决算少5万元。\n"


def head_of(text: str) -> Head:
    document = from_text(f"{text}\n{SECTION}", name="x.txt", media_type="text/plain", sha256="")
    return read_head(outline(document))


@pytest.mark.parametrize(
    ("cover", "unit", "year"),
    [
        ("某市南湖区财政局2023年度部门决算", "某市南湖区财政局", 2023),
        ("2 0 2 3 年度某县第四小学单位决算公开说明", "某县第四小学", 2023),
        ("某县财政局关于2023年部门决算公开情况的说明", "某县财政局", 2023),
        ("某区某镇人民政府（本级）2023年度部门决算情况说明", "某区某镇人民政府（本级）", 2023),
        ("二〇二三年度\n\n某县仙源\n中医院\n单位决算", "某县仙源中医院", 2023),
        ("监督索引号530822006551\n某县水务局2023年度部门决算\n目录", "某县水务局", 2023),
        ("第一部分\n某县水务局单位概况\n一、职责\n2023年度部门决算", "某县水务局", 2023),
        (
            "第一部分 部门概况\n编制部门：某县水务局　金额单位：万元\n2023年度部门决算",
            "某县水务局",
            2023,
        ),
        (
            "2023年度部门决算公开表\n单位：某县文化馆\n报送日期：2024年9月5日",
            "某县文化馆",
            2023,
        ),
        ("国家海岛局2023年度部门决算", "国家海岛局", 2023),
        (
            "单位：万元\n关于某区司法局2023年度一般公共预算财政拨款“三公”经费支出决算情况说明\n"
            "2023年度支出为8万元，2023年度收入为9万元。",
            "某区司法局",
            2023,
        ),
        ("某市工商联合会2023年度一般公共预算“三公”经费支出决算", "某市工商联合会", 2023),
        ("2023年度某省红十字会绩效评价工作开展情况", "某省红十字会", 2023),
        ("某州第五中学2023年度部门决算公开说明\n第一部分 部门单位概况", "某州第五中学", 2023),
        ("某省某区荷塘小学 2023年部门决算编制说明", "某省某区荷塘小学", 2023),
        ("2023年某区某镇医院本年收入合计80万元，比2022年决算数增加5万元。", "某区某镇医院", 2023),
        ("某区审计局财政拨款“三公”经费决算2023年情况如下：", "某区审计局", 2023),
        (
            "某县青禾幼儿园2023年度部门决算及“三公”经费公开\n一、概况\n（二）2023年度收入决算情况",
            "某县青禾幼儿园",
            2023,
        ),
    ],
)
def test_a_cover_names_the_unit_and_the_year(cover: str, unit: str, year: int) -> None:
    head = head_of(cover)
    assert (head.unit, head.fiscal_year) == (unit, year)


def test_the_title_is_the_shortest_that_names_unit_and_year() -> None:
    cover = "首页\n岳西县财政局2023年部门决算\n打印\n2023年度\n岳西县财政局\n部门决算"
    assert head_of(cover).title == "岳西县财政局2023年部门决算"
    assert head_of("2023年度\n岳西县财政局\n部门决算").title == "2023年度岳西县财政局部门决算"
    part = "\n第三部分 岳西县财政局2023年度部门决算情况说明"
    assert head_of(f"岳西县财政局\n2023年决算公开{part}").title == "岳西县财政局2023年决算公开"


@pytest.mark.parametrize(
    ("line", "issued"),
    [
        ("2024年9月2日", datetime.date(2024, 9, 2)),
        ("发布日期：2024-09-12 浏览次数：5", datetime.date(2024, 9, 12)),
        ("公开时间：2024年9月20日", datetime.date(2024, 9, 20)),
        ("根据2024年3月1日的通知编制", None),
        ("2024年9月45日", None),
    ],
)
def test_the_date_of_issue_stands_alone_or_says_that_it_is(
    line: str, issued: datetime.date | None
) -> None:
    assert head_of(f"某县财政局2023年部门决算\n{line}").issued == issued


def test_a_web_pages_telephone_is_not_the_units() -> None:
    footer = "主办：某县人民政府 联系电话：0123-4567890"
    assert head_of(f"某县财政局2023年部门决算\n{footer}").telephone is None
    own = "决算公开咨询电话：0123-7654321"
    assert head_of(f"某县财政局2023年部门决算\n{own}").telephone == "0123-7654321"


@pytest.mark.parametrize(
    ("text", "missing"), [("部门决算\n", "no unit"), ("某县财政局部门决算\n", "no fiscal year")]
)
def test_what_isnt_said_isnt_guessed(text: str, missing: str) -> None:
    section = "一、收入支出决算总体情况说明\n共5万元。\n"
    document = from_text(text + section, name="2023某局.txt", media_type="text/plain", sha256="")
    with pytest.raises(HeadError, match=missing):
        read_head(outline(document))
