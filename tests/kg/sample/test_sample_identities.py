"""What a report without errors states is consistent, as an audit would check it."""

from collections import defaultdict
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import pytest

from kg.facts import Change, Dimensions, Evaluation, Ratio, Statement
from kg.sample import Sample, generate
from kg.sample.invention import invent_years

SEEDS = range(50)


@cache
def sample(seed: int) -> Sample:
    """A sample with tables: OCR or markdown in turn."""
    return generate(seed, style=("ocr", "markdown")[seed % 2])


class Stated:
    """The statements of a sample by place and dimensions; what isn't printed is 0."""

    def __init__(self, sample: Sample) -> None:
        self.year = sample.head.fiscal_year
        #: Amounts by place and dimensions but the function; then by the function's code, if any.
        self.by: dict[tuple[str, Dimensions], dict[str, Decimal]] = defaultdict(dict)
        for fact in sample.facts:
            if isinstance(fact, Statement):
                amount = fact.money.amount
                said = self.by[self.key(fact.dimensions)]
                assert said.setdefault(self.code(fact.dimensions), amount) == amount, fact

    @staticmethod
    def key(about: Dimensions) -> tuple[str, Dimensions]:
        return about.place, replace(about, place="", function=None)

    @staticmethod
    def code(about: Dimensions) -> str:
        return (about.function and about.function.code) or ""

    def _said(self, place: str, about: dict[str, str]) -> dict[str, Decimal]:
        dimensions = Dimensions(self.year, "", **about)  # type: ignore[arg-type]
        return self.by.get((place, dimensions), {})

    def __call__(self, place: str, **about: str) -> Decimal:
        return self._said(place, about).get("", Decimal(0))

    def items(self, place: str, **about: str) -> dict[str, Decimal]:
        """The figures of a table by function code."""
        return {code: amount for code, amount in self._said(place, about).items() if code}


