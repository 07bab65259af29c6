"""What is doubtful in how a report prints a 科目, and what it was probably meant to be.

A name that is no name of its code, or a path that names no code, is never changed: it is classified
here, and a suggestion made where the names, or the money that the report's tables print beside a
code, single one out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rapidfuzz.distance import Indel, LCSseq, Levenshtein

from kg.codes.classification import Classification, loose_name

#: How a printed 科目 fails the list (the code list `naming`): misspelt; cut short; with the name of
#: another code; names that exist, but not below one another; of another edition; in no list.
Kind = Literal["slip", "short", "other", "astray", "edition", "unknown"]

#: Up to this many characters of a name, one that differs is a slip; of a longer one, two.
_SHORT = 7
#: How much of a name must be another's to be taken for it where all above it is right.
_ALIKE = 0.5

_CODE_AND_NAME = re.compile(r"(?P<code>\d{3}(?:\d{2}){0,2})\s*(?P<name>.*)")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with a printed 科目, and the code that was probably meant."""

    kind: Kind
    suggested: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a report itself says of its codes: the money beside each, and those named properly."""

    money: Mapping[str, frozenset[Decimal]]
    named: frozenset[str] = frozenset()


class Naming:
    """The check of printed 科目 against a classification's edition of one year."""

    def __init__(self, classification: Classification, year: int) -> None:
        self._list = classification
        self._year = year

    def of_code(self, code: str, text: str, named: Collection[str] = ()) -> Doubt | None:
        """What is doubtful in the names printed for a known code: its own, or its path's.

        `named` are codes that stand beside it under their own names: none of them was meant.
        """
        concept = self._list.concept(code)
        if concept is None:
            return None
        if not concept.in_force(self._year):
            return Doubt("edition", code) if concept.trusted else self._unsure(code, text)
        if not text:
            return None
        *upper, name = text.split("/")
        if not self._list.fits(code, name):
            return self._misnamed(code, name, named)
        above = [code[:n] for n in self._list.LEVELS if n < len(code)]
        for place, printed in enumerate(upper):
            own = above[place : place + 1] if len(upper) == len(above) else above
            if not any(self._list.fits(known, printed) for known in own):
                return self._wrongly_under(code, printed, own)
        return None

    def of_names(
        self, text: str, money: Iterable[Decimal] = (), evidence: Evidence | None = None
    ) -> Doubt | None:
        """What is doubtful in a path, or in a code and name, that the list doesn't have.

        None where the names are right and only leave open which of several codes they mean.
        """
        evidence = evidence or Evidence({})
        if match := _CODE_AND_NAME.fullmatch(text):
            return self._unlisted(match["code"], match["name"])
        path = tuple(text.split("/"))
        if self._possible(path, self._year):
            return None
        if earlier := self._possible(path, None):
            return Doubt("edition", _sole(earlier))
        suggested = self._suggested(path, frozenset(money), evidence)
        levels = zip(self._list.LEVELS, path, strict=False)
        if len(path) > 1 and all(self._list.named(name, digits) for digits, name in levels):
            return Doubt("astray", suggested)
        return Doubt("slip" if suggested else "unknown", suggested)

    # --- a printed code

    def _misnamed(self, code: str, name: str, named: Collection[str]) -> Doubt:
        concept = self._list.concept(code)
        assert concept is not None
        if not concept.trusted:
            return self._unsure(code, name)
        if owners := self._owners(code, name):
            meant = _nearest(owners, code)
            return Doubt("other", code if meant is None or meant in named else meant)
        if is_slip(name, self._list.names(code), 1):
            return Doubt("slip", code)
        if is_short(name, self._list.names(code)):
            return Doubt("short", code)
        if is_slip(name, self._list.names(code)):
            return Doubt("slip", code)
        near = [other for other in self._siblings(code) if self._is_slip_of(name, other)]
        return Doubt("other", near[0]) if len(near) == 1 else Doubt("unknown")

    def _unsure(self, code: str, text: str) -> Doubt:
        """A code that the list isn't sure of is told only by the sure name of one beside it."""
        name = text.rpartition("/")[2]
        if self._list.fits(code, name):
            return Doubt("unknown")
        owners = self._list.named(name, len(code), self._year) if name else ()
        beside = [o for o in owners if o[:-2] == code[:-2] and self._is_sure(o)]
        return Doubt("other", found) if (found := _sole(beside)) else Doubt("unknown")

    def _is_sure(self, code: str) -> bool:
        concept = self._list.concept(code)
        return concept is not None and concept.trusted

    def _owners(self, code: str, name: str) -> tuple[str, ...]:
        """Whose a name is that isn't the code's; the code's own, if only another level has it."""
        if any(self._list.fits(code[:n], name) for n in self._list.LEVELS if n < len(code)):
            return (code,)
        alike = self._list.named(name, len(code), self._year)
        elsewhere = any(self._list.named(name, n, self._year) for n in self._list.LEVELS)
        return alike or ((code,) if elsewhere else ())

    def _wrongly_under(self, code: str, printed: str, own: Sequence[str]) -> Doubt:
        """Found by its own name, below one that isn't the name of what it belongs to."""
        if any(self._is_slip_of(printed, known) for known in own):
            return Doubt("slip", code)
        if any(is_short(printed, self._list.names(known)) for known in own):
            return Doubt("short", code)
        known = any(self._list.named(printed, len(level)) for level in own)
        return Doubt("astray", code) if known else Doubt("unknown")

    def _unlisted(self, code: str, name: str) -> Doubt:
        """A code that no edition has, beside a name that one of its division may have."""
        parent = code[:-2] if len(code) > self._list.LEVELS[0] else ""
        owners = self._list.named(name, len(code), self._year) if name else ()
        if found := _sole([o for o in owners if o.startswith(parent)]) or _sole(owners):
            return Doubt("slip", found)
        return Doubt("unknown")

    # --- a path of names

    def _possible(self, path: Sequence[str], year: int | None) -> tuple[str, ...]:
        """The codes that a path may mean; of two names the second may be a division or an item."""
        open_paths: list[tuple[str | None, ...]] = [tuple(path)]
        if len(path) < len(self._list.LEVELS):
            open_paths.append((*path[:-1], *[None] * (3 - len(path)), path[-1]))
        found = (self._list.candidates(p, year=year) for p in open_paths)
        return next((codes for codes in found if codes), ())

    def _suggested(
        self, path: Sequence[str], money: frozenset[Decimal], evidence: Evidence
    ) -> str | None:
        digits = self._list.LEVELS[len(path) - 1]
        listed = [code for code in self._list.codes() if len(code) == digits]
        listed = [code for code in listed if self._in_force(code)]
        near = [code for code in listed if self._distance(code, path) <= 1]
        paid = [code for code in near if money & evidence.money.get(code, frozenset())]
        slips = [code for code in near if self._slips(code, path)]
        elsewhere = [code for code in near if self._list.fits(code, path[-1])]
        for found in (paid, slips, elsewhere):
            if code := _sole(found):
                return code
        return self._most_alike(listed, path, evidence)

    def _most_alike(
        self, listed: Sequence[str], path: Sequence[str], evidence: Evidence
    ) -> str | None:
        """The code of the right division whose name is most like what is printed."""
        if len(path) < len(self._list.LEVELS):
            return None
        alike: dict[str, float] = {}
        for code in listed:
            levels = zip(self._list.LEVELS, path[:-1], strict=False)
            right = all(self._list.fits(code[:n], name) for n, name in levels)
            if right and code not in evidence.named:
                alike[code] = self._likeness(code, path[-1])
        best = max(alike.values(), default=0.0)
        closest = [code for code, likeness in alike.items() if likeness == best]
        return _sole(closest) if best >= _ALIKE else None

    def _distance(self, code: str, path: Sequence[str]) -> int:
        """At how many levels a path doesn't have a name of the code's."""
        levels = zip(self._list.LEVELS, path, strict=False)
        return sum(not self._list.fits(code[:n], name) for n, name in levels)

    def _slips(self, code: str, path: Sequence[str]) -> bool:
        """Whether what doesn't fit is a slip of the pen."""
        levels = zip(self._list.LEVELS, path, strict=False)
        return all(
            self._list.fits(code[:n], name) or self._is_slip_of(name, code[:n])
            for n, name in levels
        )

    # --- names

    def _is_slip_of(self, printed: str, code: str) -> bool:
        return is_slip(printed, self._list.names(code))

    def _likeness(self, code: str, printed: str) -> float:
        plain = loose_name(printed)
        names = self._list.loose_names(code)
        return max(Indel.normalized_similarity(plain, name) for name in names)

    def _siblings(self, code: str) -> list[str]:
        parent = self._list.broader(code)
        alike = (c for c in self._list.codes() if len(c) == len(code) and c != code)
        return [c for c in alike if self._list.broader(c) == parent and self._in_force(c)]

    def _in_force(self, code: str) -> bool:
        concept = self._list.concept(code)
        return concept is not None and concept.in_force(self._year)


