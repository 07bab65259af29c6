"""Invented units: a name that nobody bears, a kind of work, and the codes they usually spend on."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from kg.codes import load_code_lists
from kg.resources import toml
from kg.sample.dice import Dice

#: The first and the last year whose edition of the codes the sample keeps to.
YEARS = (2019, 2024)


@functools.cache
def unit_data() -> dict[str, Any]:
    """The lists that units are invented from (`units.toml`)."""
    return toml(__package__, "units.toml")


@dataclass(frozen=True)
class Unit:
    """Who reports; `kind` is its entry in `units.toml`."""

    name: str
    city: str
    district: str
    kind: dict[str, Any]
    telephone: str


@dataclass(frozen=True)
class Plan:
    """What a unit spends in a usual year, in hundredths of 万元 by code; years vary around it."""

    basic: dict[str, int]
    project: dict[str, int]
    other: dict[str, int]
    other_item: str
    government_fund: dict[str, int]
    state_capital: dict[str, int]
    carries_over: bool


def invent_unit(dice: Dice) -> Unit:
    """A unit of one of the kinds."""
    data = unit_data()
    kind, city = dice.choice(data["kinds"]), dice.choice(data["cities"])
    district = dice.choice(data["districts"])
    street = "".join(dice.choice(characters) for characters in data["streets"])
    name = kind["name"].format(city=city, district=district, street=street)
    telephone = f"0{dice.between(700, 799)}-8{dice.between(100000, 999999)}"
    return Unit(name, city, district, kind, telephone)


def names_possible() -> int:
    """How many units can be told from each other by their names."""
    data = unit_data()
    places = len(data["cities"]) * len(data["districts"])
    streets = len(data["streets"][0]) * len(data["streets"][1])
    return sum(places * (streets if "{street}" in k["name"] else 1) for k in data["kinds"])


def invent_plan(dice: Dice, unit: Unit) -> Plan:
    """The usual year of a unit: a total first, then its parts."""
    data, kind = unit_data(), unit.kind
    least, most = kind["spends"]
    total = dice.between(least, most)
    basic_total = total * dice.between(25, 60) // 100
    chosen = dice.between(3, min(18, len(kind["codes"])))
    codes = dice.some([c for c in kind["codes"] if _in_force(c)], chosen)
    project = dict(zip(codes, dice.parts(total - basic_total, len(codes)), strict=True))
    welfare = {kind["retired"]: 60, kind["medical"]: 40} | {
        entry["code"]: entry["weight"] for entry in data["welfare"] if dice.chance(entry["chance"])
    }
    basic = {
        code: basic_total * weight * dice.between(70, 130) // 100_000
        for code, weight in welfare.items()
    }
    basic[kind["operation"]] = basic_total - sum(basic.values())
    if dice.chance(30):
        mixed = dice.choice(codes)
        basic[mixed] = project[mixed] // 3 + 1
    others = dice.some([kind["operation"], *codes], dice.between(1, 2)) if dice.chance(40) else []
    return Plan(
        basic=basic,
        project=project,
        other={code: total * dice.between(4, 40) // 1000 for code in others},
        other_item=dice.choice(OTHER_ITEMS),
        government_fund=_fund(dice, "government-fund", total, 35),
        state_capital=_fund(dice, "state-capital", total, 20),
        carries_over=dice.chance(40),
    )


#: Sources of what isn't fiscal appropriation, one a unit.
OTHER_ITEMS = ("other-income", "institution-income", "superior-subsidy", "other-income")


def _fund(dice: Dice, fund: str, total: int, chance: int) -> dict[str, int]:
    if not dice.chance(chance):
        return {}
    codes = dice.some(unit_data()["funds"][fund], dice.between(1, 2))
    return {code: max(50, total * dice.between(2, 60) // 1000) for code in codes}


def _in_force(code: str) -> bool:
    concept = load_code_lists().functional.concept(code)
    return concept is not None and all(concept.in_force(year) for year in YEARS)
