"""Content negotiation: what a client prefers of what there is (RFC 9110, sections 12.4, 12.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_MEDIA_RANGE = re.compile(rf"({_TOKEN})/({_TOKEN})")
_LANGUAGE_RANGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*")
#: An element of a list header: quoted strings may hold commas.
_ELEMENT = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^,"])+')
_QUALITY = re.compile(r";\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)", re.IGNORECASE)
#: A weight that can't be read: its range is left out, as if never sent.
_BAD_QUALITY = re.compile(r";\s*q\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Preference:
    """A range that a client takes (``text/*``, ``zh-CN``), lower case, and how much it likes it."""

    range: str
    quality: float


def _preferences(header: str | None, shape: re.Pattern[str]) -> list[Preference]:
    found: list[Preference] = []
    for element in _ELEMENT.findall(header or ""):
        name, _, parameters = element.strip().partition(";")
        weight = _QUALITY.search(f";{parameters}")
        if not shape.fullmatch(name.strip()) or (
            weight is None and _BAD_QUALITY.search(f";{parameters}")
        ):
            continue
        quality = float(weight[1]) if weight else 1.0
        found.append(Preference(name.strip().lower(), quality))
    return found


def _media_rank(offer: str, preferences: Iterable[Preference]) -> tuple[float, int]:
    """(quality, how specific) of the most specific range that holds `offer`; (0, -1) if none."""
    best, quality = -1, 0.0
    for preference in preferences:
        kind, _, subtype = preference.range.partition("/")
        specific = 2 if preference.range == offer else 1 if subtype == "*" else -1
        if specific == 1 and kind != offer.partition("/")[0]:
            specific = 0 if kind == "*" else -1
        if specific > best:
            best, quality = specific, preference.quality
    return quality, best


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """The media type of `offers` (ours first, best first) that `accept` likes best, or None.

    The quality decides, then whether the type is named or only covered by a wildcard, then our
    order. No header, or none that can be read, takes anything.

    >>> offers = ["text/html", "text/turtle"]
    >>> choose("text/turtle;q=0.9, text/html;q=0.5", offers), choose("*/*, text/turtle", offers)
    ('text/turtle', 'text/turtle')
    >>> choose("image/png", offers)
    """
    preferences = _preferences(accept, _MEDIA_RANGE) or [Preference("*/*", 1.0)]
    ranked = [(*_media_rank(offer, preferences), -place) for place, offer in enumerate(offers)]
    quality, _, place = max(ranked, default=(0.0, -1, 0))
    return offers[-place] if quality > 0 else None


def choose_language(accept_language: str | None, offers: Sequence[str]) -> str | None:
    """The language of `offers` that the header likes best, by primary subtag; None if neither.

    >>> choose_language("fr, en-GB;q=0.8, zh;q=0.7", ["zh", "en"])
    'en'
    """
    best: tuple[float, str] | None = None
    for preference in _preferences(accept_language, _LANGUAGE_RANGE):
        language = preference.range.partition("-")[0]
        known = language in offers and preference.quality > 0
        if known and (best is None or preference.quality > best[0]):
            best = preference.quality, language
    return best[1] if best else None
