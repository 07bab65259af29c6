"""The diagram of the ontology's classes: boxes and arrows placed for an SVG, in a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from api.nodes import Node
from api.pages.view import View
from kg.vocabulary import PREFIXES

_LABEL = f"{PREFIXES['rdfs']}label"
_CELL = 270, 170
_WIDTH, _LINE, _PADDING = 172, 22, 9


@dataclass(frozen=True, slots=True)
class Named:
    """A term on the diagram: its fragment and its name."""

    fragment: str
    name: str


@dataclass(frozen=True, slots=True)
class Box:
    """Classes that share their relations, and where they stand, in pixels."""

    classes: tuple[Named, ...]
    x: int
    y: int
    width: int
    height: int

    @property
    def lines(self) -> list[tuple[Named, int]]:
        """Each class with the base line of its name."""
        first = self.y + _PADDING + _LINE - 7
        return [(named, first + n * _LINE) for n, named in enumerate(self.classes)]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A property that leads from a class of one box to one of another."""

    term: Named
    start: tuple[int, int]
    end: tuple[int, int]

    @property
    def label(self) -> tuple[int, int]:
        """Where the property's name stands: above a level arrow, to the right of an upright one."""
        x, y = (self.start[0] + self.end[0]) // 2, (self.start[1] + self.end[1]) // 2
        return (x, y - 7) if self.is_level else (x + 8, y + 4)

    @property
    def is_level(self) -> bool:
        return self.start[1] == self.end[1]


@dataclass(frozen=True, slots=True)
class Diagram:
    """All that the SVG draws."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def frame(self) -> tuple[int, int, int, int]:
        """The left, the top, the width and the height of it all."""
        top = min(box.y for box in self.boxes) - 1
        bottom = max(box.y + box.height for box in self.boxes) + 1
        return 0, top, max(box.x + box.width for box in self.boxes) + 1, bottom - top


@cache
def plan() -> Mapping[str, Any]:
    """What `class_diagram.toml` says."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def class_diagram(view: View, nodes: Mapping[str, Node]) -> Diagram | None:
    """The diagram in the view's language; None where the release's ontology lacks its terms."""

    def named(fragment: str) -> Named:
        node = nodes[f"{view.site.ontology}#{fragment}"]
        return Named(fragment, node.text(_LABEL, view.language) or fragment)

    try:
        boxes = {tuple(box["classes"]): _box(box, named) for box in plan()["box"]}
        arrows = tuple(_arrow(edge, boxes, named) for edge in plan()["edge"])
    except KeyError:
        return None
    return Diagram(tuple(boxes.values()), arrows)


def _box(box: Mapping[str, Any], named: Any) -> Box:
    column, row = box["at"]
    height = len(box["classes"]) * _LINE + 2 * _PADDING
    middle = row * _CELL[1] + _CELL[1] // 2
    classes = tuple(named(name) for name in box["classes"])
    return Box(classes, column * _CELL[0] + 1, middle - height // 2, _WIDTH, height)


def _arrow(edge: Mapping[str, str], boxes: Mapping[tuple[str, ...], Box], named: Any) -> Arrow:
    source, target = (
        next(box for classes, box in boxes.items() if edge[end] in classes)
        for end in ("from", "to")
    )
    if source.x == target.x:
        x = source.x + source.width // 2
        down = source.y < target.y
        start, end = (
            (source.y + source.height, target.y) if down else (source.y, target.y + target.height)
        )
        return Arrow(named(edge["property"]), (x, start), (x, end))
    y = source.y + source.height // 2
    right = source.x < target.x
    start, end = (
        (source.x + source.width, target.x) if right else (source.x, target.x + target.width)
    )
    return Arrow(named(edge["property"]), (start, y), (end, y))
