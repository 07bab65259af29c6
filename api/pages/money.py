"""Amounts as pages print them: exact, grouped by thousands, in 万元."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

_PLACES = Decimal("0.01")


def grouped(number: Decimal | int) -> str:
    """A number with its thousands apart and every digit that it has.

    >>> grouped(Decimal("9598400.50")), grouped(1234)
    ('9,598,400.5', '1,234')
    """
    if isinstance(number, int):
        return f"{number:,}"
    exact = number.normalize()
    # normalize() writes 1E+6 for a million: an exponent above 0 goes back to digits.
    exact = exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact
    return f"{exact:,f}"


def wan(yuan: Decimal) -> str:
    """An amount of yuan in 万元: two decimals, or more where it has more.

    >>> wan(Decimal("65793800")), wan(Decimal("-1234567.5")), wan(Decimal(0))
    ('6,579.38', '-123.45675', '0.00')
    """
    ten_thousands = yuan.scaleb(-4)
    if ten_thousands == ten_thousands.quantize(_PLACES):
        return f"{ten_thousands.quantize(_PLACES):,f}"
    return grouped(ten_thousands)


def per_cent(part: Decimal, whole: Decimal) -> str:
    """How much of a whole a part is.

    >>> per_cent(Decimal(2), Decimal(3))
    '66.7%'
    """
    return f"{part * 100 / whole:.1f}%"


def in_wan(yuan: Decimal | None, printed: str | None) -> tuple[str | None, str | None]:
    """An amount in 万元, with the decimals that a report prints; and what it prints, if otherwise.

    >>> in_wan(Decimal("1200000"), "120"), in_wan(Decimal("1200000"), "1200000.00")
    (('120', None), ('120.00', '1200000.00'))
    """
    if yuan is None:
        return None, printed
    try:
        stated = Decimal((printed or "").replace(",", ""))
    except InvalidOperation:
        return wan(yuan), printed
    # A change is printed without its sign: “减少 3505.64 万元”.
    if stated.is_finite() and abs(stated) == abs(yuan.scaleb(-4)):
        return f"{stated.copy_sign(yuan):,f}", None
    return wan(yuan), printed
