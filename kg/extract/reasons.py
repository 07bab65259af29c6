"""What a reason is given for, of the figures that stand before it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from kg.extract.claims import Figure
from kg.facts import Change, ChangeBase, Dimensions, Direction, Statement
from kg.record import record

#: What figures of budget and accounts, of this year and the last, are figures of.
_accounts = attrgetter(
    *(f.name for f in dataclasses.fields(Dimensions) if f.name not in ("phase", "fiscal_year"))
)

#: A reason is for one of so many figures before it.
REACH = 64


@record
class Lead:
    """What leads to a reason: the subject that its sentence is about, and what else that says.

    `is_named`: the sentence names the subject for the reason alone; `head` is what the item is
    about, where the sentence says of nothing that it is for that. One that is for how the accounts
    differ from the `budget`, or from the `last` year's (`against`), is for no other; `direction` is
    where it has them against the budget, or which way they moved. Where a reason may as well be
    what the money was for (`is_weak`), only what moved is explained.
    """

    subject: Dimensions | None
    is_named: bool = False
    head: Dimensions | None = None
    against: str | None = None
    direction: Direction | None = None
    is_weak: bool = False


@dataclass
class Told:
    """What a section has told of each subject last: its figures that stand one behind the other."""

    runs: dict[Any, list[Figure]] = field(default_factory=dict)
    last: Any = None

    def add(self, figure: Figure) -> None:
        """A figure, behind all others."""
        accounts = _accounts(figure.dimensions)
        if accounts != self.last:
            self.runs[accounts] = []
        self.runs[accounts].append(figure)
        self.last = accounts

    def of(self, subject: Dimensions) -> Sequence[Figure]:
        """The figures of a subject."""
        return self.runs.get(_accounts(subject), ())[-REACH:]


@dataclass
class Reasons:
    """The figures that reasons may be for.

    `told` are all of the section so far, `recent` those that a reason would be given for;
    `is_given` if one was, and `given` what has had one.
    """

    told: Told = field(default_factory=Told)
    given: set[Figure] = field(default_factory=set)
    recent: list[Figure] = field(default_factory=list)
    is_given: bool = False

    def beside(self) -> Reasons:
        """Those of a remark, or of the next item."""
        return Reasons(self.told, self.given)

    def tell(self, figure: Figure) -> None:
        """A figure that a reason may be for."""
        if self.is_given:
            self.recent.clear()
            self.is_given = False
        self.recent.append(figure)
        del self.recent[:-REACH]
        self.told.add(figure)

    def compares(self, base: ChangeBase | None) -> bool:
        """Whether a recent figure is a change against something."""
        return any(isinstance(f, Change) and f.base == base for f in self.recent)

    def accounts(self, subject: Dimensions) -> tuple[Statement, ...]:
        """The year's accounts of a subject, where they have been told."""
        told = [f for f in self.told.of(subject) if isinstance(f, Statement)]
        return tuple(f for f in told if _is_final(f.dimensions, subject.fiscal_year))[-1:]

    def explain(self, lead: Lead) -> tuple[Figure, ...]:
        """What a reason is given for; nothing where that isn't sure."""
        if self.is_given and lead.against is None:
            self.recent.clear()
        figures: Sequence[Figure] = self.recent
        if lead.subject and lead.is_named:
            figures = self.told.of(lead.subject)
        found = _explained(figures, lead)
        if lead.head and not lead.is_weak and not any(map(_moves, found)):
            # what follows the parts of a figure is about that, if it moved and they didn't
            whole = _explained(self.told.of(lead.head), lead)
            is_open = any(map(_moves, whole)) and self.given.isdisjoint(whole)
            found = whole if is_open else found
        self.is_given = True
        self.given.update(found)
        return found


def _explained(figures: Sequence[Figure], lead: Lead) -> tuple[Figure, ...]:
    """What a reason is given for: the change of its subject, or else its accounts.

    The subject is the one that leads to the reason, if that has figures, or the last that had.
    """
    if not figures:
        return ()
    subject, last = lead.subject, _accounts(figures[-1].dimensions)
    facts = [f for f in figures if subject and _accounts(f.dimensions) == _accounts(subject)]
    facts = facts or [f for f in figures if _accounts(f.dimensions) == last]
    if lead.against:
        facts = [f for f in facts if _is_against(f, lead.against)] or facts
    if lead.is_weak and not any(map(_moves, facts)) and not _differ(facts):
        return ()
    changes = tuple(f for f in facts if isinstance(f, Change))
    year = max(f.dimensions.fiscal_year for f in facts)
    finals = tuple(f for f in facts if isinstance(f, Statement) and _is_final(f.dimensions, year))
    return changes or finals or tuple(facts[-1:])


def _moves(figure: Figure) -> bool:
    """Whether a figure tells how another one compares."""
    return isinstance(figure, Change) or getattr(figure, "kind", "share") != "share"


def _differ(figures: Sequence[Figure]) -> bool:
    """Whether the accounts told aren't what the budget told beside them was."""
    told = {f.dimensions.phase: f.money.amount for f in figures if isinstance(f, Statement)}
    return len(set(told.values())) > 1


def _is_against(figure: Figure, what: str) -> bool:
    """Whether a figure compares with the `budget` or the `last` year's, or with nothing."""
    if isinstance(figure, Statement):
        return True
    return (figure.base or "").endswith("prior-year") == (what == "last")


def _is_final(dimensions: Dimensions, year: int) -> bool:
    return dimensions.phase == "final" and dimensions.fiscal_year == year
