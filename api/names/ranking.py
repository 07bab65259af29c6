"""Ranks what somebody may have meant: the best names first, and whether one of them is safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import LCSseq

from api.names.alignment import Comparison, Fit, fit
from api.names.forms import plain, sounds
from api.names.index import NameIndex, Spelling, spellings_of
from api.names.things import Thing

#: How many rows are looked at.
_LOOKED_AT = 64
#: How many of them are compared character by character, and how many of these are there for what
#: they share alone: fewer for long names, which say more of what they mean.
_OF_SHORT, _OF_LONG, _LONG_NAME = (12, 6), (8, 3), 8
#: A match is at least so good, and so much better than the next.
_GOOD, _AHEAD = 0.8, 0.05
#: Below this a name has nothing to do with what was written.
_LEAST = 0.25
#: A certain name this good is what is meant, unless something else is known that speaks against it.
_SETTLED = 0.9
#: What was written stands before what it may be short for, and this before what it was before.
_CHANGED, _GUESSED = 0.995, 0.97
#: What is left of a name's fit where it is of another region than the one in front.
_ELSEWHERE = 0.85
_IN_BRACKETS = "（"
#: Letters that spell the name are good, its initials are a guess.
_SPELT, _ABBREVIATED = 0.97, 0.9
_PRIVATE = 0xE000
#: What each character of a name says against it at a first look.
_LONG = 0.1

Allowed = npt.NDArray[np.bool_]
#: How well a thing fits what else is known of it: 0 to 1, or None where nothing speaks to it.
Check = Callable[[Thing], float | None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant: how well its name fits, and what else is known of it."""

    thing: Thing
    score: float
    name: float
    context: float | None = None
    certain: bool = False


def rank(
    index: NameIndex,
    written: Sequence[str],
    most: int,
    allowed: Allowed | None = None,
    check: Check | None = None,
    *,
    among: int | None = None,
    guessed: Sequence[str] = (),
) -> tuple[list[Candidate], bool]:
    """The likeliest things, best first, and whether the first is safe to take.

    `written` holds ways to write the one name that is sought, as it is first; `guessed` what it
    may be called besides; the best way counts. `among` is how many rows are looked at: those of
    entities, if it isn't given.
    """
    among = index.entities if among is None else among
    best: dict[int, Fit] = {}
    ways = {plain(text): _GUESSED for text in guessed}
    ways |= {
        plain(text): 1.0 if n == 0 else _CHANGED for n, text in reversed([*enumerate(written)])
    }
    for text, factor in ways.items():
        for number, fits in (
            _fits(index, text, among, allowed, is_all=check is not None) if text else ()
        ):
            # Nobody knows for certain what was called so before.
            found = Fit(fits.score * factor, fits.certain and factor > _GUESSED)
            if number not in best or _better(found, best[number]):
                best[number] = found
    ranked = [_candidate(index.all[n], f, check) for n, f in best.items() if f.score >= _LEAST]
    ranked.sort(key=lambda c: (-round(c.score, 6), *_standing(index, c.thing)))
    return ranked[:most], _is_safe(ranked)


def _fits(
    index: NameIndex, text: str, among: int, allowed: Allowed | None, *, is_all: bool
) -> Iterator[tuple[int, Fit]]:
    """How well the likeliest rows fit a plain text, each with the number of its thing.

    Unless all that might be meant `is_all` to be seen, a name that is surely right ends the search.
    """
    most, sure = _OF_LONG if len(text) > _LONG_NAME else _OF_SHORT
    for spelling in spellings_of(text):
        rows = index.candidates(spelling, _LOOKED_AT, among, allowed)
        if not spelling.text:
            for row in rows[:most]:
                yield int(index.of[row]), _spoken_fit(index, spelling, row)
            continue
        # The order of the index decides among equals, and its first are kept in any case.
        first = list(_compared(index, text, rows[:sure]))
        yield from first
        if is_all or not any(fit.certain and fit.score >= _SETTLED for _, fit in first):
            yield from _compared(index, text, _promising(index, text, rows[sure:], most - sure))


