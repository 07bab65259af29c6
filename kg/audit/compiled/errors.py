"""Errors in expressions: raised where something can't be worked out, caught where that matters.

SPARQL 1.1, section 17: an error in a filter drops the row, in a BIND leaves the variable unbound.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

FAULTS = (TypeError, ValueError, ArithmeticError, AttributeError)


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
