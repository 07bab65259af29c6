"""The index of names: the rows that share grams with what was written, the likeliest first."""

from __future__ import annotations

import math
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from api.names.forms import Codes, codes_of, sounds, syllables
from api.names.likeness import look_alikes
from api.names.postings import Numbers, Postings, Rows, common, firsts, grams_of
from api.names.things import ENTITIES, Thing, Things
from kg.resources import toml

#: Symbols are below these: characters are numbered as they are used; syllables and letters are few.
_CHARACTERS, _SYLLABLES, _LETTERS = 1 << 17, 1 << 10, 1 << 5
#: How much a gram counts beside a pair of characters.
_SINGLE, _SOUND = 0.6, 0.5
_SHORT = 4
#: Names up to so many characters are found whatever their order.
_JUMBLED = 6
#: How many entries of posting lists one look takes in, the rarest grams first; how many grams at
#: least, though they have more; and how many entries these may have.
_LOOK, _LEAST, _MOST = 10_000, 5, 300_000
#: Of how many rows it is looked up how they are said: of more, grams tell well enough.
_SAID = 300
#: What a character of a row costs; more where little was written, which is in many long names.
_LENGTH, _LENGTH_OF_SHORT = 0.25, 1.0
#: Rows that share less than this of what the best share are not looked at again.
_NEAR_BEST, _NEAR_BEST_OF_SHORT = 0.4, 0.2
#: How much more likely is what lies in the division that the text begins with.
_THERE = 1.5
#: Letters beyond so many are no initials.
_MOST_INITIALS = 24
_LIGHT = frozenset("".join(toml(__package__, "names.toml")["light"]))
_LIGHT_WEIGHT, _LEAST_WEIGHT, _UNKNOWN_WEIGHT = 0.5, 0.15, 0.8


@dataclass(frozen=True, slots=True)
class Spelling:
    """What was written, as the index looks it up: characters (and their syllables), or letters."""

    text: str = ""
    sounds: tuple[int, ...] = ()
    initials: str = ""


