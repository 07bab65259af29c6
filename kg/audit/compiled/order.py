"""In which order the elements of a group are joined: checks first, then what has the fewest."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import Variable
from rdflib.term import Node

from kg.audit.compiled.elements import (
    Bind,
    Call,
    Either,
    Element,
    Filter,
    Group,
    Maybe,
    Select,
    Triple,
    Without,
)
from kg.audit.compiled.variables import names_in, variables_of
from kg.vocabulary import PREFIXES

#: About how many facts a report has.
_FACTS = 3000.0
#: About how many concepts it names; what SKOS says is of these.
_CONCEPTS = 300.0
_SKOS = PREFIXES["skos"]
#: About how many rows a sub-SELECT has that aggregates nothing.
_TABLE = 2000.0
_NEVER = float("inf")


def next_element(elements: Sequence[Element], bound: set[Variable]) -> Element:
    """The element to join now: the cheapest of those that need nothing of the others."""
    return min(elements, key=lambda element: cost(element, elements, bound))


def cost(element: Element, elements: Sequence[Element], bound: set[Variable]) -> float:
    """How much a step costs for each solution so far: roughly how many it makes of it."""
    others = tuple(e for e in elements if e is not element and not isinstance(e, Filter))
    match element:
        case Filter(condition):
            if names_in(condition) & variables_of(others) - bound:
                return _NEVER
            if _asks_group(condition):
                return 1.4
            # first what says of a variable that it is a number
            return -1 if isinstance(condition, Call) and condition.name == "ISNUMERIC" else 0
        case Bind(_, expression):
            return _NEVER if names_in(expression) & variables_of(others) - bound else 0.1
        case Triple():
            return _of_triple(element, elements, bound)
        case Maybe(group) | Without(group):
            return _NEVER if variables_of(group) & variables_of(others) - bound else 1.5
        case Either(groups):
            return 1.5 + max(_of_group(group, bound) for group in groups)
        case Select(variables, _, keys):
            return 1.2 if bound & set(variables) else _TABLE if keys is None else 40


def _of_group(group: Group, bound: set[Variable]) -> float:
    steps = [e for e in group if not isinstance(e, Filter | Bind | Maybe | Without)]
    return min((cost(step, group, bound) for step in steps), default=0)


def _of_triple(triple: Triple, elements: Sequence[Element], bound: set[Variable]) -> float:
    has_subject, has_object = (_is_bound(n, bound) for n in (triple.subject, triple.object))
    if has_subject:
        return 0.5 if has_object else 0.9 if _leads_to_check(triple, elements, bound) else 1
    if triple.steps != (1, 1):
        return 2.5 if has_object else _NEVER
    if not has_object:
        return _CONCEPTS if triple.predicate.startswith(_SKOS) else _FACTS
    found = _FACTS
    for other in met(triple, elements, bound):
        found *= _share(other)
    return max(2.0, found)


def _leads_to_check(triple: Triple, elements: Sequence[Element], bound: set[Variable]) -> bool:
    """Whether a condition that may well not hold waits for a triple's object alone."""
    return any(
        isinstance(e, Filter)
        and names_in(e.condition) - bound == {triple.object}
        and not (isinstance(e.condition, Call) and e.condition.name == "ISNUMERIC")
        for e in elements
    )


def met(triple: Triple, elements: Sequence[Element], bound: set[Variable]) -> list[Triple]:
    """The triples that say with this one which subject is meant."""
    return [
        other
        for other in elements
        if isinstance(other, Triple)
        and other.subject == triple.subject
        and other.steps == (1, 1)
        and _is_bound(other.object, bound)
    ]


def _share(triple: Triple) -> float:
    """Roughly which share of the facts has this object."""
    if isinstance(triple.object, Variable):
        return 0.15
    if triple.predicate.endswith("#type"):
        return 0.5
    return 0.6 if triple.object.endswith(("/all", "/final")) else 0.05


def _is_bound(node: Node, bound: set[Variable]) -> bool:
    return not isinstance(node, Variable) or node in bound


def _asks_group(expression: object) -> bool:
    if not isinstance(expression, Call):
        return False
    is_group = expression.name in ("EXISTS", "NOTEXISTS")
    return is_group or any(map(_asks_group, expression.args))
