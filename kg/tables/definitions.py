"""Which tables there are, and what each column says: `tables.toml` as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Literal

from kg.record import record
from kg.resources import toml
from kg.vocabulary import PREFIXES, Namespace

Type = Literal[
    "key", "text", "string", "decimal", "integer", "year", "boolean", "date", "code", "id",
    "start", "end",
]  # fmt: skip
#: The types whose cells are IRIs without what they begin with.
NAMED = ("key", "code", "id")
#: What parts the values of a cell that has several.
SEPARATOR = "|"


@record
class Column:
    """A column; each of `paths` is the properties that lead from a row's subject to its values."""

    name: str
    title: Mapping[str, str]
    type: Type
    paths: tuple[tuple[str, ...], ...] = ()
    under: str = ""
    language: str | None = None
    many: bool = False
    always: bool = False
    refers: str | None = None
    fiscal: Mapping[str, str] | None = None

    @property
    def repeats(self) -> bool:
        """Whether it says what is said elsewhere, of something that the row's subject leads to."""
        return bool(self.paths) and len(self.paths[0]) > 1

    def start(self, namespace: Namespace) -> str:
        """What the IRIs begin with that its cells stand for."""
        return self.under if "://" in self.under else namespace.base + self.under


@record
class Table:
    """A table: all that is of the first of `types` and whose IRI begins with the base and `under`.

    What several reports state is `shared`; what comes with the code lists is `common`.
    """

    name: str
    title: Mapping[str, str]
    types: tuple[str, ...]
    under: str
    columns: tuple[Column, ...]
    shared: bool = False
    common: bool = False

    @property
    def has_passage(self) -> bool:
        """Whether its rows say which characters of the text they were read from."""
        return any(column.type == "start" for column in self.columns)


@cache
def tables() -> tuple[Table, ...]:
    """All tables, in the order in which they are told of.

    >>> [column.name for table in tables() for column in table.columns if table.name == "projects"]
    ['id', 'unit', 'name']
    """
    said = toml(__package__, "tables.toml")
    columns = said["columns"]
    return tuple(_table(name, form, columns) for name, form in said["tables"].items())


def expanded(name: str, namespace: Namespace) -> str:
    """The IRI of a prefixed name: ``bud:amount``."""
    prefix, _, local = name.partition(":")
    return {**PREFIXES, "bud": namespace.ontology}[prefix] + local


@cache
def dimension_types() -> Mapping[str, str]:
    """What kind each dimension of a Fiscal Data Package is of."""
    kinds: dict[str, str] = toml(__package__, "tables.toml")["dimensions"]
    return kinds


def _table(name: str, form: Mapping[str, Any], columns: Mapping[str, Mapping[str, Any]]) -> Table:
    own = tuple(_listed(c, columns, form["under"]) for c in form["columns"])
    return Table(
        name,
        form["title"],
        tuple(form["types"]),
        form["under"],
        own,
        form.get("shared", False),
        form.get("common", False),
    )


def _listed(name: str, columns: Mapping[str, Mapping[str, Any]], under: str) -> Column:
    """A column as a table lists it: ``report``, or ``evaluation.report``, the report of that."""
    leading, _, name = name.rpartition(".")
    column = _column(name, columns[name], under)
    if not leading:
        return column
    (first,) = _column(leading, columns[leading], under).paths
    return replace(column, paths=tuple((*first, *path) for path in column.paths))


def _column(name: str, form: Mapping[str, Any], under: str) -> Column:
    stated = form.get("property", ())
    paths = [stated] if isinstance(stated, str) else stated
    type_: Type = form["type"]
    return Column(
        name,
        form["title"],
        type_,
        tuple(tuple(path.split("/")) for path in paths),
        under if type_ == "key" else form.get("under", ""),
        form.get("language", "zh") if type_ == "text" else None,
        form.get("many", False),
        type_ == "key" or form.get("always", False),
        form.get("refers"),
        form.get("fiscal"),
    )
