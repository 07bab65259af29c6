"""How an expected number was made, written down so that a pocket calculator can check it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.audit.finding import Unit
from kg.audit.messages import VARIABLE, Term, number_of, percentage
from kg.facts import YUAN

_CENT = Decimal("0.01")
#: The numbers that are in the rule's unit, as the facts' are.
_MONEY = ("found", "expected", "difference", "whole")
_SUM = "{?added} = {?expected}"
_BALANCE = "{?added} − {?subtracted} = {?expected}"
_SHARE = "{?whole} × {?percent} = {?expected}"


@dataclass(frozen=True, slots=True)
class Sum:
    """The numbers of one finding's sum; `lists` are those of facts, by variable."""

    unit: Unit
    numbers: Mapping[str, Decimal]
    lists: Mapping[str, Sequence[Decimal]]

    @classmethod
    def of(
        cls, unit: Unit, values: Mapping[str, Term], lists: Mapping[str, Sequence[Decimal]]
    ) -> Sum:
        """The sum of what a query found; `lists` hold the numbers of the facts that it names."""
        found = {name: number_of(value) for name, value in values.items()}
        return cls(unit, {k: n for k, n in found.items() if n is not None}, lists)

    def usual(self) -> str | None:
        """The template that follows from which variables the query has."""
        if self.lists.get("added"):
            total = sum(self.lists["added"]) - sum(self.lists.get("subtracted", ()))
            template = _BALANCE if self.lists.get("subtracted") else _SUM
            return template if total == self.numbers.get("expected") else None
        return _SHARE if {"whole", "percent", "expected"} <= self.numbers.keys() else None

    def write(self, template: str) -> str:
        """The template with its numbers, all money in 万元 or, where that would round, in yuan.

        >>> parts = {"added": [Decimal(600000), Decimal(300000)]}
        >>> Sum("yuan", {"expected": Decimal(900000)}, parts).write("{?added} = {?expected}")
        '60.00 + 30.00 = 90.00 万元'
        >>> rate = {"whole": Decimal(10), "percent": Decimal("33.3"), "expected": Decimal("3.333")}
        >>> Sum("yuan", rate, {}).write("{?whole} × {?percent} = {?expected}")
        '10.00 × 33.3% ≈ 3.33 元'
        """
        used = VARIABLE.findall(template)
        money = self._money(used)
        scale = YUAN["wan-yuan"] if self._in_wan(money) else Decimal(1)
        is_rounded = self.unit == "yuan" and any(n % (scale * _CENT) for n in money)

        def filled(match: re.Match[str]) -> str:
            name = match[1]
            if name in self.lists:
                sign = " − " if name == "subtracted" else " + "
                shown = (self._show(n, scale) for n in self.lists[name])
                return sign.join(f"({n})" if n.startswith("-") else n for n in shown)
            if name not in self.numbers:
                return match[0]
            number = self.numbers[name]
            if name.lower().endswith("percent"):
                return percentage(number)
            return self._show(number, scale) if name in _MONEY else f"{number.normalize():f}"

        text = VARIABLE.sub(filled, template)
        if is_rounded:
            text = text.replace(" = ", " ≈ ")
        return text + (f" {'元' if scale == 1 else '万元'}" if self.unit == "yuan" else "")

    def _money(self, used: Sequence[str]) -> list[Decimal]:
        named = [self.numbers[name] for name in used if name in _MONEY and name in self.numbers]
        return [*named, *(n for name in used for n in self.lists.get(name, ()))]

    def _in_wan(self, money: Sequence[Decimal]) -> bool:
        """Whether what is printed is in whole hundreds of yuan; a product needn't be."""
        stated = [n for n in money if n != self.numbers.get("expected")]
        return all(n % 100 == 0 for n in stated or money)

    def _show(self, number: Decimal, scale: Decimal) -> str:
        match self.unit:
            case "percent":
                return percentage(number)
            case "number":
                return f"{number.normalize():,f}"
        return f"{number / scale:,.2f}"
