"""Queries compiled once: their source is kept on disk by its digest, as reading a query is slow."""

from __future__ import annotations

import functools
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from kg.audit.compiled import errors, functions, joins
from kg.audit.compiled.facts import Facts
from kg.audit.compiled.terms import Node, Value, constant, literal

#: What the generated source may name.
_KNOWN = {
    **{
        name: made
        for module in (errors, functions, joins)
        for name, made in vars(module).items()
        if not name.startswith("_")
    },
    **{"Node": Node, "cache": cache, "constant": constant, "literal": literal, "re": re},
}


class RuleError(Exception):
    """A rule that uses something the compiled engine doesn't know: one sentence."""


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled query: its variables, the Python, and the function that it defines."""

    variables: tuple[str, ...]
    source: str
    rows: Callable[[Facts], Iterable[tuple[Value | None, ...]]]

    def run(self, facts: Facts) -> Iterator[dict[str, Value]]:
        """The solutions: the variables that are bound, by name."""
        for row in self.rows(facts):
            pairs = zip(self.variables, row, strict=True)
            yield {name: value for name, value in pairs if value is not None}


@functools.cache
def program(rule: str, query: str) -> Program:
    """The program of a rule's query.

    Raises:
        RuleError: the query uses something that the compiled engine doesn't know.
    """
    source = _kept(query) or _compiled(rule, query)
    namespace: dict[str, Any] = dict(_KNOWN)
    exec(compile(source, f"<rule {rule}>", "exec"), namespace)
    return Program(namespace["VARIABLES"], source, namespace["rule"])


def _compiled(rule: str, query: str) -> str:
    # rdflib is slow to import, and only needed where a query isn't known yet
    from kg.audit.compiled.code import code_of  # noqa: PLC0415
    from kg.audit.compiled.elements import Unsupported  # noqa: PLC0415

    try:
        source = code_of(query)
    except Unsupported as error:
        raise RuleError(
            f"rule {rule} uses {error}, which the compiled engine doesn't know; "
            "write it another way, see docs/rules-howto.md"
        ) from error
    _keep(query, source)
    return source


def _kept(query: str) -> str | None:
    try:
        return _file(query).read_text("utf-8")
    except OSError:
        return None


def _keep(query: str, source: str) -> None:
    """Write the source beside, then in place: another process may be reading it."""
    file = _file(query)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as f:
            f.write(source)
        Path(f.name).replace(file)
    except OSError:
        return  # a folder that can't be written: the query is compiled again next time


def _file(query: str) -> Path:
    folder = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    digest = hashlib.sha256(_compiler() + query.encode()).hexdigest()
    return Path(folder) / "juesuan" / "rules" / f"{digest[:32]}.py"


@functools.cache
def _compiler() -> bytes:
    """The compiler's own text: another compiler writes other source."""
    modules = sorted(resources.files(__package__).iterdir(), key=lambda file: file.name)
    return b"".join(file.read_bytes() for file in modules if file.name.endswith(".py"))
