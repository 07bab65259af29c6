"""The form in which text is compared: NFKC, simplified, without spaces and markup, places kept."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import field
from functools import lru_cache

from kg.record import record
from kg.traditional import to_simplified

#: Characters that are their own normal form, but for their width.
PLAIN = r"\u4e00-\u9fff\uff01-\uff5e0-9A-Za-z、。“”‘’《》%.,;:()+/=-"
#: All else: white space, what conversions to text leave behind of HTML and markdown (tags, marks of
#: emphasis, entities of spaces), any other character.
PIECE = re.compile(
    rf"(?![{PLAIN}])(?:"
    r"(?P<dropped>\s+|</?[A-Za-z][^<>\n\t]{0,200}>|\*\*|__|&(?:nbsp|ensp|emsp);"
    r"|\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<other>.))",
    re.DOTALL,
)
WIDE = re.compile(r"[\uff01-\uff5e]")
#: Signs that NFKC would turn into digits of the number beside them: ① ² ½ ㎡.
SIGNS = ("<circle>", "<super>", "<sub>", "<fraction>", "<square>")


@lru_cache(maxsize=8192)
def normal_character(character: str) -> str:
    """NFKC of one character; empty for white space and for characters that show nothing.

    >>> [normal_character(c) for c in "２（①\u3000"]
    ['2', '(', '①', '']
    """
    if unicodedata.decomposition(character).startswith(SIGNS):
        return character
    plain = unicodedata.normalize("NFKC", character)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")


@record
class NormalText:
    """Text in normal form; `offsets[i]` is the canonical offset that `text[i]` came from.

    `places[i]` is where in `text` the normal form of canonical character `i`, and of what follows,
    begins; parts of a text have none.
    """

    text: str
    offsets: Sequence[int]
    places: Sequence[int] = field(default=(), repr=False)

    @classmethod
    def of(cls, text: str) -> NormalText:
        """The normal form of a canonical text.

        >>> NormalText.of("合 计 <b>１２．５ %</b>")
        NormalText(text='合计12.5%', offsets=array('I', [0, 2, 7, 8, 9, 10, 12]))
        """
        numbers = _numbers(len(text))
        parts: list[str] = []
        offsets, places = array("I"), array("I")
        start = length = 0
        for piece in PIECE.finditer(text):
            stop, end = piece.span()
            other = normal_character(text[stop]) if piece.lastgroup == "other" else ""
            if other == text[stop]:
                continue
            parts.append(text[start:stop])
            offsets += numbers[start:stop]
            before, length = length, length + stop - start
            places += numbers[before:length]
            places.extend((length,) * (end - stop))
            if other:
                parts.append(other)
                offsets.extend((stop,) * len(other))
                length += len(other)
            start = end
        parts.append(text[start:])
        offsets += numbers[start : len(text)]
        places += numbers[length : length + len(text) - start + 1]
        return cls(to_simplified(_narrow("".join(parts))), offsets, places)

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Where the part of `text` is that came from the canonical characters `start` to `end`."""
        last = len(self.places) - 1
        return self.places[min(start, last)], self.places[min(end, last)]

    def between(self, start: int, end: int) -> NormalText:
        """The part that came from the canonical characters `start` to `end`."""
        first, last = self.bounds(start, end)
        return NormalText(self.text[first:last], self.offsets[first:last])

    def joined(self, bounds: Iterable[tuple[int, int]]) -> NormalText:
        """Some parts, one after the other, each by where it begins and ends in `text`."""
        kept = list(bounds)
        offsets = array("I")
        for first, last in kept:
            offsets.extend(self.offsets[first:last])
        return NormalText("".join([self.text[first:last] for first, last in kept]), offsets)

    def printed(self, text: str, first: int, last: int) -> str:
        """The characters of the canonical text that `self.text[first:last]` came from."""
        if first == last:
            return ""
        start, end = self.span(first, last)
        offsets = self.offsets[first:last]
        if offsets == _numbers(len(text))[start:end]:  # none is left out, none is several
            return text[start:end]
        return "".join(map(text.__getitem__, dict.fromkeys(offsets)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The canonical offsets of `text[start:end]` (not empty); the end is exclusive."""
        return self.offsets[start], self.offsets[end - 1] + 1


@lru_cache(maxsize=4096)
def normal_form(text: str) -> str:
    """The normal form of a short text, such as a name: forms repeat them.

    >>> normal_form("１２．５ %")
    '12.5%'
    """
    return NormalText.of(text).text


def _numbers(length: int) -> array[int]:
    """The numbers from 0 on, as many as a text is long or more."""
    return _counted(max(17, length.bit_length()))


@lru_cache(maxsize=1)
def _counted(bits: int) -> array[int]:
    return array("I", range(1 << bits))  # offsets of one text are those of the next


def _narrow(text: str) -> str:
    """Full-width signs, digits and letters as half-width ones."""
    for wide in set(WIDE.findall(text)):
        text = text.replace(wide, chr(ord(wide) - ord("！") + ord("!")))
    return text
