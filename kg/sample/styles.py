"""The styles that reports are printed in, by their names: data of `styles.toml`."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from kg.resources import toml

#: In the order in which samples take turns: each of the national template's beside another place's.
Style = Literal[
    "ocr",
    "sichuan",
    "markdown",
    "yunnan",
    "prose",
    "guangxi",
    "chongqing",
    "shanghai",
    "hunan",
    "jiangxi",
    "xinjiang",
    "shaanxi",
    "central",
    "web",
]
STYLES: tuple[Style, ...] = get_args(Style)
#: The national template as three conversions leave it, and what other places publish.
NATIONAL: tuple[Style, ...] = ("prose", "ocr", "markdown")
PLACES: tuple[Style, ...] = tuple(style for style in STYLES if style not in NATIONAL)


@dataclass(frozen=True, slots=True)
class Look:
    """What `styles.toml` says of a style; its head explains the fields."""

    name: str
    templates: list[str]
    layout: str = "text"
    contents: str = "dots"
    tables: list[str] = field(default_factory=lambda: [f"T0{n}" for n in range(1, 10)])
    names: dict[str, str] = field(default_factory=dict)
    title: list[str] = field(default_factory=lambda: ["{title}"])
    number: list[str] = field(default_factory=lambda: ["公开{n:02}表"])
    department: str = "部门："
    rows: Literal["whole", "levels"] = "whole"
    public: Literal["halves", "pairs"] = "halves"
    numbers: list[dict[str, Any]] = field(default_factory=list)


@functools.cache
def looks() -> Mapping[str, Look]:
    """Every style's look by its name."""
    return {name: Look(name, **entry) for name, entry in toml(__package__, "styles.toml").items()}
