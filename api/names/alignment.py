"""How well what somebody wrote fits a name, character by character."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from rapidfuzz.distance import Levenshtein

from api.names.likeness import likeness
from kg.resources import toml

_RULES = toml(__package__, "names.toml")
_TELLING = frozenset(_RULES["telling"])
_LIGHT = re.compile("(?:{})*".format("|".join(map(re.escape, _RULES["light"]))))
_LIGHT_ONE = re.compile("[{}]".format(re.escape("".join(_RULES["light"]))))
#: So many characters beyond the light ones are written where a match is certain.
_ENOUGH = 2
#: What a name's character costs that wasn't written: short forms leave out, they add nothing.
_MISSING = 0.3
#: What is left of the cost of a character that stands elsewhere, or twice.
_MOVED, _DOUBLED = 0.35, 0.15
#: So many characters may be slips, or a third of them: more are another name.
_FEW = 2
#: What each slip beyond the first costs besides.
_ANOTHER = 0.15
#: From here on a character is taken for another by a slip.
_SLIP = 0.5

Weigh = Callable[[str], float]
#: What to do, and at which places of what was written and of the name.
Edits = list[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a name fits, 0 to 1; `certain` where nothing speaks for another name than this."""

    score: float
    certain: bool


EXACT = Fit(1.0, True)


def fit(written: str, name: str, weigh: Weigh) -> Fit:
    """How well `name` fits what was `written`, both plain; `weigh` says how telling a character is.

    >>> even = lambda character: 1.0
    >>> fit("江汉区花楼街办", "江汉区花楼街道办事处", even).score > 0.85
    True
    >>> fit("第一小学", "第二小学", even).certain, fit("花搂街道", "花楼街道", even).certain
    (False, True)
    """
    return Comparison(written, weigh).fit(name)


class Comparison:
    """What somebody wrote, to be compared with many names."""

    def __init__(self, written: str, weigh: Weigh) -> None:
        self._written = written
        self._weigh = weigh
        self._weights = [weigh(character) for character in written]
        self._whole = sum(self._weights)
        self._is_enough = len(_LIGHT_ONE.sub("", written)) >= _ENOUGH

    def fit(self, name: str) -> Fit:
        """How well a name fits."""
        written, weights = self._written, self._weights
        if written == name:
            return EXACT
        extra: list[tuple[int, int]] = []
        missing: list[int] = []
        slips: list[tuple[int, int, float]] = []
        # They are tuples, whatever the stubs say.
        edits = cast("Edits", Levenshtein.editops(written, name).as_list())
        for tag, at, to in edits:
            like = _like(written[at], name[to]) if tag == "replace" else 0.0
            if like >= _SLIP:
                slips.append((at, to, like))
                continue
            if tag != "delete":
                missing.append(to)
            if tag != "insert":
                extra.append((at, to))
        matched, cost, certain = self._whole, 0.0, True
        added: list[str] = []
        is_near = len(extra) <= max(_FEW, len(written) // 3)
        for at, to in extra:
            character, weight = written[at], weights[at]
            elsewhere = next((m for m in missing if name[m] == character), None)
            if elsewhere is not None:
                missing.remove(elsewhere)
                matched -= weight * _MOVED
                cost += weight * _MOVED
            elif character in written[max(0, at - 1) : at] + written[at + 1 : at + 2]:
                matched -= weight
                cost += weight * _DOUBLED
            elif is_near and (beside := _likest(character, name, to, missing)):
                missing.remove(beside[0])
                slips.append((at, *beside))
                certain = certain and beside[1] >= _SLIP
            else:
                matched -= weight
                cost += weight
                added.append(character)
        for number, (at, to, like) in enumerate(slips):
            unlike = min(1.0, 1 - like + (_ANOTHER if number else 0))
            cost += max(weights[at], self._weigh(name[to])) * unlike
            matched -= weights[at] * unlike
        lacking = [name[to] for to in missing]
        cost += sum(map(self._weigh, lacking)) * _MISSING
        if added or lacking:
            certain = certain and self._is_enough and not (added and lacking)
            certain = certain and _is_light(added) and _is_light(lacking)
        return Fit(matched / (matched + cost) if matched > 0 else 0.0, certain)


def _likest(character: str, name: str, to: int, missing: Sequence[int]) -> tuple[int, float] | None:
    """The place of a name's character that wasn't written, here or next to here, and likest."""
    near = [place for place in missing if abs(place - to) <= 1]
    found = [(_like(character, name[place]), place) for place in near]
    like, place = max(found, default=(0.0, 0))
    return (place, like) if like else None


def _like(written: str, meant: str) -> float:
    """How like two characters are; 0 for two that nobody takes for one another."""
    return 0.0 if written in _TELLING and meant in _TELLING else likeness(written, meant)


def _is_light(characters: Sequence[str]) -> bool:
    return _LIGHT.fullmatch("".join(characters)) is not None
