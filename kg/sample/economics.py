"""Basic expenditure of the general budget by economic item (公开06表), as its lines have it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.sample.accounts import Line
from kg.sample.dice import Dice, shares
from kg.sample.units import Unit, unit_data

#: Economic items that the running of a unit is spent on, and their usual weights.
PERSONNEL = {
    "30101": 300,
    "30102": 220,
    "30103": 320,
    "30106": 40,
    "30107": 120,
    "30112": 20,
    "30114": 6,
    "30199": 90,
    "30301": 10,
    "30305": 14,
    "30307": 18,
    "30309": 4,
    "30399": 8,
}
OPERATING = {
    "30201": 60,
    "30202": 14,
    "30203": 6,
    "30204": 1,
    "30205": 8,
    "30206": 22,
    "30207": 16,
    "30209": 40,
    "30211": 12,
    "30213": 24,
    "30214": 10,
    "30215": 6,
    "30216": 9,
    "30226": 30,
    "30227": 28,
    "30228": 34,
    "30229": 26,
    "30239": 60,
    "30240": 1,
    "30299": 30,
    "31002": 12,
    "31003": 5,
    "31007": 6,
}
#: What every unit has, whatever the dice say.
ALWAYS = ("30101", "30102", "30103", "30201", "30228", "30299")


def invent_economic(
    dice: Dice, general: Sequence[Line], operation: str, unit: Unit
) -> dict[str, int]:
    """Amounts by economic item: those that a line of its own pays, then the rest by weight."""
    own = _own_items(unit)
    found: dict[str, int] = {}
    rest = 0
    for line in general:
        if line.code in own:
            found[own[line.code]] = found.get(own[line.code], 0) + line.basic
        else:
            rest += line.basic
    operating = rest * dice.between(8, 30) // 100
    three_public = _three_public(dice, operating // 3)
    _spread(dice, found, PERSONNEL, rest - operating)
    _spread(dice, found, OPERATING, operating - sum(three_public.values()))
    return {code: v for code, v in sorted({**found, **three_public}.items()) if v}


def _own_items(unit: Unit) -> dict[str, str]:
    """The economic item of each function that pays for nothing else."""
    own = {entry["code"]: entry["economic"] for entry in unit_data()["welfare"]}
    return own | {unit.kind["retired"]: "30302", unit.kind["medical"]: "30110"}


def _three_public(dice: Dice, most: int) -> dict[str, int]:
    """Three-public spending: most units run a car, some receive guests, few buy or go abroad."""
    wanted = {
        "30231": dice.between(40, 900) if dice.chance(70) else 0,
        "30217": dice.between(5, 160) if dice.chance(45) else 0,
        "31013": dice.between(1200, 2600) if dice.chance(6) else 0,
        "30212": dice.between(100, 700) if dice.chance(6) else 0,
    }
    spent = {}
    for code, amount in wanted.items():
        if amount and amount <= most:
            spent[code] = amount
            most -= amount
    return spent


def _spread(dice: Dice, found: dict[str, int], usual: dict[str, int], total: int) -> None:
    chosen = [code for code in usual if code in ALWAYS or dice.chance(65)]
    weights = [usual[code] * dice.between(50, 150) for code in chosen]
    for code, amount in zip(chosen, shares(total, weights), strict=True):
        found[code] = found.get(code, 0) + amount
