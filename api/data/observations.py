"""Observations: asked for by their dimensions, read off rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from api.data.filters import SCHEMES, iris_of, years_of
from api.data.models.common import Kind
from api.data.models.reported import Observation
from api.data.parameters import FigureFilters
from api.data.patterns import is_pattern, matching
from api.data.reader import Reader
from api.data.rows import Position, Row, ask_rows
from api.queries import Value
from api.site import Site
from api.workers.limits import NOBODY, Visitor
from kg.resources import toml

_KINDS: dict[str, dict[str, Any]] = toml(__package__, "kinds.toml")
#: What a kind's details are called in a record, and whether they are concepts.
_CONCEPTS = {
    "agreement": "agreement",
    "ratioKind": "ratio",
    "base": "base",
    "changeBase": "change",
}
_PLAIN = {"restates": "restates", "countUnit": "count_unit"}


@dataclass(frozen=True)
class Question:
    """Which observations are asked for, and by whom."""

    site: Site
    kind: Kind
    filters: dict[str, Value]
    visitor: Visitor = NOBODY

    @classmethod
    async def of(
        cls, site: Site, kind: Kind, asked: FigureFilters, visitor: Visitor = NOBODY
    ) -> Question:
        """The question of a request; raises BadValue."""
        filters = one_or_any("year", years_of(asked.year))
        for name, scheme in SCHEMES.items():
            values = getattr(asked, name)
            if any(map(is_pattern, values)):
                values = await site.run(matching, site, scheme, values)
            iris = iris_of(site, name, values, f"code/{scheme}/")
            # a pattern that no code is like finds nothing
            filters |= one_or_any(name, iris or (() if getattr(asked, name) else None))
        return cls(site, kind, filters, visitor)

    async def ask(self, reports: Sequence[str], after: Position | None, most: int) -> list[Row]:
        """The first rows of some reports, as `walk` asks for them."""
        query = self.site.queries.make(
            "data/observations",
            **{"class": self._bud + _KINDS[self.kind]["class"]},
            **self.filters,
            reports=reports,
            at=ox.Literal(after.report) if after else None,
            after=ox.Literal(after.thing) if after else None,
            limit=most,
        )
        return await ask_rows(self.site, query, self.visitor)

    async def observed(self, rows: Sequence[Row]) -> list[Row]:
        """What is said of the observations of some rows, in one row each, in their order."""
        kind = _KINDS[self.kind]
        details = [self._bud + name for name in kind["details"]]
        query = self.site.queries.make(
            "data/observed",
            things=[row["thing"] for row in rows],
            value=self._bud + kind["value"],
            printed=self._bud + kind["printed"],
            detail1=details[0],
            detail2=details[1] if len(details) > 1 else None,
        )
        return await ask_rows(self.site, query, self.visitor) if rows else []

    @property
    def _bud(self) -> str:
        return self.site.namespace.ontology


def one_or_any(name: str, values: Sequence[str | ox.Literal] | None) -> dict[str, Value]:
    """What a query is given of a filter: $name is its one value, $any_name are several."""
    one = values[0] if values and len(values) == 1 else None
    return {name: one, f"any_{name}": None if one else values}


def details_of(kind: Kind, row: Row) -> dict[str, str]:
    """The details of a row by the names that records give them; those that it has."""
    names = _KINDS[kind]["details"]
    found = {name: row[f"detail{number}"] for number, name in enumerate(names, 1)}
    return {(_CONCEPTS | _PLAIN)[name]: value for name, value in found.items() if value}


def value_name(kind: Kind) -> str:
    """What a record calls the number of a kind: amount, percent or count."""
    return str(_KINDS[kind]["value"])


def iris_in(kind: Kind, rows: Iterable[Row]) -> set[str]:
    """What the records of rows need the names of."""
    columns = ("unit", "own", "set", *SCHEMES)
    named = {row[column] for row in rows for column in columns}
    details = (details_of(kind, row) for row in rows)
    return named | {
        found[name] for found in details for name in _CONCEPTS.values() if name in found
    }


def records(reader: Reader, kind: Kind, rows: Sequence[Row]) -> list[Observation]:
    """The records of rows; blocks."""
    reader.prepare(iris_in(kind, rows))
    return [_record(reader, kind, row) for row in rows]


def _record(reader: Reader, kind: Kind, row: Row) -> Observation:
    details = {
        name: value if name in _PLAIN.values() else reader.concept(value)
        for name, value in details_of(kind, row).items()
    }
    said = {
        "iri": row["thing"],
        "kind": kind,
        "unit": reader.unit(row["unit"]),
        "report": row["report"],
        "year": row["year"],
        **{name: reader.concept(row[name]) for name in SCHEMES},
        value_name(kind): row["value"],
        "printed": row["printed"] or None,
        "printed_unit": reader.concept_or_none(row["own"] or row["set"]),
        **details,
        "passage": reader.passage(row["passage"], row),
    }
    return Observation.model_validate(said)
