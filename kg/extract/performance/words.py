"""words.toml, compiled: how the forms of self-evaluation are worded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from kg.record import record
from kg.resources import toml

Pattern = re.Pattern[str]
Patterns = Mapping[str, Pattern]

#: A longer cell is text: it is no label, no title and no value.
LONGEST_LABEL = 120
#: A longer line (with its spaces) is text too.
LONGEST_LINE = 400
#: What heads the columns of indicators are, at the least.
HEADER = {"name", "target", "actual"}


@record
class Words:
    """The patterns of words.toml; `form` has those that stand in no table of it."""

    form: Patterns
    money: Patterns
    columns: tuple[tuple[str, Pattern], ...]
    rows: Patterns
    cells: Patterns
    texts: Patterns
    boxes: Patterns
    report: Patterns
    headings: Patterns
    reasons: Patterns
    overall: Patterns
    figures: Mapping[str, str]
    flat: Patterns


@cache
def words() -> Words:
    """The wording of forms, from words.toml."""
    data = toml(__package__, "words.toml")
    columns = tuple((entry["role"], re.compile(entry["label"])) for entry in data.pop("columns"))
    return Words(
        _patterns({name: value for name, value in data.items() if isinstance(value, str)}),
        _patterns(data["money"]),
        columns,
        _patterns(data["rows"]),
        _patterns(data["cells"]),
        _patterns(data["texts"]),
        _patterns(data["boxes"]),
        _patterns(data["report"]),
        _patterns(data["headings"]),
        _patterns(data["reasons"]),
        _patterns(data["overall"]),
        data["figures"],
        _patterns(data["flat"]),
    )


def _patterns(data: Mapping[str, Any]) -> Patterns:
    return {name: re.compile(pattern) for name, pattern in data.items()}


@lru_cache(maxsize=4096)
def role(text: str) -> str | None:
    """The role of the column that a label heads."""
    return next((name for name, label in words().columns if is_label(label, text)), None)


@lru_cache(maxsize=16384)
def is_label(pattern: Pattern, text: str) -> bool:
    """Whether a whole text is what a pattern says; long ones are text."""
    return len(text) <= LONGEST_LABEL and pattern.fullmatch(text) is not None
