"""How well what somebody wrote fits a name, character by character."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
#: From here on a character is taken for another by a slip.
_SLIP = 0.5

Weigh = Callable[[str], float]


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
    if written == name:
        return EXACT
    extra: list[int] = []
    missing: list[int] = []
    matched, cost = sum([weigh(character) for character in written]), 0.0
    for edit in Levenshtein.editops(written, name):
        tag, at, to = edit.tag, edit.src_pos, edit.dest_pos
        like = _slip(written[at], name[to]) if tag == "replace" else 0.0
        if like:
            cost += max(weigh(written[at]), weigh(name[to])) * (1 - like)
            matched -= weigh(written[at]) * (1 - like)
            continue
        if tag != "delete":
            missing.append(to)
        if tag != "insert":
            extra.append(at)
            matched -= weigh(written[at])
    added: list[str] = []
    for at in extra:
        character, weight = written[at], weigh(written[at])
        elsewhere = next((to for to in missing if name[to] == character), None)
        if elsewhere is not None:
            missing.remove(elsewhere)
            matched += weight * (1 - _MOVED)
            cost += weight * _MOVED
        elif character in written[max(0, at - 1) : at] + written[at + 1 : at + 2]:
            cost += weight * _DOUBLED
        else:
            cost += weight
            added.append(character)
    lacking = [name[to] for to in missing]
    cost += sum([weigh(character) for character in lacking]) * _MISSING
    certain = not (added and lacking) and _is_light(added) and _is_light(lacking)
    if added or lacking:
        certain = certain and len(_LIGHT_ONE.sub("", written)) >= _ENOUGH
    return Fit(matched / (matched + cost) if matched > 0 else 0.0, certain)


def _slip(written: str, meant: str) -> float:
    """How like two characters are, where one is easily written for the other; else 0."""
    if written in _TELLING and meant in _TELLING:
        return 0.0
    like = likeness(written, meant)
    return like if like >= _SLIP else 0.0


def _is_light(characters: Sequence[str]) -> bool:
    return _LIGHT.fullmatch("".join(characters)) is not None
