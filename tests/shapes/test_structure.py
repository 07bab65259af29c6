"""The structure shapes pass a report's graph as it should be, and catch each planted defect."""

import re

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef

from kg.codes import load_code_lists
from kg.resources import published
from kg.vocabulary import DEFAULT_BASE

SHAPES = Graph().parse(published("shapes") / "structure.ttl")
SHAPE = f"{DEFAULT_BASE}shapes#"

VALID = """
@prefix bud: <https://w3id.org/juesuan/ontology#> .
@prefix code: <https://w3id.org/juesuan/code/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/juesuan/report/420103-mou-ju-00ff/> .

<2023> a bud:Report ;
  dct:title "某局2023年度部门决算"@zh ;
  bud:unit </juesuan/unit/420103-mou-ju-00ff> ;
  bud:fiscalYear "2023"^^xsd:gYear ;
  dct:issued "2024-09-30"^^xsd:date ;
  dct:source <2023/source> ;
  bud:sha256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" ;
  dct:format "text/plain" ;
  schema:telephone "027-00000000" .

</juesuan/unit/420103-mou-ju-00ff> a bud:Unit, org:FormalOrganization ;
  skos:prefLabel "某局"@zh ;
  bud:region </juesuan/region/420103> .

</juesuan/unit/420103-mou-ju-00ff/project/mou> a bud:Project ;
  bud:unit </juesuan/unit/420103-mou-ju-00ff> ;
  skos:prefLabel "某项目"@zh .

<2023/T03> a qb:DataSet ;
  qb:structure bud:StatementStructure ;
  bud:report <2023> ;
  bud:place <https://w3id.org/juesuan/code/place/T03> ;
  bud:currency <http://publications.europa.eu/resource/authority/currency/CNY> ;
  bud:reportedUnit <https://w3id.org/juesuan/code/money/wan-yuan> .

<2023/T03/changes> a qb:DataSet ;
  qb:structure bud:ChangeStructure ;
  bud:report <2023> ;
  bud:place <https://w3id.org/juesuan/code/place/T03> ;
  bud:currency <http://publications.europa.eu/resource/authority/currency/CNY> ;
  bud:reportedUnit <https://w3id.org/juesuan/code/money/wan-yuan> .

<2023/T03/ratios> a qb:DataSet ;
  qb:structure bud:RatioStructure ;
  bud:report <2023> ;
  bud:place <https://w3id.org/juesuan/code/place/T03> .

<2023/T03/2010301> a bud:Statement, bud:Figure, qb:Observation ;
  bud:report <2023> ; qb:dataSet <2023/T03> ;
  DIMENSIONS
  bud:amount 12345600.0 ; bud:reportedAmount "1234.56" ;
  bud:agreement <https://w3id.org/juesuan/code/agreement/agreed> ;
  prov:wasDerivedFrom <2023/source#char=1,7> ; bud:line 133 ; bud:row 4 ; bud:column 3 .

<2023/T03/2010301~90> a bud:Statement, qb:Observation ;
  bud:report <2023> ; qb:dataSet <2023/T03> ;
  DIMENSIONS
  bud:amount 12345600.0 ; bud:reportedAmount "12,345,600" ;
  bud:reportedUnit <https://w3id.org/juesuan/code/money/yuan> ;
  bud:restates <2023/T03/2010301> ; bud:functionText "行政运行费"@zh ;
  prov:wasDerivedFrom <2023/source#char=90,99> ; bud:page 2 .

<2023/T03/completion> a bud:Ratio, qb:Observation ;
  bud:report <2023> ; qb:dataSet <2023/T03/ratios> ;
  DIMENSIONS
  bud:ratioKind <https://w3id.org/juesuan/code/ratio/completion> ;
  bud:base <https://w3id.org/juesuan/code/phase/initial-budget> ;
  bud:percent 98.9 ; bud:reportedPercent "98.90" ;
  prov:wasDerivedFrom <2023/source#char=100,105> ; bud:line 140 .

<2023/T03/change> a bud:Change, qb:Observation ;
  bud:report <2023> ; qb:dataSet <2023/T03/changes> ;
  DIMENSIONS
  bud:changeBase <https://w3id.org/juesuan/code/change/prior-year> ;
  bud:amount -78901200.0 ; bud:reportedAmount "7890.12" ;
  prov:wasDerivedFrom <2023/source#char=110,117> ; bud:line 141 .

<2023/S12/counts> a qb:DataSet ;
  qb:structure bud:CountStructure ;
  bud:report <2023> ;
  bud:place <https://w3id.org/juesuan/code/place/S12> ;
  bud:reading <https://w3id.org/juesuan/code/reading/pattern> .

<2023/S12/vehicles> a bud:Count, qb:Observation ;
  bud:report <2023> ; qb:dataSet <2023/S12/counts> ;
  DIMENSIONS
  bud:count 3 ; bud:countUnit "辆"@zh ; bud:reportedCount "３" ;
  prov:wasDerivedFrom <2023/source#char=118,119> ; bud:line 141 .

<2023/duty/161> a bud:Duty ;
  bud:report <2023> ; bud:unit </juesuan/unit/420103-mou-ju-00ff> ; bud:text "管理某事"@zh ;
  prov:wasDerivedFrom <2023/source#char=161,165> ; bud:line 10 .

<2023/work/170> a bud:WorkItem ;
  bud:report <2023> ; bud:place <https://w3id.org/juesuan/code/place/work> ;
  skos:prefLabel "某工作"@zh ; bud:text "做了某事"@zh ; bud:status "完成"@zh ;
  prov:wasDerivedFrom <2023/source#char=170,180> ; bud:line 160 .

<2023/definition/mou> a bud:Definition ;
  bud:report <2023> ; bud:term "某词"@zh ; skos:definition "指某事"@zh ;
  prov:wasDerivedFrom <2023/source#char=190,195> ; bud:line 161 .

<2023/S06/composition> a bud:Composition ;
  bud:report <2023> ; bud:place <https://w3id.org/juesuan/code/place/S06> ;
  bud:text "主要包括：办公费"@zh ; bud:includes <https://w3id.org/juesuan/code/economic/30201> ;
  prov:wasDerivedFrom <2023/source#char=200,208> ; bud:line 162 .

<2023/subordinate/mou> a org:Membership ;
  bud:report <2023> ; org:member </juesuan/unit/420103-mou-suo-00ff> ;
  org:organization </juesuan/unit/420103-mou-ju-00ff> ;
  prov:wasDerivedFrom <2023/source#char=210,212> ; bud:line 163 .

</juesuan/unit/420103-mou-suo-00ff> a org:FormalOrganization ;
  skos:prefLabel "某所"@zh ; org:subOrganizationOf </juesuan/unit/420103-mou-ju-00ff> .

<2023/function/mou-0a1b> a skos:Concept ; skos:prefLabel "某科目"@zh ;
  skos:inScheme code:functional-or-printed .

<2023/T03/explanation/120> a bud:Explanation ;
  bud:report <2023> ; bud:place <https://w3id.org/juesuan/code/place/T03> ;
  bud:text "人员增加"@zh ; bud:explains <2023/T03/change>, <2023/T03/2010301> ;
  prov:wasDerivedFrom <2023/source#char=120,124> ; bud:line 142 .

<2023/T03/purpose/125> a bud:Purpose ;
  bud:report <2023> ; bud:place <https://w3id.org/juesuan/code/place/T03> ;
  bud:text "巡查"@zh ; bud:tellsOf <2023/T03/2010301> ;
  prov:wasDerivedFrom <2023/source#char=125,127> ; bud:line 143 .

<2023/S13/evaluation/mou> a bud:Evaluation ;
  bud:report <2023> ; bud:place <https://w3id.org/juesuan/code/place/S13> ;
  bud:fiscalYear "2023"^^xsd:gYear ;
  bud:project </juesuan/unit/420103-mou-ju-00ff/project/mou> ;
  bud:budgetAmount 10000.0 ; bud:executedAmount 9900.0 ; bud:executionRate 99.0 ; bud:score 98.5 ;
  bud:initialAmount 9000.0 ; bud:receivedAmount 9950.0 ;
  bud:projectKind "常年性项目"@zh ; bud:weight 20.0 ; bud:executionScore 19.5 ; bud:goal "目标"@zh ;
  bud:outputs "产出"@zh ; bud:problems "问题"@zh ; bud:improvements "措施"@zh ;
  prov:wasDerivedFrom <2023/source#char=130,140> ; bud:line 150 .

<2023/S13/indicator/mou> a bud:Indicator ;
  bud:evaluation <2023/S13/evaluation/mou> ; bud:goalNumber 1 ;
  bud:level1 <https://w3id.org/juesuan/code/indicator/output> ;
  bud:level2 <https://w3id.org/juesuan/code/indicator/output-quantity> ;
  skos:prefLabel "某指标"@zh ; bud:target "≥9次"@zh ; bud:actual "8次"@zh ;
  bud:targetComparator "≥" ; bud:targetValue 9.0 ; bud:actualValue 8.0 ; bud:valueUnit "次"@zh ;
  bud:reason "天旱"@zh ;
  bud:weight 5.0 ; bud:score 4.5 ; bud:attained false ;
  prov:wasDerivedFrom <2023/source#char=150,160> ; bud:line 151 ; bud:row 2 ; bud:column 1 .

<2023/heading/S10> a bud:Heading, bud:SectionHeading ;
  bud:report <2023> ; bud:place <https://w3id.org/juesuan/code/place/S10> ;
  dct:title "十、某说明"@zh ; bud:empty false ;
  prov:wasDerivedFrom <2023/source#char=220,225> ; bud:line 170 .

<2023/mention/230> a bud:Mention, bud:YearMention ;
  bud:report <2023> ; bud:fiscalYear "2022"^^xsd:gYear ;
  prov:wasDerivedFrom <2023/source#char=230,234> ; bud:line 171 .

<2023/mention/240> a bud:Mention, bud:ProjectMention ;
  bud:report <2023> ; bud:text "某项目"@zh ; bud:formName "另一项目"@zh ;
  prov:wasDerivedFrom <2023/source#char=240,243> ; bud:line 172 .

<2023/irregularity/250> a bud:Irregularity, bud:Placeholder ;
  bud:report <2023> ; bud:text "XX"@zh ;
  prov:wasDerivedFrom <2023/source#char=250,252> ; bud:line 173 .

<2023/S13/evaluation/mou/funding/qi-ta> a bud:Funding ;
  bud:evaluation <2023/S13/evaluation/mou> ; skos:prefLabel "其他资金"@zh ;
  bud:initialAmount 10.0 ; bud:budgetAmount 10.0 ; bud:executedAmount 9.0 ; bud:executionRate 90.0 ;
  prov:wasDerivedFrom <2023/source#char=151,160> ; bud:line 150 .
""".replace(
    "DIMENSIONS",
    """bud:unit </juesuan/unit/420103-mou-ju-00ff> ; bud:fiscalYear "2023"^^xsd:gYear ;
  bud:place <https://w3id.org/juesuan/code/place/T03> ;
  bud:flow <https://w3id.org/juesuan/code/flow/expenditure> ;
  bud:fund <https://w3id.org/juesuan/code/fund/general> ;
  bud:phase <https://w3id.org/juesuan/code/phase/final> ;
  bud:nature <https://w3id.org/juesuan/code/nature/all> ;
  bud:function <https://w3id.org/juesuan/code/functional/2010301> ;
  bud:economic <https://w3id.org/juesuan/code/economic/all> ;
  bud:item <https://w3id.org/juesuan/code/item/all> ;""",
)