def _compared(index: NameIndex, text: str, rows: Sequence[int]) -> Iterator[tuple[int, Fit]]:
    """How well rows fit a text, character by character."""
    comparisons = {text: Comparison(text, index.weigh)}
    stands_in_a_region = index.things.is_behind_a_region(text)
    for row in rows:
        number, name, local = int(index.of[row]), index.rows[row], text
        if stands_in_a_region:
            within = index.things.without_regions(text, name, index.all[number])
            if within is None:
                yield number, _elsewhere(comparisons[text].fit(name))
                continue
            local = within
        if local not in comparisons:
            comparisons[local] = Comparison(local, index.weigh)
        yield number, comparisons[local].fit(name)


def _promising(index: NameIndex, text: str, rows: Sequence[int], most: int) -> list[int]:
    """The rows that share most characters with a text in its order, short ones first."""
    if len(rows) <= most:
        return [*rows]
    names = [index.rows[row] for row in rows]
    shared = process.cdist([text], names, scorer=LCSseq.similarity, dtype=np.int32)[0]
    promise = shared - _LONG * index.lengths[rows]
    chosen = np.argsort(-promise, kind="stable")[:most].tolist()
    return [rows[place] for place in chosen]


def _elsewhere(found: Fit) -> Fit:
    """Of a thing that doesn't lie in the region that was written."""
    return Fit(found.score * _ELSEWHERE, False)


def _standing(index: NameIndex, thing: Thing) -> tuple[bool, int, bool, int, tuple[int, str]]:
    """What comes first of namesakes.

    What everybody has, then what the release uses most, then what isn't part of a special case
    （资本性支出 before 资本性支出（基本建设））, then the wider region (中山市 before 中山区).
    """
    is_special = _IN_BRACKETS in (index.things.name(thing.broader) or "")
    depth = len((thing.notation or "").rstrip("0")) if thing.kind == "region" else 0
    return thing.is_of_own_list, -thing.uses, is_special, depth, index.things.order(thing)


def _better(new: Fit, old: Fit) -> bool:
    return (new.score, new.certain) > (old.score, old.certain)


def _candidate(thing: Thing, found: Fit, check: Check | None) -> Candidate:
    """With what else is known: a contradiction costs more than an agreement gains."""
    context = check(thing) if check else None
    if context is None:
        return Candidate(thing, found.score, found.score, None, found.certain)
    score = found.score * (0.6 + 0.4 * context)
    return Candidate(thing, score, found.score, context, found.certain and context > 0.5)


def _is_safe(ranked: Sequence[Candidate]) -> bool:
    """One name is right but for slips, and nothing else comes near."""
    if not ranked or not ranked[0].certain or ranked[0].score < _GOOD:
        return False
    if len(ranked) == 1:
        return True
    first, second = ranked[0].score, ranked[1].score
    return second <= first - _AHEAD or (first == 1.0 and second < 1.0)


def _spoken_fit(index: NameIndex, spelling: Spelling, row: int) -> Fit:
    """How well letters fit a name: as its Pinyin, or as the initials of that."""
    spoken = [int(sound) for sound in index.spoken(row) if sound]
    weights = _Weights(index, index.rows[row], spoken)
    if spelling.sounds:
        spelt = fit(_private(spelling.sounds), _private(spoken), weights.of_sound)
        return Fit(spelt.score * _SPELT, spelling.sounds == tuple(spoken))
    initials = sounds().letters(spoken)
    if spelling.initials not in initials:  # letters that aren't its own tell nothing
        return Fit(0.0, False)
    return Fit(fit(spelling.initials, initials, weights.of_letter).score * _ABBREVIATED, False)


class _Weights:
    """How telling the sounds of a name are: as its characters."""

    def __init__(self, index: NameIndex, name: str, spoken: Sequence[int]) -> None:
        by_sound: dict[str, float] = {}
        by_letter: dict[str, float] = {}
        characters = [c for c in name if sounds().readings(c)]
        for character, sound in zip(characters, spoken, strict=False):
            weight = index.weigh(character)
            by_sound[chr(_PRIVATE + sound)] = weight
            letter = sounds().names[sound][0]
            by_letter[letter] = max(weight, by_letter.get(letter, 0))
        self._by_sound, self._by_letter = by_sound, by_letter

    def of_sound(self, character: str) -> float:
        return self._by_sound.get(character, 1.0)

    def of_letter(self, character: str) -> float:
        return self._by_letter.get(character, 1.0)


def _private(spoken: Sequence[int]) -> str:
    """Syllables as characters, one each."""
    return "".join(chr(_PRIVATE + sound) for sound in spoken)
