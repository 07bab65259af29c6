"""A unit's year invented top-down: lines of expenditure, budgets, carry-overs, and what follows."""

from __future__ import annotations

import dataclasses

from kg.sample.accounts import FUNDS, THREE_PUBLIC, Accounts, Line, Procurement
from kg.sample.dice import Dice, shares
from kg.sample.economics import invent_economic
from kg.sample.projects import invent_projects
from kg.sample.units import YEARS, Plan, Unit, invent_plan, invent_unit

#: Kinds of vehicles in the order of the template, and how often a unit has one (per cent).
VEHICLES = {
    "副部（省）级及以上领导用车": 0,
    "主要领导干部用车": 8,
    "机要通信用车": 25,
    "应急保障用车": 60,
    "执法执勤用车": 30,
    "特种专业技术用车": 12,
    "离退休干部用车": 6,
    "其他用车": 20,
}


def unit_of(seed: object) -> Unit:
    """The unit that a seed stands for."""
    return invent_unit(Dice(seed, "unit"))


def invent_years(seed: object, *, last: int, count: int) -> list[Accounts]:
    """`count` years of one unit up to `last`; the first of them has a year before it, too.

    Raises:
        ValueError: there are no samples of some of these years.
    """
    if count < 1 or last > YEARS[1] or last - count + 1 < YEARS[0]:
        raise ValueError(
            f"there are samples of the years {YEARS[0]} to {YEARS[1]}, "
            f"not of {count} up to {last}; ask for fewer years or another last one"
        )
    unit = unit_of(seed)
    plan = invent_plan(Dice(seed, "plan"), unit)
    years: list[Accounts] = []
    for year in range(last - count, last + 1):
        prior = years[-1] if years else None
        years.append(_invent_year(Dice(seed, year), unit, plan, year, prior))
    return years[1:]


def _invent_year(dice: Dice, unit: Unit, plan: Plan, year: int, prior: Accounts | None) -> Accounts:
    lines = _lines(dice, plan, prior)
    operation: str = unit.kind["operation"]
    economic = invent_economic(dice, [e for e in lines if e.fund == "general"], operation, unit)
    operating = sum(v for code, v in economic.items() if code[:3] in ("302", "310"))
    budgets = {item: _budget(dice, economic.get(code, 0)) for item, code in THREE_PUBLIC.items()}
    vehicles = {kind: dice.between(1, 3) for kind, often in VEHICLES.items() if dice.chance(often)}
    if "30231" in economic and not vehicles:
        vehicles["应急保障用车"] = 1
    project = sum(e.project for e in lines if e.fund == "general")
    return Accounts(
        unit=unit,
        year=year,
        lines=tuple(sorted(lines, key=lambda e: (e.code, e.fund))),
        other_item=plan.other_item,
        economic=economic,
        three_public_budget=budgets,
        receptions=dice.between(1, 12) if "30217" in economic else 0,
        office_initial=operating * dice.between(80, 125) // 100,
        procurement=_procurement(dice, project),
        vehicles=vehicles,
        projects=invent_projects(dice, unit, project, plan.project),
        prior=prior,
    )


def _lines(dice: Dice, plan: Plan, prior: Accounts | None) -> list[Line]:
    left = {(e.code, e.fund): e.closing for e in prior.lines if e.closing} if prior else {}
    codes = sorted(plan.basic.keys() | plan.project.keys())
    biggest = max(plan.project, key=lambda code: (plan.project[code], code))
    lines = []
    for code in codes:
        line = Line(
            code,
            "general",
            basic=_varied(dice, plan.basic.get(code, 0), 93, 112),
            project=_project(dice, plan.project.get(code, 0), keep=code == biggest),
        )
        lines.append(_budgeted(dice, line))
    for fund, usual in zip(FUNDS[1:], (plan.government_fund, plan.state_capital), strict=True):
        for code, amount in usual.items():
            lines.append(Line(code, fund, project=_varied(dice, amount, 60, 150)))
    lines = [_other(dice, e, plan) for e in lines]
    lines = [_carried(dice, e, plan, left.get((e.code, e.fund), 0)) for e in lines]
    return [e for e in lines if e.total]


def _varied(dice: Dice, usual: int, least: int, most: int) -> int:
    return max(1, usual * dice.between(least * 10, most * 10) // 1000) if usual else 0


def _project(dice: Dice, usual: int, *, keep: bool) -> int:
    """Project expenditure of a year: often a round amount, now and then none."""
    if not keep and dice.chance(8):
        return 0
    amount = _varied(dice, usual, *dice.choice(((90, 115), (90, 115), (65, 145))))
    grain = dice.choice((1, 1, 10, 50, 100))
    return max(grain, amount // grain * grain) if amount else 0


def _budgeted(dice: Dice, line: Line) -> Line:
    """With an initial budget: none for what was added in the year, else near what was spent."""
    if line.basic == 0 and dice.chance(30):
        return line
    near = (100, 100, dice.between(85, 120), dice.between(60, 160))
    spread = near[dice.below(3 if line.basic else 4)]
    return dataclasses.replace(line, initial=max(1, line.fiscal * spread // 100))


def _other(dice: Dice, line: Line, plan: Plan) -> Line:
    """With what was spent beside fiscal appropriation."""
    usual = plan.other.get(line.code, 0)
    if line.fund != "general" or not usual or not line.fiscal:
        return line
    amount = _varied(dice, usual, 70, 140)
    used = amount * dice.between(5, 30) // 100 if dice.chance(30) else 0
    return dataclasses.replace(
        line,
        other_basic=amount if line.basic else 0,
        other_project=0 if line.basic else amount,
        surplus_used=used,
        distributed=dice.between(5, 400) if dice.chance(15) else 0,
    )


def _carried(dice: Dice, line: Line, plan: Plan, opening: int) -> Line:
    """With its carry-overs: what last year left is spent first, some of this year's may be left."""
    project = max(line.project, opening)
    closes = plan.carries_over and project > 500 and dice.chance(30)
    closing = project * dice.between(2, 25) // 100 if closes else 0
    initial = line.initial if line.fiscal or not opening else opening
    return dataclasses.replace(
        line, project=project, initial=initial, opening=opening, closing=closing
    )


def _budget(dice: Dice, spent: int) -> int:
    if spent:
        return spent * dice.choice((100, dice.between(101, 180))) // 100
    return dice.between(5, 60) * 10 if dice.chance(25) else 0


def _procurement(dice: Dice, project: int) -> Procurement:
    total = project * dice.between(5, 60) // 100
    weights = [dice.below(60), dice.below(60) if dice.chance(50) else 0, dice.between(20, 100)]
    goods, works, services = shares(total, weights)
    sme = total if dice.chance(40) else total * dice.between(60, 99) // 100
    small = sme if dice.chance(40) else sme * dice.between(30, 99) // 100
    return Procurement(goods, works, services, sme, small)
