"""The cells of an indicator to its record: as printed, and in numbers where they are numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from kg.document import Cell, Document
from kg.extract.performance.levels import Levels
from kg.extract.performance.printed import printed
from kg.extract.performance.values import (
    counts_alike,
    is_attained,
    is_told,
    parse_value,
    value_told,
)
from kg.extract.performance.words import is_label, words
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
    cells = _with_target(cells)
    text = {role: printed(document, parts) for role, parts in cells.items()}
    normal = {role: _normal(parts) for role, parts in cells.items()}
    return Indicator(
        evaluation=evaluation,
        level1=levels.first or "",
        name=_name(text["name"]),
        passage=passage,
        level2=levels.second,
        goal_number=goal,
        target=text.get("target"),
        actual=text.get("actual"),
        weight=_points(normal, "weight") or _points(normal, "name"),
        score=_points(normal, "score"),
        reason=_reason(text.get("reason")),
        **_values(normal.get("target", ""), normal.get("actual", "")),
    )


def _reason(printed_reason: str | None) -> str | None:
    """A reason; 无 and a dash are none."""
    is_none = printed_reason and is_label(words().cells["no_reason"], printed_reason.rstrip("。"))
    return None if is_none else printed_reason


def _name(printed_name: str) -> str:
    """A name without its number and the points that it can earn."""
    name = words().cells["numbered"].sub("", printed_name, count=1)
    return words().cells["points_behind"].sub("", name) or printed_name


def _with_target(cells: Roles) -> Roles:
    """The target as one: adjusted where it was, with its comparator before and its unit behind."""
    target = cells.get("adjusted") or cells.get("target", ())
    comparator = cells.get("comparator", ())
    if not is_label(words().cells["comparator"], _normal(comparator)):
        comparator = ()  # 定量, 定性
    if not parse_value(_normal(target)):
        return {**cells, "target": target} if target else cells
    return {**cells, "target": [*comparator, *target, *cells.get("unit", ())]}


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
        "attained": _attained(target_text, actual_text),
    }


def _attained(target_text: str, actual_text: str) -> bool | None:
    """Whether the target was met: by its words, or else by its numbers."""
    if not target_text or not actual_text:
        return None
    target, actual = value_told(target_text), value_told(actual_text)
    if target and actual:
        return is_attained(target, actual)
    return is_told(target_text, actual_text)


def _points(texts: Mapping[str, str], role: str) -> Decimal | None:
    """The points in a column of points, or behind a name."""
    pattern = words().cells["weighted" if role == "name" else "points"]
    match = pattern.fullmatch(texts.get(role, ""))
    return Decimal(match["points"]) if match and match["points"] else None


def _normal(cells: Sequence[Cell]) -> str:
    return "".join([cell.text for cell in cells])
