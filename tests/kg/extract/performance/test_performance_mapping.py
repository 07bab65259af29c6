"""Indicators as RDF: their IRIs, their quads, and one name for a project, however it is printed."""

from decimal import Decimal

from kg.document.reading import from_text
from kg.extract import extract
from kg.extract.performance import read_performance
from kg.facts import Evaluation, Extraction, Funding, Head, Indicator, Money, Passage
from kg.mapping import Source, map_report
from kg.outline import outline
from kg.shapes import violations
from kg.vocabulary import Namespace, slug

NAMESPACE = Namespace()
SOURCE = Source("text/plain", "0" * 64)
HEAD = Head("某区某局", 2023, "某区某局2023年度部门决算", Passage(0, 9, 1))


def evaluation(project: str | None, place: str, start: int) -> Evaluation:
    return Evaluation(project, 2023, place, Passage(start, start + 5, start))


def triples(*facts: Evaluation | Indicator) -> set[tuple[str, str, str]]:
    graph = map_report(Extraction(HEAD, facts, ()), SOURCE, NAMESPACE)
    assert violations(graph.turtle(), NAMESPACE) == []
    quads, report = list(graph), graph.name
    return {
        (
            quad.subject.value.removeprefix(f"{report}/"),
            quad.predicate.value.rpartition("#")[2],
            quad.object.value.removeprefix(f"{report}/"),
        )
        for quad in quads
    }


def test_an_evaluation_has_what_its_form_says() -> None:
    passage = Passage(12, 14, 2)
    money = Money(Decimal(50_000), "5", "wan-yuan", passage)
    source = Funding("财政拨款", passage, budget=money)
    form = Evaluation(
        project="种树",
        fiscal_year=2023,
        place="annex",
        passage=Passage(10, 15, 2),
        kinds=("常年性项目", "部门预算项目"),
        initial=money,
        received=money,
        weight=Decimal(20),
        execution_score=Decimal("19.5"),
        goal="种三百棵树",
        funding=(source,),
    )
    stated = triples(form)
    subject = f"annex/evaluation/{slug('种树')}"
    assert {(p, o) for s, p, o in stated if s == subject} >= {
        ("projectKind", "常年性项目"),
        ("projectKind", "部门预算项目"),
        ("initialAmount", "50000"),
        ("receivedAmount", "50000"),
        ("weight", "20"),
        ("executionScore", "19.5"),
        ("goal", "种三百棵树"),
    }
    part = f"{subject}/funding/{slug('财政拨款')}"
    assert {(p, o) for s, p, o in stated if s == part} >= {
        ("evaluation", subject),
        ("budgetAmount", "50000"),
        ("line", "2"),
    }


def test_an_indicator_has_what_its_row_says() -> None:
    form = evaluation("种树（一期）", "annex", 10)
    row = Indicator(
        evaluation=form,
        level1="output",
        level2="output-quantity",
        goal_number=2,
        name="种树",
        passage=Passage(20, 40, 3, row=4, column=2),
        target="≥3.00万棵",
        actual="2万棵",
        target_comparator="≥",
        target_value=Decimal("30000.00"),
        actual_value=Decimal(20000),
        value_unit="棵",
        weight=Decimal(5),
        score=Decimal("4.5"),
        attained=False,
    )
    stated = triples(form, row)
    subject = f"annex/indicator/{slug('种树（一期）')}.2.output-quantity.{slug('种树')}"
    assert {(p, o) for s, p, o in stated if s == subject} >= {
        ("evaluation", f"annex/evaluation/{slug('种树（一期）')}"),
        ("goalNumber", "2"),
        ("level1", NAMESPACE.code("indicator/output")),
        ("level2", NAMESPACE.code("indicator/output-quantity")),
        ("prefLabel", "种树"),
        *{("target", "≥3.00万棵"), ("actual", "2万棵"), ("targetComparator", "≥")},
        *{("targetValue", "30000"), ("actualValue", "20000"), ("valueUnit", "棵")},
        *{("weight", "5"), ("score", "4.5"), ("attained", "false")},
        *{("line", "3"), ("row", "4"), ("column", "2")},
    }


def test_one_project_in_two_places_has_one_name() -> None:
    stated = triples(evaluation("种树（一期）", "S13", 10), evaluation("种树(一期)", "annex", 30))
    projects = {o for _, p, o in stated if p == "project"}
    assert len(projects) == 1
    assert {o for s, p, o in stated if s in projects and p == "prefLabel"} == {"种树（一期）"}


def test_rows_of_the_same_name_have_their_own_iris() -> None:
    form = evaluation(None, "annex", 10)
    rows = [
        Indicator(form, "output", "种树", Passage(start, start + 9, 5), target="1棵")
        for start in (20, 40)
    ]
    subjects = {s for s, p, _ in triples(form, *rows) if p == "level1"}
    first = f"annex/indicator/unit.output.{slug('种树')}"
    assert subjects == {first, f"{first}~40"}


def test_the_extraction_has_the_annex_and_leaves_none_of_its_cells_unclaimed() -> None:
    text = (
        "某市某区某局2023年度部门决算\n一、收入支出决算总体情况说明\n本年收入总计10万元。\n\n"
        "2023年度种树项目绩效自评表\n项目名称\t种树经费\t\t\t\n"
        "预算执行情况(万元)\t\t预算数\t执行数\n\t年度财政资金总额\t8\t6\n"
        "一级指标\t二级指标\t三级指标\t年初目标值\t实际完成值\n产出指标\t数量指标\t种树\t30\t40\n"
    )
    outlined = outline(from_text(text, name="x.txt", media_type="text/plain", sha256="0"))
    extraction = extract(outlined)
    own = [f for f in extraction.facts if isinstance(f, Evaluation | Indicator)]
    assert set(own) == set(read_performance(outlined, 2023))
    assert len(own) == 2
    assert [u for u in extraction.unclaimed if u.kind == "cell"] == []
