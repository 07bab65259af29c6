"""layouts.toml, compiled: what the columns and rows of each table mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.resources import toml

Given = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label and the dimensions it gives; `under` is the row it counts only after."""

    pattern: re.Pattern[str]
    dimensions: Given
    under: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a two-sided table (or a whole table): its columns, and rows known by name."""

    dimensions: Given
    columns: tuple[Label, ...]
    rows: tuple[Label, ...] = ()
    group: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's layout: `kind` chooses how it is read; `sides` are one, or left and right."""

    place: str
    kind: str
    sides: tuple[Side, ...]
    halves: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Layouts:
    """All layouts, and what is common to all tables."""

    unit: re.Pattern[str]
    total: re.Pattern[str]
    mark: re.Pattern[str]
    tables: Mapping[str, Layout]


@cache
def layouts() -> Layouts:
    """The layouts of layouts.toml."""
    data = toml(__package__, "layouts.toml")
    tables = {place: _layout(place, entry) for place, entry in data.items() if place[0] == "T"}
    unit, total, mark = (re.compile(data[key]) for key in ("unit", "total", "mark"))
    return Layouts(unit, total, mark, tables)


def _layout(place: str, data: Mapping[str, Any]) -> Layout:
    sides = [data["left"], data["right"]] if data["kind"] == "sides" else [data]
    return Layout(place, data["kind"], tuple(map(_side, sides)), _labels(data.get("halves", [])))


def _side(data: Mapping[str, Any]) -> Side:
    group = re.compile(data["group"]) if "group" in data else None
    rows = _labels(data.get("rows", data.get("totals", [])))
    return Side(data["dimensions"], _labels(data.get("columns", [])), rows, group)


def _labels(entries: list[Mapping[str, Any]]) -> tuple[Label, ...]:
    return tuple(Label(re.compile(e["label"]), e["dimensions"], e.get("under")) for e in entries)
