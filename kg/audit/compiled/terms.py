"""RDF terms as Python values that are cheap to compare: nodes by identity, numbers as numbers."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.vocabulary import PREFIXES

XSD = PREFIXES["xsd"]
_INTEGERS = frozenset(
    f"{XSD}{name}"
    for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
)
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
#: Types whose literals are in the order of their text.
_TIMES = frozenset(f"{XSD}{name}" for name in ("gYear", "gYearMonth", "date", "dateTime"))


class Node:
    """An IRI; there is one object an IRI within a report, so that comparing it costs nothing."""

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        self.value = value

    def __repr__(self) -> str:
        return f"<{self.value}>"


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text in a language."""

    value: str
    language: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A literal of another type than texts, numbers and truth values; times have an order."""

    value: str
    datatype: str

    def _order(self, other: object) -> tuple[str, str]:
        if not isinstance(other, Typed) or {self.datatype, other.datatype} - _TIMES:
            raise TypeError
        return self.value, other.value

    def __lt__(self, other: object) -> bool:
        one, two = self._order(other)
        return one < two

    def __le__(self, other: object) -> bool:
        one, two = self._order(other)
        return one <= two


#: A plain text is a str; an xsd:integer is an int, an xsd:decimal a Decimal.
Value = Node | str | Tagged | int | Decimal | bool | Typed
Term = NamedNode | Literal


@functools.cache
def constant(iri: str) -> Node:
    """The node of an IRI that rules name: one a process."""
    return Node(iri)


def literal_value(term: Literal) -> Value:
    """A literal as a value; one that isn't written as its type asks stays as it is."""
    text, datatype = term.value, term.datatype.value
    if term.language:
        return Tagged(text, term.language)
    if datatype == XSD + "string":
        return text
    if datatype == XSD + "decimal" and _DECIMAL.fullmatch(text):
        return Decimal(text)
    if datatype in _INTEGERS and _INTEGER.fullmatch(text):
        return int(text)
    if datatype == XSD + "boolean" and text in ("true", "false", "1", "0"):
        return text in ("true", "1")
    return Typed(text, datatype)


def literal(text: str, datatype: str | None, language: str | None) -> Value:
    """The value of a literal that a query writes out."""
    if language:
        return Tagged(text, language)
    return literal_value(Literal(text, datatype=NamedNode(datatype)) if datatype else Literal(text))


def term_of(value: Value) -> Term:
    """A value as a term.

    >>> term_of(Decimal("12.50"))
    <Literal value=12.5 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#decimal>>
    """
    match value:
        case Node():
            return NamedNode(value.value)
        case Tagged():
            return Literal(value.value, language=value.language)
        case Typed():
            return Literal(value.value, datatype=NamedNode(value.datatype))
        case str():
            return Literal(value)
        case bool():
            name = "boolean"
        case int():
            name = "integer"
        case Decimal():
            name = "decimal"
    return Literal(written(value), datatype=NamedNode(XSD + name))


def written(value: str | int | Decimal) -> str:
    """A value that is its own text, or a number or truth value in its shortest form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return str(value)
