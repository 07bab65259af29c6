"""Each rule fires where it is broken, and is silent on what only looks like it."""

import random
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from rule_cases import CASES

from kg.audit import audit
from kg.audit.messages import Text, fill
from kg.audit.shapes import Rule, load_rules
from kg.audit.sums import Sum
from kg.vocabulary import Namespace, normal_name

SOUND = [
    pytest.param(rule, lines, id=f"{rule}: {name}")
    for rule, case in CASES.items()
    for name, lines in case["sound"].items()
]
ALSO = [
    pytest.param(rule, told, id=f"{rule}: {name}")
    for rule, case in CASES.items()
    for name, told in case.get("also", {}).items()
]
RULES = load_rules()


def test_every_rule_has_its_cases() -> None:
    assert set(CASES) == {rule.id for rule in RULES}
    assert all(case["broken"] and case["sound"] for case in CASES.values())


@pytest.mark.parametrize("rule", CASES)
def test_fires(rule: str, report_of: Any) -> None:
    [finding] = audit(report_of(CASES[rule]["broken"]), Namespace())
    assert finding.rule == rule
    assert CASES[rule]["at"] in finding.lines
    assert finding.focus in finding.involves
    assert all(fact.passage and fact.line for fact in finding.evidence)
    assert not re.search(r"\{|://|相差-|difference of -", finding.message_zh + finding.message_en)
    assert not re.search(r"^[，：,:]|“”|，：| ,|, :", finding.message_zh + finding.message_en)
    if finding.sum:
        assert_adds_up(finding.sum)
    if finding.expected is not None:
        assert finding.found is not None
        assert finding.difference == finding.found - finding.expected


@pytest.mark.parametrize(("rule", "told"), ALSO)
def test_fires_too(rule: str, told: Any, report_of: Any) -> None:
    [finding] = audit(report_of(told["lines"]), Namespace())
    assert (finding.rule, told["at"] in finding.lines) == (rule, True)


@pytest.mark.parametrize("unit", ["江汉区财政局", "江汉区委组织部", "某局（本级）", "某局(本级)"])
def test_a_report_is_held_to_the_name_that_it_prints(unit: str, report_of: Any) -> None:
    right = {"mention": "unit", "text": normal_name(unit)}
    assert audit(report_of([right], unit=unit), Namespace()) == []
    slip = {"mention": "unit", "text": normal_name(unit)[1:]}
    [finding] = audit(report_of([right, slip], unit=unit), Namespace())
    assert (finding.rule, finding.lines) == ("unit-name", (3,))
    assert normal_name(unit) in normal_name(finding.message_zh)


def assert_adds_up(text: str) -> None:
    """A sum as it is written is true: exactly, or to the places that it shows if it says ≈."""
    sides = re.fullmatch(r"(.+) ([=≈]) (\S+?)(?: 万元| 元)?", text.replace(",", ""))
    assert sides, text
    terms = sides[1].replace("−", "-").replace("×", "*").replace("%", "*Decimal('0.01')")
    made = eval(re.sub(r"(?<![\d.'])(\d[\d.]*)", r"Decimal('\1')", terms), {"Decimal": Decimal})
    off = abs(made - Decimal(sides[3].rstrip("%")) * (Decimal("0.01") if "%" in sides[3] else 1))
    assert off == 0 if sides[2] == "=" else off <= Decimal("0.005"), text


def test_what_is_added_makes_what_is_expected(report_of: Any) -> None:
    for rule in RULES:
        if "AS ?added" in rule.query:
            [finding] = audit(report_of(CASES[rule.id]["broken"]), Namespace())
            assert finding.sum, f"{rule.id}: ?added less ?subtracted isn't ?expected"


def test_a_sum_with_what_is_taken_away() -> None:
    lists = {"added": [Decimal(600_000), Decimal(-50_000)], "subtracted": [Decimal(12_345)]}
    made = Sum("yuan", {"expected": Decimal(537_655)}, lists)
    template = made.usual()
    assert template
    assert made.write(template) == "600,000.00 + (-50,000.00) − 12,345.00 = 537,655.00 元"
    assert Sum("yuan", {"expected": Decimal(1)}, lists).usual() is None
    points = Sum(
        "number", {"expected": Decimal(95)}, {"added": [Decimal("59.50"), Decimal("35.5")]}
    )
    assert points.write("{?added} = {?expected}") == "59.5 + 35.5 = 95"


def test_a_difference_of_rounding_is_told_when_asked(report_of: Any) -> None:
    rounded = report_of(CASES["nature-sum"]["sound"]["rounded"])
    assert audit(rounded, Namespace()) == []
    [finding] = audit(rounded, Namespace(), rounding=True)
    assert (finding.rule, finding.severity, finding.difference) == ("nature-sum", "Info", -100)
    assert finding.sum == "60.00 + 40.01 = 100.01 万元"


def test_asking_for_rounding_changes_no_other_finding(report_of: Any) -> None:
    quads = report_of([line for case in CASES.values() for line in case["broken"]])
    every = audit(quads, Namespace(), rounding=True)
    usual = audit(quads, Namespace())
    assert [f for f in every if f.severity != "Info"] == [f for f in usual if f.severity != "Info"]


def test_the_terms_of_a_message_are_shown_by_what_they_are() -> None:
    template = Text("{?percent}、{?n}、{?score}、{?found}、{?name}", "")
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    numbers = {name: Literal("3", datatype=decimal) for name in ("percent", "score", "found")}
    terms = {**numbers, "n": Literal(3), "name": Literal("某")}
    assert fill(template, terms, lambda _: None).zh == "3%、3、3、3.00元、某"
    assert fill(template, terms, lambda _: None, "number").zh == "3%、3、3、3、某"


