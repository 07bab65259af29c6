"""The form in which text is compared: NFKC, simplified, without spaces and markup, places kept."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import field
from functools import lru_cache
from itertools import pairwise

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
    begins; `breaks` is where in `text` something was left out, or is several characters. Parts of a
    text have neither.
    """

    text: str
    offsets: Sequence[int]
    places: Sequence[int] = field(default=(), repr=False)
    breaks: Sequence[int] = field(default=(), repr=False)

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
        return cls(text_of(normal), _array(offsets), _array(places), _breaks(offsets))

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Where the part of `text` is that came from the canonical characters `start` to `end`."""
        last = len(self.places) - 1
        return self.places[min(start, last)], self.places[min(end, last)]

    def between(self, start: int, end: int) -> NormalText:
        """The part that came from the canonical characters `start` to `end`."""
        first, last = self.bounds(start, end)
        return NormalText(self.text[first:last], self.offsets[first:last])

    def joined(self, bounds: Sequence[tuple[int, int]]) -> NormalText:
        """Some parts, in order, each by where it begins and ends in `text`."""
        ends = np.zeros(len(self.text) + 1, np.int8)
        firsts, lasts = np.array(bounds, np.uint32).reshape(-1, 2).T
        ends[firsts] += 1
        ends[lasts] -= 1
        kept = np.cumsum(ends[:-1], dtype=np.int8).view(np.bool_)
        offsets = np.array(self.offsets, np.uint32)[kept]
        text = "".join([self.text[first:last] for first, last in bounds])
        return NormalText(text, _array(offsets), breaks=_breaks(offsets))

    def printed(self, text: str, first: int, last: int) -> str:
        """The characters of the canonical text that `self.text[first:last]` came from."""
        if first == last:
            return ""
        offsets, breaks = self.offsets, self.breaks
        inner = breaks[bisect_right(breaks, first) : bisect_left(breaks, last)]
        if not inner:
            return text[offsets[first] : offsets[last - 1] + 1]
        pieces, end = [], 0
        for start, stop in pairwise([first, *inner, last]):
            pieces.append(text[max(end, offsets[start]) : offsets[stop - 1] + 1])
            end = offsets[stop - 1] + 1
        return "".join(pieces)

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


def _breaks(offsets: Codes) -> list[int]:
    """Where offsets don't follow on each other."""
    return (np.flatnonzero(np.diff(offsets) != 1) + 1).tolist()


def _array(numbers: Codes) -> array[int]:
    """Numbers to look up one by one."""
    return array("I", numbers.tobytes())
