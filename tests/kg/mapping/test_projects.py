"""Projects that are named differently at two places are matched, and never merged."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from corpus import NUMBERS, document_of, extraction_of
from kg.facts import Evaluation, Statement
from kg.mapping import Source, map_report
from kg.mapping.identity import name_facts
from kg.mapping.projects import Named, matches, named_projects
from kg.vocabulary import PREFIXES, Namespace

#: Pairs of lines of the real reports that name one project differently, found by reading.
KEY = tomllib.loads((Path(__file__).parent / "projects.toml").read_text("utf-8"))


def project(place: str, name: str, spent: str | None = None) -> Named:
    return Named(f"{place}/{name}", place, name, None if spent is None else Decimal(spent))


def pairs(*projects: Named) -> set[tuple[str, str]]:
    return {(match.one.name, match.other.name) for match in matches(projects)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("图书更新", "图书更新经费"),
        ("图书更新经费", "图书更新经费（含书架购置）"),
        ("图书更新项目", "图书更新工作经费"),
    ],
)
def test_what_reports_add_to_a_name_makes_no_other_project(one: str, other: str) -> None:
    [match] = matches([project("S05-3", one, "500"), project("S13", other, "500")])
    assert match.confidence > 0.9
    [unsure] = matches([project("S05-3", one, "500"), project("S13", other, "900")])
    assert unsure.confidence < match.confidence


def test_the_same_money_tells_another_word_for_a_project() -> None:
    named = project("S05-3", "河道保洁经费", "123400"), project("S13", "水域清洁经费", "123400")
    assert pairs(*named) == {("河道保洁经费", "水域清洁经费")}
    assert pairs(*named, project("S13", "路灯维护", "123400")) == set()


def test_names_that_share_nothing_are_no_match_nor_is_nothing_spent() -> None:
    assert pairs(project("S05-3", "图书更新", "500"), project("S13", "路灯维护", "500")) == set()
    assert pairs(project("S05-3", "河道保洁", "0"), project("S13", "河面清洁", "0")) == set()


def test_a_project_that_both_places_name_alike_is_left_out() -> None:
    same = Named("p", "S13", "图书更新", Decimal(5)), Named("p", "annex", "图书更新", Decimal(5))
    assert matches([*same, project("annex", "图书更新经费", "5")]) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_the_real_reports_projects_are_matched_as_the_key_has_them(number: str) -> None:
    extraction = extraction_of(number)
    names = name_facts(extraction.facts, extraction.head, Namespace())
    lines = {}
    for fact in extraction.facts:
        for named in named_projects(names, [fact]):
            assert isinstance(fact, Evaluation | Statement)
            at = fact.passage if isinstance(fact, Evaluation) else fact.money.passage
            lines.setdefault((named.iri, named.place), at.line)
    found = {
        (lines[m.one.iri, m.one.place], lines[m.other.iri, m.other.place])
        for m in matches(list(named_projects(names, extraction.facts)))
    }
    assert found == {tuple(pair) for pair in KEY[number]}


def test_a_match_is_a_node_with_its_confidence() -> None:
    [number] = [n for n in NUMBERS if len(KEY[n]) == min(len(KEY[m]) for m in NUMBERS if KEY[m])]
    document = document_of(number)
    source = Source(document.format, document.sha256)
    namespace = Namespace()
    quads = map_report(extraction_of(number), source, namespace)
    close = [q for q in quads if q.predicate.value == PREFIXES["skos"] + "closeMatch"]
    confidences = [q for q in quads if q.predicate.value == f"{namespace.ontology}matchConfidence"]
    assert len(close) == len(confidences) == len(KEY[number])
    assert all("0.6" <= q.object.value <= "1" for q in confidences)  # type: ignore[union-attr]
