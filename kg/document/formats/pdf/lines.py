"""Characters to lines: grouped by height, sorted from left, divided into words at gaps."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.document.formats.pdf.glyphs import WIDE, Glyph

#: Gaps in ems: behind a figure, between words, between what only happens to stand at one height
#: (部门：… on the left, 单位：万元 on the right).
DIGITS, WORDS, APART = 0.12, 0.3, 2.0
#: What is set nearer has no space between it: 12.5万元.
SPACE = 0.45
#: Between letters of two words of the Latin script, in ems.
LETTERS = 0.2
#: How far the characters of a word are set apart at most, in ems; but these are columns' heads.
SET_WIDE, LEVELS = 2.2, frozenset("类款项")
#: A number, or the dash that stands for none.
NUMBER = re.compile(r"[-－+]?[\d,，]*\d(?:\.\d+)?[%％]?|[-—－]+")
#: An amount or a code in a table: what follows it is of the next cell.
FIGURE = re.compile(r"0|-?[\d,]*\d\.\d+|-?\d{1,3}(?:,\d{3})+|[23]\d\d(?:\d\d){0,2}")


class Word(NamedTuple):
    """Characters without a gap between them."""

    left: float
    right: float
    text: str


class TextLine(NamedTuple):
    """The words of one height, from left to right; `size` is the height of its characters."""

    top: float
    bottom: float
    size: float
    words: tuple[Word, ...]

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        return self.pieces(math.inf)[0].text

    def pieces(self, gap: float) -> list[Word]:
        """The words, those joined that are nearer to each other than so many ems."""
        pieces = [self.words[0]]
        for word in self.words[1:]:
            last = pieces[-1]
            if word.left - last.right < gap * self.size:
                space = " " if word.left - last.right > SPACE * self.size else ""
                pieces[-1] = Word(last.left, word.right, f"{last.text}{space}{word.text}")
            else:
                pieces.append(word)
        return pieces


def lines_of(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """The lines of some characters, from the top."""
    return [_line(group) for group in _groups(sorted(glyphs, key=lambda glyph: glyph.middle))]


def _groups(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Characters of about one height; what is small beside a line (a raised sign) is of it."""
    group: list[Glyph] = []
    middle = size = 0.0
    for glyph in glyphs:
        if group and glyph.middle - middle > 0.4 * size:
            yield group
            group = []
        group.append(glyph)
        if len(group) == 1 or glyph.bottom - glyph.top > size:
            middle, size = glyph.middle, glyph.bottom - glyph.top
    if group:
        yield group


def _line(group: list[Glyph]) -> TextLine:
    group.sort()
    wide = [glyph for glyph in group if glyph.text > WIDE] or group
    sizes = sorted(glyph.bottom - glyph.top for glyph in wide)
    size = sizes[len(sizes) // 2]
    top = min(glyph.top for glyph in group)
    return TextLine(
        top, max(g.bottom for g in group), size, tuple(_whole(_words(group, size), size))
    )


def _whole(words: Iterable[Word], size: float) -> Iterator[Word]:
    """Words, those joined whose characters are set apart: 合  计."""
    last: Word | None = None
    for word in words:
        if last and _is_set_wide(last, word, size):
            last = Word(last.left, word.right, f"{last.text} {word.text}")
            continue
        if last:
            yield last
        last = word
    if last:
        yield last


def _is_set_wide(one: Word, other: Word, size: float) -> bool:
    characters = [*one.text.split(" "), other.text]
    return (
        other.left - one.right < SET_WIDE * size
        and all(len(text) == 1 and text > "\u3400" for text in characters)
        and not LEVELS.issuperset(characters)
    )


def _words(glyphs: Sequence[Glyph], size: float) -> Iterator[Word]:
    first = last = glyphs[0]
    text = first.text
    for glyph in glyphs[1:]:
        gap = glyph.left - last.right
        if glyph.text == last.text and glyph.left - last.left < 0.4 * (last.right - last.left):
            continue  # bold by printing twice
        near = DIGITS if last.text.isdigit() and _ends_figure(text, glyph.text) else WORDS
        if gap > near * size:
            yield Word(first.left, last.right, text)
            first, text = glyph, ""
        elif gap > LETTERS * size and last.text.isascii() and glyph.text.isascii():
            text += " "
        text += glyph.text
        last = glyph if glyph.right > last.right or not text[1:] else last
    yield Word(first.left, last.right, text)


def _ends_figure(text: str, following: str) -> bool:
    """Whether a gap behind some digits ends a cell: no number has one, and no unit behind sums."""
    return following.isdigit() or FIGURE.fullmatch(text) is not None
