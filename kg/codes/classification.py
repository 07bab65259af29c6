"""A classification's codes, and those of the functions that a report only names.

A name is resolved to a code by its whole 类/款/项 path, and what is ambiguous is not resolved: no
code is ever guessed.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kg.vocabulary import normal_name

#: The mark of a level, and what may follow it: "教育支出(类)支出" is 教育支出.
_LEVEL_MARK = re.compile(r"\([类款项]\).*")

#: What reports leave out of a name's end, or add to it.
_LOOSE_END = re.compile(r"等?(?:支出)?$")
_AND = re.compile("以及|[与及、]")


@dataclass(frozen=True, slots=True)
class Concept:
    """A code of a classification: its name today, its names in older editions, when it holds.

    `funds` are ids of the code list `fund`. Where the edition that brought the code is not sure
    (`unsure`), a report of an earlier year may use it all the same. `attested` is a code whose name
    a published report prints; only one that is `trusted`, being attested or well known, may
    contradict a document.
    """

    code: str
    label: str
    old_names: tuple[str, ...] = ()
    broader: str | None = None
    funds: frozenset[str] = frozenset()
    edition_from: int | None = None
    edition_to: int | None = None
    unsure: bool = False
    trusted: bool = True
    attested: bool = True

    def in_force(self, year: int | None) -> bool:
        """Whether the edition of `year` has this code; None is any edition."""
        if year is None:
            return True
        started = self.unsure or self.edition_from is None or self.edition_from <= year
        return started and (self.edition_to is None or year <= self.edition_to)


@functools.lru_cache(maxsize=1 << 14)
def printed_name(name: str) -> str:
    """A name as names are compared: `normal_name` without the mark of its level.

    >>> printed_name("教育支出（类）")
    '教育支出'
    """
    return _LEVEL_MARK.sub("", normal_name(name))


@functools.lru_cache(maxsize=1 << 14)
def loose_name(name: str) -> str:
    """`printed_name` without an ending 支出 or 等, which reports add and leave out.

    >>> loose_name("自然资源海洋气象等支出") == loose_name("自然资源海洋气象（类）支出")
    True
    """
    plain = printed_name(name)
    return _LOOSE_END.sub("", plain, count=1) or plain


@functools.lru_cache(maxsize=1 << 14)
def folded_name(name: str) -> str:
    """`loose_name` with one word for "and", which reports take for one another.

    >>> folded_name("社会保障与就业支出") == folded_name("社会保障和就业支出")
    True
    """
    return _AND.sub("和", loose_name(name))


class Classification:
    """A hierarchical code list: 3 digits a class, 5 a division, 7 an item."""

    #: Digits of a code at each level, the widest first.
    LEVELS = (3, 5, 7)

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._concepts = MappingProxyType({c.code: c for c in sorted(concepts, key=_by_code)})
        self._by_loose = self._index(loose_name, old=True)
        #: From the strictest way of comparing names to the loosest: how a name is folded, and the
        #: codes of each folded name.
        self._strictness = (
            (printed_name, self._index(printed_name, old=False)),
            (printed_name, self._index(printed_name, old=True)),
            (loose_name, self._by_loose),
            (folded_name, self._index(folded_name, old=True)),
        )
        self._loose = {c: frozenset(map(loose_name, self.names(c))) for c in self._concepts}

    def __contains__(self, code: object) -> bool:
        return code in self._concepts

    def __len__(self) -> int:
        return len(self._concepts)

    def codes(self) -> tuple[str, ...]:
        """All codes, sorted."""
        return tuple(self._concepts)

    def concept(self, code: str) -> Concept | None:
        return self._concepts.get(code)

    def label(self, code: str) -> str | None:
        """The name of a code in the newest edition."""
        concept = self._concepts.get(code)
        return concept.label if concept else None

    def names(self, code: str) -> frozenset[str]:
        """Every name that a code has or had; none for an unknown code."""
        concept = self._concepts.get(code)
        return frozenset((concept.label, *concept.old_names)) if concept else frozenset()

    def broader(self, code: str) -> str | None:
        """The code one level up; None for a class, and for an unknown code."""
        concept = self._concepts.get(code)
        return concept.broader if concept else None

    def fits(self, code: str, name: str) -> bool:
        """Whether a name is one that the code has or had, however loosely it is written."""
        return loose_name(name) in self.loose_names(code)

    def loose_names(self, code: str) -> frozenset[str]:
        """Every name of a code as `loose_name` has it."""
        return self._loose.get(code, frozenset())

    def named(self, name: str, digits: int, year: int | None = None) -> tuple[str, ...]:
        """The codes of a level that have or had a name, of all editions or of one."""
        found = self._by_loose.get((digits, loose_name(name)), ())
        return tuple(code for code in sorted(found) if self._concepts[code].in_force(year))

    def candidates(self, path: Sequence[str | None], *, year: int | None) -> tuple[str, ...]:
        """All codes that the names of a path leave open, in the edition of a year or in any."""
        printed = {n: name for n, name in zip(self.LEVELS, path, strict=False) if name}
        return tuple(self._matching(printed, year)) if printed else ()

    def resolve(
        self, path: Sequence[str | None], *, year: int, fund: str | None = None
    ) -> str | None:
        """The code of a name by its path: (类,), (类, 款) or (类, 款, 项), as printed.

        A level that the report doesn't print is None. One that matches nothing (a misprint) is
        passed over where the two other names are left and single out one code; the last name must
        always match. `year` leaves out codes that its edition doesn't have; `fund` (an id of the
        code list) decides between codes that the names leave open.

        >>> from kg.codes import load_code_lists
        >>> load_code_lists().functional.resolve(("教育", "普通教育", "小学教育"), year=2023)
        '2050202'
        """
        names = dict(zip(self.LEVELS, path, strict=False))
        printed = {n: name for n, name in names.items() if name and printed_name(name)}
        if not printed or len(path) > len(self.LEVELS):
            return None
        return self._sole(self._matching(printed, year), fund) or self._passing_over(
            printed, year, fund
        )

    def _passing_over(self, printed: Mapping[int, str], year: int, fund: str | None) -> str | None:
        """The one code of a whole path in which the name of one upper level is a misprint."""
        if len(printed) < len(self.LEVELS):
            return None
        *upper, _ = self.LEVELS
        for level in upper:
            if not self._matching({n: printed[n] for n in upper if n <= level}, year=None):
                rest = {n: name for n, name in printed.items() if n != level}
                return self._sole(self._matching(rest, year), fund)
        return None

    def _matching(self, printed: Mapping[int, str], year: int | None) -> list[str]:
        """The codes in force whose names at each level match, by the strictest way that has any."""
        for fold, index in self._strictness:
            found = {n: index.get((n, fold(name)), frozenset()) for n, name in printed.items()}
            last = max(printed)
            codes = [
                code
                for code in sorted(found[last])
                if self._concepts[code].in_force(year)
                and all(code[:n] in found[n] for n in printed)
            ]
            if codes:
                return codes
        return []

    def _sole(self, codes: list[str], fund: str | None) -> str | None:
        if len(codes) > 1 and fund is not None:
            codes = [code for code in codes if fund in self._concepts[code].funds]
        return codes[0] if len(codes) == 1 else None

    def _index(
        self, fold: Callable[[str], str], *, old: bool
    ) -> Mapping[tuple[int, str], frozenset[str]]:
        index = defaultdict(set)
        for concept in self._concepts.values():
            for name in (concept.label, *(concept.old_names if old else ())):
                index[len(concept.code), fold(name)].add(concept.code)
        return {key: frozenset(codes) for key, codes in index.items()}


def _by_code(concept: Concept) -> str:
    return concept.code
