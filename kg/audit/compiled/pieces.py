"""The pieces of Python that a query is written in: values, conditions, steps, and their scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from rdflib import Variable

from kg.audit.compiled.elements import Call, Element


class Code(NamedTuple):
    """Python for a value: its kind (number, text, node, truth, any), and whether it can't fail."""

    text: str
    kind: str = "any"
    is_safe: bool = True

    @property
    def attempted(self) -> str:
        """Python that never fails: None for what can't be worked out."""
        return self.text if self.is_safe else f"attempt(lambda: {self.text})"


class Condition(NamedTuple):
    """Python for whether something is true, and for whether it is false; neither ever raises.

    `asked` is the same as a plain question, which may raise; some conditions have none.
    """

    true: str
    false: str
    is_total: bool = True
    asked: str | None = None

    @classmethod
    def of(cls, true: str, false: str, *, is_safe: bool) -> Condition:
        """A condition by the Python for both, which may raise unless it is safe."""
        if is_safe:
            return cls(true, f"({false})")
        return cls(f"holds(lambda: {true})", f"holds(lambda: {false})", False, true)


@dataclass(frozen=True)
class Scope:
    """The variables that are bound: the Python of each, its kind, and which may be None."""

    names: Mapping[Variable, str] = field(default_factory=dict)
    kinds: Mapping[Variable, str] = field(default_factory=dict)
    maybe: frozenset[Variable] = frozenset()

    def bind(
        self, variable: Variable, text: str, kind: str = "any", *, maybe: bool = False
    ) -> Scope:
        """The scope with one more variable."""
        return Scope(
            {**self.names, variable: text},
            {**self.kinds, variable: kind},
            self.maybe | {variable} if maybe else self.maybe - {variable},
        )

    def alias(self, variable: Variable, of: Variable) -> Scope:
        """The scope where a variable is another by a second name; None where that isn't bound."""
        name, kind = self.names.get(of, "None"), self.kinds.get(of, "any")
        return self.bind(variable, name, kind, maybe=of not in self.names or of in self.maybe)

    def only(self, variables: set[Variable]) -> Scope:
        """The scope of these variables alone."""
        return replace(self, names={v: n for v, n in self.names.items() if v in variables})

    def narrowed(self, condition: Any) -> Scope:
        """The scope where a condition holds: what `isNumeric` says of is a number."""
        if isinstance(condition, Call) and condition.name == "ISNUMERIC":
            [argument] = condition.args
            if argument in self.names:
                return replace(self, kinds={**self.kinds, argument: "number"})
        return self


class Loop(NamedTuple):
    """A step that makes any number of solutions of each, by its target and what it runs over.

    `joined` are the other elements that it deals with.
    """

    target: str
    values: str
    scope: Scope
    joined: Sequence[Element] = ()


class Test(NamedTuple):
    """A step that keeps some solutions."""

    asked: str
    scope: Scope


class Assignment(NamedTuple):
    """A step that works out a variable; without lines, one that needs no Python."""

    lines: Sequence[str]
    scope: Scope


Step = Loop | Test | Assignment
Lines = list[str]


def indented(lines: Sequence[str]) -> Lines:
    """Lines within a loop, a question or a function."""
    return [f"    {line}" for line in lines]


def row(names: Sequence[str]) -> str:
    """A tuple.

    >>> row(["a"]), row(["a", "b"])
    ('(a,)', '(a, b)')
    """
    return f"({', '.join(names)}{',' * (len(names) == 1)})"