class NameIndex:
    """The rows of all names: entities first, then what is found by its text alone."""

    def __init__(self, things: Things) -> None:
        self.things = things
        self.all: list[Thing] = sorted(things.by_id.values(), key=things.order)
        self.numbers = {thing.id: number for number, thing in enumerate(self.all)}
        self.rows: list[str] = []
        of: list[int] = []
        for number, thing in enumerate(self.all):
            forms = things.forms(thing)
            self.rows.extend(forms)
            of.extend([number] * len(forms))
        self.of: Rows = np.array(of, np.int32)
        entities = sum(thing.kind in ENTITIES for thing in self.all)
        #: How many rows are of entities.
        self.entities = int(np.searchsorted(self.of, entities))
        #: Whether a row is a thing's own name, and no other form of it.
        self.is_own = firsts(self.of)
        self.lengths = np.fromiter(map(len, self.rows), np.int32, len(self.rows))
        divisions = [_division(things, thing) for thing in self.all[:entities]]
        #: Of each row of entities the code of the division that its thing is, or lies in; else 0.
        self._divisions = np.zeros(len(self.rows), np.int32)
        self._divisions[: self.entities] = np.array(divisions, np.int32)[self.of[: self.entities]]
        self._sums = _Sums()
        #: The rows that hold a plain text; the last few texts are asked for twice.
        self.containing = lru_cache(maxsize=8)(self._containing)
        self._build()

    def _build(self) -> None:
        codes = codes_of("\0".join(self.rows))
        rows = np.repeat(np.arange(len(self.rows), dtype=np.int32), self.lengths + 1)[: len(codes)]
        self._alphabet = np.unique(codes[codes != 0])
        symbols = self._symbols(codes)
        self.singles = Postings.of(symbols, rows, 1, _CHARACTERS, self.entities)
        self.pairs = Postings.of(symbols, rows, 2, _CHARACTERS, self.entities)
        spoken = sounds().of(codes)
        self.sounds = Postings.of(spoken.astype(np.int64), rows, 2, _SYLLABLES, self.entities)
        letters = sounds().initials[spoken]
        self.initials = Postings.of(letters.astype(np.int64), rows, 3, _LETTERS, self.entities)
        #: How telling a character is, up to 1.
        self.weigh = _Weights(self._weights_of(self.singles)).__getitem__
        #: Of short names the rows by their characters, in whatever order.
        self._jumbled: defaultdict[str, list[int]] = defaultdict(list)
        for row in np.flatnonzero(self.lengths[: self.entities] <= _JUMBLED).tolist():
            self._jumbled[_sorted(self.rows[row])].append(row)

    def _symbols(self, codes: Codes) -> Numbers:
        """Characters as numbers from 1; 0 for what no row has."""
        if not len(self._alphabet):
            return np.zeros(len(codes), np.int64)
        places = np.minimum(np.searchsorted(self._alphabet, codes), len(self._alphabet) - 1)
        return np.where(self._alphabet[places] == codes, places + 1, 0).astype(np.int64)

    def _weights_of(self, singles: Postings) -> dict[str, float]:
        """How telling each character is: the fewer names have it, the more."""
        most = math.log(1 + len(self.rows))
        counts = np.diff(singles.starts).tolist()
        weights = {}
        for symbol, count in zip(singles.grams.tolist(), counts, strict=True):
            character = chr(self._alphabet[symbol - 1])
            telling = math.log(1 + len(self.rows) / count) / most
            light = _LIGHT_WEIGHT if character in _LIGHT else 1.0
            weights[character] = max(_LEAST_WEIGHT, telling * light)
        return weights

    def spoken(self, row: int) -> Codes:
        """The syllables of a row."""
        return sounds().of(codes_of(self.rows[row]))

    def candidates(
        self,
        spelling: Spelling,
        most: int,
        among: int,
        allowed: npt.NDArray[np.bool_] | None = None,
    ) -> list[int]:
        """The rows that share the rarest grams with what was written, best first.

        `among` is how many rows are looked at: those of `entities`, or all; `allowed` says of each
        whether it may be found.
        """
        taken: list[Rows] = []
        weights: list[float] = []
        total = 0
        for length, postings, start, factor in sorted(
            self._listed(spelling, among), key=lambda listed: listed[0]
        ):
            if total + length > (_LOOK if len(taken) >= _LEAST else _MOST):
                break
            taken.append(postings.rows[start : start + length])
            weights.append(factor * math.log(1 + among / length))
            total += length
        if not taken:
            return []
        short = len(spelling.text) <= _SHORT
        near_best, long = (
            (_NEAR_BEST_OF_SHORT, _LENGTH_OF_SHORT) if short else (_NEAR_BEST, _LENGTH)
        )
        near, scores = self._nearest(taken, weights, near_best, allowed)
        fits = scores / (sum(weights) + long * self.lengths[near])
        for stem in self.things.fronts(spelling.text):
            fits *= np.where(self._lies_in(stem, near), _THERE, 1.0)
        if len(near) > most:
            best = np.argpartition(fits, -most)[-most:]
            near, fits = near[best], fits[best]
        found: list[int] = near[np.lexsort((near, -fits))].tolist()
        jumbled = [row for text in _mixed(spelling.text) for row in self._jumbled.get(text, ())]
        mixed = [row for row in jumbled if allowed is None or allowed[row]]
        return [*mixed, *(row for row in found if row not in mixed)]

    def _nearest(
        self,
        taken: Sequence[Rows],
        weights: Sequence[float],
        near_best: float,
        allowed: npt.NDArray[np.bool_] | None,
    ) -> tuple[Rows, npt.NDArray[np.float32]]:
        """The rows whose lists weigh nearly as much as the best row's, ascending, and how much."""
        # Added up in an array of all rows that each thread keeps, and that is all zeros between.
        sums = self._sums.of(len(self.rows))
        for rows, weight in zip(taken, weights, strict=True):
            sums[rows] += weight
        listed = np.concatenate(taken)
        found = sums[listed] if allowed is None else sums[listed] * allowed[listed]
        near = np.sort(listed[found > found.max() * near_best])
        near = near[firsts(near)]
        scores = sums[near]
        sums[listed] = 0
        return near, scores

    def _lies_in(self, stem: str, rows: Rows) -> npt.NDArray[np.bool_]:
        """Which rows are of what lies in a division, by the stem of its code."""
        lies: npt.NDArray[np.bool_] = self._divisions[rows] // 10 ** (6 - len(stem)) == int(stem)
        return lies

    def _listed(self, spelling: Spelling, among: int) -> Iterator[tuple[int, Postings, int, float]]:
        """How many rows each gram of what was written has, where they are, how much it counts."""
        symbols = self._symbols(codes_of(spelling.text))
        spoken = np.array(spelling.sounds, np.int64)
        letters = np.array([ord(c) - 96 for c in spelling.initials], np.int64)
        # Of a short name in which two have changed places, or one sounds alike, no pair is left.
        single, sound = (_SINGLE, _SOUND) if len(symbols) > _SHORT else (1.0, _SOUND)
        for postings, text, width, alphabet, factor in (
            (self.pairs, symbols, 2, _CHARACTERS, 1.0),
            (self.singles, symbols, 1, _CHARACTERS, single),
            (self.sounds, spoken, 2, _SYLLABLES, sound),
            (self.initials, letters, 3, _LETTERS, _SOUND),
        ):
            if len(text) >= width:
                grams = grams_of(text, width, alphabet)
                starts, ends = postings.spans(grams, first=among == self.entities)
                for start, end in zip(starts, ends, strict=True):
                    if end > start:
                        yield end - start, postings, start, factor

    def _containing(self, text: str) -> Rows:
        symbols = self._symbols(codes_of(text))
        if not len(symbols) or 0 in symbols:
            return np.empty(0, np.int32)
        if len(symbols) == 1:
            return self.singles.lists(symbols)[0]
        rows = common(self.pairs.lists(grams_of(symbols, 2, _CHARACTERS)))
        if len(symbols) == 2 or len(rows) > _LOOK:
            return rows
        held = [text in row for row in map(self.rows.__getitem__, rows.tolist())]
        held_rows: Rows = rows[np.array(held, bool)]
        return held_rows

    def is_named(self, text: str) -> npt.NDArray[np.bool_]:
        """Of each thing whether its own name, not only a longer form of it, holds a text."""
        rows = self.containing(text)
        named = np.zeros(len(self.all), bool)
        named[self.of[rows[self.is_own[rows]]]] = True
        return named

    def sounding(self, spelling: Spelling) -> Rows:
        """The rows that hold these syllables, or characters with these initials, in a run."""
        spoken = grams_of(np.array(spelling.sounds, np.int64), 2, _SYLLABLES)
        letters = [ord(letter) - 96 for letter in spelling.initials]
        initials = grams_of(np.array(letters, np.int64), 3, _LETTERS)
        lists = [*self.sounds.lists(spoken), *self.initials.lists(initials)]
        rows = common(lists) if lists else np.empty(0, np.int32)
        if len(rows) > _SAID:
            return rows
        held = np.fromiter((self._says(row, spelling) for row in rows), bool, len(rows))
        held_rows: Rows = rows[held]
        return held_rows

    def _says(self, row: int, spelling: Spelling) -> bool:
        """Whether a row holds these syllables, or these initials, in a run."""
        spoken = self.spoken(row).tolist()
        if spelling.initials:
            return spelling.initials in sounds().letters(spoken)
        return "".join(map(chr, spelling.sounds)) in "".join(map(chr, spoken))


