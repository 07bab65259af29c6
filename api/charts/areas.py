"""A map of areas (a squarified treemap): what a sum is made of, classes, divisions and items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pyoxigraph as ox
import squarify

from api.charts.drawing import WIDTHS, Drawing, Mark, Words, room_of, shortened, width_of
from api.charts.numbers import Line, Numbers, local

#: Areas are laid out for the widest chart; a narrower one is pressed together.
_WIDTH, _HEIGHT = WIDTHS[-1][0], 420
#: Pixels between areas, by depth, and for the name above the parts of one.
_GAP, _HEAD = (3.0, 1.5, 1.0), 21.0
#: A name needs this much height; a number below it as much again.
_TEXT = 19.0
#: Pixels left free beside a text, both sides together.
_SIDES = 8
_COLOURS = 8


@dataclass
class _Area:
    """A thing with its parts, and how large it is."""

    line: Line
    parts: list[_Area] = field(default_factory=list)

    @property
    def size(self) -> Decimal:
        """What is stated of it; its parts needn't add up to that."""
        return self.line.whole


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float

    def less(self, gap: float, head: float = 0.0) -> _Box:
        """The box without `gap` on each side, and without `head` at its top."""
        return _Box(
            self.x + gap, self.y + gap + head, self.width - 2 * gap, self.height - 2 * gap - head
        )

    @property
    def is_drawn(self) -> bool:
        return self.width > 0.5 and self.height > 0.5


def draw_areas(
    numbers: Numbers, show: Callable[[Decimal], str], name_of: Callable[[Line], str]
) -> Drawing:
    """Draw a chart of areas, each as large as its number; what is 0 or less isn't drawn."""
    artist = _Artist(show, name_of)
    artist.draw(_areas(numbers.lines), _Box(0, 0, _WIDTH, _HEIGHT), 0, "")
    return Drawing(_HEIGHT, artist.marks, artist.words)


def _areas(lines: Sequence[Line]) -> list[_Area]:
    """The outermost areas, each with its parts in it; a total of all is none."""
    areas = {
        line.key.value: _Area(line)
        for line in lines
        if isinstance(line.key, ox.NamedNode) and local(line.key) != "all" and line.whole > 0
    }
    for area in areas.values():
        if (above := area.line.within) in areas and above is not None:
            areas[above].parts.append(area)
    outer = [area for area in areas.values() if area.line.within not in areas]
    return sorted(outer, key=lambda area: -area.size)


class _Artist:
    """Draws areas into boxes, the larger ones first."""

    def __init__(self, show: Callable[[Decimal], str], name_of: Callable[[Line], str]) -> None:
        self._show = show
        self._name_of = name_of
        self.marks: list[Mark] = []
        self.words: list[Words] = []

    def draw(self, areas: Sequence[_Area], box: _Box, depth: int, kind: str) -> None:
        if not areas or not box.is_drawn:
            return
        sizes = [float(area.size) for area in areas]
        scaled = squarify.normalize_sizes(sizes, box.width, box.height)
        placed = squarify.squarify(scaled, box.x, box.y, box.width, box.height)
        gap = _GAP[min(depth, len(_GAP) - 1)] / 2
        for place, (area, at) in enumerate(zip(areas, placed, strict=True)):
            inner = _Box(at["x"], at["y"], at["dx"], at["dy"]).less(gap)
            colour = kind or f"area-{place % _COLOURS + 1}"
            if inner.is_drawn:
                self._area(area, inner, depth, colour)

    def _area(self, area: _Area, box: _Box, depth: int, kind: str) -> None:
        name, number = self._name_of(area.line), self._show(area.size)
        x, width = box.x * 100 / _WIDTH, box.width * 100 / _WIDTH
        self.marks.append(
            Mark(x, box.y, width, box.height, f"{kind} depth-{depth}", f"{name} {number}")
        )
        label, room = _fitting(name, box.width)
        named = bool(label) and box.height >= _TEXT
        if named:
            self._write(box, 14.0, label, "label", room)
        parts = sorted(area.parts, key=lambda part: -part.size)
        # one part that is the whole of it would only be its frame again
        while len(parts) == 1 and parts[0].size == area.size:
            parts = sorted(parts[0].parts, key=lambda part: -part.size)
        if parts:
            self.draw(parts, box.less(1.0, _HEAD if named else 0.0), depth + 1, kind)
        elif named and box.height >= 2 * _TEXT and width_of(number) + _SIDES <= box.width:
            self._write(box, 30.0, number, "tick", room)

    def _write(self, box: _Box, down: float, text: str, kind: str, room: str) -> None:
        """Write into a box, where the chart is wide enough for its name."""
        x = box.x * 100 / _WIDTH
        self.words.append(Words(x, box.y + down, text, kind=kind, room=room, dx=4))


def _fitting(name: str, width: float) -> tuple[str, str]:
    """A name and the room that it needs; in the widest chart its beginning, if no more fits."""
    room = room_of(width_of(name) + _SIDES, width / _WIDTH)
    return (name, room) if room is not None else (shortened(name, width - _SIDES), WIDTHS[-1][1])
