"""SPARQL's functions and aggregates on values (`terms`); what can't be worked out is an error."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from kg.audit.compiled.errors import fault, sure
from kg.audit.compiled.terms import XSD, Node, Tagged, Typed, constant, written
from kg.vocabulary import PREFIXES

NUMBERS = frozenset((int, Decimal))
_INTEGER = re.compile(r"\s*[+-]?[0-9]+\s*")
_DECIMAL = re.compile(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*")


# Numbers #########################################################################################


def number(value: Any) -> Any:
    """A number as it is.

    Raises:
        TypeError: it is something else.
    """
    return value if type(value) in NUMBERS else fault()


def rounded(value: Any) -> Any:
    """To the nearest whole number, a half upwards."""
    if type(value) is int:
        return value
    return type(value)((number(value) + Decimal("0.5")).to_integral_value(ROUND_FLOOR))


def ceiling(value: Any) -> Any:
    return type(value)(Decimal(number(value)).to_integral_value(ROUND_CEILING))


def floor(value: Any) -> Any:
    return type(value)(Decimal(number(value)).to_integral_value(ROUND_FLOOR))


def to_integer(value: Any) -> int:
    """xsd:integer(): of a number its whole part."""
    if isinstance(value, str) and not _INTEGER.fullmatch(value):
        return int(fault())
    return int(value) if isinstance(value, int | Decimal | str) else int(fault())


def to_decimal(value: Any) -> Decimal:
    if isinstance(value, str) and not _DECIMAL.fullmatch(value):
        return Decimal(fault())
    return Decimal(value) if isinstance(value, int | Decimal | str) else Decimal(fault())


# Texts ###########################################################################################


def text(value: Any) -> str:
    """STR()."""
    if type(value) is str:
        return str(value)
    if isinstance(value, Node | Tagged | Typed):
        return value.value
    return written(sure(value))


def string(value: Any) -> str:
    """The characters of a text, with or without a language.

    Raises:
        TypeError: it is something else.
    """
    if isinstance(value, Tagged):
        return value.value
    return value if isinstance(value, str) else str(fault())


def alike(value: Any, result: str) -> Any:
    """A text in the language of another."""
    return Tagged(result, value.language) if isinstance(value, Tagged) else result


def concat(*values: Any) -> str:
    return "".join(map(string, values))


def substr(value: Any, start: Any, length: Any = None) -> Any:
    """SUBSTR(): its first character is number 1."""
    begin = rounded(start)
    whole = string(value)
    end = len(whole) + 1 if length is None else begin + rounded(length)
    return alike(value, whole[max(int(begin), 1) - 1 : max(int(end), 1) - 1])


def before(value: Any, mark: Any) -> Any:
    head, found, _ = string(value).partition(string(mark)) if mark else ("", "", "")
    return alike(value, head) if found else ""


def after(value: Any, mark: Any) -> Any:
    if not mark:
        return value
    _, found, tail = string(value).partition(string(mark))
    return alike(value, tail) if found else ""


def replaced(value: Any, pattern: re.Pattern[str], by: str) -> Any:
    return alike(value, pattern.sub(by, string(value)))


def language(value: Any) -> str:
    """LANG()."""
    if isinstance(value, Tagged):
        return value.language
    return "" if not isinstance(sure(value), Node) else str(fault())


def datatype(value: Any) -> Node:
    """DATATYPE()."""
    match value:
        case Tagged():
            return constant(PREFIXES["rdf"] + "langString")
        case Typed():
            return constant(value.datatype)
        case bool():
            return constant(XSD + "boolean")
        case int():
            return constant(XSD + "integer")
        case Decimal():
            return constant(XSD + "decimal")
        case str():
            return constant(XSD + "string")
    raise TypeError("only a literal has a datatype")


def truth(value: Any) -> bool:
    """The effective boolean value (section 17.2.2)."""
    if isinstance(value, bool | str | int | Decimal):
        return bool(value)
    return bool(value.value) if isinstance(value, Tagged) else bool(fault())


# Aggregates ######################################################################################


def count(values: Iterable[Any]) -> int:
    return sum(value is not None for value in values)


def total(values: Iterable[Any]) -> Any:
    return sum(map(number, values))


def least(values: Collection[Any]) -> Any:
    return min(values, key=_order)


def most(values: Collection[Any]) -> Any:
    return max(values, key=_order)


def joined(values: Iterable[Any], separator: str) -> str:
    """GROUP_CONCAT(): sorted, as SPARQL leaves the order open."""
    return separator.join(sorted(map(string, values)))


def _order(value: Any) -> tuple[int, Any]:
    """Nodes before literals, numbers before texts."""
    if isinstance(value, Node):
        return 0, value.value
    return (1, value) if isinstance(value, int | Decimal) else (2, text(value))
