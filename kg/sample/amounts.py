"""Amounts as the model counts them (hundredths of 万元), and how they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

#: How many of each unit of money are one 万元.
UNITS = {"万元": 1, "元": 10_000}


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How a report prints numbers: separators of thousands, zeros at the end, places of rates.

    `zeros` is whether a table's cell says 0 where there is nothing, instead of staying blank;
    `unit` is what money is counted in.
    """

    separators: bool = False
    full_decimals: bool = False
    rate_places: int = 2
    zeros: bool = False
    unit: str = "万元"

    def money(self, hundredths: int) -> str:
        """An amount in the form's unit.

        >>> NumberForm().money(4520), NumberForm(True, True).money(123400)
        ('45.2', '1,234.00')
        >>> NumberForm(unit="元").money(4520)
        '452000'
        """
        whole, rest = divmod(abs(hundredths) * UNITS[self.unit], 100)
        digits = f"{whole:,}" if self.separators else str(whole)
        sign = "-" if hundredths < 0 else ""
        return sign + self._ended(digits, f"{rest:02d}")

    def percent(self, part: int, whole: int) -> str:
        """`part` as per cent of `whole`, rounded half up.

        >>> NumberForm(rate_places=1).percent(1, 8), NumberForm().percent(5, 5)
        ('12.5', '100')
        """
        scale: int = 10**self.rate_places
        rounded = (2 * abs(part) * 100 * scale + whole) // (2 * whole)
        digits, rest = divmod(rounded, scale)
        return self._ended(str(digits), f"{rest:0{self.rate_places}d}")

    def _ended(self, digits: str, decimals: str) -> str:
        if not self.full_decimals:
            decimals = decimals.rstrip("0")
        return f"{digits}.{decimals}" if decimals else digits


def value(printed: str) -> Decimal:
    """The number that was printed.

    >>> value("1,234.50")
    Decimal('1234.50')
    """
    return Decimal(printed.replace(",", ""))
