"""A query as groups of elements: rdflib's algebra (SPARQL 1.1, section 18.2), made flat.

Joins and sub-SELECTs that only project become part of the group around them; what these don't
project gets a name of its own. Where that would mean something else, the query is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from rdflib import URIRef, Variable
from rdflib.paths import (
    AlternativePath,
    InvPath,
    MulPath,
    OneOrMore,
    Path,
    SequencePath,
    ZeroOrMore,
)
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.audit.compiled.elements import (
    Aggregate,
    Bind,
    Call,
    Either,
    Element,
    Filter,
    Group,
    Maybe,
    Select,
    Triple,
    Unsupported,
    Without,
)
from kg.audit.compiled.variables import bindable, certain, names_in, renamed, variables_of

#: The parts of rdflib's built-in functions, in the order of their arguments.
_ARGUMENTS = (
    *("arg", "text", "arg1", "arg2", "arg3", "start", "length"),
    *("pattern", "replacement", "flags"),
)


def select_of(query: str) -> Select:
    """A SELECT query.

    Raises:
        Unsupported: it uses something that the compiled engine doesn't know.
    """
    return _Reader().select(prepareQuery(query).algebra["p"])


class _Reader:
    """Reads one query's algebra; numbers its nameless variables."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def select(self, node: CompValue) -> Select:
        is_distinct = node.name == "Distinct"
        project = node["p"] if is_distinct else node
        if project.name != "Project":
            raise Unsupported(project.name)
        variables = tuple(project["PV"])
        steps: list[Filter | Bind] = []
        inner = project["p"]
        while inner.name in ("Extend", "Filter"):
            steps[:0] = self._steps(inner)
            inner = inner["p"]
        if inner.name != "AggregateJoin":
            group = self.group(project["p"])
            bound = bindable(group)  # SHACL wants $this projected even where it isn't bound
            variables = tuple(v for v in variables if v in bound)
            return Select(variables, group, is_distinct=is_distinct)
        keys = tuple(inner["p"]["expr"] or ())
        if not all(isinstance(key, Variable) for key in keys):
            raise Unsupported("GROUP BY an expression")
        group = self.group(inner["p"]["p"])
        made = {step.variable for step in steps if isinstance(step, Bind)}
        bound = made | (bindable(group) & set(keys))
        return Select(
            tuple(v for v in variables if v in bound),
            group,
            keys,
            tuple(map(self._aggregate, inner["A"])),
            tuple(steps),
            is_distinct,
        )

    def _steps(self, node: CompValue) -> list[Filter | Bind]:
        expression = self.expression(node["expr"])
        if node.name == "Extend":
            return [Bind(node["var"], expression)]
        return [Filter(condition) for condition in _conjuncts(expression)]

    def _aggregate(self, node: CompValue) -> Aggregate:
        separator = dict(node).get("separator")
        return Aggregate(
            node["res"],
            node.name.removeprefix("Aggregate_"),
            "*" if node["vars"] == "*" else self.expression(node["vars"]),
            bool(node["distinct"]) if "distinct" in node else False,
            " " if separator is None else str(separator),
        )

    def group(self, node: CompValue) -> Group:
        """The elements of a group graph pattern."""
        match node.name:
            case "BGP":
                return tuple(t for triple in node["triples"] for t in self._triples(*triple))
            case "Join":
                return _joined(self.group(node["p1"]), _alone(self.group(node["p2"])))
            case "Extend" | "Filter":
                return (*self.group(node["p"]), *self._steps(node))
            case "LeftJoin":
                inner = self.group(node["p2"])
                if node["expr"].name != "TrueFilter":
                    inner = (*inner, *self._steps(CompValue("Filter", expr=node["expr"])))
                return _joined(self.group(node["p1"]), (Maybe(inner),))
            case "Minus":
                return (*self.group(node["p1"]), Without(self.group(node["p2"])))
            case "Union":
                return (Either(tuple(self._branches(node))),)
            case "ToMultiSet" if "p" in node:
                return self._inlined(self.select(node["p"]))
        raise Unsupported(node.name)

    def _branches(self, node: CompValue) -> Iterator[Group]:
        for side in (node["p1"], node["p2"]):
            if side.name == "Union":
                yield from self._branches(side)
            else:
                yield self.group(side)

    def _inlined(self, select: Select) -> Group:
        """A sub-SELECT that only projects is the group itself, its other variables renamed.

        One with a UNION in it is worked out once and looked up, instead of anew for each solution.
        """
        has_union = any(isinstance(element, Either) for element in select.group)
        if select.keys is not None or select.is_distinct or has_union:
            return (select,)
        hidden = variables_of(select.group) - set(select.variables)
        number = next(self._numbers)
        names = {variable: Variable(f"{variable}_{number}") for variable in hidden}
        return renamed(select.group, names)

    def _triples(self, subject: Any, path: Any, other: Any) -> Iterator[Element]:
        """A triple of a path as triples of properties (section 18.2.2.4)."""
        match path:
            case URIRef():
                yield Triple(subject, path, other)
            case SequencePath():
                for step in path.args[:-1]:
                    middle = Variable(f"step_{next(self._numbers)}")
                    yield from self._triples(subject, step, middle)
                    subject = middle
                yield from self._triples(subject, path.args[-1], other)
            case InvPath():
                yield from self._triples(other, path.arg, subject)
            case AlternativePath():
                yield Either(tuple(tuple(self._triples(subject, p, other)) for p in path.args))
            case MulPath() if isinstance(path.path, URIRef):
                least = 1 if path.mod == OneOrMore else 0
                most = None if path.mod in (OneOrMore, ZeroOrMore) else 1
                yield Triple(subject, path.path, other, (least, most))
            case Path() | Variable():
                raise Unsupported(f"the property {path.n3()}")

    def expression(self, node: Any) -> Any:
        """An expression: a variable, a constant, or a call."""
        if not isinstance(node, CompValue):
            return node
        match node.name:
            case "ConditionalAndExpression" | "ConditionalOrExpression":
                parts = (node["expr"], *node["other"])
                name = "&&" if "And" in node.name else "||"
                return Call(name, tuple(map(self.expression, parts)))
            case "RelationalExpression":
                other = node["other"]
                others = other if isinstance(other, list) else [other]
                return Call(node["op"], tuple(map(self.expression, (node["expr"], *others))))
            case "AdditiveExpression" | "MultiplicativeExpression":
                made = self.expression(node["expr"])
                for sign, other in zip(node["op"], node["other"], strict=True):
                    made = Call(str(sign), (made, self.expression(other)))
                return made
            case "UnaryNot" | "UnaryMinus" | "UnaryPlus":
                return Call(node.name, (self.expression(node["expr"]),))
            case "Builtin_EXISTS" | "Builtin_NOTEXISTS":
                return Call(node.name.removeprefix("Builtin_"), (self.group(node.graph),))
            case "Function":
                return Call(str(node["iri"]), tuple(map(self.expression, node["expr"])))
        if not node.name.startswith("Builtin_"):
            raise Unsupported(node.name)
        args = (node[name] for name in _ARGUMENTS if name in node)
        flat = (a for arg in args for a in (arg if isinstance(arg, list) else [arg]))
        return Call(node.name.removeprefix("Builtin_").upper(), tuple(map(self.expression, flat)))


