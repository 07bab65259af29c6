"""What can be told apart among things found: kind, region, year, class, findings; with counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from api.names.things import KINDS, stem_of

if TYPE_CHECKING:
    from api.names.index import NameIndex

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
FACETS = ("type", "region", "year", "class", "findings")
#: How much a kind stands back behind another, in characters of a name.
_STEP = 6
_MOST_USES = 5


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: the sets of values that things have, and of each thing which set it has."""

    sets: tuple[frozenset[str], ...]
    of: npt.NDArray[np.int32]

    @classmethod
    def make(cls, values: list[frozenset[str]]) -> Facet:
        """The facet of things with these values, in their order."""
        sets = tuple(sorted(set(values), key=sorted))
        numbers = {some: number for number, some in enumerate(sets)}
        return cls(sets, np.array([numbers[some] for some in values], np.int32))

    def has(self, value: str, within: Callable[[str, str], bool] = str.__eq__) -> Mask:
        """Which things have a value (or one `within` it)."""
        chosen = [any(within(name, value) for name in some) for some in self.sets]
        mask: Mask = np.array(chosen, bool)[self.of]
        return mask

    def count(self, found: Numbers) -> list[tuple[str, int]]:
        """How many of the things found have each value; those that none has are left out."""
        counts: defaultdict[str, int] = defaultdict(int)
        each = np.bincount(self.of[found], minlength=len(self.sets))
        there = np.flatnonzero(each)
        for number, count in zip(there.tolist(), each[there].tolist(), strict=True):
            for value in self.sets[number]:
                counts[value] += count
        return sorted(counts.items())


class Facets:
    """The facets of all things, and the order in which equals are listed."""

    def __init__(self, index: NameIndex) -> None:
        things, all_ = index.things, index.all
        entities = [thing for thing in all_ if thing.kind in ("unit", "region")]
        regions = {thing.id: things.region_of(thing) for thing in entities}
        found = [regions.get(thing.unit or thing.id) for thing in all_]
        self.facets: Mapping[str, Facet] = {
            "type": Facet.make([frozenset([thing.kind]) for thing in all_]),
            "region": Facet.make([_some(region.notation if region else None) for region in found]),
            "year": Facet.make([frozenset(map(str, thing.years)) for thing in all_]),
            "class": Facet.make(
                [frozenset(c.rpartition("/")[2] for c in thing.classes) for thing in all_]
            ),
            "findings": Facet.make([_some("yes" if thing.findings else None) for thing in all_]),
        }
        lengths = np.array([len(thing.name) for thing in all_], np.int64)
        ranks = np.array([KINDS.index(thing.kind) for thing in all_], np.int64)
        uses = np.array([min(_MOST_USES, thing.uses.bit_length()) for thing in all_], np.int64)
        self.lengths = lengths
        #: The smaller, the earlier: short names, of kinds that others belong to, used much.
        self.order = lengths + _STEP * ranks - uses

    def matching(self, chosen: Mapping[str, str]) -> dict[str, Mask]:
        """Which things each of the chosen values leaves."""
        return {
            name: self.facets[name].has(value, _lies_in if name == "region" else str.__eq__)
            for name, value in chosen.items()
        }


def _some(value: str | None) -> frozenset[str]:
    return frozenset() if value is None else frozenset([value])


def _lies_in(code: str, wider: str) -> bool:
    """Whether a division of GB/T 2260 is another, or lies in it.

    >>> _lies_in("420103", "420100"), _lies_in("420103", "420000"), _lies_in("420100", "420103")
    (True, True, False)
    """
    return code.startswith(stem_of(wider))
