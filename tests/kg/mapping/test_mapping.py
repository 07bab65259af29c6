"""Facts to quads: pure, readable names from content, exact amounts, one figure a combination."""

import dataclasses
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from corpus import document_of, extraction_of
from kg.facts import (
    Change,
    Composition,
    Count,
    Definition,
    Dimensions,
    Duty,
    Extraction,
    Fact,
    Function,
    Head,
    Money,
    Observation,
    Office,
    Passage,
    Ratio,
    Statement,
    Subordinate,
    WorkItem,
)
from kg.figures import figures
from kg.graph import Graph
from kg.mapping import Source, map_report
from kg.shapes import violations
from kg.vocabulary import Namespace

NS = Namespace()
SOURCE = Source("text/plain", "0" * 64)
HEAD = Head("某市某区财政局", 2023, "某市某区财政局2023年度部门决算", Passage(0, 7, 1))


SKOS = {
    name: NamedNode(f"http://www.w3.org/2004/02/skos/core#{name}")
    for name in ("prefLabel", "altLabel")
}


def bud(name: str) -> NamedNode:
    return NamedNode(NS.ontology + name)


def mapped(*facts: Fact, head: Head = HEAD) -> list[Quad]:
    return list(map_report(Extraction(head, facts, ()), SOURCE, NS))


def broken(quads: list[Quad]) -> list[str]:
    return violations(Graph.of(quads, NS).turtle(), NS)


def statement(printed: str = "12.50", start: int = 100, **given: object) -> Statement:
    dimensions = Dimensions(**{"fiscal_year": 2023, "place": "S03", **given})  # type: ignore[arg-type]
    passage = Passage(start, start + len(printed), 7)
    return Statement(dimensions, Money(Decimal(printed) * 10_000, printed, "wan-yuan", passage))


def zh(value: str) -> Literal:
    return Literal(value, language="zh")


def values(quads: list[Quad], predicate: str, subject: str | None = None) -> list[str]:
    return [
        q.object.value
        for q in quads
        if q.predicate == bud(predicate)
        and (subject is None or q.subject.value == subject)  # type: ignore[union-attr]
        and isinstance(q.object, NamedNode | Literal)
    ]


def subjects(quads: list[Quad], kind: str) -> list[str]:
    return [q.subject.value for q in quads if q.object == bud(kind)]  # type: ignore[union-attr]


def test_names_are_ascii_and_say_what_a_statement_is_about() -> None:
    quads = mapped(
        statement(nature="basic"),
        statement(function=Function("2010301"), phase="initial-budget", place="S05-3"),
    )
    report = quads[0].graph_name.value  # type: ignore[union-attr]
    assert report.startswith(f"{NS.base}report/") and report.endswith("/2023")
    assert sorted(s.removeprefix(report) for s in subjects(quads, "Statement")) == [
        "/S03/expenditure.basic.final",
        "/S05-3/expenditure.2010301.initial-budget",
    ]
    assert all(quad.subject.value.isascii() for quad in quads)  # type: ignore[union-attr]


def test_what_a_place_says_again_is_told_apart_by_where() -> None:
    quads = mapped(statement(), statement(start=900))
    names = subjects(quads, "Statement")
    assert len(names) == len(set(names)) == 2
    assert sum(name.endswith("~900") for name in names) == 1


def test_amounts_are_yuan_and_as_printed() -> None:
    quads = mapped(statement("208805.60"))
    assert values(quads, "amount") == ["2088056000"]
    assert values(quads, "reportedAmount") == ["208805.60"]


def test_a_money_unit_is_repeated_only_where_it_differs_from_its_place() -> None:
    odd = statement(start=500, nature="basic")
    money = Money(Decimal("12.5"), "12.5", "yuan", odd.passage)
    quads = mapped(
        statement(), statement(start=300, fund="general"), Statement(odd.dimensions, money)
    )
    assert Counter(u.rpartition("/")[2] for u in values(quads, "reportedUnit")) == {
        "wan-yuan": 1,
        "yuan": 2,  # of the statement, and of its data set
    }


def test_a_table_speaks_before_text_and_text_restates() -> None:
    quads = mapped(statement(place="S03"), statement("12.51", start=900, place="T03"))
    (figure,) = subjects(quads, "Figure")
    assert "/T03/" in figure
    assert values(quads, "restates") == [figure]
    assert values(quads, "agreement") == [NS.code("agreement/contested")]


def test_a_passage_is_an_iri_and_a_line() -> None:
    quads = mapped(statement())
    derived = [q.object for q in quads if q.predicate.value.endswith("wasDerivedFrom")]
    assert [str(d).strip("<>").rpartition("/")[2] for d in derived] == ["source#char=100,105"]
    assert values(quads, "line") == ["7"]


