"""A query to the Python that runs it: a function of nested loops over the indexes of `Facts`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rdflib import URIRef, Variable

from kg.audit.compiled.aggregates import Aggregation
from kg.audit.compiled.algebra import select_of
from kg.audit.compiled.elements import (
    Bind,
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
from kg.audit.compiled.expressions import Expressions
from kg.audit.compiled.module import Module
from kg.audit.compiled.order import next_element
from kg.audit.compiled.pieces import Assignment, Lines, Loop, Scope, Step, Test, indented, row
from kg.audit.compiled.triples import Triples
from kg.audit.compiled.variables import bindable, certain, variables_of

#: Python allows 20 loops within each other; deeper ones go into a function of their own.
_DEEPEST = 15
#: The end of a function that only asks whether there is a match.
_MATCHED = "return True"
#: What is done with each solution.
Leaf = Callable[[Scope], Lines]


def code_of(query: str) -> str:
    """The source of a module with a function `rule`, of a `Facts`, that yields the solutions.

    A solution is a tuple of values in the order of the query's variables, `VARIABLES`.

    Raises:
        Unsupported: the query uses something that this engine doesn't know.
    """
    select = select_of(query)
    module = Module()
    main, _ = _Writer(module).select(select)
    return module.text(select.variables, main)


class _Writer:
    """Writes the functions of one query: each element of a group is a step, each within the last.

    A step is written before what follows it: the functions that it calls are numbered first.
    """

    def __init__(self, module: Module) -> None:
        self._module = module
        self._expressions = Expressions(module.constant, self._exists)
        self._triples = Triples(module, self._expressions)

    # SELECT ######################################################################################

    def select(self, select: Select) -> tuple[str, Scope]:
        """The call of a function that yields a SELECT's rows; the scope in which it does."""
        ends: list[Scope] = []

        def leaf(scope: Scope) -> Lines:
            ends.append(scope)
            return _yielding(select.variables)(scope)

        def write() -> Lines:
            if select.keys is None:
                return self._solve(select.group, Scope(), leaf)
            return self._grouped(select, leaf)

        call = self._module.function("select", Scope(), write)
        if select.is_distinct:
            distinct = [f"return dict.fromkeys({call})"]
            call = self._module.function("distinct", Scope(), lambda: distinct)
        return call, ends[0]

    def _grouped(self, select: Select, leaf: Leaf) -> Lines:
        aggregation = Aggregation(select, self._expressions)
        inner = self._module.function(
            "group", Scope(), lambda: self._solve(select.group, Scope(), aggregation.row)
        )
        return aggregation.groups(inner, leaf)

    # Groups ######################################################################################

    def _solve(self, elements: Sequence[Element], scope: Scope, leaf: Leaf) -> Lines:
        """Loops over the solutions of a group."""
        if not elements:
            return leaf(scope)
        element = next_element(elements, set(scope.names))
        rest = [e for e in elements if e is not element]
        match self._step(element, rest, scope):
            case Test(asked, inner):
                return [f"if {asked}:", *indented(self._solve(rest, inner, leaf))]
            case Assignment(lines, inner):
                return [*lines, *self._solve(rest, inner, leaf)]
            case Loop(target, values, inner, joined):
                left = [e for e in rest if not any(e is other for other in joined)]
                body = self._looped(left, inner, leaf)
                return [f"for {target} in {values}:", *indented(body)]

    def _looped(self, rest: Sequence[Element], scope: Scope, leaf: Leaf) -> Lines:
        """The body of a loop, in a function of its own where loops stand too deep."""
        self._module.depth += 1
        is_deep = self._module.depth % _DEEPEST == 0
        body = (self._deeper if is_deep else self._solve)(rest, scope, leaf)
        self._module.depth -= 1
        return body

    def _deeper(self, rest: Sequence[Element], scope: Scope, leaf: Leaf) -> Lines:
        call = self._module.function("rest", scope, lambda: self._solve(rest, scope, leaf))
        if self._module.last_has(_MATCHED):
            return [f"if {call}:", f"    {_MATCHED}"]
        return [f"yield from {call}"]

    def _exists(self, group: Group, scope: Scope) -> str:
        """A call that says whether a group matches, given the scope."""

        def write() -> Lines:
            return [*self._solve(group, scope, lambda _: [_MATCHED]), "return False"]

        return self._module.function("exists", scope, write)

    # Steps #######################################################################################

    def _step(self, element: Element, others: Sequence[Element], scope: Scope) -> Step:
        match element:
            case Filter(condition):
                asked = self._expressions.condition(condition, scope).true
                return Test(asked, scope.narrowed(condition))
            case Bind():
                return self._bind(element, scope)
            case Triple():
                return self._triples.step(element, others, scope)
            case Maybe(group):
                return self._maybe(group, scope)
            case Without(group):
                return self._without(group, scope)
            case Either(groups):
                return self._either(groups, scope)
            case Select():
                return self._table(element, scope)

    def _bind(self, bind: Bind, scope: Scope) -> Step:
        variable, expression = bind.variable, bind.expression
        if variable in scope.maybe:
            raise Unsupported(f"BIND of ?{variable}, which may be bound")
        if isinstance(expression, Variable) and variable not in scope.names:
            return Assignment((), scope.alias(variable, expression))
        code = self._expressions.value(expression, scope)
        if variable in scope.names:
            same = f"{code.text} == {scope.names[variable]}"
            if not code.is_safe:
                same = f"{code.attempted} in (None, {scope.names[variable]})"
            return Test(same, scope)
        if isinstance(expression, URIRef):
            return Assignment((), scope.bind(variable, code.text, code.kind))
        name = self._module.new(variable, scope)
        made = scope.bind(variable, name, code.kind, maybe=not code.is_safe)
        return Assignment([f"{name} = {code.attempted}"], made)

    def _maybe(self, group: Group, scope: Scope) -> Step:
        """OPTIONAL: each match, or None once."""
        shared = variables_of(group) & scope.maybe
        if shared & certain(group):
            raise Unsupported(f"OPTIONAL with ?{min(shared)}, which may be unbound")
        match group:
            case [Triple(subject, _, Variable() as other, (1, 1)) as triple] if (
                subject in scope.names and other not in scope.names
            ):
                return self._triples.optional(triple, scope)
        new = sorted(bindable(group) - set(scope.names))

        def leaf(inner: Scope) -> Lines:
            return ["is_found = True", *_yielding(new)(inner)]

        def write() -> Lines:
            nothing = ["if not is_found:", f"    yield {row(['None'] * len(new))}"]
            return ["is_found = False", *self._solve(group, scope, leaf), *nothing]

        call = self._module.function("maybe", scope, write)
        return self._rows(call, new, scope, Scope(maybe=frozenset(new)))

    def _without(self, group: Group, scope: Scope) -> Step:
        """MINUS: sees nothing of the scope but what both bind."""
        shared = variables_of(group) & set(scope.names)
        if shared & scope.maybe:
            raise Unsupported("MINUS with a variable that may be unbound")
        if not shared:
            return Assignment((), scope)
        return Test(f"not {self._exists(group, scope.only(shared))}", scope)

    def _either(self, groups: Sequence[Group], scope: Scope) -> Step:
        """UNION: the solutions of each group, one group after another."""
        new = sorted(set().union(*map(bindable, groups)) - set(scope.names))
        shared = set().union(*map(variables_of, groups)) & scope.maybe
        if shared:
            raise Unsupported(f"UNION with ?{min(shared)}, which may be unbound")
        always: set[Variable] = set.intersection(*map(certain, groups))
        unsure = set(new) - always

        def leaf(inner: Scope) -> Lines:
            unsure.update(inner.maybe)
            return _yielding(new)(inner)

        def write() -> Lines:
            return [line for group in groups for line in self._solve(group, scope, leaf)]

        call = self._module.function("either", scope, write)
        return self._rows(call, new, scope, Scope(maybe=frozenset(unsure)))

    def _table(self, select: Select, scope: Scope) -> Step:
        """A sub-SELECT that aggregates: worked out once, looked up by what it shares."""
        call, end = self.select(select)
        shared = [v for v in select.variables if v in scope.names]
        unsure = (scope.maybe | end.maybe) & set(shared)
        if unsure:
            raise Unsupported(f"a sub-SELECT joined on ?{min(unsure)}, which may be unbound")
        rows = self._module.kept("table", f"list({call})")
        if shared:
            at = tuple(select.variables.index(v) for v in shared)
            by = self._module.kept("rows", f"keyed({rows}, {at})")
            rows = f"{by}.get({row([scope.names[v] for v in shared])}, ())"
        return self._rows(rows, select.variables, scope, end)

    def _rows(self, rows: str, variables: Sequence[Variable], scope: Scope, end: Scope) -> Loop:
        """A loop over rows of variables, those that are new as they were at the rows' end."""
        names = ["_" if variable in scope.names else "" for variable in variables]
        for at, variable in enumerate(variables):
            if not names[at]:
                names[at] = self._module.new(variable, scope)
                kind, is_maybe = end.kinds.get(variable, "any"), variable in end.maybe
                scope = scope.bind(variable, names[at], kind, maybe=is_maybe)
        return Loop(row(names), rows, scope)


def _yielding(variables: Sequence[Variable]) -> Leaf:
    """What yields these variables of each solution."""

    def leaf(scope: Scope) -> Lines:
        return [f"yield {row([scope.names.get(v, 'None') for v in variables])}"]

    return leaf
