"""The form in which text is compared: NFKC, simplified, without spaces and markup, places kept."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import field
from functools import lru_cache

import numpy as np

from kg.document.characters import (
    Codes,
    codes_of,
    first_of,
    lengths_of,
    several_of,
    text_of,
)
from kg.record import record

#: What conversions to text leave behind of HTML and markdown: tags, marks of emphasis, entities of
#: spaces.
MARKUP = re.compile(
    r"</?[A-Za-z][^<>\n\t]{0,200}>|\*\*|__|&(?:nbsp|ensp|emsp);|\\(?=[!-/:-@\[-`{-~])"
)


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
        codes = codes_of(text)
        lengths = lengths_of(codes)
        for left in MARKUP.finditer(text):
            lengths[left.start() : left.end()] = 0
        places = np.zeros(len(codes) + 1, np.uint32)
        np.cumsum(lengths, out=places[1:])
        offsets = np.repeat(np.arange(len(codes), dtype=np.uint32), lengths)
        normal = first_of(codes[offsets])
        for several in np.flatnonzero(lengths > 1):
            normal[places[several] : places[several + 1]] = several_of(int(codes[several]))
        return cls(text_of(normal), _array(offsets), _array(places))

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


def _array(numbers: Codes) -> array[int]:
    """Numbers to look up one by one."""
    return array("I", numbers.tobytes())
