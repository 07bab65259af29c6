"""What a drawn chart is made of: marks, words and rules.

Across, places are per cent of the chart's width; down, they are pixels: text keeps its size on a
phone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

#: How wide a chart may be, in pixels, with the class of what has room only from there on.
WIDTHS = ((296, ""), (560, "wide"), (900, "widest"))
_EM = 13
#: Pixels of a name below which its beginning tells nothing.
_LEGIBLE = 36


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle that stands for a number; `kind` gives its colour."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Some text; `anchor` is start, middle or end; `room` is one of the classes of WIDTHS."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    kind: str = "label"
    room: str = ""
    dx: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across, at `y`."""

    x: float
    width: float
    y: float
    kind: str = "grid"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, drawn; `left_out` is how many rows are in its table alone."""

    height: int
    marks: Sequence[Mark]
    words: Sequence[Words] = ()
    rules: Sequence[Rule] = ()
    left_out: int = 0
    legend: Sequence[tuple[str, str]] = field(default=())


def room_of(needed: float, share: float) -> str | None:
    """The class of what needs so many pixels and has a share of a chart's width; None: never.

    >>> room_of(100, 0.5), room_of(100, 0.2), room_of(100, 0.1)
    ('', 'wide', None)
    """
    return next((name for width, name in WIDTHS if needed <= share * width), None)


def width_of(text: str, size: int = _EM) -> float:
    """How wide a text is in pixels, about: a Chinese character is as wide as it is high."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return size * (wide + 0.58 * (len(text) - wide))


def shortened(text: str, width: float) -> str:
    """The beginning of a text that has room in so many pixels, with an ellipsis; "" if too little.

    >>> shortened("social security and employment", 120), shortened("housing", 30)
    ('social securit…', '')
    """
    length = len(text)
    while length and width_of(text[:length].rstrip() + "…") > width:
        length -= 1
    return text[:length].rstrip() + "…" if width_of(text[:length]) >= _LEGIBLE else ""