def _conjuncts(expression: Any) -> Iterator[Any]:
    if isinstance(expression, Call) and expression.name == "&&":
        for arg in expression.args:
            yield from _conjuncts(arg)
    else:
        yield expression


def _joined(one: Group, other: Group) -> Group:
    """Two groups as one.

    Raises:
        Unsupported: they share a variable that one of them may leave unbound.
    """
    is_optional = len(other) == 1 and isinstance(other[0], Maybe)
    unsure = _optional(one) | (set() if is_optional else _optional(other))
    unsure |= (bindable(one) - certain(one)) & (bindable(other) - certain(other))
    if unsure := unsure & bindable(one) & bindable(other):
        raise Unsupported(f"a join on ?{min(unsure)}, which may be unbound")
    return one + other


def _optional(group: Group) -> set[Variable]:
    """The variables that only an OPTIONAL of a group binds."""
    found = (bindable(element.group) for element in group if isinstance(element, Maybe))
    return set().union(*found) - certain(group)


def _alone(group: Group) -> Group:
    """A group that stands in another; its filters and options see only what is in it.

    Raises:
        Unsupported: they name variables that nothing in it binds for certain.
    """
    bound = certain(group)
    for element in group:
        if isinstance(element, Filter):
            free = names_in(element.condition) - bound - variables_of(group)
            if free:
                raise Unsupported(f"a filter of ?{min(free)}, which its group doesn't bind")
    return group
