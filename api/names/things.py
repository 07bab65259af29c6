"""What a release has names of: units, regions, codes, projects; indicators and reasons by text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, get_args

from api.names.forms import plain
from kg.bodies import without_organisation
from kg.codes import loose_name
from kg.regions import everyday_names
from kg.resources import toml

_KIND_OF_REGION = re.compile(r"(?:地区|自治[区州县旗]|[省市区县州盟旗])$")

Kind = Literal["unit", "region", "code", "project", "indicator", "reason"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: Kinds that others' tables are reconciled with; the others are found by their words alone.
ENTITIES: tuple[Kind, ...] = ("unit", "region", "code", "project")
_CLASSIFICATIONS = frozenset(toml(__package__, "names.toml")["classifications"])
#: English names of regions that their Pinyin isn't, by their codes.
_EXONYMS: Mapping[str, Sequence[str]] = toml(__package__, "exonyms.toml")
_LEVELS = {3: "类", 5: "款", 7: "项"}
#: A higher division in front of a lower one, which everyday names leave out: 武汉市|江汉区….
_ABOVE = re.compile(
    r"^(?:.{2,8}?(?:省|自治区))?(?:.{2,8}?[市州盟])(?=.{2,6}?[区县市旗])"
    r"|^.{2,8}?(?:省|自治区)(?=.{2,8}?[市州盟区县旗])"
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
        #: By the id of the nearest that something lies in, the ids of all that it lies in.
        self._above: dict[str, frozenset[str]] = {}

    @cached_property
    def schemes(self) -> tuple[str, ...]:
        """The code lists that codes are of, those first that others' tables are of."""
        found = {thing.scheme for thing in self.by_id.values() if thing.scheme}
        return tuple(sorted(found, key=lambda scheme: (scheme not in _CLASSIFICATIONS, scheme)))

    @cached_property
    def _regions_by_name(self) -> Mapping[str, frozenset[str]]:
        """The ids of the regions that have a name, as it stands in front of what lies in them."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for thing in self.by_id.values():
            if thing.kind == "region":
                for name in (*_regional_names(thing), thing.name.removesuffix("省")):
                    found[plain(name)].add(thing.id)
        return {name: frozenset(ids) for name, ids in found.items()}

    @cached_property
    def _begins_with_a_region(self) -> Callable[[str], re.Match[str] | None]:
        names = sorted(self._regions_by_name, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, names)) or "(?!)").match

    @cached_property
    def _stems(self) -> Mapping[str, frozenset[str]]:
        """Where the regions lie that are called so without what they are: ("武汉", {"4201"})."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for thing in self.by_id.values():
            if thing.kind == "region" and thing.notation:
                for name in _regional_names(thing):
                    if len(stem := _KIND_OF_REGION.sub("", plain(name))) > 1:
                        found[stem].add(stem_of(thing.notation))
        return {name: frozenset(codes) for name, codes in found.items()}

    def fronts(self, text: str) -> frozenset[str]:
        """The stems of the codes of regions that a plain text may begin with the names of."""
        front = next((text[:end] for end in range(8, 1, -1) if text[:end] in self._stems), "")
        return self._stems.get(front, frozenset())

    def is_behind_a_region(self, text: str) -> bool:
        """Whether a plain text begins with the name of a region."""
        return self._begins_with_a_region(text) is not None

    def without_regions(self, text: str, name: str, thing: Thing) -> str | None:
        """What was written, without the regions in front that a `name` of what lies in them lacks.

        Both are plain; None for a thing that lies elsewhere.
        """
        if thing.kind not in ("unit", "region"):
            return text
        within = self._ids_above(thing) | {thing.id}
        found = self._begins_with_a_region(text)
        if found and within.isdisjoint(self._regions_by_name[found[0]]):
            return None if len(within) > 1 else text
        while found and found[0] not in name and len(found[0]) < len(text):
            text = text[len(found[0]) :]
            found = self._begins_with_a_region(text)
            if found and within.isdisjoint(self._regions_by_name[found[0]]):
                break
        return text

    def _ids_above(self, thing: Thing) -> frozenset[str]:
        """The ids of all that a unit or a region lies in."""
        nearest = thing.broader or thing.region or ""
        if nearest not in self._above:
            self._above[nearest] = frozenset(up.id for up in self.above(thing))
        return self._above[nearest]

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
                names += [other for up in above for other in _otherwise(thing.name, up)]
                names += [without_organisation(name) for name in names]
                names += [_ABOVE.sub("", name) for name in names]
                names += _behind_cities(thing.name, above)
            case "project" if above:
                names.append(above[0].name + thing.name)
            case "region":
                chain = [up.name for up in reversed(above)]
                names += ["".join(chain[n:]) + thing.name for n in range(len(chain))]
                names += _regional_names(thing)
                names += [other + thing.name for up in above for other in _besides(up)]
                names += _EXONYMS.get(thing.notation or "", ())
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


def stem_of(code: str) -> str:
    """What the codes of all divisions within one of GB/T 2260 begin with.

    >>> stem_of("420000"), stem_of("420100"), stem_of("420103")
    ('42', '4201', '420103')
    """
    return code.removesuffix("00").removesuffix("00") if len(code) == 6 else code


def _regional_names(region: Thing) -> tuple[str, ...]:
    """Everything that a region is called; a city of several counties was mostly a 地区 before."""
    names = (region.name, *_besides(region))
    if region.name.endswith("地区"):
        return (*names, region.name.removesuffix("地区"))
    code = region.notation or ""
    was_area = code.endswith("00") and not code.endswith("0000") and region.name.endswith("市")
    return (*names, region.name.removesuffix("市") + "地区") if was_area else names


def _otherwise(name: str, region: Thing) -> Iterator[str]:
    """The name of a body with what its region is called besides."""
    if region.kind == "region" and region.name in name:
        for other in _besides(region):
            yield name.replace(region.name, other, 1)


def _besides(region: Thing) -> tuple[str, ...]:
    """What a region is called beside its name: before, and in everyday writing."""
    return (*region.others, *everyday_names(region.name))


def _behind_cities(name: str, above: tuple[Thing, ...]) -> Iterator[str]:
    """The name of a county's body with the city in front that official names leave out."""
    for region, wider in pairwise(above):
        if name.startswith(region.name) and wider.kind == "region" and wider.broader:
            yield wider.name + name