#: A defect: what is replaced (first occurrence), by what, and the shapes that catch it.
DEFECTS = [
    pytest.param('dct:title "某局2023年度部门决算"@zh ;', "", {"report-title"}, id="no title"),
    pytest.param("e3b0c442", "E3B0C442", {"report-sha256"}, id="upper-case digest"),
    pytest.param("dct:source <2023/source>", 'dct:source "x.txt"', {"report-source"}, id="source"),
    pytest.param('"text/plain"', '"txt"', {"report-format"}, id="no media type"),
    pytest.param('"2024-09-30"^^xsd:date', '"2024"', {"report-issued"}, id="issued is no date"),
    pytest.param(
        'skos:prefLabel "某局"@zh', 'skos:prefLabel "X"@en', {"unit-name"}, id="no zh name"
    ),
    pytest.param("region/420103>", "region/jianghan>", {"unit-region"}, id="region is no code"),
    pytest.param('"2023"^^xsd:gYear', "2023", {"fiscal-year"}, id="year is an integer"),
    pytest.param("bud:StatementStructure", "bud:Figure", {"data-set-structure"}, id="structure"),
    pytest.param("currency/CNY>", "currency/CNY>, <x>", {"data-set-currency"}, id="two currencies"),
    pytest.param("currency/CNY", "currency/EUR", {"data-set-of-money"}, id="not in yuan"),
    pytest.param(
        "bud:reportedUnit <https://w3id.org/juesuan/code/money/wan-yuan>",
        "bud:line 1",
        {"data-set-of-money"},
        id="data set without money unit",
    ),
    pytest.param("money/yuan>", "money/jiao>", {"reported-unit"}, id="unknown money unit"),
    pytest.param(
        "bud:amount 12345600.0", 'bud:amount "1234.56"^^xsd:double', {"amount"}, id="binary float"
    ),
    pytest.param("bud:amount 12345600.0 ;", "bud:amount 1.0, 2.0 ;", {"amount"}, id="two amounts"),
    pytest.param("bud:amount -78901200.0 ;", "", {"amount"}, id="change without amount"),
    pytest.param(
        'bud:reportedAmount "1234.56" ;', "", {"reported-amount"}, id="nothing as printed"
    ),
    pytest.param('"1234.56"', '"-"', {"reported-amount"}, id="no digit as printed"),
    pytest.param(
        "place/T03> ;\n  bud:flow", "place/T10> ;\n  bud:flow", {"place"}, id="unknown place"
    ),
    pytest.param("bud:flow <", "bud:currency <", {"flow"}, id="no flow"),
    pytest.param("fund/general>", "fund/social>", {"fund"}, id="fund of no department"),
    pytest.param("code/phase/final>", "code/phase/draft>", {"phase"}, id="unknown phase"),
    pytest.param("nature/all>", "nature/basic>, <nature/all>", {"nature"}, id="two natures"),
    pytest.param("functional/2010301>", "functional/20103010>", {"function"}, id="8 digits"),
    pytest.param("economic/all>", "economic/3>", {"economic"}, id="economic class of one digit"),
    pytest.param("bud:item <https://w3id.org/juesuan/code/item/all> ;", "", {"item"}, id="no item"),
    pytest.param('"行政运行费"@zh', '"行政运行费"', {"function-text"}, id="name of no language"),
    pytest.param(
        'skos:Concept ; skos:prefLabel "某科目"@zh',
        "skos:Concept",
        {"local-concept-name"},
        id="function of the report's own without name",
    ),
    pytest.param(
        "code:functional-or-printed",
        "code:functional",
        {"local-concept-scheme"},
        id="function of the report's own in the national classification",
    ),
    pytest.param("source#char=1,7", "source#line=1", {"passage"}, id="passage is no range"),
    pytest.param("; bud:line 133 ;", "; bud:line 0 ;", {"line-or-page"}, id="line 0"),
    pytest.param("; bud:line 133 ;", ";", {"line-or-page"}, id="neither line nor page"),
    pytest.param("; bud:line 133 ;", "; bud:line 1, 2 ;", {"one-line"}, id="two lines"),
    pytest.param("bud:row 4", 'bud:row "4"', {"row"}, id="row is a string"),
    pytest.param("qb:dataSet <2023/T03> ;", "", {"data-set"}, id="no data set"),
    pytest.param(
        "qb:dataSet <2023/T03>", "qb:dataSet <2023/T09>", {"data-set"}, id="unknown data set"
    ),
    pytest.param("; qb:dataSet <2023/T03/ratios>", "", {"data-set"}, id="ratio without data set"),
    pytest.param("bud:report <2023> ;", "bud:report <2022> ;", {"report"}, id="another report"),
    pytest.param(
        "bud:agreement <https://w3id.org/juesuan/code/agreement/agreed> ;",
        "",
        {"agreement", "restates-or-is-figure"},
        id="figure without agreement",
    ),
    pytest.param(
        "bud:restates <2023/T03/2010301>",
        "bud:agreement <https://w3id.org/juesuan/code/agreement/single>",
        {"agreement-of-figure"},
        id="agreement of no figure",
    ),
    pytest.param(
        "bud:restates <2023/T03/2010301> ;", "", {"restates-or-is-figure"}, id="neither of the two"
    ),
    pytest.param(
        "bud:restates <2023/T03/2010301>",
        "bud:restates <2023/T03/2010301~90>",
        {"restated-figure"},
        id="restates what is no figure",
    ),
    pytest.param(
        "a bud:Statement, bud:Figure, qb:Observation",
        "a bud:Figure, qb:Observation",
        {"figure-is-statement"},
        id="figure without its super-class",
    ),
    pytest.param("bud:Ratio, qb:Observation", "bud:Ratio", {"is-observation"}, id="ratio alone"),
    pytest.param("ratio/completion", "ratio/other", {"ratio-kind"}, id="unknown kind of ratio"),
    pytest.param("bud:percent 98.9", 'bud:percent "98.9%"', {"percent"}, id="per cent as text"),
    pytest.param("code/phase/initial-budget>", "code/item/all>", {"base"}, id="base of no list"),
    pytest.param("change/prior-year>", "change/other>", {"change-base"}, id="unknown base"),
    pytest.param(
        'bud:text "人员增加"@zh', 'bud:text "人员增加"', {"explanation-text"}, id="no zh text"
    ),
    pytest.param(
        "bud:explains <2023/T03/change>, <2023/T03/2010301>",
        "bud:explains <2023/T03/none>",
        {"explains"},
        id="explains nothing",
    ),
    pytest.param(
        "bud:tellsOf <2023/T03/2010301>",
        "bud:tellsOf <2023/T03/change>",
        {"tells-of"},
        id="tells of a change",
    ),
    pytest.param(
        "bud:executedAmount 9900.0", "bud:executedAmount 9900", {"executed-amount"}, id="int"
    ),
    pytest.param("bud:score 98.5", "bud:score 98.5, 99.5", {"score"}, id="two scores"),
    pytest.param("bud:budgetAmount 1", 'bud:budgetAmount "", 1', {"budget-amount"}, id="budget"),
    pytest.param("bud:executionRate 99.0", "bud:executionRate 9e1", {"execution-rate"}, id="rate"),
    pytest.param("bud:initialAmount 9000.0", 'bud:initialAmount ""', {"initial-amount"}, id="初"),
    pytest.param("bud:receivedAmount 9950.0", "bud:receivedAmount 1", {"received-amount"}, id="到"),
    pytest.param('"常年性项目"@zh', '"常年性项目"', {"project-kind"}, id="kind of no language"),
    pytest.param("Score 19.5", "Score 19.5, 1.5", {"execution-score"}, id="two execution scores"),
    pytest.param('bud:goal "目标"@zh', 'bud:goal "目标"', {"goal-text"}, id="goal of no language"),
    pytest.param(
        "funding/qi-ta> a bud:Funding ;\n  bud:evaluation <2023/S13/evaluation/mou> ;",
        "funding/qi-ta> a bud:Funding ;",
        {"funding-evaluation"},
        id="funding of nothing",
    ),
    pytest.param('"其他资金"@zh', '"其他资金"', {"funding-name"}, id="funding of no language"),
    pytest.param('bud:reason "天旱"@zh', "bud:reason 1", {"indicator-reason"}, id="reason is int"),
    pytest.param('"产出"@zh', '"产出"', {"outputs"}, id="outputs of no language"),
    pytest.param('"问题"@zh', '"问题"@en', {"problems"}, id="problems in English"),
    pytest.param('"措施"@zh', '"措施"@zh, "二"@zh', {"improvements"}, id="two improvements"),
    pytest.param('"98.90"', "98.90", {"reported-percent"}, id="printed percentage is a number"),
    pytest.param("bud:page 2", "bud:page 2, 3", {"one-page"}, id="two pages"),
    pytest.param("bud:column 3", "bud:column 0", {"column"}, id="column 0"),
    pytest.param('"027-00000000"', "27", {"report-telephone"}, id="telephone is a number"),
    pytest.param(
        "a bud:Unit, org:FormalOrganization", "a org:FormalOrganization", {"unit"}, id="no bud:Unit"
    ),
    pytest.param(
        "a bud:Project ;", "a skos:Collection ;", {"evaluation-project"}, id="project unknown"
    ),
    pytest.param(
        "bud:evaluation <2023/S13/evaluation/mou>",
        "bud:evaluation <2023/S13/evaluation/none>",
        {"indicator-evaluation"},
        id="evaluation unknown",
    ),
    pytest.param('skos:prefLabel "某指标"@zh ;', "", {"indicator-name"}, id="no name"),
    pytest.param("bud:count 3", "bud:count 3.5", {"count"}, id="half a car"),
    pytest.param('bud:countUnit "辆"@zh', 'bud:countUnit "辆"', {"count-unit"}, id="unit of count"),
    pytest.param('; bud:reportedCount "３"', "", {"reported-count"}, id="count as printed"),
    pytest.param("reading/pattern", "reading/guess", {"reading"}, id="guessed"),
    pytest.param('bud:text "做了某事"@zh', 'bud:text "x"@en', {"told-text"}, id="work in English"),
    pytest.param('bud:term "某词"@zh ;', "", {"definition-term"}, id="no term"),
    pytest.param('definition "指某事"@zh', 'note "x"@zh', {"definition-text"}, id="not defined"),
    pytest.param("economic/30201", "economic/302011", {"includes"}, id="includes what has no code"),
    pytest.param(
        "</juesuan/unit/420103-mou-suo-00ff> a org:FormalOrganization",
        "</juesuan/unit/420103-mou-suo-00ff> a org:Organization",
        {"membership"},
        id="member unknown",
    ),
    pytest.param("bud:goalNumber 1", "bud:goalNumber 0", {"goal-number"}, id="goal 0"),
    pytest.param("place/S10>", "nowhere>", {"heading-place"}, id="heading nowhere"),
    pytest.param('dct:title "十、某说明"@zh', "", {"heading-title"}, id="heading without title"),
    pytest.param("bud:empty false", "bud:empty 0", {"heading-empty"}, id="emptiness is a number"),
    pytest.param('bud:text "XX"@zh', 'bud:text "XX"', {"form-text"}, id="text of no language"),
    pytest.param('bud:formName "另一项目"@zh', "", {"form-name"}, id="a form without its project"),
    pytest.param('"2022"^^xsd:gYear', "2022", {"mention-year"}, id="mentioned year is a number"),
    pytest.param(
        "bud:SectionHeading ;\n  bud:report <2023> ;",
        "bud:SectionHeading ;",
        {"form-report"},
        id="heading of no report",
    ),
    pytest.param("source#char=250,252", "source", {"form-passage"}, id="irregular nowhere"),
    pytest.param(
        "indicator/output>", "indicator/output-cost>", {"level1"}, id="second level first"
    ),
    pytest.param(
        "indicator/output-quantity>", "indicator/cost>", {"level2"}, id="first level second"
    ),
    pytest.param(
        'bud:target "≥9次"@zh ; bud:actual "8次"@zh ;',
        "",
        {"target-or-actual"},
        id="neither target nor actual value",
    ),
    pytest.param('bud:target "≥9次"@zh', 'bud:target "1"@zh, "2"@zh', {"target"}, id="two targets"),
    pytest.param('bud:actual "8次"@zh', 'bud:actual "1"@zh, "2"@zh', {"actual"}, id="two actuals"),
    pytest.param('bud:actual "8次"@zh', "bud:actual 8", {"target-or-actual"}, id="actual is int"),
    pytest.param('"≥" ;', '"》" ;', {"target-comparator"}, id="no comparator"),
    pytest.param("bud:targetValue 9.0", "bud:targetValue 9", {"target-value"}, id="target is int"),
    pytest.param("bud:actualValue 8.0", 'bud:actualValue "8"', {"actual-value"}, id="text"),
    pytest.param('bud:valueUnit "次"@zh', 'bud:valueUnit "次"', {"value-unit"}, id="unit"),
    pytest.param("bud:weight 5.0", "bud:weight 5.0, 6.0", {"weight"}, id="two weights"),
    pytest.param("bud:score 4.5", 'bud:score "4.5"', {"score"}, id="score of an indicator"),
    pytest.param("bud:attained false", 'bud:attained "否"', {"attained"}, id="attained is text"),
    pytest.param("bud:line 151 ;", "", {"line-or-page"}, id="indicator without line"),
]


