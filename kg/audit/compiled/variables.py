"""Which variables a group has: those that it binds, those that it may bind, those that it names."""

from __future__ import annotations

from typing import Any

from rdflib import Literal, URIRef, Variable

from kg.audit.compiled.elements import (
    Bind,
    Call,
    Either,
    Filter,
    Group,
    Maybe,
    Select,
    Triple,
    Without,
)


def certain(group: Group) -> set[Variable]:
    """The variables that every solution of a group binds."""
    bound: set[Variable] = set()
    for element in group:
        match element:
            case Triple(subject, _, other):
                bound |= {v for v in (subject, other) if isinstance(v, Variable)}
            case Bind(variable):
                bound.add(variable)
            case Either(groups):
                bound |= set.intersection(*map(certain, groups))
            case Select(variables, inner, keys):
                own = set(variables)
                bound |= own & certain(inner) if keys is None else own
    return bound


def bindable(group: Group) -> set[Variable]:
    """The variables that some solution of a group binds."""
    found = certain(group)
    for element in group:
        if isinstance(element, Maybe):
            found |= bindable(element.group)
        elif isinstance(element, Either):
            found |= set().union(*map(bindable, element.groups))
        elif isinstance(element, Select):
            found |= set(element.variables)
    return found


def variables_of(group: Group) -> set[Variable]:
    """All variables in the scope of a group, and those of its EXISTS."""
    found: set[Variable] = set()
    for element in group:
        match element:
            case Triple(subject, _, other):
                found |= {v for v in (subject, other) if isinstance(v, Variable)}
            case Bind(variable, expression):
                found |= {variable, *names_in(expression)}
            case Filter(condition):
                found |= names_in(condition)
            case Maybe(inner) | Without(inner):
                found |= variables_of(inner)
            case Either(groups):
                found |= set().union(*map(variables_of, groups))
            case Select(variables):
                found |= set(variables)
    return found


def names_in(expression: Any) -> set[Variable]:
    """The variables of an expression, those of its EXISTS too."""
    if isinstance(expression, Variable):
        return {expression}
    if not isinstance(expression, Call):
        return set()
    if expression.name in ("EXISTS", "NOTEXISTS"):
        return variables_of(expression.args[0])
    return set().union(*map(names_in, expression.args))


def renamed(group: Group, names: dict[Variable, Variable]) -> Group:
    """A group with other names for some of its variables."""
    return tuple(_renamed(element, names) for element in group)


def _renamed(item: Any, names: dict[Variable, Variable]) -> Any:
    match item:
        case Variable():
            return names.get(item, item)
        case URIRef() | Literal() | str() | int() | None:
            return item
        case tuple():
            return tuple(_renamed(part, names) for part in item)
    return type(item)(*(_renamed(getattr(item, field), names) for field in item.__match_args__))
