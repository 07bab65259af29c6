"""Where numbers lie along an axis, and which of them are written beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_STEPS = tuple(Decimal(step) for step in ("1", "2", "2.5", "5", "10"))
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis that holds 0 and all its numbers, with round ticks."""

    low: Decimal
    high: Decimal
    step: Decimal

    @classmethod
    def over(cls, numbers: Iterable[Decimal], *, whole: bool = False) -> Scale:
        """The scale of some numbers; its ticks are whole numbers where `whole`.

        >>> Scale.over([Decimal(37), Decimal(92)]).ticks
        [Decimal('0'), Decimal('25'), Decimal('50'), Decimal('75'), Decimal('100')]
        """
        found = [Decimal(0), *numbers]
        step = _step((max(found) - min(found)) / _TICKS, whole=whole)
        low = (min(found) / step).to_integral_value(ROUND_FLOOR) * step
        high = (max(found) / step).to_integral_value(ROUND_CEILING) * step
        return cls(low, max(high, low + step), step)

    @property
    def ticks(self) -> list[Decimal]:
        count = int((self.high - self.low) / self.step)
        return [self.low + number * self.step for number in range(count + 1)]

    def at(self, number: Decimal) -> float:
        """Where a number lies, from 0 at the low end to 1 at the high one."""
        return float((number - self.low) / (self.high - self.low))


def _step(least: Decimal, *, whole: bool) -> Decimal:
    if least <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb(least.adjusted())
    step = next(power * factor for factor in _STEPS if power * factor >= least)
    return max(step, Decimal(1)).to_integral_value(ROUND_CEILING) if whole else step
