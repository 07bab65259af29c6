"""What a release has names of: units, regions, codes, projects; indicators and reasons by text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from api.names.forms import plain
from kg.codes import loose_name
from kg.regions import everyday_names
from kg.resources import toml

Kind = Literal["unit", "region", "code", "project", "indicator", "reason"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: Kinds that others' tables are reconciled with; the others are found by their words alone.
ENTITIES: tuple[Kind, ...] = ("unit", "region", "code", "project")
_CLASSIFICATIONS = frozenset(toml(__package__, "names.toml")["classifications"])
_LEVELS = {3: "类", 5: "款", 7: "项"}
#: A higher division in front of a lower one, which everyday names leave out: 武汉市|江汉区….
_ABOVE = re.compile(
    r"^(?:.{2,8}?(?:省|自治区))?(?:.{2,8}?[市州盟])(?=.{2,6}?[区县市旗])|^.{2,8}?(?:省|自治区)"
)


@dataclass(slots=True)
class Thing:
    """Something with a name; `id` is its IRI without the base, so are those it refers to."""

    id: str
    kind: Kind
    name: str
    others: tuple[str, ...] = ()
    notation: str | None = None
    scheme: str | None = None
    broader: str | None = None
    region: str | None = None
    unit: str | None = None
    english: str | None = None
    years: frozenset[int] = frozenset()
    classes: frozenset[str] = frozenset()
    uses: int = 0
    findings: bool = False

    @property
    def level(self) -> str | None:
        """Of a classification's code, its level: a 类 has three digits, a 款 five, a 项 seven."""
        code = self.notation or ""
        return _LEVELS.get(len(code)) if self.kind == "code" and code.isdigit() else None

    @property
    def is_of_own_list(self) -> bool:
        """Whether it is a code of a list that only we have: no item of the 政府收支分类科目."""
        return self.scheme is not None and self.scheme not in _CLASSIFICATIONS

    @property
    def types(self) -> tuple[str, ...]:
        """Its types as reconciliation names them, the most special first."""
        if self.kind == "code":
            return (self.scheme,) if self.scheme else ()
        return (f"ontology#{self.kind.capitalize()}",)


class Things:
    """All things by id, with the chains that lead from each to what is above it."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.by_id: Mapping[str, Thing] = {thing.id: thing for thing in things}

    @cached_property
    def schemes(self) -> tuple[str, ...]:
        """The code lists that codes are of, those first that others' tables are of."""
        found = {thing.scheme for thing in self.by_id.values() if thing.scheme}
        return tuple(sorted(found, key=lambda scheme: (scheme not in _CLASSIFICATIONS, scheme)))

    @cached_property
    def _provinces(self) -> Mapping[str, str]:
        """What the regions that lie in no other are called, and their ids."""
        widest = [t for t in self.by_id.values() if t.kind == "region" and not t.broader]
        return {
            plain(name): thing.id
            for thing in widest
            for name in (thing.name, thing.name.removesuffix("省"), *everyday_names(thing.name))
        }

    def province(self, text: str) -> tuple[str, str] | None:
        """The province that a plain text begins with, as it is written there, and its id."""
        found = [name for name in self._provinces if text.startswith(name) and text != name]
        written = max(found, key=len, default=None)
        return (written, self._provinces[written]) if written else None

    @staticmethod
    def order(thing: Thing) -> tuple[int, str]:
        """Where a thing stands among equals."""
        return KINDS.index(thing.kind), thing.id

    def name(self, id_: str | None) -> str | None:
        thing = self.by_id.get(id_ or "")
        return thing.name if thing else None

    def above(self, thing: Thing) -> tuple[Thing, ...]:
        """What it is part of, the nearest first: wider codes and regions, its unit, its region."""
        chain: list[Thing] = []
        while True:
            up = self.by_id.get(thing.broader or thing.unit or thing.region or "")
            if up is None or up in chain:
                return tuple(chain)
            chain.append(up)
            thing = up

    def region_of(self, thing: Thing) -> Thing | None:
        """The region that it is, or is in."""
        if thing.kind == "region":
            return thing
        return next((up for up in self.above(thing) if up.kind == "region"), None)

    def description(self, thing: Thing) -> str:
        """What tells it from its namesakes: the path above it, the widest first."""
        above = [up.name for up in reversed(self.above(thing))]
        named = [thing.notation] if thing.notation and thing.notation[0].isdigit() else []
        return " ".join([*named, " / ".join(above)]).strip()

    def forms(self, thing: Thing) -> tuple[str, ...]:
        """The plain forms that a thing is found by, its own name first."""
        if thing.kind not in ENTITIES:
            return (plain(thing.name),)
        names = [thing.name, *thing.others]
        above = self.above(thing)
        match thing.kind:
            case "unit":
                names += [_ABOVE.sub("", name) for name in names]
            case "project" if above:
                names.append(above[0].name + thing.name)
            case "region":
                chain = [up.name for up in reversed(above)]
                names += ["".join(chain[n:]) + thing.name for n in range(len(chain))]
                names += everyday_names(thing.name)
                names += [thing.notation] if thing.notation else []
            case "code":
                names += self._forms_of_code(thing, above)
        return tuple(dict.fromkeys(form for form in map(plain, names) if form))

    def _forms_of_code(self, thing: Thing, above: tuple[Thing, ...]) -> list[str]:
        chain = [up.name for up in reversed(above)]
        paths = ["".join(chain[n:]) + thing.name for n in range(len(chain))]
        paths += [loose_name(name) for name in (thing.name, *thing.others)]
        if thing.notation and any(character.isdigit() for character in thing.notation):
            return [*paths, thing.notation, thing.notation + thing.name]
        return paths