#: The two levels of the one code list of indicators; the ids of second levels begin with the first.
BROADER = ("output-", "cost-", "benefit-", "satisfaction-")
SECOND_LEVELS = {i for i in load_code_lists().schemes["indicator"] if i.startswith(BROADER)}
FIRST_LEVELS = load_code_lists().schemes["indicator"] - SECOND_LEVELS


def violated(turtle):
    """The names of the shapes that a graph violates."""
    data = Graph().parse(data=turtle, format="turtle")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=SHAPES)
    sources = {str(s).removeprefix(SHAPE) for s in report.objects(None, SH.sourceShape)}
    assert conforms == (not sources)
    return sources


def test_a_report_as_it_should_be_conforms():
    assert violated(VALID) == set()


@pytest.mark.parametrize(("old", "new", "shapes"), DEFECTS)
def test_a_defect_is_caught(old, new, shapes):
    assert old in VALID
    assert shapes <= violated(VALID.replace(old, new, 1))


def test_every_shape_has_a_defect_that_it_catches():
    shapes = {
        s for kind in (SH.PropertyShape, SH.NodeShape) for s in SHAPES.subjects(RDF.type, kind)
    }
    caught = {URIRef(SHAPE + name) for defect in DEFECTS for name in defect.values[2]}
    assert caught == shapes


