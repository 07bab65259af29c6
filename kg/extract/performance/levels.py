"""The printed names of levels to the ids of the code list `indicator`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from kg.record import record
from kg.resources import toml

#: First levels that have second levels of their own.
BROADER = ("output", "cost", "benefit", "satisfaction")
#: A first level that the code list doesn't have.
OTHER = "other"


@record
class Level:
    """What a cell may name: a first level, a second level, or (成本指标) either."""

    first: str | None
    second: str | None


@record
class Levels:
    """The levels that an indicator is of."""

    first: str | None = None
    second: str | None = None


@cache
def _names() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    data = toml(__package__, "levels.toml")
    return tuple(
        (key, entry["id"], re.compile(f"(?:{entry['name']}){data['tail']}"))
        for key in ("level1", "level2")
        for entry in data[key]
    )


@lru_cache(maxsize=4096)
def level(text: str) -> Level | None:
    """The level that a cell names, where it names one.

    >>> level("产出指标(50分)")
    Level(first='output', second=None)
    >>> level("成本指标")
    Level(first='cost', second='output-cost')
    """
    if len(text) > len("社会公众或服务对象满意度指标(100分)"):
        return None
    found = {key: name for key, name, pattern in _names() if pattern.fullmatch(text)}
    return Level(found.get("level1"), found.get("level2")) if found else None


def levels(cells: Sequence[Level], before: Levels, cost_is_first: bool | None) -> Levels:
    """The levels of a row by its cells, or by the row before where merged cells left none.

    The second level decides the first: first levels are merged cells, which slide. Of 成本指标
    alone, `cost_is_first` says which it is by its column, where that is sure.
    """
    if not cells:
        return before
    *upper, last = cells
    above = next((cell.first for cell in upper if cell.first), None)
    if last.first and last.second:  # 成本指标
        if above is None:
            above = before.first if cost_is_first is None else "cost" if cost_is_first else "output"
        return Levels("output", "output-cost") if above == "output" else Levels("cost")
    if last.second is None:
        return Levels(last.first)
    first = above or before.first
    if first and first not in BROADER:
        return Levels(first)  # of another system, in which our second levels aren't below it
    return Levels(last.second.partition("-")[0], last.second)
