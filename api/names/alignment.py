"""How well what somebody wrote fits a name, character by character."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from api.names.likeness import likeness
from kg.resources import toml

_RULES = toml(__package__, "names.toml")
_LIGHT, _TELLING = frozenset(_RULES["light"]), frozenset(_RULES["telling"])
#: What a name's character costs that wasn't written: short forms leave out, they add nothing.
_MISSING = 0.3
#: What is left of the cost of a character that stands elsewhere, or twice.
_MOVED, _DOUBLED = 0.35, 0.3
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
    extra: list[tuple[int, str]] = []
    missing: list[str] = []
    matched, cost = sum([weigh(character) for character in written]), 0.0
    for edit in Levenshtein.editops(written, name):
        tag, at, to = edit.tag, edit.src_pos, edit.dest_pos
        like = likeness(written[at], name[to]) if tag == "replace" else 0.0
        if like >= _SLIP and not {written[at], name[to]} & _TELLING:
            cost += max(weigh(written[at]), weigh(name[to])) * (1 - like)
            matched -= weigh(written[at]) * (1 - like)
            continue
        if tag != "delete":
            missing.append(name[to])
        if tag != "insert":
            extra.append((at, written[at]))
            matched -= weigh(written[at])
    certain = True
    added = 0
    for at, character in extra:
        weight = weigh(character)
        if character in missing:  # it stands elsewhere
            missing.remove(character)
            matched += weight * (1 - _MOVED)
            cost += weight * _MOVED
        elif character in written[max(0, at - 1) : at] + written[at + 1 : at + 2]:
            cost += weight * _DOUBLED
            certain = certain and character not in _TELLING
        else:
            cost += weight
            added += 1
            certain = certain and character in _LIGHT
    for character in missing:
        cost += weigh(character) * _MISSING
        certain = certain and character in _LIGHT
    certain = certain and not (added and missing)
    return Fit(matched / (matched + cost) if matched > 0 else 0.0, certain)
