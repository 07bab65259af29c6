"""Answers reconciliation queries (W3C Entity Reconciliation CG, API 0.2 §4) from the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from api.errors import BadRequest
from api.names.index import NameIndex
from api.names.properties import agrees
from api.names.ranking import Allowed, Candidate, rank
from api.names.things import ENTITIES, Thing
from api.names.written import Properties, Written, take_apart

_LIMIT, _MOST = 10, 100
_STRICT = ("any", "all", "should")
#: How much a thing of another type stands back where types only should fit.
_OTHER_TYPE = 0.8
#: What types are also called.
_ALIASES = {"code": "code", "concept": "code", "Concept": "code"}
#: Properties whose values stand in front of a name in its longer forms.
_IN_FRONT = ("region", "parent", "unit")


@dataclass(frozen=True, slots=True)
class Query:
    """What one query asks; `properties` are pairs of an id and the values of one."""

    text: str
    types: tuple[str, ...] = ()
    strict: str = "any"
    limit: int = _LIMIT
    properties: Properties = ()


def read_queries(batch: object) -> dict[str, Query]:
    """A batch of queries, as JSON gives it; raise BadRequest where it is none."""
    if not isinstance(batch, dict):
        raise BadRequest(reason="queries should be an object of queries by id")
    return {str(id_): _read(id_, query) for id_, query in batch.items()}


def _read(id_: str, query: object) -> Query:
    if isinstance(query, str):
        return Query(query)
    if not isinstance(query, dict):
        raise BadRequest(reason=f"the query {id_!r} should be an object with a string `query`")
    text, limit, strict = query.get("query", ""), query.get("limit"), query.get("type_strict")
    properties = query.get("properties") or []
    if not isinstance(text, str | int | float) or not isinstance(properties, list):
        raise BadRequest(reason=f"the query {id_!r} should have a string `query`")
    if strict not in (None, *_STRICT):
        raise BadRequest(reason=f"type_strict of {id_!r} should be one of {', '.join(_STRICT)}")
    return Query(
        str(text),
        tuple(_ids(query.get("type"))),
        strict or "any",
        _limit(limit),
        tuple(_property(id_, entry) for entry in properties),
    )


def _limit(given: object) -> int:
    """How many candidates are wanted; numbers are also given as strings, or not at all."""
    try:
        return max(0, min(_MOST, int(float(str(given)))))
    except (ValueError, OverflowError):
        return _LIMIT


def _ids(value: object) -> list[str]:
    """Ids, given as one or several, as strings or as objects (0.1) with an id."""
    if isinstance(value, list):
        return [id_ for item in value for id_ in _ids(item)]
    if isinstance(value, dict):
        return _ids(value.get("id"))
    return [value] if isinstance(value, str) and value else []


def _property(id_: str, entry: object) -> tuple[str, tuple[str, ...]]:
    if not isinstance(entry, dict) or not isinstance(entry.get("pid", entry.get("p")), str):
        raise BadRequest(reason=f"each property of {id_!r} should have a `pid` and a value `v`")
    return str(entry.get("pid", entry.get("p"))), tuple(_values(entry.get("v")))


def _values(value: object) -> list[str]:
    """Values as strings; of one that is a thing, its id and its name."""
    if isinstance(value, list):
        return [text for item in value for text in _values(item)]
    if isinstance(value, dict):
        return [str(value[key]) for key in ("id", "name") if value.get(key)]
    return [str(value)] if isinstance(value, str | int | float) and value != "" else []


def local_type(type_: str, base: str) -> str:
    """A type by its id, its IRI, or the class's name in any case: ``bud:Unit``, ``functional``.

    >>> local_type("Unit", "http://x/"), local_type("http://x/code/economic", "http://x/")
    ('ontology#Unit', 'code/economic')
    """
    local = type_.removeprefix(base).removeprefix("bud:")
    if "#" in local or "/" in local:
        return local
    if local in _ALIASES:
        return _ALIASES[local]
    is_class = local.lower() in ENTITIES
    return f"ontology#{local.capitalize()}" if is_class else f"code/{local}"


class Reconciler:
    """Answers queries over one index."""

    def __init__(self, index: NameIndex, base: str) -> None:
        self._index = index
        self._base = base
        self._masks: dict[tuple[tuple[str, ...], str], Allowed | None] = {}

    def answer(self, query: Query) -> tuple[list[Candidate], bool]:
        """The likeliest things for a query, best first, and whether the first is a safe match."""
        types = tuple(local_type(type_, self._base) for type_ in query.types)
        if query.limit == 0:
            return [], False
        written = take_apart(query.text)
        said = query.properties + written.properties
        found, safe = rank(
            self._index,
            self._ways(written, query.properties),
            _MOST,
            self._mask(types, query.strict),
            (lambda thing: self._context(thing, said)) if said else None,
            guessed=written.guesses,
        )
        if types and query.strict == "should":
            found = [self._with_type(candidate, types) for candidate in found]
            first = found[0] if found else None
            found.sort(key=lambda candidate: -candidate.score)
            safe = safe and found[0] is first and _has_type(found[0].thing, types, any)
        return found[: query.limit], safe

    def _ways(self, written: Written, properties: Properties) -> list[str]:
        """The ways to write what is sought: by itself, and behind what it is part of."""
        given = dict(properties)
        names = [
            self._index.things.name(value.removeprefix(self._base)) or value
            for property_ in _IN_FRONT
            for value in given.get(property_, ())
        ]
        codes = given.get("code", ())
        name = written.ways[0]
        return [*written.ways, *(above + name for above in names if name), *codes]

    def _context(self, thing: Thing, properties: Properties) -> float | None:
        """How well what else is said fits a thing; None where nothing else is said of it."""
        things, base = self._index.things, self._base
        found = [
            agreement
            for property_, values in properties
            if values
            and (
                agreement := agrees(
                    things, thing, property_, [v.removeprefix(base) for v in values]
                )
            )
            is not None
        ]
        return sum(found) / len(found) if found else None

    def _mask(self, types: tuple[str, ...], strict: str) -> Allowed | None:
        """Which rows are of the types asked for; None for all."""
        if not types or strict == "should":
            return None
        key = types, strict
        if len(self._masks) > _MOST:
            self._masks.clear()
        if key not in self._masks:
            quantifier = all if strict == "all" else any
            wanted = [_has_type(thing, types, quantifier) for thing in self._index.all]
            index = self._index
            self._masks[key] = np.array(wanted, bool)[index.of[: index.entities]]
        return self._masks[key]

    @staticmethod
    def _with_type(candidate: Candidate, types: Sequence[str]) -> Candidate:
        if _has_type(candidate.thing, types, any):
            return candidate
        c = candidate
        return Candidate(c.thing, c.score * _OTHER_TYPE, c.name, c.context, certain=False)


def _has_type(thing: Thing, types: Sequence[str], quantifier: Any) -> bool:
    own = (*thing.types, thing.kind)
    return bool(quantifier(type_ in own for type_ in types))


def shown(candidate: Candidate, match: bool, index: NameIndex, names: Mapping[str, str]) -> Any:
    """A candidate as JSON."""
    thing = candidate.thing
    features: list[dict[str, Any]] = [
        {"id": "name", "value": round(candidate.name * 100, 1)},
        {"id": "uses", "value": thing.uses},
    ]
    if candidate.context is not None:
        features.append({"id": "properties", "value": round(candidate.context * 100, 1)})
    return {
        "id": thing.id,
        "name": thing.name,
        "description": index.things.description(thing),
        "type": [{"id": type_, "name": names.get(type_, type_)} for type_ in thing.types],
        "score": round(candidate.score * 100, 2),
        "match": match,
        "features": features,
    }
