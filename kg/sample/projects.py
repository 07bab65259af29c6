"""A unit's projects: what they cost, what came of them, what went wrong."""

from __future__ import annotations

from kg.sample.accounts import Project
from kg.sample.dice import Dice
from kg.sample.units import Unit
from kg.sample.words import words


def invent_projects(
    dice: Dice, unit: Unit, total: int, usual: dict[str, int]
) -> tuple[Project, ...]:
    """Projects that together cost `total`, all the project expenditure of the general budget."""
    known = unit.kind["projects"]
    most = min(len(known), max(2, len(usual) + 2))
    entries = dice.some(known, dice.between(2, most))
    amounts = dice.parts(total, len(entries))
    return tuple(
        _project(dice, entry, amount)
        for entry, amount in zip(entries, amounts, strict=True)
        if amount
    )


def _project(dice: Dice, entry: dict[str, str], executed: int) -> Project:
    late = dice.chance(45)
    budget = executed * 100 // dice.between(70, 99) + 1 if late else executed
    numbers = {"n": dice.between(2, 60), "m": dice.between(61, 4000), "p": dice.between(90, 100)}
    outputs = "；".join(
        f"{mark}是{clause}"
        for mark, clause in zip(
            "一二三四", entry["output"].format(**numbers).split("；"), strict=False
        )
    )
    troubled = late or dice.chance(15)
    said = words()["troubles"]
    trouble = dice.choice(said) if troubled else None
    return Project(
        name=entry["name"],
        budget=budget,
        executed=executed,
        outputs=outputs,
        problems=trouble["problem"] if trouble else None,
        improvements=trouble["improvement"] if trouble else None,
    )
