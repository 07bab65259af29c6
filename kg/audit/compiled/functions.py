"""SPARQL's functions on values (`terms`); what can't be worked out raises one of `FAULTS`.

SPARQL 1.1, section 17: an error in a filter drops the row, in a BIND leaves the variable unbound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from kg.audit.compiled.terms import XSD, Node, Tagged, Typed, constant, written
from kg.vocabulary import PREFIXES

FAULTS = (TypeError, ValueError, ArithmeticError, AttributeError)
NUMBERS = frozenset((int, Decimal))
#: The subjects of an object that nothing has.
NONE: AbstractSet[Any] = frozenset()
#: The objects of an OPTIONAL triple that isn't there.
UNBOUND = (None,)
_INTEGER = re.compile(r"\s*[+-]?[0-9]+\s*")
_DECIMAL = re.compile(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*")


# Errors ##########################################################################################


def fault() -> Any:
    """An error as a value.

    Raises:
        TypeError: always.
    """
    raise TypeError("an error in an expression")


def holds(condition: Callable[[], Any]) -> bool:
    """Whether a condition is true, not false and no error."""
    try:
        return bool(condition())
    except FAULTS:
        return False


def attempt(expression: Callable[[], Any]) -> Any:
    """A value, None if it can't be worked out."""
    try:
        return expression()
    except FAULTS:
        return None


def coalesce(*expressions: Callable[[], Any]) -> Any:
    """The first that can be worked out.

    Raises:
        TypeError: none can.
    """
    for expression in expressions:
        if (value := attempt(expression)) is not None:
            return value
    return fault()


def sure(value: Any) -> Any:
    """A variable that must be bound.

    Raises:
        TypeError: it isn't.
    """
    return fault() if value is None else value


# Tables and sets of subjects #####################################################################


def meet(*sets: AbstractSet[Any]) -> AbstractSet[Any]:
    """What is in all sets; the smallest decides how long that takes."""
    first, *others = sorted(sets, key=len)
    for other in others:
        if not first:
            break
        first = first & other
    return first


def pairs(objects: Mapping[Any, Iterable[Any]]) -> Iterator[tuple[Any, Any]]:
    """All subjects of a property with their objects."""
    return ((one, other) for one, others in objects.items() for other in others)


def matching(values: Collection[Any], value: Any) -> Collection[Any]:
    """The values that a variable may have, which is perhaps bound already."""
    if value is None:
        return values
    return (value,) if value in values else ()


def keyed(rows: Iterable[tuple[Any, ...]], at: Sequence[int]) -> dict[tuple[Any, ...], list[Any]]:
    """Rows by what stands at some places of them."""
    found: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        found.setdefault(tuple(row[place] for place in at), []).append(row)
    return found


# Numbers #########################################################################################


def is_number(value: Any) -> bool:
    return type(value) in NUMBERS


def number(value: Any) -> Any:
    """A number as it is.

    Raises:
        TypeError: it is something else.
    """
    return value if type(value) in NUMBERS else fault()


def rounded(value: Any) -> Any:
    """To the nearest whole number, a half upwards."""
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
