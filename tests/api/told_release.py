"""A release of what a report tells beside its money, mapped from records made by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from kg.facts import (
    Composition,
    Count,
    Definition,
    Dimensions,
    Duty,
    Evaluation,
    Extraction,
    Fact,
    Function,
    Funding,
    Head,
    Indicator,
    Money,
    Office,
    Passage,
    Percent,
    Statement,
    Subordinate,
    WorkItem,
)
from kg.mapping import Source, map_report, name_report
from kg.resources import published
from kg.vocabulary import Namespace

from .small_release import publish

NS = Namespace()
CODES = ("economic", "flow", "fund", "functional", "indicator", "item", "nature", "phase", "place")
TEXT = """某市某区水务局2023年度部门决算
主要职责
（一）管理全区河湖。
（二）监督供水用水安全。
内设办公室、河湖科。
所属单位：某市某区水务站。
公务接待4批次，30人次。公务用车无。
行政运行100万元。其中：党建事务经费51.62万元，含会议3.5万元。
人员经费主要包括：基本工资、津贴补贴。
重点工作：修渠，目标十公里，已完成。植树若干。
行政运行：指行政单位的基本支出。
水渠项目自评预算20万元，执行18万元，90%，财政拨款20万元。
里程≥10公里，实际8公里；满意度≥95%，实际96%。
"""


def at(words: str) -> Passage:
    """Where the text says something."""
    start = TEXT.index(words)
    return Passage(start, start + len(words), TEXT.count("\n", 0, start) + 1)


def yuan(words: str, amount: str) -> Money:
    return Money(Decimal(amount), words.removesuffix("万元"), "wan-yuan", at(words))


def _figures() -> tuple[Fact, ...]:
    whole = Dimensions(2023, "S05-3", fund="general", function=Function("2010301"))
    item = {"fiscal_year": 2023, "place": "S05-3", "fund": "general", "function": whole.function}
    part = Dimensions(**item, part="党建事务经费")
    inner = Dimensions(**item, part="会议", within="党建事务经费")
    meals, people = (Dimensions(2023, "S09", item=i) for i in ("receptions", "reception-people"))
    cars = Dimensions(2023, "S09", item="vehicles-bought", phase="budget")
    return (
        Count(meals, 4, "批次", "4", at("4批次")),
        Count(people, 30, "人次", "30", at("30人次")),
        Count(cars, 0, "辆", "无", at("无")),
        # The part stands first: on the page it follows what it is a part of all the same.
        Statement(inner, yuan("3.5万元", "35000")),
        Statement(part, yuan("51.62万元", "516200")),
        Statement(whole, yuan("100万元", "1000000")),
        Composition(
            Dimensions(2023, "S06", nature="personnel"),
            "基本工资、津贴补贴",
            ("30101", "30102"),
            at("基本工资、津贴补贴"),
        ),
    )


def _performance() -> tuple[Fact, ...]:
    funding = Funding("财政拨款", at("财政拨款20万元"), budget=yuan("20万元", "200000"))
    evaluation = Evaluation(
        "水渠项目",
        2023,
        "annex",
        at("水渠项目自评"),
        kinds=("常年性项目",),
        budget=yuan("20万元", "200000"),
        executed=yuan("18万元", "180000"),
        execution_rate=Percent(Decimal(90), "90", at("90%")),
        score=Decimal("92.5"),
        goal="修渠十公里",
        funding=(funding,),
    )
    return (
        evaluation,
        Indicator(
            evaluation,
            "output",
            "里程",
            at("里程≥10公里，实际8公里"),
            level2="output-quantity",
            goal_number=1,
            target="≥10公里",
            actual="8公里",
            weight=Decimal(20),
            score=Decimal("16"),
            reason="雨季停工",
            attained=False,
        ),
        Indicator(
            evaluation,
            "satisfaction",
            "满意度",
            at("满意度≥95%，实际96%"),
            target="≥95%",
            actual="96%",
            attained=True,
        ),
    )


def _told(work: str) -> tuple[Fact, ...]:
    return (
        Duty("管理全区河湖。", at("管理全区河湖。")),
        Duty("监督供水用水安全。", at("监督供水用水安全。")),
        Office("办公室", at("办公室")),
        Office("河湖科", at("河湖科")),
        Subordinate("某市某区水务站", at("某市某区水务站")),
        WorkItem(
            "修渠，目标十公里，已完成。", at("修渠，目标十公里"), "修渠", "目标十公里", "已完成"
        ),
        WorkItem(work, at("植树若干。")),
        Definition("行政运行", "指行政单位的基本支出。", at("行政运行：")),
    )


def extractions(long: bool = False) -> list[Extraction]:
    """The reports of two years; a `long` text of work is shortened where it heads its page."""
    work = "植树若干。" * (200 if long else 1)
    facts = (*_figures(), *_performance(), *_told(work))
    heads = [
        Head("某市某区水务局", y, f"某市某区水务局{y}年度部门决算", at("某市"))
        for y in (2022, 2023)
    ]
    return [Extraction(heads[0], _told(work)[2:5], ()), Extraction(heads[1], facts, ())]


def write_told_release(path: Path, *, long: bool = False) -> Path:
    """Write the release, with the code lists that its pages name things by."""
    quads, files, reports = [], {}, []
    for extraction in extractions(long):
        quads += map_report(extraction, Source("text/plain", "0" * 64), NS)
        unit, report = name_report(extraction.head, NS)
        files[f"sources/{report.removeprefix(NS.base + 'report/')}.txt"] = TEXT.encode()
        about = {"unit": unit, "unitName": extraction.head.unit, "title": extraction.head.title}
        reports.append({"iri": report, "fiscalYear": extraction.head.fiscal_year, **about})
    graph = ox.NamedNode(NS.graph("codes"))
    for name in CODES:
        triples = ox.parse(path=published("ontology") / "code" / f"{name}.ttl")
        quads += [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples]
    lines = sorted({f"{quad} .\n" for quad in quads})
    return publish(path, NS.base, lines, files, reports)
