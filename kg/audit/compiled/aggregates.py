"""GROUP BY to Python: the rows of each group, and what is worked out of them (section 11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rdflib import Variable

from kg.audit.compiled.elements import Aggregate, Bind, Filter, Select, Unsupported
from kg.audit.compiled.expressions import Expressions
from kg.audit.compiled.pieces import Code, Scope, indented
from kg.audit.compiled.variables import names_in

#: What an aggregate makes of the values, and the kind of that.
_FUNCTIONS = {
    "Sum": ("total({})", "number"),
    "Min": ("least({})", "any"),
    "Max": ("most({})", "any"),
    "Sample": ("least([v for v in {} if v is not None])", "any"),
}


class Aggregation:
    """Compiles one SELECT's aggregates; HAVING is asked before what only the result needs."""

    def __init__(self, select: Select, expressions: Expressions) -> None:
        self._select = select
        self._keys = select.keys or ()
        self._expressions = expressions
        self._aggregates = {a.variable: a for a in select.aggregates}
        self._binds = {s.variable: s for s in select.steps if isinstance(s, Bind)}
        self._arguments: list[Any] = []
        for aggregate in select.aggregates:
            is_key = aggregate.name == "Sample" and aggregate.argument in self._keys
            if not is_key and aggregate.argument not in (*self._arguments, "*"):
                self._arguments.append(aggregate.argument)
        self._codes: list[Code] = []
        self._scope = Scope()
        self._made: dict[tuple[Any, ...], str] = {}

    def row(self, scope: Scope) -> list[str]:
        """What a solution of the group adds to its group: the keys, and each argument's value."""
        self._codes = [self._argument(argument, scope) for argument in self._arguments]
        texts = [
            c.text if isinstance(a, Variable) else c.attempted
            for a, c in zip(self._arguments, self._codes, strict=True)
        ]
        for key in self._keys:
            maybe = key in scope.maybe or key not in scope.names
            kind = scope.kinds.get(key, "any")
            self._scope = self._scope.bind(key, f"{key}_", kind, maybe=maybe)
        keys = "".join(f"{scope.names.get(key, 'None')}, " for key in self._keys)
        return [f"yield ({keys}), ({''.join(f'{text}, ' for text in texts)})"]

    def _argument(self, argument: Any, scope: Scope) -> Code:
        if not isinstance(argument, Variable):
            return self._expressions.value(argument, scope)
        name, kind = scope.names.get(argument, "None"), scope.kinds.get(argument, "any")
        return Code(name, kind, argument in scope.names and argument not in scope.maybe)

    def groups(self, call: str, leaf: Callable[[Scope], list[str]]) -> list[str]:
        """The loop over the groups of the rows that a function yields."""
        if not self._keys:
            start = [f"groups = {{(): [row for _, row in {call}]}}"]
        else:
            start = ["groups = {}", f"for key, row in {call}:"]
            start.append("    groups.setdefault(key, []).append(row)")
        keys = "".join(f"{self._scope.names[key]}, " for key in self._keys)
        having = [step for step in self._select.steps if isinstance(step, Filter)]
        body = self._steps([*having, *self._select.variables], self._scope, leaf)
        head = f"for ({keys}), rows in groups.items():"
        return [*start, head, *indented(body)]

    def _steps(
        self, todo: list[Filter | Variable], scope: Scope, leaf: Callable[[Scope], list[str]]
    ) -> list[str]:
        if not todo:
            return leaf(scope)
        step, *rest = todo
        names = names_in(step.condition) if isinstance(step, Filter) else {step}
        lines, scope = self._needed(names, scope)
        if not isinstance(step, Filter):
            return [*lines, *self._steps(rest, scope, leaf)]
        asked = self._expressions.condition(step.condition, scope).true
        inner = self._steps(rest, scope.narrowed(step.condition), leaf)
        return [*lines, f"if {asked}:", *indented(inner)]

    def _needed(self, names: set[Variable], scope: Scope) -> tuple[list[str], Scope]:
        """The lines that work out variables, and the scope that has them."""
        lines: list[str] = []
        for variable in sorted(names - set(scope.names)):
            if aggregate := self._aggregates.get(variable):
                more, scope = self._aggregated(aggregate, scope)
                lines += more
            elif bind := self._binds.get(variable):
                more, scope = self._needed(names_in(bind.expression), scope)
                lines += more
                of = bind.expression
                if isinstance(of, Variable) and of in scope.names:
                    scope = scope.alias(variable, of)
                    continue
                code = self._expressions.value(of, scope)
                lines.append(f"{variable}_ = {code.attempted}")
                scope = scope.bind(variable, f"{variable}_", code.kind, maybe=not code.is_safe)
        return lines, scope

    def _aggregated(self, aggregate: Aggregate, scope: Scope) -> tuple[list[str], Scope]:
        variable, argument = aggregate.variable, aggregate.argument
        if aggregate.name == "Sample" and argument in self._keys:
            return [], scope.alias(variable, argument)
        code = self._worked_out(aggregate)
        made = (aggregate.name, argument, aggregate.is_distinct, aggregate.separator)
        if name := self._made.get(made):
            return [], scope.bind(variable, name, code.kind, maybe=not code.is_safe)
        name = self._made[made] = f"{aggregate.name.lower()}_{len(self._made) + 1}"
        bound = scope.bind(variable, name, code.kind, maybe=not code.is_safe)
        return [f"{name} = {code.attempted}"], bound

    def _worked_out(self, aggregate: Aggregate) -> Code:
        if aggregate.argument == "*":
            if aggregate.is_distinct:
                raise Unsupported("COUNT(DISTINCT *)")
            return Code("len(rows)", "number")
        at = self._arguments.index(aggregate.argument)
        argument = self._codes[at]
        values = f"[row[{at}] for row in rows]"
        if aggregate.is_distinct:
            values = f"list(dict.fromkeys({values}))"
        is_sure = argument.is_safe and bool(self._keys)
        if aggregate.name == "Count":
            is_plain = argument.is_safe and not aggregate.is_distinct
            return Code("len(rows)" if is_plain else f"count({values})", "number")
        if aggregate.name == "GroupConcat":
            text = f"joined({values}, {aggregate.separator!r})"
            return Code(text, "text", is_sure and argument.kind == "text")
        if aggregate.name not in _FUNCTIONS:
            raise Unsupported(aggregate.name)
        template, kind = _FUNCTIONS[aggregate.name]
        if aggregate.name == "Sum" and argument.kind == "number" and argument.is_safe:
            return Code(f"sum({values})", "number")
        kind = argument.kind if kind == "any" else kind
        return Code(template.format(values), kind, is_sure and aggregate.name != "Sum")
