"""Adds what the data knows of things to others' tables (Reconciliation API 0.2 §6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from api.errors import BadRequest
from api.names.properties import Property, properties
from api.names.things import Things
from api.queries import Queries
from api.store import Row, Store, Term
from api.texts import Language
from kg.vocabulary import Namespace

_XSD = "http://www.w3.org/2001/XMLSchema#"
_STANDS_FOR = "?thing ?property ?value ."
#: How many things one query asks of.
_AT_ONCE = 500

Asked = tuple[list[str], list[tuple[Property, int]]]


def read_extension(asked: object) -> Asked:
    """The ids and the properties, each with the most values wanted of it (0 is all)."""
    if not isinstance(asked, dict) or not isinstance(asked.get("ids"), list):
        raise BadRequest(reason="extend should be an object with a list `ids`")
    wanted = []
    for entry in asked.get("properties") or []:
        id_ = entry.get("id") if isinstance(entry, dict) else entry
        property_ = properties().get(str(id_))
        if property_ is None:
            known = ", ".join(properties())
            raise BadRequest(reason=f"there is no property {id_!r}; there are {known}")
        settings = entry.get("settings") if isinstance(entry, dict) else None
        limit = settings.get("limit") if isinstance(settings, dict) else None
        digits = str(limit)
        wanted.append((property_, int(digits) if digits.isdecimal() else 0))
    return [str(id_) for id_ in asked["ids"]], wanted


class Extender:
    """Looks values up in one release's store."""

    def __init__(
        self, store: Store, queries: Queries, namespace: Namespace, things: Things
    ) -> None:
        self._store = store
        self._queries = queries
        self._base = namespace.base
        self._things = things

    def extend(self, asked: Asked, language: Language) -> dict[str, Any]:
        """The values of each property of each thing, and what the properties are."""
        ids, wanted = asked
        rows: dict[str, dict[str, list[Any]]] = {
            id_: {property_.id: [] for property_, _ in wanted} for id_ in ids
        }
        known = {id_: id_.removeprefix(self._base) for id_ in rows}
        locals_ = sorted({local for local in known.values() if local in self._things.by_id})
        for property_, limit in wanted:
            values = self._values(property_, locals_)
            for id_, local in known.items():
                found = values.get(local, [])
                rows[id_][property_.id] = found[:limit] if limit else found
        meta = [described(property_, language) for property_, _ in wanted]
        return {"meta": meta, "rows": rows}

    def _values(self, property_: Property, locals_: Sequence[str]) -> Mapping[str, list[Any]]:
        values: dict[str, list[Any]] = {}
        for start in range(0, len(locals_), _AT_ONCE):
            things = [self._base + local for local in locals_[start : start + _AT_ONCE]]
            query = self._queries.make("extend", things=things)
            rows = self._store.select(query.replace(_STANDS_FOR, f"{property_.pattern} .")).rows
            for row in _in_order(rows):
                thing = row["thing"]
                assert isinstance(thing, ox.NamedNode)
                cell = self._cell(row["value"], row.get("label"))
                cells = values.setdefault(thing.value.removeprefix(self._base), [])
                if not any(cell.get("id") and cell.get("id") == c.get("id") for c in cells):
                    cells.append(cell)
        return values

    def _cell(self, value: Term, label: Term | None) -> dict[str, Any]:
        if isinstance(value, ox.NamedNode):
            local = value.value.removeprefix(self._base)
            if local == value.value:
                return {"str": value.value}
            name = self._things.name(local)
            named = label.value if isinstance(label, ox.Literal) else local
            return {"id": local, "name": name or named}
        if not isinstance(value, ox.Literal):
            return {"str": str(value)}
        match value.datatype.value.removeprefix(_XSD):
            case "gYear" | "integer" | "int" | "long":
                return {"int": int(value.value)}
            case "date":
                return {"date": f"{value.value[:10]}T00:00:00"}
        # Money is exact: no decimal is made a float.
        return {"str": value.value}


def _in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows in one order, so that an answer is the same each time; names in Chinese first."""
    return sorted(rows, key=lambda row: (str(row["value"]), "@zh" not in str(row.get("label"))))


def described(property_: Property, language: Language) -> dict[str, Any]:
    """A property as JSON: its id and name, and the type of its values where they are things."""
    shown: dict[str, Any] = {"id": property_.id, "name": property_.name(language)}
    if property_.to:
        id_ = f"ontology#{property_.to.capitalize()}"
        shown["type"] = {"id": id_, "name": property_.to.capitalize()}
    return shown
