"""The official name of a body, from what a report calls it: one body is one unit.

中共江汉区委组织部 and 中国共产党武汉市江汉区委员会组织部 are one; so are 某局本级 and 某局(机关).
A body itself (本级) and the 部门 that adds up all below it render two accounts, and are two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.regions import begin_of, seat
from kg.resources import toml
from kg.vocabulary import normal_name

#: What marks the body itself, in official names.
ITSELF = "（本级）"

#: An office of a government, by its name.
_OFFICE_OF = re.compile(
    r"(?P<government>[^()（）]+?人民政府)[^()（）]*?(?:办公厅|办公室|办事处|局|委员会|中心)"
)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The patterns of bodies.toml, compiled."""

    organisations: tuple[tuple[str, str], ...]
    itself: re.Pattern[str]
    all: re.Pattern[str]
    party: str
    of_party: re.Pattern[str]
    written: tuple[tuple[re.Pattern[str], str], ...]


@cache
def _rules() -> _Rules:
    data = toml(__package__, "bodies.toml")
    return _Rules(
        organisations=tuple(data["organisations"].items()),
        itself=re.compile(data["scope"]["itself"]),
        all=re.compile(data["scope"]["all"]),
        party=data["party"]["name"],
        of_party=re.compile(data["party"]["own"]),
        written=tuple((re.compile(rule["find"]), rule["put"]) for rule in data["written"]),
    )


@lru_cache(maxsize=1 << 14)
def official_name(name: str) -> str:
    """What a body is called in full, with the city in front of a district.

    A name of no known division keeps its words; only the marks of its scope are made the same.

    >>> official_name("中共江汉区委组织部")
    '中国共产党武汉市江汉区委员会组织部'
    >>> official_name("江汉区花楼街道办"), official_name("湖北省武汉市江汉区财政局(机关)")
    ('武汉市江汉区人民政府花楼街道办事处', '武汉市江汉区财政局（本级）')
    >>> official_name("某 区财政局(部门)")
    '某区财政局'
    """
    rules = _rules()
    plain = rules.all.sub("", normal_name(name))
    whole = rules.itself.sub("", plain)
    scope = ITSELF if whole and whole != plain else ""
    organisation, written = _organisation(whole or plain)
    code, end = begin_of(written)
    if code is None:
        return typeset(organisation + written) + scope
    rest = written[end:]
    if not organisation and rules.of_party.match(rest):
        organisation = rules.party
    for pattern, put in rules.written:
        rest = pattern.sub(put, rest)
    return typeset(organisation + seat(code) + rest) + scope


def parents(official: str) -> tuple[str, ...]:
    """The bodies that an official name says its bearer belongs to, the nearest first.

    >>> parents("某市某区人民政府某街道办事处（本级）")
    ('某市某区人民政府某街道办事处', '某市某区人民政府')
    >>> parents("某区人民政府"), parents("某区财政局")
    ((), ())
    """
    whole = official.removesuffix(ITSELF)
    found = [whole] if whole != official else []
    office = _OFFICE_OF.fullmatch(re.sub(r"（.*）", "", whole))
    return (*found, *([office["government"]] if office else []))


def without_organisation(name: str) -> str:
    """A body's name without the organisation in front of its division.

    >>> without_organisation("中国共产党某市委员会组织部"), without_organisation("某市财政局")
    ('某市委员会组织部', '某市财政局')
    """
    return _organisation(name)[1]


def _organisation(name: str) -> tuple[str, str]:
    """The organisation before the division, in full, and what stands behind it."""
    for short, full in _rules().organisations:
        for written in (full, short):
            if name.startswith(written):
                return full, name.removeprefix(written)
    return "", name


def typeset(name: str) -> str:
    """A normal name with the brackets of Chinese writing, as names are published."""
    return name.replace("(", "（").replace(")", "）")
