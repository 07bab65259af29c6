"""The characters of a PDF's page with their places, turned so that the text runs from left."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

#: A watermark runs slantwise; a quarter of a right angle is beyond any scanner's skew.
_SLANT = math.pi / 8
#: Radicals that fonts name where they draw the character; the older ones are NFKC's business.
_RADICALS = str.maketrans(
    "⺟⺠⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⺁⺝⺼",
    "母民示虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟厂月肉",
)


#: No page is so wide or high.
_FAR = 1e5
#: How far a box begins behind its character's origin where it is only the character's ink: pdfium
#: has no more of those that it normalizes (radicals, ligatures) or that are drawn as shapes.
_SHRUNK = 0.02
#: How many characters before and behind such a one are looked at for its height and width.
_NEAR = 12
#: Characters of the width of an em begin here.
WIDE = "\u2e80"


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
    """The visible characters of a page in the order of the file, and how the page is turned."""
    count = pdfium.FPDFText_CountChars(text_page)
    angles = [pdfium.FPDFText_GetCharAngle(text_page, index) for index in range(count)]
    quarters = [_quarter(angle) for angle in angles]
    usual = Counter(q for q in quarters if q is not None).most_common(1)
    quarter = usual[0][0] if usual else 0
    turn, box = TURNS[quarter], pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    to_box, to_x, to_y = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    glyphs: list[Glyph] = []
    shrunk: list[tuple[int, float, float]] = []
    #: Heights of boxes that begin at their characters' origins, as all of a font and size do.
    whole: set[float] = set()
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        # pdfium's own line ends and spaces are below; -1 and 0xFFFE are marks of hyphens
        if quarters[index] != quarter or not 0x20 < code < 0x110000 or code in (0xA0, 0x3000):
            continue
        pdfium.FPDFText_GetLooseCharBox(text_page, index, to_box)
        sides = turn(box.left, box.bottom, box.right, box.top)
        height = round(sides[3] - sides[1], 2)
        if height not in whole:
            pdfium.FPDFText_GetCharOrigin(text_page, index, to_x, to_y)
            left, base, *_ = turn(x.value, y.value, x.value, y.value)
            if abs(left - sides[0]) > _SHRUNK:
                shrunk.append((len(glyphs), left, base))
            else:
                whole.add(height)
        glyphs.append(Glyph(*sides, chr(code).translate(_RADICALS)))
    if shrunk:
        _restore(glyphs, shrunk)
    return [glyph for glyph in glyphs if _is_visible(glyph)], turn


def _restore(glyphs: list[Glyph], shrunk: Sequence[tuple[int, float, float]]) -> None:
    """Give glyphs whose box is only their ink one like that of a character beside them.

    Each of the `shrunk` is a glyph's number, and the left end and the height of its base line.
    """
    inked = {number for number, _, _ in shrunk}
    for number, left, base in shrunk:
        glyph = glyphs[number]
        around = range(max(number - _NEAR, 0), min(number + _NEAR, len(glyphs)))
        nearest = sorted(around, key=lambda place: abs(place - number))
        others = [glyphs[n] for n in nearest if n not in inked and glyphs[n].text > WIDE]
        beside = [other for other in others if other.top < base < other.bottom]
        # one of another line may reach over the base line as well, but not over the ink
        beside.sort(key=lambda other: not _covers(other, glyph))
        for other in beside[:1]:
            width = other.right - other.left if glyph.text > WIDE else 0.0
            right = max(glyph.right, left + width)
            glyphs[number] = Glyph(left, other.top, right, other.bottom, glyph.text)


def _covers(one: Glyph, other: Glyph) -> bool:
    """Whether a character is as high and as low as another's ink."""
    room = 0.1 * (one.bottom - one.top)
    return one.top - room < other.top and other.bottom < one.bottom + room


def _quarter(angle: float) -> int | None:
    """How many right angles a character is turned; None where it is slantwise."""
    if not angle:
        return 0
    quarter = round(angle / (math.pi / 2))
    return quarter % 4 if abs(angle - quarter * math.pi / 2) < _SLANT else None


def _is_visible(glyph: Glyph) -> bool:
    left, top, right, bottom, text = glyph
    return (
        0 < right - left < _FAR  # neither holds of what is no number
        and 0 < bottom - top < _FAR
        and -_FAR < left < _FAR
        and -_FAR < top < _FAR
        and _shows(text)
    )


@lru_cache(maxsize=8192)
def _shows(character: str) -> bool:
    category = unicodedata.category(character)
    return not (character.isspace() or category in ("Cc", "Cf", "Cs"))
