"""Which rows have which gram: sorted numbers in arrays, a few bytes for each place of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]
Integer = TypeVar("Integer", np.int32, np.int64)
#: A gram and a row are sorted as one number: so many bits are the row's.
_ROW_BITS = 24
_NONE = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True)
class Postings:
    """The rows of each gram: those of `grams[i]` are `rows[starts[i]:starts[i + 1]]`, ascending.

    Those before `first[i]` are of the rows that come first: names of entities.
    """

    grams: Numbers
    starts: Numbers
    first: Numbers
    rows: Rows

    @classmethod
    def of(cls, symbols: Numbers, rows: Rows, width: int, alphabet: int, first: int) -> Postings:
        """The postings of all runs of `width` symbols within a row; symbol 0 is in none.

        `symbols` are below `alphabet`; `rows` says in which row each stands; the rows below `first`
        come first.
        """
        if len(symbols) < width:
            none = np.empty(0, np.int64)
            return cls(none, np.zeros(1, np.int64), none, _NONE)
        count = len(symbols) - width + 1
        grams = np.zeros(count, np.int64)
        whole = rows[:count] == rows[width - 1 :]
        for place in range(width):
            part = symbols[place : place + count]
            grams = grams * alphabet + part
            whole &= part != 0
        pairs = np.sort(grams[whole] << _ROW_BITS | rows[:count][whole])
        pairs = pairs[firsts(pairs)]
        sorted_grams = pairs >> _ROW_BITS
        starts = np.flatnonzero(firsts(sorted_grams))
        bounds = np.append(starts, len(pairs)).astype(np.int64)
        listed = (pairs & (1 << _ROW_BITS) - 1).astype(np.int32)
        before = np.concatenate([[0], np.cumsum(listed < first)])
        ends = starts + before[bounds[1:]] - before[starts]
        return cls(sorted_grams[starts], bounds, ends, listed)

    def lists(self, grams: Numbers) -> list[Rows]:
        """The rows of each of some grams; none for a gram that is nowhere."""
        return [self.rows[start:end] for start, end in zip(*self.spans(grams), strict=True)]

    def spans(self, grams: Numbers, *, first: bool = False) -> tuple[list[int], list[int]]:
        """Where in `rows` those of each gram begin and end; of those that come `first`, if asked.

        A gram that is nowhere begins and ends at 0.
        """
        if not len(self.grams):
            return [0] * len(grams), [0] * len(grams)
        places = np.minimum(np.searchsorted(self.grams, grams), len(self.grams) - 1)
        known = self.grams[places] == grams
        ends = self.first[places] if first else self.starts[places + 1]
        return (self.starts[places] * known).tolist(), (ends * known).tolist()


def firsts(ascending: npt.NDArray[Integer]) -> npt.NDArray[np.bool_]:
    """Where each number first is."""
    first = np.ones(len(ascending), bool)
    np.not_equal(ascending[1:], ascending[:-1], out=first[1:])
    return first


def grams_of(symbols: Numbers, width: int, alphabet: int) -> Numbers:
    """The grams of one text, as `Postings.of` numbers them, each once."""
    if len(symbols) < width:
        return np.empty(0, np.int64)
    count = len(symbols) - width + 1
    grams = np.zeros(count, np.int64)
    whole = np.ones(count, bool)
    for place in range(width):
        part = symbols[place : place + count]
        grams = grams * alphabet + part
        whole &= part != 0
    return np.unique(grams[whole])


def common(lists: Sequence[npt.NDArray[Integer]]) -> npt.NDArray[Integer]:
    """What is in all of some ascending lists (one at least), the shortest looked at first."""
    ordered = sorted(lists, key=len)
    found = ordered[0]
    for other in ordered[1:]:
        if not len(found):
            break
        places = np.minimum(np.searchsorted(other, found), len(other) - 1)
        found = found[other[places] == found]
    return found