def is_slip(printed: str, names: Iterable[str], most: int = 2) -> bool:
    """Whether a name is one of some names but for a slip: a character left out, put in or wrong.

    Of a long name it may be `most` characters.

    >>> is_slip("应急管理事", ["应急管理事务"]), is_slip("老年福利", ["儿童福利"])
    (True, False)
    """
    plain = loose_name(printed)
    for name in map(loose_name, names):
        allowed = 1 if max(len(plain), len(name)) <= _SHORT else most
        if 0 < Levenshtein.distance(plain, name) <= allowed and min(len(plain), len(name)) > 1:
            return True
    return False


def is_short(printed: str, names: Iterable[str]) -> bool:
    """Whether a name is one of some names with two or more characters left out.

    >>> is_short("离退休", ["行政单位离退休"]), is_short("应急管理事", ["应急管理事务"])
    (True, False)
    """
    plain = loose_name(printed)
    return any(
        len(plain) + 2 <= len(name) and LCSseq.similarity(plain, name) == len(plain)
        for name in map(loose_name, names)
    )


def _sole(codes: Sequence[str]) -> str | None:
    return codes[0] if len(codes) == 1 else None


def _nearest(owners: Iterable[str], code: str) -> str | None:
    """Of the codes that have a name, the one of the same division, or of the same class."""
    for digits in (5, 3, 0):
        if digits < len(code):
            near = [owner for owner in owners if owner[:digits] == code[:digits]]
            if near:
                return _sole(near)
    return None
