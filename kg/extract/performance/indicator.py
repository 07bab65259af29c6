"""The cells of an indicator to its record: as printed, and in numbers where they are numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from kg.document import Cell, Document
from kg.extract.performance.levels import Levels
from kg.extract.performance.printed import printed
from kg.extract.performance.values import counts_alike, is_attained, parse_value
from kg.extract.performance.words import words
from kg.facts import Evaluation, Indicator, Passage

Roles = Mapping[str, Sequence[Cell]]


def indicator(
    document: Document,
    evaluation: Evaluation,
    cells: Roles,
    passage: Passage,
    *,
    levels: Levels,
    goal: int | None,
) -> Indicator:
    """The indicator of some cells by role: name, target, actual, weight, score."""
    text = {role: printed(document, parts) for role, parts in cells.items()}
    return Indicator(
        evaluation=evaluation,
        level1=levels.first or "",
        name=words().cells["numbered"].sub("", text["name"], count=1) or text["name"],
        passage=passage,
        level2=levels.second,
        goal_number=goal,
        target=text.get("target"),
        actual=text.get("actual"),
        weight=_points(cells, "weight") or _points(cells, "name"),
        score=_points(cells, "score"),
        **_values(_normal(cells, "target"), _normal(cells, "actual")),
    )


def _values(target_text: str, actual_text: str) -> dict[str, Any]:
    """What the target and the actual value state in numbers, as the fields of an indicator."""
    target, actual = parse_value(target_text), parse_value(actual_text)
    counted = target if target and target.number is not None else actual
    alike = actual if actual and counted and counts_alike(counted, actual) else None
    return {
        "target_comparator": target.comparator if target else None,
        "target_value": target.number if target else None,
        "actual_value": alike.exact if alike else None,
        "value_unit": (counted.unit or None) if counted else None,
        "attained": is_attained(target, actual) if target and actual else None,
    }


def _points(cells: Roles, role: str) -> Decimal | None:
    """The points in a column of points, or behind a name."""
    pattern = words().cells["weighted" if role == "name" else "points"]
    match = pattern.fullmatch(_normal(cells, role))
    return Decimal(match["points"]) if match else None


def _normal(cells: Roles, role: str) -> str:
    return "".join(cell.text for cell in cells.get(role, ()))
