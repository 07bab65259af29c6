"""A query to the Python that runs it: a function of nested loops over the indexes of `Facts`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from typing import Any

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
from kg.audit.compiled.expressions import Expressions, Scope
from kg.audit.compiled.order import met, next_element
from kg.audit.compiled.variables import bindable, certain, variables_of

#: Python allows 20 loops within each other; deeper ones go into a function of their own.
_DEEPEST = 15
_PLACES = re.compile(r"\W")
_NAME = re.compile(r"[^\W\d]\w*")
#: The end of a function that only asks whether there is a match.
_MATCHED = "return True"
Lines = list[str]
#: What is done with each solution.
Leaf = Callable[[Scope], Lines]


def code_of(query: str) -> str:
    """The source of a module with a function `rule`, of a `Facts`, that yields the solutions.

    A solution is a tuple of values in the order of the query's variables, `VARIABLES`.

    Raises:
        Unsupported: the query uses something that this engine doesn't know.
    """
    return _Writer().module(select_of(query))


class _Writer:
    """Writes one query's module."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._constants: dict[str, str] = {}
        self._indexes: dict[str, str] = {}
        self._functions: list[Lines] = []
        self._depth = 0
        self._expressions = Expressions(self._constant, self._exists)

    def module(self, select: Select) -> str:
        """The whole module."""
        main, _ = self._select(select)
        variables = tuple(map(str, select.variables))
        body = [f"{name} = {made}" for name, made in self._indexes.items()]
        body += [line for function in self._functions for line in function]
        body.append(f"return {main}")
        constants = [f"{name} = {made}" for made, name in self._constants.items()]
        lines = [f"VARIABLES = {variables!r}", *constants, "", "", "def rule(facts):"]
        return "\n".join([*lines, *_indented(body)]) + "\n"

    # Names #######################################################################################

    def _constant(self, value: Any) -> str:
        """The name of a constant."""
        match value:
            case re.Pattern():
                made = f"re.compile({value.pattern!r})"
            case URIRef():
                made = f"constant({str(value)!r})"
            case _:
                datatype = str(value.datatype) if value.datatype else None
                made = f"literal({str(value)!r}, {datatype!r}, {value.language!r})"
        if made not in self._constants:
            local = _PLACES.sub("_", str(value).rpartition("/code/")[2].rpartition("#")[2])
            name = f"c_{local}" if isinstance(value, URIRef) and local.isascii() else "c"
            is_known = name in self._constants.values() or name == "c"
            self._constants[made] = f"{name}_{next(self._numbers)}" if is_known else name
        return self._constants[made]

    def _index(self, kind: str, predicate: URIRef) -> str:
        """The name of an index: `of_amount` from subjects to objects, `by_amount` the other way."""
        made = f"facts.{'objects' if kind == 'of' else 'subjects'}({str(predicate)!r})"
        known = {made: name for name, made in self._indexes.items()}
        if made in known:
            return known[made]
        name = f"{kind}_{_PLACES.sub('_', re.split('[#/]', predicate)[-1])}"
        name = f"{name}_{next(self._numbers)}" if name in self._indexes else name
        self._indexes[name] = made
        return name

    def _fresh(self, variable: Variable, scope: Scope) -> str:
        name = f"{_PLACES.sub('_', variable)}_"
        return name if name not in scope.names.values() else f"{name}{next(self._numbers)}"

    # Functions ###################################################################################

    def _function(self, what: str, scope: Scope, write: Callable[[], Lines]) -> str:
        """A function of its own, and the call of it with what it needs of the scope."""
        depth, self._depth = self._depth, 0
        body = write()
        self._depth = depth
        name = f"{what}_{next(self._numbers)}"
        used = set(_NAME.findall("\n".join(body))) - {"None", *self._constants.values()}
        needed = ", ".join(sorted(used & set(scope.names.values())))
        self._functions.append([f"def {name}({needed}):", *_indented(body)])
        return f"{name}({needed})"

    def _exists(self, group: Group, scope: Scope) -> str:
        """A call that says whether a group matches, given the scope."""

        def write() -> Lines:
            return [*self._solve(group, scope, lambda _: [_MATCHED]), "return False"]

        return self._function("exists", scope, write)

    # Groups ######################################################################################

    def _solve(self, elements: Sequence[Element], scope: Scope, leaf: Leaf) -> Lines:
        """Loops over the solutions of a group."""
        if not elements:
            return leaf(scope)
        element = next_element(elements, set(scope.names))
        rest = [e for e in elements if e is not element]
        match element:
            case Filter(condition):
                asked = self._expressions.condition(condition, scope).true
                inner = self._solve(rest, scope.narrowed(condition), leaf)
                return [f"if {asked}:", *_indented(inner)]
            case Bind():
                return self._bind(element, rest, scope, leaf)
            case Triple():
                return self._triple(element, rest, scope, leaf)
            case Maybe(group):
                return self._maybe(group, rest, scope, leaf)
            case Without(group):
                return self._without(group, rest, scope, leaf)
            case Either(groups):
                return self._either(groups, rest, scope, leaf)
            case Select():
                return self._table(element, rest, scope, leaf)

    def _loop(self, head: str, rest: Sequence[Element], scope: Scope, leaf: Leaf) -> Lines:
        """A loop, its body in a function of its own where loops stand too deep."""
        self._depth += 1
        if self._depth % _DEEPEST:
            body = self._solve(rest, scope, leaf)
        else:
            body = self._deeper(rest, scope, leaf)
        self._depth -= 1
        return [head, *_indented(body)]

    def _deeper(self, rest: Sequence[Element], scope: Scope, leaf: Leaf) -> Lines:
        call = self._function("rest", scope, lambda: self._solve(rest, scope, leaf))
        if any(line.strip() == _MATCHED for line in self._functions[-1]):
            return [f"if {call}:", f"    {_MATCHED}"]
        return [f"yield from {call}"]

    def _bind(self, bind: Bind, rest: Sequence[Element], scope: Scope, leaf: Leaf) -> Lines:
        variable = bind.variable
        if variable in scope.maybe:
            raise Unsupported(f"BIND of ?{variable}, which may be bound")
        if isinstance(bind.expression, Variable) and variable not in scope.names:
            of = bind.expression
            name = scope.names.get(of, "None")
            made = scope.bind(
                variable,
                name,
                scope.kinds.get(of, "any"),
                maybe=name == "None" or of in scope.maybe,
            )
            return self._solve(rest, made, leaf)
        code = self._expressions.value(bind.expression, scope)
        if variable in scope.names:
            same = f"{code.text} == {scope.names[variable]}"
            if not code.is_safe:
                same = f"attempt(lambda: {code.text}) in (None, {scope.names[variable]})"
            return [f"if {same}:", *_indented(self._solve(rest, scope, leaf))]
        if isinstance(bind.expression, URIRef):
            return self._solve(rest, scope.bind(variable, code.text, code.kind), leaf)
        name = self._fresh(variable, scope)
        text = code.text if code.is_safe else f"attempt(lambda: {code.text})"
        made = scope.bind(variable, name, code.kind, maybe=not code.is_safe)
        return [f"{name} = {text}", *self._solve(rest, made, leaf)]

    # Triples #####################################################################################

    def _triple(self, triple: Triple, rest: Sequence[Element], scope: Scope, leaf: Leaf) -> Lines:
        subject = self._node(triple.subject, scope)
        if subject and triple.object in scope.maybe and triple.steps == (1, 1):
            values = f"{self._index('of', triple.predicate)}.get({subject}, ())"
            made, name = self._new(triple.object, scope)
            head = f"for {name} in matching({values}, {scope.names[triple.object]}):"
            return self._loop(head, rest, made, leaf)
        other = self._node(triple.object, scope)
        if triple.steps != (1, 1):
            return self._path(triple, subject, other, rest, scope, leaf)
        if subject and other:
            test = f"if {other} in {self._index('of', triple.predicate)}.get({subject}, ()):"
            return [test, *_indented(self._solve(rest, scope, leaf))]
        if subject:
            made, name = self._new(triple.object, scope)
            head = f"for {name} in {self._index('of', triple.predicate)}.get({subject}, ()):"
            return self._loop(head, rest, made, leaf)
        if other:
            return self._meet(triple, rest, scope, leaf)
        made, one = self._new(triple.subject, scope)
        index = self._index("of", triple.predicate)
        if triple.object == triple.subject:
            raise Unsupported("a triple of one variable twice")
        made, two = self._new(triple.object, made)
        head = f"for {one}, {two} in pairs({index}):"
        return self._loop(head, rest, made, leaf)

    def _node(self, node: Any, scope: Scope) -> str | None:
        """The Python of a node that is bound."""
        if not isinstance(node, Variable):
            return self._expressions.value(node, scope).text
        if node in scope.maybe:
            raise Unsupported(f"a triple of ?{node}, which may be unbound")
        return scope.names.get(node)

    def _new(self, variable: Variable, scope: Scope) -> tuple[Scope, str]:
        name = self._fresh(variable, scope)
        return scope.bind(variable, name), name

    def _meet(self, triple: Triple, rest: Sequence[Element], scope: Scope, leaf: Leaf) -> Lines:
        """All triples that say which subject is meant, as one meeting of sets."""
        together = met(triple, [triple, *rest], set(scope.names))
        left = [e for e in rest if not any(e is t for t in together)]
        sets = {}
        for t in together:
            value = self._node(t.object, scope)
            sets[f"{self._index('by', t.predicate)}.get({value}, NONE)"] = value
        fixed = [made for made, value in sets.items() if value in self._constants.values()]
        if len(fixed) > 1 and self._depth:
            once = f"meet({', '.join(sorted(fixed))})"
            known = {made: name for name, made in self._indexes.items()}
            name = known.get(once) or f"every_{next(self._numbers)}"
            self._indexes[name] = once
            sets = {name: name, **{m: v for m, v in sets.items() if m not in fixed}}
        found = f"meet({', '.join(sets)})" if len(sets) > 1 else next(iter(sets))
        made, name = self._new(triple.subject, scope)
        return self._loop(f"for {name} in {found}:", left, made, leaf)

    def _path(
        self,
        triple: Triple,
        subject: str | None,
        other: str | None,
        rest: Sequence[Element],
        scope: Scope,
        leaf: Leaf,
    ) -> Lines:
        """A property any number of times, from the end that is bound."""
        least, most = triple.steps
        start = subject or other
        back = subject is None
        found = f"facts.reached({str(triple.predicate)!r}, {start}, {back}, {least}, {most})"
        if subject and other:
            body = _indented(self._solve(rest, scope, leaf))
            return [f"if {other} in {found}:", *body]
        made, name = self._new(triple.subject if back else triple.object, scope)
        return self._loop(f"for {name} in {found}:", rest, made, leaf)

    # Groups within groups ########################################################################

    def _maybe(self, group: Group, rest: Sequence[Element], scope: Scope, leaf: Leaf) -> Lines:
        """OPTIONAL: each match, or None once."""
        shared = variables_of(group) & scope.maybe
        if shared & certain(group):
            raise Unsupported(f"OPTIONAL with ?{min(shared)}, which may be unbound")
        match group:
            case [Triple(subject, predicate, Variable() as other, (1, 1))] if (
                subject in scope.names and other not in scope.names
            ):
                name = self._fresh(other, scope)
                head = (
                    f"for {name} in {self._index('of', predicate)}"
                    f".get({scope.names[subject]}, UNBOUND):"
                )
                return self._loop(head, rest, scope.bind(other, name, maybe=True), leaf)
        new = sorted(bindable(group) - set(scope.names))
        yielded = self._yielding(new)

        def write() -> Lines:
            def found(inner: Scope) -> Lines:
                return ["is_found = True", *yielded(inner)]

            matches = self._solve(group, scope, found)
            nothing = f"    yield {_row(['None'] * len(new))}"
            return ["is_found = False", *matches, "if not is_found:", nothing]

        call = self._function("maybe", scope, write)
        return self._each(call, new, frozenset(new), rest, scope, leaf)

    def _without(self, group: Group, rest: Sequence[Element], scope: Scope, leaf: Leaf) -> Lines:
        """MINUS: sees nothing of the scope but what both bind."""
        shared = variables_of(group) & set(scope.names)
        if shared & scope.maybe:
            raise Unsupported("MINUS with a variable that may be unbound")
        inner = scope.only(shared)
        body = self._solve(rest, scope, leaf)
        if not shared:
            return body
        return [f"if not {self._exists(group, inner)}:", *_indented(body)]

    def _either(
        self, groups: Iterable[Group], rest: Sequence[Element], scope: Scope, leaf: Leaf
    ) -> Lines:
        """UNION: the solutions of each group, one group after another."""
        branches = tuple(groups)
        bound = set(scope.names)
        new = sorted(set().union(*map(bindable, branches)) - bound)
        shared = set().union(*map(variables_of, branches)) & scope.maybe
        if shared:
            raise Unsupported(f"UNION with ?{min(shared)}, which may be unbound")
        kinds: list[Scope] = []

        def yields(inner: Scope) -> Lines:
            kinds.append(inner)
            return self._yielding(new)(inner)

        def write() -> Lines:
            return [line for group in branches for line in self._solve(group, scope, yields)]

        call = self._function("either", scope, write)
        always = set.intersection(*map(certain, branches))
        maybe = frozenset(
            v for v in new if v not in always or any(v in inner.maybe for inner in kinds)
        )
        return self._each(call, new, maybe, rest, scope, leaf)

    def _yielding(self, variables: Sequence[Variable]) -> Leaf:
        def leaf(scope: Scope) -> Lines:
            return [f"yield {_row([scope.names.get(v, 'None') for v in variables])}"]

        return leaf

    def _each(
        self,
        call: str,
        variables: Sequence[Variable],
        maybe: frozenset[Variable],
        rest: Sequence[Element],
        scope: Scope,
        leaf: Leaf,
    ) -> Lines:
        """A loop over rows of new variables."""
        names = []
        for variable in variables:
            name = self._fresh(variable, scope)
            scope = scope.bind(variable, name, maybe=variable in maybe)
            names.append(name)
        return self._loop(f"for {_row(names)} in {call}:", rest, scope, leaf)

    # SELECT ######################################################################################

    def _select(self, select: Select) -> tuple[str, Scope]:
        """The name of a function that yields a SELECT's rows; the scope in which it does."""
        ends: list[Scope] = []

        def leaf(scope: Scope) -> Lines:
            ends.append(scope)
            return self._yielding(select.variables)(scope)

        if select.keys is None:
            call = self._function(
                "select", Scope(), lambda: self._solve(select.group, Scope(), leaf)
            )
        else:
            call = self._function("select", Scope(), lambda: self._grouped(select, leaf))
        if select.is_distinct:
            call = self._function("distinct", Scope(), lambda: [f"return dict.fromkeys({call})"])
        return call, ends[0]

    def _grouped(self, select: Select, leaf: Leaf) -> Lines:
        aggregation = Aggregation(select, self._expressions)
        inner = self._function(
            "group", Scope(), lambda: self._solve(select.group, Scope(), aggregation.row)
        )
        return aggregation.groups(inner, leaf)

    def _table(self, select: Select, rest: Sequence[Element], scope: Scope, leaf: Leaf) -> Lines:
        """A sub-SELECT that aggregates: worked out once, looked up by what it shares."""
        call, end = self._select(select)
        shared = [v for v in select.variables if v in scope.names]
        unsure = (scope.maybe | end.maybe) & set(shared)
        if unsure:
            raise Unsupported(f"a sub-SELECT joined on ?{min(unsure)}, which may be unbound")
        table = f"table_{next(self._numbers)}"
        self._functions.append(["@cache", f"def {table}():", f"    return list({call})"])
        rows = f"{table}()"
        if shared:
            at = tuple(select.variables.index(v) for v in shared)
            by = f"rows_{next(self._numbers)}"
            made = f"    return keyed({table}(), {at})"
            self._functions.append(["@cache", f"def {by}():", made])
            rows = f"{by}().get({_row([scope.names[v] for v in shared])}, ())"
        names = []
        for variable in select.variables:
            if variable in shared:
                names.append("_")
                continue
            name = self._fresh(variable, scope)
            kind, is_maybe = end.kinds.get(variable, "any"), variable in end.maybe
            scope = scope.bind(variable, name, kind, maybe=is_maybe)
            names.append(name)
        return self._loop(f"for {_row(names)} in {rows}:", rest, scope, leaf)


def _indented(lines: Iterable[str]) -> Lines:
    return [f"    {line}" for line in lines]


def _row(names: Sequence[str]) -> str:
    """A tuple."""
    return f"({', '.join(names)}{',' * (len(names) == 1)})"
