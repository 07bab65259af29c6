"""The properties that reconciliation knows (`properties.toml`), and how their values compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from api.names.alignment import fit
from api.names.forms import plain
from api.names.things import Kind, Thing, Things
from api.texts import Language
from kg.resources import toml

#: Names so alike are taken for the same.
_ALIKE = 0.85


@dataclass(frozen=True, slots=True)
class Property:
    """A property: of which kinds of things, what SPARQL says of one and a value, values' kind."""

    id: str
    zh: str
    en: str
    of: tuple[Kind, ...]
    pattern: str
    to: Kind | None = None

    def name(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@cache
def properties() -> Mapping[str, Property]:
    """All properties by id."""
    entries = toml(__package__, "properties.toml")["property"]
    return {
        e["id"]: Property(e["id"], e["zh"], e["en"], tuple(e["of"]), e["pattern"], e.get("to"))
        for e in entries
    }


def agrees(things: Things, thing: Thing, property_: str, wanted: Sequence[str]) -> float | None:
    """How well a thing has one of the values `wanted`, 0 to 1; None where nothing is known."""
    known = [value for value in _values(things, thing, property_) if value]
    asked = [plain(value) for value in wanted if plain(value)]
    if not known or not asked:
        return None
    return max(_alike(a, plain(k), nearness) for a in asked for k, nearness in _near(known))


def _near(known: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Values with how much they count: what lies farther above, a little less."""
    for place, value in enumerate(known):
        yield value, max(0.7, 1 - 0.1 * (place // 3))


def _alike(wanted: str, known: str, nearness: float) -> float:
    if wanted == known:
        return nearness
    if wanted.isdigit() or known.isdigit():
        return 0.0
    score = max(fit(wanted, known, _evenly).score, fit(known, wanted, _evenly).score)
    return nearness * score if score >= _ALIKE else 0.0


def _evenly(_: str) -> float:
    return 1.0


def _values(things: Things, thing: Thing, property_: str) -> Sequence[str | None]:
    """What a thing has as the property, in all the ways in which it may be written."""
    read = _READ.get(property_)
    return read(things, thing) if read else []


def _region(things: Things, thing: Thing) -> Sequence[str | None]:
    region = things.region_of(thing)
    return _called((region, *things.above(region))) if region else []


def _called(chain: Iterable[Thing]) -> Sequence[str | None]:
    """Everything that things are called, one after the other."""
    return [value for up in chain for value in (up.id, up.name, up.notation)]


_READ: Mapping[str, Callable[[Things, Thing], Sequence[str | None]]] = {
    "region": _region,
    "code": lambda _, thing: [thing.notation],
    "level": lambda _, thing: [thing.level],
    "parent": lambda things, thing: _called(things.above(thing)),
    "unit": lambda things, thing: [thing.unit, things.name(thing.unit)],
    "year": lambda _, thing: sorted(map(str, thing.years)),
    "scheme": lambda things, thing: [thing.scheme],
    "name": lambda _, thing: [thing.name, *thing.others],
}
