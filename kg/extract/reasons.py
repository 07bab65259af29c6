"""What a reason is given for, of the figures that stand before it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from operator import attrgetter

from kg.extract.claims import Figure
from kg.facts import Change, Dimensions, Statement

#: What figures of budget and accounts, of this year and the last, are figures of.
_accounts = attrgetter(
    *(f.name for f in dataclasses.fields(Dimensions) if f.name not in ("phase", "fiscal_year"))
)


def figures_of(named: Dimensions, told: Sequence[Figure]) -> list[Figure]:
    """What was told of a subject last: its figures that stand one behind the other."""
    figures: list[Figure] = []
    for figure in reversed(told):
        if _accounts(figure.dimensions) == _accounts(named):
            figures.insert(0, figure)
        elif figures:
            break
    return figures


def explained(
    recent: Sequence[Figure],
    named: Dimensions | None,
    *,
    against: str | None = None,
    is_weak: bool = False,
) -> tuple[Figure, ...]:
    """What a reason is given for: the change of a subject, or else its accounts.

    The subject is the one that the sentence names, if that has figures, or the last that had. Where
    a reason may as well be what the money was for, only what moved is explained. One that says that
    it is for how the accounts differ from the `budget`, or from the `last` year's, is for no other.
    """
    if not recent:
        return ()
    facts = [f for f in recent if named and _accounts(f.dimensions) == _accounts(named)]
    last = _accounts(recent[-1].dimensions)
    facts = facts or [f for f in recent if _accounts(f.dimensions) == last]
    if against:
        facts = [f for f in facts if _is_against(f, against)] or facts
    moved = any(isinstance(f, Change) or getattr(f, "kind", "share") != "share" for f in facts)
    if is_weak and not moved:
        return ()
    changes = tuple(f for f in facts if isinstance(f, Change))
    year = max(f.dimensions.fiscal_year for f in facts)
    finals = tuple(f for f in facts if isinstance(f, Statement) and _is_final(f.dimensions, year))
    return changes or finals or tuple(facts[-1:])


def _is_against(figure: Figure, what: str) -> bool:
    """Whether a figure compares with the `budget` or the `last` year's, or with nothing."""
    if isinstance(figure, Statement):
        return True
    return (figure.base or "").endswith("prior-year") == (what == "last")


def _is_final(dimensions: Dimensions, year: int) -> bool:
    return dimensions.phase == "final" and dimensions.fiscal_year == year
