"""The queries that pages ask, and the examples that readers are offered: files, with terms put in.

A page's query (`queries/*.rq`) writes ``$name`` for what it is given and ``?name`` for what it
finds. An example (`examples/*.rq`) opens with its title in a comment for each language::

    # zh: 各功能分类的决算数
    # en: Final figures by functional class
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from api.texts import Language
from kg.vocabulary import DEFAULT_BASE, Namespace

_FOLDER = Path(__file__).parent
#: A list stands as it is in VALUES, but with commas in IN.
_PARAMETER = re.compile(r"(IN \()?\$(\w+)")
_TITLE = re.compile(r"^# (zh|en): (.+)$", re.MULTILINE)

Term = str | int | ox.Literal
Value = Term | Iterable[str | ox.Literal] | None


@dataclass(frozen=True, slots=True)
class Example:
    """A worked query, with its titles."""

    name: str
    zh: str
    en: str
    query: str

    def title(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


class Queries:
    """The query files, written for one base IRI."""

    def __init__(self, namespace: Namespace) -> None:
        self._namespace = namespace
        self._prefixes = {p: f"PREFIX {p}: <{iri}>\n" for p, iri in namespace.prefixes().items()}
        self._prologue = "".join(self._prefixes.values())

    def make(self, name: str, **values: Value) -> str:
        """The page's query `name`, each ``$parameter`` replaced: IRIs by ``<iri>``, numbers.

        A line with a parameter that is None is left out. Raises ValueError for what is no IRI.
        """
        terms = {name: _written(value) for name, value in values.items() if value is not None}

        def put(found: re.Match[str]) -> str:
            return f"IN ({', '.join(terms[found[2]])}" if found[1] else " ".join(terms[found[2]])

        lines = _read(name)
        left_out = values.keys() - terms.keys()
        if left_out:
            lines = [line for line in lines if left_out.isdisjoint(_given(line))]
        return self._prologue + _PARAMETER.sub(put, "".join(lines))

    def published(self, name: str, **values: Value) -> str:
        """The query `name` for readers to run and to change: with no more prefixes than it uses."""
        query = self.make(name, **values).removeprefix(self._prologue)
        used = (line for prefix, line in self._prefixes.items() if f"{prefix}:" in query)
        return "".join(used) + query

    def examples(self) -> tuple[Example, ...]:
        """All examples, in the order of their file names."""
        files = sorted((_FOLDER / "examples").glob("*.rq"))
        return tuple(self._example(file) for file in files)

    def _example(self, file: Path) -> Example:
        text = file.read_text("utf-8").replace(DEFAULT_BASE, self._namespace.base)
        titles = dict(_TITLE.findall(text))
        return Example(file.stem, titles["zh"], titles["en"], text.strip() + "\n")


@cache
def _read(name: str) -> list[str]:
    lines = (_FOLDER / "queries" / f"{name}.rq").read_text("utf-8").splitlines(keepends=True)
    return [line for line in lines if not line.startswith("#")]


def _given(line: str) -> list[str]:
    """The parameters of a line."""
    return [name for _, name in _PARAMETER.findall(line)]


def _written(value: Term | Iterable[str | ox.Literal]) -> list[str]:
    """Terms as SPARQL writes them; the engine's own type refuses what is no IRI."""
    terms = [value] if isinstance(value, int | str | ox.Literal) else value
    return [str(ox.NamedNode(term) if isinstance(term, str) else term) for term in terms]
