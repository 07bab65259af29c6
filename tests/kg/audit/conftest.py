"""Hand-made reports for the tests of the rules: lines of cases/*.toml to graphs."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from pyoxigraph import Quad

from kg.extract.functions import function_of_path
from kg.facts import (
    YUAN,
    Change,
    Composition,
    Count,
    Definition,
    Denial,
    Dimensions,
    Evaluation,
    Explanation,
    Extraction,
    Fact,
    Function,
    Head,
    Heading,
    Indicator,
    Irregularity,
    Mention,
    Money,
    Office,
    Passage,
    Percent,
    Ratio,
    Statement,
    Target,
    Use,
    WorkItem,
)
from kg.mapping import Source, map_report
from kg.vocabulary import Namespace

Line = Mapping[str, Any]
POINTS = ("weight", "execution_score", "score")
ReportOf = Callable[..., list[Quad]]


@pytest.fixture(scope="session")
def report_of() -> ReportOf:
    """Makes the graph of a report that says these things, the first of them in its line 2."""
    return _report_of


def _report_of(
    lines: Sequence[Line], unit: str = "某局", namespace: Namespace | None = None
) -> list[Quad]:
    unit = next((line["reporter"] for line in lines if "reporter" in line), unit)
    lines = [line for line in lines if "reporter" not in line]
    head = Head(unit, 2023, f"{unit}2023年度部门决算", Passage(0, 9, 1))
    named = ({k: _named(v, unit) for k, v in line.items()} for line in lines)
    facts: list[Fact] = []
    for n, line in enumerate(named, 2):
        at = Passage(10 * n, 10 * n + 5, n)
        facts.append(_indicator(line, at, facts) if "indicator" in line else _fact(line, at))
    source = Source("text/plain", "0" * 64)
    extraction = Extraction(head, tuple(facts), ())
    return list(map_report(extraction, source, namespace or Namespace()))


def _named(value: Any, unit: str) -> Any:
    """A line's value; in a text, {unit} is the unit that reports."""
    return value.replace("{unit}", unit) if isinstance(value, str) else value


def _indicator(line: Line, at: Passage, before: Sequence[Fact]) -> Indicator:
    """A row of the form of the evaluation before it."""
    form = [fact for fact in before if isinstance(fact, Evaluation)][-1]
    numbers = ("weight", "score", "target_value", "actual_value")
    about = {k: Decimal(v) if k in numbers else v for k, v in line.items() if k != "indicator"}
    return Indicator(form, about.pop("level1", "output"), line["indicator"], at, **about)


def _fact(line: Line, at: Passage) -> Fact:
    match line:
        case {"executed": executed, **about}:
            rate = about.get("rate")
            budget = about.get("budget")
            return Evaluation(
                about.get("project", "某项目") or None,
                2023,
                about.get("place", "S13"),
                at,
                budget=_money(budget, "wan-yuan", at) if budget else None,
                executed=_money(executed, "wan-yuan", at),
                initial=_money(about["initial"], "wan-yuan", at) if "initial" in about else None,
                execution_rate=Percent(Decimal(rate), rate, at) if rate else None,
                kinds=tuple(about.get("kinds", ())),
                outputs=about.get("outputs"),
                problems=about.get("problems"),
                **{k: Decimal(about[k]) for k in POINTS if k in about},
            )
        case {"count": number, **about}:
            unit = about.pop("unit", "个")
            return Count(_dimensions(about), int(number), unit, number, at)
        case {"heading": kind, "place": place, **about}:
            return Heading(kind, place, about.get("title", "某标题"), at, about.get("empty"))
        case {"mention": kind, "text": text, **about}:
            return Mention(kind, text, at, about.get("form"))
        case {"includes": economic, "text": text, **about}:
            return Composition(_dimensions(about), text, tuple(economic), at)
        case {"defines": path}:
            function = function_of_path(path.split("/"), 2023)
            return Definition(path, "反映某方面的支出。", at, function)
        case {"term": term, "means": meaning}:
            return Definition(term, meaning, at)
        case {"work": text}:
            return WorkItem(text, at)
        case {"office": name}:
            return Office(name, at)
        case {"denial": text, "place": place, **about}:
            return Denial(text, place, at, **about)
        case {"irregularity": kind, "text": text, **about}:
            return Irregularity(kind, text, at, about.get("meant"))
        case {"target": text, **about}:
            numbers = {k: Decimal(about[k]) for k in ("planned", "done", "percent") if k in about}
            place = about.get("place", "S13-unit")
            return Target(text, place, at, about.get("number"), about.get("met"), **numbers)
        case {"purpose": text, "of": of, "functions": named}:
            said = _fact(of, Passage(at.start - 10, at.end - 10, at.line - 1))
            assert isinstance(said, Statement)
            return Use("purpose", text, (said,), of["place"], at, tuple(named))
        case {"reason": text, "of": of, **said_of}:
            said = _fact(of, Passage(at.start - 10, at.end - 10, at.line - 1))
            assert isinstance(said, Statement | Change)
            return Explanation(text, (said,), of["place"], at, said_of.get("direction"))
        case {"percent": percent, "kind": kind, "base": base, **about}:
            return Ratio(_dimensions(about), kind, Decimal(percent), percent, at, base)
        case {"change": amount, "base": base, **about}:
            return Change(_dimensions(about), base, _money(amount, "wan-yuan", at))
        case {"amount": amount, **about}:
            unit, cell = about.pop("unit", "wan-yuan"), about.pop("cell", (None, None))
            at = Passage(at.start, at.end, at.line, None, *cell)
            return Statement(_dimensions(about), _money(amount, unit, at))
    raise ValueError(f"not a line of a report: {line}")


def _dimensions(about: dict[str, Any]) -> Dimensions:
    code, text = about.pop("function", None), about.pop("function-text", None)
    function = Function(code, text) if code or text else None
    return Dimensions(fiscal_year=about.pop("year", 2023), function=function, **about)


def _money(amount: str, unit: Any, at: Passage) -> Money:
    return Money(Decimal(amount) * YUAN[unit], amount.lstrip("-"), unit, at)