@pytest.mark.parametrize(("rule", "lines"), SOUND)
def test_is_silent(rule: str, lines: Any, report_of: Any) -> None:
    """What is for looking up only (Info) may be said of what is sound by another rule."""
    found = audit(report_of(lines), Namespace())
    assert [f for f in found if f.severity != "Info" or f.rule == rule] == []


def test_a_finding_says_what_it_rests_on(report_of: Any) -> None:
    [finding] = audit(report_of(CASES["function-sum"]["broken"]), Namespace())
    assert finding.lines == (2, 3, 4)
    assert [passage.partition("#")[2] for passage in finding.passages] == [
        "char=20,25",
        "char=30,35",
        "char=40,45",
    ]
    assert (finding.expected, finding.found, finding.difference) == (900_000, 1_000_000, 100_000)
    assert finding.message_zh == (
        "支出决算表，支出·20103 政府办公厅（室）及相关机构事务："
        "所列下级科目之和为90.00万元，该行却写作100.00万元，相差10.00万元。"
    )
    assert finding.message_en == (
        "“Expenditure”, expenditure, 20103 government offices and related bodies: the functions "
        "listed under it add up to 90.00 万元, yet its row has 100.00 万元, "
        "a difference of 10.00 万元."
    )


def test_classes_are_added_up_to_the_total(report_of: Any) -> None:
    lines = [
        {"place": "T01", "amount": "100"},
        {"place": "T01", "amount": "60", "function": "201"},
        {"place": "T01", "amount": "30", "function": "208"},
    ]
    assert [f.rule for f in audit(report_of(lines), Namespace())] == ["function-sum"]


def test_a_rise_and_a_fall_never_fit(report_of: Any) -> None:
    subject = {"place": "S10", "item": "office-operation"}
    lines = [
        {**subject, "amount": "0"},
        {**subject, "change": "5", "base": "initial-budget"},
        {**subject, "percent": "-100", "kind": "growth", "base": "change/initial-budget"},
    ]
    assert [f.rule for f in audit(report_of(lines), Namespace())] == ["growth"]


def test_what_was_added_is_no_reason_for_less(report_of: Any) -> None:
    fell = {"place": "S03", "change": "-5", "base": "prior-year"}
    lines = [{"place": "S03", "amount": "20"}, fell, {"reason": "新增管网普查项目", "of": fell}]
    assert [f.rule for f in audit(report_of(lines), Namespace())] == ["reason-against-change"]
    rose = {**fell, "change": "5"}
    lines = [{"place": "S03", "amount": "20"}, rose, {"reason": "新增管网普查项目", "of": rose}]
    assert audit(report_of(lines), Namespace()) == []


def test_a_slip_of_the_money_unit_is_found_once(report_of: Any) -> None:
    subject = {"function": "221", "fund": "general"}
    lines = [
        {"place": "T05", "amount": "123.57", **subject},
        {"place": "S05-3", "amount": "138.97", "phase": "initial-budget", **subject},
        {"place": "S05-3", "amount": "123.57", "unit": "yuan", **subject},
        {
            "place": "S05-3",
            "percent": "88.92",
            "kind": "completion",
            "base": "phase/initial-budget",
            **subject,
        },
    ]
    assert [f.rule for f in audit(report_of(lines), Namespace())] == ["money-unit"]


def test_the_order_of_quads_does_not_matter(report_of: Any) -> None:
    quads = report_of([line for case in CASES.values() for line in case["broken"]])
    findings = audit(quads, Namespace())
    assert len({finding.rule for finding in findings}) > 5
    random.Random(1).shuffle(quads)
    assert audit(quads, Namespace()) == findings


def test_another_base(report_of: Any) -> None:
    namespace = Namespace("https://example.org/accounts/")
    quads = report_of(CASES["function-sum"]["broken"], namespace=namespace)
    [finding] = audit(quads, namespace)
    assert finding.rule == "function-sum"
    assert finding.focus.startswith(namespace.base)
    assert "支出决算表" in finding.message_zh


def test_nothing_to_audit() -> None:
    assert audit([], Namespace()) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_message_says_only_what_the_query_finds(rule: Rule) -> None:
    projected = rule.query.partition("WHERE")[0]
    for name in re.findall(r"\{[?$](\w+)\}", rule.message.zh + rule.message.en):
        assert re.search(rf"[?$]{name}\b", projected), f"{rule.id} has no ?{name}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_query_divides(rule: Rule) -> None:
    code = re.sub(r'"[^"]*"|<[^>]*>', "", rule.query)
    assert not re.search(r"[\w)]\s*/\s*[?(\d]", code)


wan_yuan = st.integers(1, 9_999)
slips = st.sampled_from([0, 0, 1, -1, 100])


@settings(max_examples=25, deadline=None)
@given(basic=wan_yuan, project=wan_yuan, slip=slips, text_slip=slips)
def test_ten_times_the_money_gives_the_same_findings(
    basic: int, project: int, slip: int, text_slip: int, report_of: Any
) -> None:
    def found(scale: int) -> set[tuple[str, str]]:
        total = basic + project + slip
        lines = [
            {"place": "T05", "amount": str(total * scale)},
            {"place": "T05", "amount": str(basic * scale), "nature": "basic"},
            {"place": "T05", "amount": str(project * scale), "nature": "project"},
            {"place": "T05", "amount": str(total * scale), "function": "201"},
            {"place": "S05-1", "amount": str((total + text_slip) * scale)},
        ]
        graph = report_of([{"fund": "general", **line} for line in lines])
        return {(finding.rule, finding.focus) for finding in audit(graph, Namespace())}

    findings = found(1)
    assert found(10) == findings
    broken = {"nature-sum": slip, "restated-differently": text_slip}
    assert {rule for rule, _ in findings} == {rule for rule, by in broken.items() if by}