class _Sums(threading.local):
    """An array of zeros for each thread; of single precision, to stay in the processor's cache."""

    def __init__(self) -> None:
        self._zeros = np.zeros(0, np.float32)

    def of(self, size: int) -> npt.NDArray[np.float32]:
        if len(self._zeros) != size:
            self._zeros = np.zeros(size, np.float32)
        return self._zeros


class _Weights(dict[str, float]):
    """The weights of characters; one that no name has tells nearly as much as a rare one."""

    def __missing__(self, character: str) -> float:
        return _UNKNOWN_WEIGHT


def _division(things: Things, thing: Thing) -> int:
    code = (things.region_of(thing) or thing).notation or ""
    return int(code) if thing.kind != "code" and len(code) == 6 and code.isdigit() else 0


def _sorted(text: str) -> str:
    return "".join(sorted(text))


def _mixed(text: str) -> Iterator[str]:
    """The characters of a text in order; of a short one also those with one that looks alike."""
    yield _sorted(text)
    for place, character in enumerate(text if len(text) <= _SHORT else ""):
        for other in look_alikes().get(character, ""):
            if other != character:
                yield _sorted(text[:place] + other + text[place + 1 :])


@lru_cache(maxsize=1 << 12)
def spellings_of(text: str) -> tuple[Spelling, ...]:
    """The ways to look a plain text up: Latin letters may be words, Pinyin, or its initials.

    >>> len(spellings_of("江汉")), len(spellings_of("jhq")), len(spellings_of("jianghan"))
    (1, 2, 3)
    """
    if not (text.isascii() and text.isalpha()):
        return (Spelling(text, tuple(int(s) for s in sounds().of(codes_of(text)))),)
    spelt = syllables(text)
    return (
        Spelling(text),
        *((Spelling("", spelt),) if spelt else ()),
        *((Spelling("", (), text),) if len(text) <= _MOST_INITIALS else ()),
    )
