"""Contradictions planted in a composed report: which kinds there are, and where each can stand."""

from __future__ import annotations

import dataclasses
import functools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import chain
from types import MappingProxyType
from typing import Any, cast

from kg.facts import Phase
from kg.sample.dice import Dice
from kg.sample.report import Report
from kg.sample.slips import SLIPS
from kg.sample.slots import Slot


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """A kind of contradiction, as `planted/*.toml` have it.

    `rules` are the audit's that should find it; with `budgeted` it is planted only where the budget
    stands beside it, with `restated` only where a table states the same figure, with `beside` only
    where another slot has one of these labels.
    """

    id: str
    zh: str
    en: str
    slip: str
    where: Mapping[str, Any]
    rules: Sequence[str] = ()
    budgeted: bool = False
    restated: bool = False
    beside: Sequence[str] = ()

    def fits(self, slot: Slot, slots: Iterable[Slot]) -> bool:
        """Whether this kind can be planted in one of a report's slots."""
        return (
            slot.rule is None
            and all(
                _field(slot, name) in (wanted if isinstance(wanted, list) else (wanted,))
                for name, wanted in self.where.items()
            )
            and (not self.budgeted or any(_is_budget(other, slot) for other in slots))
            and (not self.restated or any(_is_in_table(other, slot) for other in slots))
            and (not self.beside or any(s.label in self.beside for s in slots if s is not slot))
        )


@functools.cache
def error_kinds() -> Mapping[str, ErrorKind]:
    """Every kind by its id, in the order of `planted/*.toml`."""
    files = sorted((resources.files(__package__) / "planted").iterdir(), key=lambda file: file.name)
    entries = (tomllib.loads(file.read_text("utf-8"))["kinds"] for file in files)
    kinds = [ErrorKind(**entry) for entry in chain.from_iterable(entries)]
    return MappingProxyType({kind.id: kind for kind in kinds})


def plant(report: Report, count: int, dice: Dice, kinds: Sequence[str] | None = None) -> list[Slot]:
    """Plant `count` contradictions of different kinds, of all kinds or the ones named.

    Where the report has no more places for a kind that is left, kinds come again; fewer are planted
    only where no place is left at all. Returns the slots that now say what the accounts don't.

    Raises:
        ValueError: there is no such kind.
    """
    slots = report.slots
    wanted = list(error_kinds()) if kinds is None else list(kinds)
    for kind_id in wanted:
        if kind_id not in error_kinds():
            raise ValueError(
                f"no kind of error is {kind_id!r}; there are {', '.join(error_kinds())}"
            )
    planted: list[Slot] = []
    while len(planted) < count:
        before = len(planted)
        for kind_id in dice.shuffled(wanted):
            if len(planted) < count:
                planted += _plant_one(report, error_kinds()[kind_id], slots, dice)
        if len(planted) == before:
            break
    return planted


def _plant_one(report: Report, kind: ErrorKind, slots: list[Slot], dice: Dice) -> list[Slot]:
    """One contradiction of a kind where it fits; none if it fits nowhere."""
    slip = SLIPS[kind.slip]
    for slot in dice.shuffled([s for s in slots if kind.fits(s, slots)])[:8]:
        found = slip(slot, report, dice)
        if found is not None and found != slot.printed:
            slot.expected, slot.rule = slot.printed, kind.id
            slot.printed = found
            return [slot]
    return []


def _is_budget(other: Slot, slot: Slot) -> bool:
    """Whether a slot states the budget that the percentage in another is of."""
    if other.label != "statement" or slot.dimensions is None or other.place != slot.place:
        return False
    phase = cast(Phase, (slot.base or "").removeprefix("phase/"))
    return other.dimensions == dataclasses.replace(slot.dimensions, phase=phase)


def _is_in_table(other: Slot, slot: Slot) -> bool:
    """Whether a slot is what a table states of the same item."""
    return (
        other.label == "statement"
        and other.place.startswith("T")
        and other.dimensions is not None
        and slot.dimensions is not None
        and (other.dimensions.item, other.dimensions.phase) == (slot.dimensions.item, "final")
    )


def _field(slot: Slot, name: str) -> Any:
    """What `where` compares: a field of the slot or of its dimensions."""
    about = slot.dimensions
    if name in ("label", "place"):
        return getattr(slot, name)
    if name == "digits":
        function = about.function if about else None
        return len(function.code or "") if function else 0
    if name == "economic_digits":
        return len(about.economic) if about else 0
    return getattr(about, name, None)
