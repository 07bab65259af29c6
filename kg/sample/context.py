"""What the templates know of a unit's accounts: figures with their names and dimensions."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from kg.sample.accounts import Accounts, Line, by_code
from kg.sample.dice import Dice
from kg.sample.labels import label
from kg.sample.numerals import chinese
from kg.sample.styles import Look
from kg.sample.tables import table_data
from kg.sample.telling import Telling
from kg.sample.words import words

#: A figure for a list: its name, how much it is, what it is about.
Entry = tuple[str, int, dict[str, Any]]

#: What figures are about, as the templates call it.
ABOUT: dict[str, dict[str, str]] = {
    "BOTH": {"flow": "both", "item": "grand-total"},
    "FISCAL": {"flow": "both", "item": "grand-total", "fund": "fiscal"},
    "GENERAL": {"fund": "general"},
    "FUND": {"fund": "government-fund"},
    "CAPITAL": {"fund": "state-capital"},
    "OFFICE": {"fund": "general", "item": "office-operation"},
}


def context(a: Accounts, telling: Telling, look: Look) -> dict[str, Any]:
    """All that the templates know."""
    dice, said, b = telling.dice, words(), a.prior
    assert b is not None
    phases = {"预算": "budget", "全年预算": "adjusted-budget", "年初预算": "initial-budget"}
    phase_name = telling.voice["three_public_phase"]
    titles = [table_data()[f"T0{n}"]["title"] for n in range(1, 10)]
    return {
        **ABOUT,
        "a": a,
        "b": b,
        "t": telling,
        "voice": telling.voice,
        "year": a.year,
        "ordinals": [chinese(n) for n in range(60)],
        "tables": list(enumerate(titles, 1)),
        "sections": list(enumerate(said["sections"], 1)),
        "grids": _grids(a, look),
        "other_name": said["other_income"][a.other_item],
        "funds": list(said["funds"].items()),
        "incomes": [e for e in _incomes(a) if e[1]],
        "incomes_with_zeros": _incomes(a),
        "incomes_beside": [e for e in _incomes(a)[1:] if e[1]],
        "fund_incomes": _fund_incomes(a),
        "natures": _natures(a),
        "classes": _classes(a, telling),
        "all_classes": _all_classes(a),
        "with_shares": dice.chance(80),
        "projects_by": dice.choice(("class", "project", "nothing")),
        "project_classes": _project_classes(a, dice),
        "details": _details(a, b, 3 if dice.chance(25) else 7),
        "class_details": _details(a, b, 3),
        "economic_codes": functools.partial(_economic_codes, a),
        "phase_name": phase_name,
        "phase": phases[phase_name],
        "office_against": dice.choice(("budget", "prior-year")),
        "public": a.three_public,
        "budgets": a.three_public_budgets,
        "before_public": b.three_public,
        "vehicles": [(kind, n, said["vehicle_items"][kind]) for kind, n in a.vehicles.items()],
        "equipment": dice.below(3),
        "whole_budget": a.expenditure * dice.choice((100, dice.between(101, 125))) // 100,
        "whole_outputs": dice.choice(said["whole"]["outputs"]),
        "applied": dice.some(said["applied"]["sentences"], dice.between(2, 3)),
        "works": _works(a, dice),
        "terms": [(e["term"], e["definition"]) for e in said["terms"]],
        "with_brackets": dice.chance(60),
        "with_codes": dice.chance(25),
        "against_last": dice.chance(50),
    }


def _grids(a: Accounts, look: Look) -> list[tuple[str, str]]:
    """The tables in order, and what there was nothing of where one is empty."""
    empty = {}
    if not a.of("government-fund"):
        empty["T07"] = "政府性基金预算财政拨款收支"
    if not a.of("state-capital"):
        empty["T08"] = "国有资本经营预算财政拨款收支"
    if not a.three_public["three-public"] and not a.three_public_budgets["three-public"]:
        empty["T09"] = "“三公”经费支出"
    return [(place, empty.get(place, "")) for place in look.tables]


def _incomes(a: Accounts) -> list[Entry]:
    """The year's income by its sources, those of which there was nothing among them."""
    found: list[Entry] = [("财政拨款收入", a.fiscal_income, {"flow": "income", "fund": "fiscal"})]
    for item, name in words()["other_income"].items():
        amount = a.other_income if item == a.other_item else 0
        found.append((name, amount, {"flow": "income", "item": item}))
    return found


def _fund_incomes(a: Accounts) -> list[Entry]:
    """Fiscal appropriation by fund."""
    return [
        (f"{name}财政拨款收入", a.received(fund), {"flow": "income", "fund": fund})
        for fund, name in words()["funds"].items()
    ]


def _natures(a: Accounts) -> list[Entry]:
    amounts = {"basic": a.basic, "project": a.project}
    return [
        (name, amounts.get(nature, 0), {"nature": nature})
        for nature, name in words()["natures"].items()
    ]


def _classes(a: Accounts, telling: Telling) -> list[tuple[str, str, int, list[str]]]:
    """Each class with what was spent in it, as section 五（二） lists them."""
    found = by_code(a.general)
    return [
        (code, telling.class_name(code), _fiscal(lines), [label(e.code) for e in lines])
        for code, lines in found.items()
        if len(code) == 3
    ]


def _all_classes(a: Accounts) -> list[tuple[str, str, int]]:
    """Every class there is, as some places list them, 0 where nothing was spent."""
    found = by_code(a.general)
    codes = table_data()["rows"]["classes"]
    return [(c, label(c).removesuffix("支出"), _fiscal(found.get(c, []))) for c in codes]


def _project_classes(a: Accounts, dice: Dice) -> list[tuple[str, str, int, str]]:
    gains = words()["whole"]["gains"]
    return [
        (code, label(code), sum(e.project for e in lines), dice.choice(gains))
        for code, lines in by_code(a.general).items()
        if len(code) == 3 and any(e.project for e in lines)
    ]


def _details(a: Accounts, b: Accounts, digits: int) -> list[tuple[str, int, int, int]]:
    """What section 五（三） goes through, by class or by item: final, initial, last year's."""
    before = by_code(b.general)
    return [
        (code, _fiscal(lines), sum(e.initial for e in lines), _fiscal(before.get(code, [])))
        for code, lines in by_code(a.general).items()
        if len(code) == digits
    ]


def _fiscal(lines: Sequence[Line]) -> int:
    return sum(e.fiscal for e in lines)


def _economic_codes(a: Accounts, *classes: str) -> list[str]:
    return [code for code in a.economic if code[:3] in classes]


def _works(a: Accounts, dice: Dice) -> list[str]:
    said = words()["work"]
    return [
        dice.choice(said["sentences"]).format(
            work=work, n=dice.between(2, 40), done=dice.choice(said["done"])
        )
        for work in dice.some(a.unit.kind["works"], dice.between(3, 5))
    ]