def test_every_shape_speaks_both_languages_and_has_a_target():
    shapes = {
        s for kind in (SH.PropertyShape, SH.NodeShape) for s in SHAPES.subjects(RDF.type, kind)
    }
    for shape in shapes:
        assert str(shape).startswith(SHAPE)
        assert {m.language for m in SHAPES.objects(shape, SH.message)} == {"zh", "en"}
        assert set(SHAPES.objects(shape, SH.targetClass)) | set(
            SHAPES.objects(shape, SH.targetSubjectsOf)
        )


@pytest.mark.parametrize(
    ("shape", "scheme", "left_out"),
    [
        ("place", "place", {"tables", "explanations"}),  # they only group the others
        ("flow", "flow", set()),
        ("fund", "fund", {"social"}),
        ("phase", "phase", set()),
        ("nature", "nature", set()),
        ("function", "functional", set()),
        ("economic", "economic", set()),
        ("item", "item", set()),
        ("reported-unit", "money", set()),
        ("agreement", "agreement", set()),
        ("ratio-kind", "ratio", set()),
        ("change-base", "change", set()),
        ("base", "share", set()),
        ("level1", "indicator", SECOND_LEVELS),
        ("level2", "indicator", FIRST_LEVELS),
    ],
)
def test_patterns_take_exactly_the_concepts_of_the_code_list(shape, scheme, left_out):
    pattern = SHAPES.value(URIRef(SHAPE + shape), SH.pattern)
    assert isinstance(pattern, Literal)
    ids = load_code_lists().schemes[scheme]
    taken = {i for i in ids if re.search(pattern, f"{DEFAULT_BASE}code/{scheme}/{i}")}
    assert taken == ids - left_out
    assert not re.search(pattern, f"{DEFAULT_BASE}code/{scheme}/no_such_concept")