def test_a_function_without_a_code_keeps_its_name_and_what_is_known_above_it() -> None:
    quads = mapped(statement(function=Function(None, "教育支出/普通教育/某某教育")))
    (concept,) = values(quads, "function")
    assert "/function/" in concept
    about = {
        q.predicate.value.rpartition("#")[2]: q.object
        for q in quads
        if q.subject == NamedNode(concept)
    }
    assert about["prefLabel"] == Literal("教育支出/普通教育/某某教育", language="zh")
    assert about["broader"] == NamedNode(NS.code("functional/20502"))


def test_a_row_with_an_unknown_code_stands_under_the_code_that_it_begins_with() -> None:
    quads = mapped(statement(function=Function(None, "2050288 某某教育")))
    (concept,) = values(quads, "function")
    broader = [
        q.object for q in quads if q.subject == NamedNode(concept) and "broader" in str(q.predicate)
    ]
    assert broader == [NamedNode(NS.code("functional/20502"))]


def test_the_same_unit_in_two_reports_is_one_iri() -> None:
    other = Head(" 某市某区 财政局", 2024, "某市某区财政局2024年度部门决算", Passage(0, 7, 1))
    one, two = (set(subjects(mapped(statement(), head=h), "Unit")) for h in (HEAD, other))
    assert one == two


def test_mapping_is_pure(number: str) -> None:
    document, extraction = document_of(number), extraction_of(number)
    source = Source(document.format, document.sha256)
    assert list(map_report(extraction, source, NS)) == list(map_report(extraction, source, NS))


def test_real_reports_have_one_figure_for_each_combination(number: str) -> None:
    facts = [f for f in extraction_of(number).facts if isinstance(f, Statement)]
    keys = [figure.statement.dimensions.without_place() for figure in figures(facts)]
    assert len(keys) == len(set(keys))
    quads = list(map_report(extraction_of(number), SOURCE, NS))
    combination = ("fiscalYear", "flow", "fund", "phase", "nature", "function", "economic", "item")
    predicates = {bud(name) for name in combination}
    about: dict[str, list[str]] = {}
    for quad in quads:
        if quad.predicate in predicates:
            about.setdefault(quad.subject.value, []).append(f"{quad.predicate} {quad.object}")  # type: ignore[union-attr]
    combinations = [tuple(sorted(about[figure])) for figure in subjects(quads, "Figure")]
    assert len(combinations) == len(set(combinations))


dimensions = st.builds(
    Dimensions,
    fiscal_year=st.integers(2015, 2030),
    place=st.sampled_from(["T03", "T05", "S03", "S05-3"]),
    flow=st.sampled_from(["income", "expenditure", "both"]),
    fund=st.sampled_from(["all", "general", "fiscal"]),
    phase=st.sampled_from(["initial-budget", "final"]),
    nature=st.sampled_from(["all", "basic", "project"]),
    function=st.sampled_from(
        [None, Function("201"), Function("201", "旧名"), Function(None, "某/某")]
    ),
    part=st.sampled_from([None, "党建经费", "维修费"]),
    within=st.sampled_from([None, "社区经费"]),
)
printed = st.decimals(-(10**7), 10**7, places=2).map(lambda d: format(d, "f"))


@st.composite
def observations(draw: st.DrawFn) -> list[Observation]:
    facts: list[Observation] = []
    for number in range(draw(st.integers(1, 12))):
        passage = Passage(number * 50, number * 50 + 10, number + 1)
        about, text = draw(dimensions), draw(printed)
        money = Money(Decimal(text) * 10_000, text, "wan-yuan", passage)
        facts.append(
            draw(
                st.sampled_from(
                    [
                        Statement(about, money),
                        Change(about, "prior-year", money),
                        Ratio(about, "growth", Decimal(text), text, passage, "change/prior-year"),
                        Count(about, number, "辆", str(number), passage),
                    ]
                )
            )
        )
    return facts


@settings(deadline=None)  # the first call reads the code lists
@given(observations())
def test_any_observations_make_a_graph_that_breaks_no_shape(
    facts: list[Observation],
) -> None:
    quads = mapped(*facts)
    stated = [f for f in facts if isinstance(f, Statement)]
    assert len(subjects(quads, "Statement")) == len(stated)
    assert len(subjects(quads, "Figure")) == len({f.dimensions.without_place() for f in stated})
    assert len(set(quads)) == len(quads)


def test_a_mapped_report_breaks_no_shape() -> None:
    quads = mapped(statement(), statement("3", start=300, place="T03", nature="basic"))
    assert broken(quads) == []


def test_a_part_of_a_breakdown_is_a_concept_of_the_reports_own() -> None:
    quads = mapped(statement(nature="project", part="维修费", within="社区经费"))
    [part] = [q.object.value for q in quads if q.predicate == bud("item")]  # type: ignore[union-attr]
    assert "/item/" in part and "/code/" not in part
    [label] = [q.object for q in quads if q.subject == NamedNode(part) and q.object == zh("维修费")]
    assert label
    assert broken(quads) == []


