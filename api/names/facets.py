"""What can be told apart among things found: kind, region, year, class, findings; with counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from api.names.things import KINDS

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
    """The values of one facet, and of each thing which it has: bits of a number."""

    values: tuple[str, ...]
    bits: npt.NDArray[np.uint64] | None
    one: npt.NDArray[np.int32] | None

    @classmethod
    def of_one(cls, values: list[str | None]) -> Facet:
        """A facet of which each thing has at most one value."""
        names = tuple(sorted({value for value in values if value is not None}))
        numbers = {value: number for number, value in enumerate(names)}
        return cls(names, None, np.array([numbers.get(v or "", -1) for v in values], np.int32))

    @classmethod
    def of_some(cls, values: list[frozenset[str]]) -> Facet:
        """A facet of which each thing may have several values, of 64 at most."""
        names = tuple(sorted(frozenset().union(*set(values))))[:64] if values else ()
        known = dict.fromkeys(set(values), 0)
        for some in known:
            known[some] = sum(1 << n for n, name in enumerate(names) if name in some)
        return cls(names, np.array([known[some] for some in values], np.uint64), None)

    def has(self, value: str, within: Callable[[str, str], bool] = str.__eq__) -> Mask:
        """Which things have a value (or one `within` it)."""
        chosen = [number for number, name in enumerate(self.values) if within(name, value)]
        if self.bits is not None:
            wanted = np.uint64(sum(1 << number for number in chosen))
            held: Mask = (self.bits & wanted) != 0
            return held
        assert self.one is not None
        mask: Mask = np.isin(self.one, chosen)
        return mask

    def count(self, found: Numbers) -> list[tuple[str, int]]:
        """How many of the things found have each value; those that none has are left out."""
        if self.bits is not None:
            bits = self.bits[found]
            counts = [int(((bits >> np.uint64(n)) & np.uint64(1)).sum()) for n in range(len(self))]
        else:
            assert self.one is not None
            counts = np.bincount(self.one[found] + 1, minlength=len(self) + 1)[1:].tolist()
        return [(v, count) for v, count in zip(self.values, counts, strict=True) if count]

    def __len__(self) -> int:
        return len(self.values)


class Facets:
    """The facets of all things, and the order in which equals are listed."""

    def __init__(self, index: NameIndex) -> None:
        things, all_ = index.things, index.all
        entities = [thing for thing in all_ if thing.kind in ("unit", "region")]
        regions = {thing.id: things.region_of(thing) for thing in entities}
        found = [regions.get(thing.unit or thing.id) for thing in all_]
        self.facets: Mapping[str, Facet] = {
            "type": Facet.of_one([thing.kind for thing in all_]),
            "region": Facet.of_one([region.notation if region else None for region in found]),
            "year": Facet.of_some([frozenset(map(str, thing.years)) for thing in all_]),
            "class": Facet.of_some(
                [frozenset(c.rpartition("/")[2] for c in thing.classes) for thing in all_]
            ),
            "findings": Facet.of_one(["yes" if thing.findings else None for thing in all_]),
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


def _lies_in(code: str, wider: str) -> bool:
    """Whether a division of GB/T 2260 is another, or lies in it.

    >>> _lies_in("420103", "420100"), _lies_in("420103", "420000"), _lies_in("420100", "420103")
    (True, True, False)
    """
    stem = wider.removesuffix("00").removesuffix("00") if len(wider) == 6 else wider
    return code.startswith(stem)
