"""The module that is written for one query: its constants, its indexes and its functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from rdflib import URIRef, Variable

from kg.audit.compiled.pieces import Lines, Scope, indented

_PLACES = re.compile(r"\W")
_NAME = re.compile(r"[^\W\d]\w*")


class Module:
    """Names what is written once, and collects it; `depth` says how many loops stand around."""

    def __init__(self) -> None:
        self.depth = 0
        self._numbers = count(1)
        self._constants: dict[str, str] = {}
        self._indexes: dict[str, str] = {}
        self._functions: list[Lines] = []

    def text(self, variables: Sequence[Variable], main: str) -> str:
        """The source; `main` is the call that yields the solutions."""
        constants = [f"{name} = {made}" for made, name in self._constants.items()]
        body = [f"{name} = {made}" for made, name in self._indexes.items()]
        body += [line for function in self._functions for line in function]
        body.append(f"return {main}")
        head = [f"VARIABLES = {tuple(map(str, variables))!r}", *constants]
        return "\n".join([*head, "", "", "def rule(facts):", *indented(body)]) + "\n"

    def constant(self, value: Any) -> str:
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

    def is_constant(self, name: str | None) -> bool:
        """Whether a name is a constant's."""
        return name in self._constants.values()

    def index(self, kind: str, predicate: URIRef) -> str:
        """The name of an index: `of_amount` from subjects to objects, `by_amount` the other way."""
        made = f"facts.{'objects' if kind == 'of' else 'subjects'}({str(predicate)!r})"
        if made not in self._indexes:
            name = f"{kind}_{_PLACES.sub('_', re.split('[#/]', predicate)[-1])}"
            is_known = name in self._indexes.values()
            self._indexes[made] = f"{name}_{next(self._numbers)}" if is_known else name
        return self._indexes[made]

    def every(self, sets: Sequence[str]) -> str:
        """The name of the subjects that are in all of some sets of indexes, met once."""
        made = f"meet({', '.join(sorted(sets))})"
        if made not in self._indexes:
            self._indexes[made] = f"every_{next(self._numbers)}"
        return self._indexes[made]

    def new(self, variable: Variable, scope: Scope) -> str:
        """A name for a variable that nothing in the scope has."""
        name = f"{_PLACES.sub('_', variable)}_"
        return name if name not in scope.names.values() else f"{name}{next(self._numbers)}"

    def function(self, what: str, scope: Scope, write: Callable[[], Lines]) -> str:
        """A function, and the call of it with what it needs of the scope."""
        depth, self.depth = self.depth, 0
        body = write()
        self.depth = depth
        name = f"{what}_{next(self._numbers)}"
        used = set(_NAME.findall("\n".join(body))) - {"None", *self._constants.values()}
        needed = ", ".join(sorted(used & set(scope.names.values())))
        self._functions.append([f"def {name}({needed}):", *indented(body)])
        return f"{name}({needed})"

    def kept(self, what: str, made: str) -> str:
        """A function whose value is worked out once, and the call of it."""
        call = f"{what}_{next(self._numbers)}()"
        self._functions.append(["@cache", f"def {call}:", f"    return {made}"])
        return call

    def last_has(self, line: str) -> bool:
        """Whether a line stands in the function that was written last."""
        return any(written.strip() == line for written in self._functions[-1])
