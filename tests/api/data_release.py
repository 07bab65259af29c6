"""A release of two units and two years: figures that can be compared, with one finding."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from kg.audit.finding import Evidence, Finding
from kg.audit.messages import Text
from kg.facts import (
    Change,
    Count,
    Dimensions,
    Evaluation,
    Extraction,
    Fact,
    Function,
    Head,
    Indicator,
    Money,
    Passage,
    Ratio,
    Statement,
)
from kg.mapping import Source, map_findings, map_report, name_report
from kg.resources import published
from kg.vocabulary import Namespace

from .small_release import publish

NS = Namespace()
WATER, FOREST = "某市某区水务局", "某市某县林业局"
UNITS = {WATER: "420103", FOREST: "420222"}
YEARS = (2022, 2023)
#: What a unit had, in ten thousand yuan, by the year spoken of: budget, final, the whole.
HAD = {
    (WATER, 2022): ("90.5", "91.25", "120"),
    (WATER, 2023): ("100", "95.10", "130.5"),
    (FOREST, 2022): ("40", "38.75", "60"),
    (FOREST, 2023): ("42", "44", "61"),
}
#: What another place says of the whole, where it disagrees.
DISAGREES = {(FOREST, 2023): "60.9"}
CODES = ("agreement", "change", "economic", "flow", "fund", "functional", "indicator", "item",
         "money", "nature", "phase", "place", "ratio")  # fmt: skip
_TEXT = """{unit}{year}年度部门决算
行政运行年初预算{budget}万元，决算{final}万元，完成105.08%。
公用车辆3辆。
支出总计{whole}万元，上年{before}万元，增加10.5万元。
水渠项目预算20万元，执行18万元，里程≥10公里，实际8公里。
"""


def text_of(unit: str, year: int) -> str:
    """The report's text; of the year before the first nothing is known but its number."""
    budget, final, whole = HAD[unit, year]
    before = HAD.get((unit, year - 1), ("", "", "57.5"))[2]
    text = _TEXT.format(
        unit=unit, year=year, budget=budget, final=final, whole=whole, before=before
    )
    again = DISAGREES.get((unit, year))
    return f"{text}支出合计{again}万元。\n" if again else text


def extraction(unit: str, year: int) -> Extraction:
    """What is read from a report."""
    text = text_of(unit, year)

    def at(words: str, after: str = "") -> Passage:
        start = text.index(after + words) + len(after)
        return Passage(start, start + len(words), text.count("\n", 0, start) + 1)

    def yuan(amount: str, after: str) -> Money:
        return Money(Decimal(amount) * 10_000, amount, "wan-yuan", at(amount, after))

    def item(phase: str, place: str = "S05-3") -> Dimensions:
        function = Function("2010301")
        return Dimensions(year, place, fund="general", phase=phase, function=function)

    budget, final, whole = HAD[unit, year]
    before = text.partition("上年")[2].partition("万元")[0]
    evaluation = Evaluation(
        "水渠项目", year, "annex", at("水渠项目"),
        budget=yuan("20", "项目预算"), executed=yuan("18", "执行"),
    )  # fmt: skip
    facts: tuple[Fact, ...] = (
        Statement(item("initial-budget"), yuan(budget, "年初预算")),
        Statement(item("final"), yuan(final, "决算")),
        Statement(item("final", "T05"), yuan(final, "决算")),
        Ratio(
            item("final"), "completion", Decimal("105.08"), "105.08", at("105.08"), "phase/budget"
        ),
        Count(Dimensions(year, "S09", item="vehicles-bought"), 3, "辆", "3", at("3辆")),
        Statement(Dimensions(year, "S01"), yuan(whole, "支出总计")),
        Statement(Dimensions(year - 1, "S01"), yuan(before, "上年")),
        Change(Dimensions(year, "S01"), "prior-year", yuan("10.5", "增加")),
        evaluation,
        Indicator(
            evaluation, "output", "里程", at("里程≥10公里"), level2="output-quantity",
            target="≥10公里", actual="8公里", attained=False,
        ),
    )  # fmt: skip
    if again := DISAGREES.get((unit, year)):
        facts += (Statement(Dimensions(year, "S02"), yuan(again, "支出合计")),)
    head = Head(unit, year, f"{unit}{year}年度部门决算", at(unit), region=UNITS[unit])
    return Extraction(head, facts, ())


def write_data_release(path: Path) -> Path:
    """Write the release, with the code lists and regions that its records name things by."""
    quads: list[ox.Quad] = []
    files: dict[str, bytes] = {}
    reports = []
    for name in UNITS:
        for year in YEARS:
            read = extraction(name, year)
            quads += map_report(read, Source("text/plain", "0" * 64), NS)
            unit, report = name_report(read.head, NS)
            local = report.removeprefix(f"{NS.base}report/")
            files[f"sources/{local}.txt"] = text_of(name, year).encode()
            about = {"unit": unit, "unitName": name, "title": read.head.title}
            findings = int((name, year) == (WATER, 2023))
            reports.append({"iri": report, "fiscalYear": year, "findings": findings, **about})
    quads += map_findings([_finding()], NS)
    codes = ox.NamedNode(NS.graph("codes"))
    for name in CODES:
        triples = ox.parse(path=published("ontology") / "code" / f"{name}.ttl")
        quads += [ox.Quad(t.subject, t.predicate, t.object, codes) for t in triples]
    quads += ox.parse(_REGIONS.replace("BASE", NS.base), ox.RdfFormat.TRIG)
    lines = sorted({f"{quad} .\n" for quad in quads})
    return publish(path, NS.base, lines, files, reports)


_REGIONS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @base <BASE> .
<graph/codes> {
  <region/420000> a <ontology#Region> ; skos:notation "420000" ; skos:prefLabel "某省"@zh .
  <region/420103> a <ontology#Region> ; skos:notation "420103" ; skos:prefLabel "某区"@zh ;
    skos:broader <region/420000> .
  <region/420222> a <ontology#Region> ; skos:notation "420222" ; skos:prefLabel "某县"@zh ;
    skos:broader <region/420000> .
}
"""


def ids() -> dict[str, str]:
    """The ids of the units by their names."""
    heads = (extraction(name, 2023).head for name in UNITS)
    return {head.unit: name_report(head, NS)[0].removeprefix(f"{NS.base}unit/") for head in heads}


def _finding() -> Finding:
    """A finding on the last report of the first unit, whose completion rate is wrong."""
    report = name_report(extraction(WATER, 2023).head, NS)[1]
    fact = f"{report}/S05-3/expenditure.general.2010301.final"
    text = text_of(WATER, 2023)
    start = text.index("95.10")
    passage = f"{report}/source#char={start},{start + 5}"
    about = Text("行政运行", "administration")
    evidence = Evidence(fact, "focus", about, passage=passage, line=2)
    return Finding(
        "completion-rate", "Violation", report, fact,
        "完成率有误。", "The rate is wrong.", (evidence,),
        Decimal("95.1"), Decimal("105.08"), Decimal("9.98"), "percent",
    )  # fmt: skip
