"""What a query is made of: groups of elements (SPARQL 1.1, section 18.2), and their expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rdflib import URIRef, Variable


class Unsupported(Exception):
    """What a query uses, and the compiled engine doesn't know."""


@dataclass(frozen=True)
class Call:
    """An operator or function of an expression; of EXISTS the group."""

    name: str
    args: tuple[Any, ...]


@dataclass(frozen=True)
class Triple:
    """`steps`: how far the property may lead: (1, 1) is a property, (0, None) a star behind it."""

    subject: Any
    predicate: URIRef
    object: Any
    steps: tuple[int, int | None] = (1, 1)


@dataclass(frozen=True)
class Filter:
    """A condition."""

    condition: Any


@dataclass(frozen=True)
class Bind:
    """A variable that is worked out."""

    variable: Variable
    expression: Any


@dataclass(frozen=True)
class Maybe:
    """OPTIONAL."""

    group: Group


@dataclass(frozen=True)
class Without:
    """MINUS."""

    group: Group


@dataclass(frozen=True)
class Either:
    """UNION."""

    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Aggregate:
    """A function of a group of solutions, and the variable for its value."""

    variable: Variable
    name: str
    argument: Any
    is_distinct: bool = False
    separator: str = " "


@dataclass(frozen=True)
class Select:
    """A SELECT; `keys` are None where nothing is aggregated, `steps` what is done afterwards."""

    variables: tuple[Variable, ...]
    group: Group
    keys: tuple[Variable, ...] | None = None
    aggregates: tuple[Aggregate, ...] = ()
    steps: tuple[Filter | Bind, ...] = ()
    is_distinct: bool = False


Element = Triple | Filter | Bind | Maybe | Without | Either | Select
#: Elements that are joined.
Group = tuple[Element, ...]