def test_how_facts_were_read_is_told_of_the_data_set_where_all_were_read_alike() -> None:
    quads = mapped(statement(nature="basic"), statement(nature="project", start=200))
    [reading] = [q for q in quads if q.predicate == bud("reading")]
    assert reading.subject.value.endswith("/S03")  # type: ignore[union-attr]


def test_how_facts_were_read_is_told_of_each_where_a_data_set_is_mixed() -> None:
    resolved = Function("2010301", resolved=True)
    quads = mapped(statement(nature="basic"), statement(function=resolved, start=300))
    readings = {q.subject.value: q.object.value for q in quads if q.predicate == bud("reading")}  # type: ignore[union-attr]
    assert sorted(iri.rpartition("/")[2] for iri in readings.values()) == [
        "pattern",
        "resolved-name",
    ]
    assert sum("2010301" in subject for subject in readings) == 1


def test_no_data_set_has_two_observations_with_the_same_dimensions() -> None:
    quads = mapped(statement("3"), statement("3", start=200), statement("4", start=300))
    sets = [q.object.value for q in quads if q.predicate.value.endswith("#dataSet")]  # type: ignore[union-attr]
    assert [iri.partition("/2023/")[2] for iri in sets] == ["S03", "S03/2", "S03/3"]
    assert broken(quads) == []


def test_amounts_in_another_unit_have_a_data_set_of_their_own() -> None:
    odd = statement(nature="project", start=300)
    odd = dataclasses.replace(odd, money=Money(Decimal("12.5"), "12.5", "yuan", odd.passage))
    quads = mapped(statement(nature="basic"), statement(nature="operating", start=200), odd)
    units = {q.subject.value: q.object.value for q in quads if q.predicate == bud("reportedUnit")}  # type: ignore[union-attr]
    assert {iri.partition("/2023/")[2]: unit.rpartition("/")[2] for iri, unit in units.items()} == {
        "S03": "wan-yuan",
        "S03/yuan": "yuan",
        "S03/expenditure.project.final": "yuan",
    }
    assert broken(quads) == []


def test_what_a_report_tells_beside_its_figures_breaks_no_shape() -> None:
    passages = [Passage(n * 50, n * 50 + 10, n + 1) for n in range(6)]
    quads = mapped(
        Duty("管理某事。", passages[0]),
        Office("办公室", passages[1]),
        Subordinate("某市某区财政所", passages[2]),
        WorkItem("做了某事。", passages[3], name="某工作", status="完成"),
        Definition("三公经费", "指某事。", passages[4]),
        Composition(Dimensions(2023, "S06", nature="operating"), "办公费", ("30201",), passages[5]),
    )
    assert broken(quads) == []
    lines = [q.object.value for q in quads if q.predicate == bud("line")]  # type: ignore[union-attr]
    assert lines == ["1", "2", "3", "4", "5", "6"]


def test_the_unit_itself_is_no_subordinate_of_its_own() -> None:
    quads = mapped(Subordinate(HEAD.unit, Passage(50, 60, 2)))
    assert broken(quads) == []
    assert not [q for q in quads if "/subordinate/" in q.subject.value]  # type: ignore[union-attr]


def test_one_body_is_one_unit_whatever_a_report_calls_it() -> None:
    def unit(name: str) -> tuple[str, set[str], set[str]]:
        quads = mapped(head=replace(HEAD, unit=name, region="420103"))
        assert broken(quads) == []
        [iri] = {q.object.value for q in quads if q.predicate == bud("unit")}
        labels = {
            kind: {
                q.object.value
                for q in quads
                if q.subject.value == iri and q.predicate == SKOS[kind]
            }
            for kind in SKOS
        }
        return iri, labels["prefLabel"], labels["altLabel"]

    official, party = "武汉市江汉区财政局", "中国共产党武汉市江汉区委员会组织部"
    assert unit("江汉区财政局") == (unit(official)[0], {official}, {"江汉区财政局"})
    assert unit(official)[2] == set()
    assert unit("中共江汉区委组织部")[:2] == unit(party)[:2]
    assert unit("江汉区财政局本级")[:2] == unit("武汉市江汉区财政局（本级）")[:2]
    assert unit("武汉市江汉区财政局（本级）")[0] != unit(official)[0]
    assert unit("武汉市江汉区财证局")[0] != unit(official)[0]


def test_a_body_itself_is_the_same_unit_in_its_own_report_and_in_its_departments() -> None:
    own = mapped(head=replace(HEAD, unit="武汉市江汉区财政局（本级）", region="420103"))
    [itself] = {q.object.value for q in own if q.predicate == bud("unit")}
    [above] = [
        q.object.value
        for q in own
        if q.subject.value == itself and q.predicate.value.endswith("subOrganizationOf")
    ]
    head = replace(HEAD, unit="武汉市江汉区财政局", region="420103")
    whole = mapped(Subordinate("江汉区财政局本级", Passage(50, 60, 2)), head=head)
    assert {q.object.value for q in whole if q.predicate == bud("unit")} == {above}
    assert {q.object.value for q in whole if q.predicate.value.endswith("#member")} == {itself}