@cache
def stated(seed: int) -> Stated:
    return Stated(sample(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_tables_agree_with_each_other(seed: int) -> None:
    f = stated(seed)
    assert f("T01", flow="income") == f("T02", flow="income") == f("S02", flow="income")
    assert f("T01") == f("T03") == f("S03") == sum(f.items("T01").values())
    left, right = (f("T01", flow=flow, item="grand-total") for flow in ("income", "expenditure"))
    assert left == right == f("S01", flow="both", item="grand-total")
    parts = ("use-of-non-fiscal-surplus", "opening-carry-over")
    assert left == f("T01", flow="income") + sum(f("T01", flow="income", item=i) for i in parts)
    assert right == f("T01") + f("T01", item="surplus-distribution") + f(
        "T01", item="closing-carry-over"
    )
    fiscal = {"flow": "income", "fund": "fiscal"}
    assert f("T04", **fiscal) == f("T02", **fiscal) == f("S02", **fiscal)
    opening = f("T04", item="opening-carry-over", **fiscal)
    assert f("T04", item="grand-total", **fiscal) == f("T04", **fiscal) + opening
    assert f("T04", item="grand-total", **fiscal) == f("T04", item="grand-total", fund="fiscal")
    assert opening == f("T01", flow="income", item="opening-carry-over")
    for fund in ("general", "government-fund", "state-capital"):
        assert f("T04", flow="income", fund=fund) == f("T01", flow="income", fund=fund)
        assert f("T04", fund=fund) == sum(f.items("T04", fund=fund).values())
    assert f("T04", fund="general") == f("T05", fund="general")
    assert f("T04", fund="government-fund") == f("T07", fund="government-fund")
    assert f("T04", fund="state-capital") == f("T08", fund="state-capital")


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_and_columns_add_up(seed: int) -> None:
    f = stated(seed)
    tables = {
        "T02": [{"flow": "income"}, {"flow": "income", "fund": "fiscal"}],
        "T03": [{}, {"nature": "basic"}, {"nature": "project"}],
        "T05": [{"fund": "general", "nature": n} for n in ("all", "basic", "project")],
        "T07": [{"fund": "government-fund"}],
    }
    for place, columns in tables.items():
        for about in columns:
            rows = f.items(place, **about)
            for digits in (3, 5, 7):
                assert sum(v for c, v in rows.items() if len(c) == digits) == f(place, **about)
            for code, amount in rows.items():
                below = [v for c, v in rows.items() if c.startswith(code) and len(c) == 7]
                assert amount == sum(below), (place, code)
    for place, fund in (("T03", "all"), ("T05", "general")):
        whole = f.items(place, fund=fund)
        basic = f.items(place, fund=fund, nature="basic")
        project = f.items(place, fund=fund, nature="project")
        for code, amount in whole.items():
            assert amount == basic.get(code, 0) + project.get(code, 0), (place, code)


@pytest.mark.parametrize("seed", SEEDS)
def test_economic_items_and_three_public(seed: int) -> None:
    f = stated(seed)
    basic = {"fund": "general", "nature": "basic"}
    economic: dict[str, Decimal] = defaultdict(Decimal)
    for (place, about), amounts in f.by.items():
        if place == "T06" and len(about.economic) == 5:
            economic[about.economic[:3]] += amounts[""]
    natures = {"301": "personnel", "302": "operating", "303": "personnel", "310": "operating"}
    for code, nature in natures.items():
        assert economic[code] == f("T06", economic=code, fund="general", nature=nature), code
    personnel = f("T06", fund="general", nature="personnel")
    operating = f("T06", fund="general", nature="operating")
    assert (
        personnel
        == economic["301"] + economic["303"]
        == f("S06", fund="general", nature="personnel")
    )
    assert (
        operating
        == economic["302"] + economic["310"]
        == f("S06", fund="general", nature="operating")
    )
    assert personnel + operating == f("T05", **basic) == f("S06", **basic)
    for phase in ("budget", "final"):
        about = {"fund": "fiscal", "phase": phase}
        vehicles = f("T09", item="vehicle-purchase", **about)
        vehicles += f("T09", item="vehicle-operation", **about)
        assert vehicles == f("T09", item="vehicles", **about)
        others = (f("T09", item=item, **about) for item in ("going-abroad", "reception"))
        assert vehicles + sum(others) == f("T09", item="three-public", **about)
    for item, code in (("vehicle-operation", "30231"), ("reception", "30217")):
        assert f("T09", fund="fiscal", item=item) == f(
            "T06", economic=code, fund="general", nature="operating"
        )
    assert f("S09", fund="fiscal", item="three-public") == f(
        "T09", fund="fiscal", item="three-public"
    )
    office = f("S10", fund="general", item="office-operation")
    assert office in (0, operating)
    bought = ("procurement-goods", "procurement-works", "procurement-services")
    assert f("S11", item="procurement") == sum(f("S11", item=item) for item in bought)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_text_agrees_with_table_05(seed: int) -> None:
    f = stated(seed)
    rows = f.items("T05", fund="general")
    assert f("S05-1", fund="general") == f("T05", fund="general") == f("S05-3", fund="general")
    assert f.items("S05-2", fund="general") == {c: v for c, v in rows.items() if len(c) == 3}
    details = f.items("S05-3", fund="general")
    digits = {len(code) for code in details}
    assert details == {c: v for c, v in rows.items() if len(c) in digits}
    initial = f.items("S05-3", fund="general", phase="initial-budget")
    assert sum(initial.values()) == f("S05-3", fund="general", phase="initial-budget")


@pytest.mark.parametrize("seed", SEEDS)
def test_percentages_and_changes(seed: int) -> None:
    f = stated(seed)
    changes = {
        f.key(c.dimensions): c.money.amount for c in sample(seed).facts if isinstance(c, Change)
    }
    wholes = {
        "share/year-income": f("S02", flow="income"),
        "share/year-expenditure": f("S03"),
        "share/general-expenditure": f("S05-1", fund="general"),
        "share/general-project-expenditure": f("S05-3", fund="general", nature="project"),
        "share/procurement": f("S11", item="procurement"),
        "share/sme-contracts": f("S11", item="procurement-sme"),
    }
    for ratio in (r for r in sample(seed).facts if isinstance(r, Ratio)):
        key, code, base = f.key(ratio.dimensions), f.code(ratio.dimensions), ratio.base or ""
        part = f.by[key][code]
        if ratio.kind == "completion":
            phase = replace(key[1], phase=base.removeprefix("phase/"))
            whole = f.by[key[0], phase][code]
        elif ratio.kind == "share":
            whole = wholes[base]
        else:
            whole, part = part - changes[key], changes[key]
        exact = part * 100 / whole
        rounded = [exact.quantize(Decimal(1).scaleb(-n), ROUND_HALF_UP) for n in (1, 2)]
        assert ratio.percent in rounded, (ratio, exact)


@pytest.mark.parametrize("seed", SEEDS)
def test_projects_cost_all_project_expenditure_at_their_rates(seed: int) -> None:
    f = stated(seed)
    found = [e for e in sample(seed).facts if isinstance(e, Evaluation)]
    spent = sum(e.executed.amount for e in found if e.executed and e.project)
    assert spent == f("S05-3", fund="general", nature="project")
    for evaluation in found:
        assert evaluation.budget and evaluation.executed and evaluation.execution_rate
        rate = evaluation.executed.amount * 100 / evaluation.budget.amount
        assert abs(rate - evaluation.execution_rate.value) <= Decimal("0.05")


def test_one_year_opens_with_what_the_last_left() -> None:
    for seed in SEEDS:
        first, second = invent_years(seed, last=2023, count=2)
        funds = ("general", "government-fund", "state-capital")
        assert second.opening(*funds) == first.closing(*funds)
        assert second.prior is first
