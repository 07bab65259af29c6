"""Triples to steps: over the indexes of `Facts`, from the end that is bound to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rdflib import Variable

from kg.audit.compiled.elements import Element, Triple, Unsupported
from kg.audit.compiled.expressions import Expressions
from kg.audit.compiled.module import Module
from kg.audit.compiled.order import met
from kg.audit.compiled.pieces import Loop, Scope, Step, Test


@dataclass(frozen=True)
class Triples:
    """Compiles triples."""

    module: Module
    expressions: Expressions

    def step(self, triple: Triple, others: Sequence[Element], scope: Scope) -> Step:
        """What a triple does; one that looks for a subject joins all others that say of it."""
        subject = self._node(triple.subject, scope)
        if subject and triple.object in scope.maybe and triple.steps == (1, 1):
            values = f"{self._objects(triple)}.get({subject}, ())"
            made, name = self._new(triple.object, scope)
            return Loop(name, f"matching({values}, {scope.names[triple.object]})", made)
        other = self._node(triple.object, scope)
        if triple.steps != (1, 1):
            return self._path(triple, subject, other, scope)
        if subject and other:
            return Test(f"{other} in {self._objects(triple)}.get({subject}, ())", scope)
        if subject:
            made, name = self._new(triple.object, scope)
            return Loop(name, f"{self._objects(triple)}.get({subject}, ())", made)
        if other:
            return self._meet(triple, others, scope)
        return self._pairs(triple, scope)

    def optional(self, triple: Triple, scope: Scope) -> Loop:
        """A triple of a bound subject that there may be: its object, or None once."""
        name = self.module.new(triple.object, scope)
        values = f"{self._objects(triple)}.get({scope.names[triple.subject]}, UNBOUND)"
        return Loop(name, values, scope.bind(triple.object, name, maybe=True))

    def _objects(self, triple: Triple) -> str:
        return self.module.index("of", triple.predicate)

    def _node(self, node: Any, scope: Scope) -> str | None:
        """The Python of a node that is bound."""
        if not isinstance(node, Variable):
            return self.expressions.value(node, scope).text
        if node in scope.maybe:
            raise Unsupported(f"a triple of ?{node}, which may be unbound")
        return scope.names.get(node)

    def _new(self, variable: Variable, scope: Scope) -> tuple[Scope, str]:
        name = self.module.new(variable, scope)
        return scope.bind(variable, name), name

    def _pairs(self, triple: Triple, scope: Scope) -> Loop:
        """All subjects with all their objects."""
        if triple.object == triple.subject:
            raise Unsupported("a triple of one variable twice")
        made, one = self._new(triple.subject, scope)
        made, two = self._new(triple.object, made)
        return Loop(f"{one}, {two}", f"pairs({self._objects(triple)})", made)

    def _meet(self, triple: Triple, others: Sequence[Element], scope: Scope) -> Loop:
        """All triples that say which subject is meant, as one meeting of sets."""
        together = met(triple, [triple, *others], set(scope.names))
        sets = {}
        for t in together:
            value = self._node(t.object, scope)
            sets[f"{self.module.index('by', t.predicate)}.get({value}, NONE)"] = value
        fixed = [made for made, value in sets.items() if self.module.is_constant(value)]
        if len(fixed) > 1 and self.module.depth:
            name = self.module.every(fixed)
            sets = {name: name, **{m: v for m, v in sets.items() if m not in fixed}}
        found = f"meet({', '.join(sets)})" if len(sets) > 1 else next(iter(sets))
        made, name = self._new(triple.subject, scope)
        return Loop(name, found, made, together)

    def _path(self, triple: Triple, subject: str | None, other: str | None, scope: Scope) -> Step:
        """A property any number of times, from the end that is bound."""
        least, most = triple.steps
        start, back = subject or other, subject is None
        found = f"facts.reached({str(triple.predicate)!r}, {start}, {back}, {least}, {most})"
        if subject and other:
            return Test(f"{other} in {found}", scope)
        made, name = self._new(triple.subject if back else triple.object, scope)
        return Loop(name, found, made)
