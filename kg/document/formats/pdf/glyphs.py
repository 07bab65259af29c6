"""The characters of a PDF's page with their places, turned so that the text runs from left."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

#: A watermark runs slantwise; a quarter of a right angle is beyond any scanner's skew.
_SLANT = math.pi / 8
#: Radicals that fonts name where they draw the character; the older ones are NFKC's business.
_RADICALS = str.maketrans(
    "⺟⺠⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⺁⺝⺼",
    "母民示虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟厂月肉",
)


class Glyph(NamedTuple):
    """A character and its box; `top` is less than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


Box = tuple[float, float, float, float]
#: From a box of the page's space (left, bottom, right, top; y upwards) to one as it is read.
Turn = Callable[[float, float, float, float], Box]

#: By how many right angles the text is turned clockwise.
TURNS: tuple[Turn, ...] = (
    lambda left, bottom, right, top: (left, -top, right, -bottom),
    lambda left, bottom, right, top: (-top, -right, -bottom, -left),
    lambda left, bottom, right, top: (-right, bottom, -left, top),
    lambda left, bottom, right, top: (bottom, left, top, right),
)


def glyphs_of(text_page: Any) -> tuple[list[Glyph], Turn]:
    """The visible characters of a page in no order, and how the page is turned."""
    count = pdfium.FPDFText_CountChars(text_page)
    angles = [pdfium.FPDFText_GetCharAngle(text_page, index) for index in range(count)]
    quarters = [_quarter(angle) for angle in angles]
    usual = Counter(q for q in quarters if q is not None).most_common(1)
    quarter = usual[0][0] if usual else 0
    turn, box = TURNS[quarter], pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    glyphs = []
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        # pdfium's own line ends and spaces are below; -1 and 0xFFFE are marks of hyphens
        if quarters[index] != quarter or not 0x20 < code < 0x110000 or code in (0xA0, 0x3000):
            continue
        pdfium.FPDFText_GetLooseCharBox(text_page, index, pointer)
        sides = turn(box.left, box.bottom, box.right, box.top)
        glyphs.append(Glyph(*sides, chr(code).translate(_RADICALS)))
    return [glyph for glyph in glyphs if _is_visible(glyph)], turn


def _quarter(angle: float) -> int | None:
    """How many right angles a character is turned; None where it is slantwise."""
    quarter = round(angle / (math.pi / 2))
    return quarter % 4 if abs(angle - quarter * math.pi / 2) < _SLANT else None


def _is_visible(glyph: Glyph) -> bool:
    return (
        glyph.right > glyph.left
        and glyph.bottom > glyph.top
        and all(map(math.isfinite, glyph[:4]))
        and not (glyph.text.isspace() or unicodedata.category(glyph.text) in ("Cc", "Cf", "Cs"))
    )
