"""Finds things by any words of their names or texts: what holds them, else what comes nearest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from api.names.facets import Mask
from api.names.forms import is_latin, plain
from api.names.index import NameIndex, spellings_of
from api.names.postings import Numbers, Rows, common, firsts
from api.names.ranking import rank
from api.names.ready import Names
from api.names.things import Thing

#: How many near names are shown where nothing holds the words, and how near they must be.
_NEAREST, _NEAR = 20, 0.5
#: How far in front stand those that bear the very name, and those whose own name holds the words.
_BEARS, _NAMED = 1000, 20
#: How many of the nearest are offered to somebody who types.
_MOST = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, out of `total`; `near` where only similar names were."""

    things: list[Thing]
    total: int
    near: bool
    facets: Mapping[str, list[tuple[str, int]]]


def search(names: Names, words: str, chosen: Mapping[str, str], start: int, most: int) -> Found:
    """What holds all words and has the chosen values of facets, from the `start`-th on."""
    index, facets = names.index, names.facets
    found, near = _numbers(index, words)
    masks = facets.matching(chosen)
    left = _within(found, masks)
    page = left[start : start + most] if near else _first(names, left, plain(words), start, most)
    counts = {
        name: facet.count(_within(found, {n: m for n, m in masks.items() if n != name}))
        for name, facet in facets.facets.items()
    }
    return Found([index.all[number] for number in page], len(left), near, counts)


def _within(found: Numbers, masks: Mapping[str, Mask]) -> Numbers:
    for mask in masks.values():
        found = found[mask[found]]
    return found


def _numbers(index: NameIndex, words: str) -> tuple[Numbers, bool]:
    """The things that hold all words, or those with similar names, the nearest first."""
    terms = [term for term in map(plain, words.split()) if term]
    if not terms:
        return np.arange(len(index.all)), False
    found: Numbers | None = None
    for term in terms:
        holding = _of(index, _rows(index, term))
        found = holding if found is None else common([found, holding])
    assert found is not None
    if len(found):
        return found, False
    ranked, _ = rank(index, [words], _NEAREST, among=len(index.rows))
    places = index.numbers
    near = [places[candidate.thing.id] for candidate in ranked if candidate.score >= _NEAR]
    return np.array(near, np.int64), True


def _of(index: NameIndex, rows: Rows) -> Numbers:
    """The things of some rows; both stand in one order."""
    numbers = index.of[rows].astype(np.int64)
    return numbers[firsts(numbers)]


def _rows(index: NameIndex, term: str) -> Rows:
    """The rows that hold a term; for Latin letters, those that sound so as well."""
    rows = index.containing(term)
    if not is_latin(term):
        return rows
    spoken = [index.sounding(way) for way in spellings_of(term) if not way.text]
    return np.unique(np.concatenate([rows, *spoken]))


def _first(names: Names, found: Numbers, written: str, start: int, most: int) -> Numbers:
    """A page of things in their order.

    Who bears the very name goes before all; who is only found by what is above it, after others.
    """
    facets = names.facets
    bears = facets.lengths[found] == len(written)
    is_named = names.index.is_named(written)[found]
    order = facets.order[found] - _NAMED * is_named - _BEARS * (is_named & bears)
    end = start + most
    if len(found) > end:
        best = np.argpartition(order, end)[:end]
        found, order = found[best], order[best]
    return found[np.lexsort((found, order))][start:end]


def complete(
    names: Names, text: str, start: int, most: int, types: tuple[str, ...] = ()
) -> list[Thing]:
    """Entities for somebody who has begun to write a name: those that hold it, else the nearest."""
    index = names.index
    term = plain(text)
    rows = _rows(index, term) if term else np.empty(0, np.int32)
    held = _of(index, rows[rows < index.entities])
    if len(held):
        things = [index.all[n] for n in _first(names, held, term, 0, len(held))]
    else:
        things = [candidate.thing for candidate in rank(index, [text], _MOST)[0]]
    fitting = [t for t in things if not types or {*types} & {*t.types, t.kind}]
    return fitting[start : start + most]
