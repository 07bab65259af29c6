"""What somebody wrote, taken apart: the name, in full as well; a code beside it; its level."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from api.names.forms import plain
from kg.resources import toml

Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(name: str) -> tuple[Rules, re.Pattern[str]]:
    """Patterns with what is put for them, and a pattern of all that any of them is found in."""
    entries = toml(__package__, "names.toml")[name]
    nameless = (re.sub(r"\(\?P<\w+>", "(", pattern) for pattern, _ in entries)
    some = re.compile("|".join(f"(?:{pattern})" for pattern in nameless))
    return tuple((re.compile(pattern), put) for pattern, put in entries), some


_IN_FULL, _FORMERLY = _rules("in_full"), _rules("formerly")
#: 教育支出（类）普通教育（款）: the last mark is the level of what is meant.
_LEVEL = re.compile(r"\(([类款项])\)")
#: A code before or behind a name; in parts too, as tables of accounts have it in three columns.
_CODE = r"(?P<code>\d{3}(?:[\s.-]?\d{2}){1,2}|\d{6}|\d{3})"
_BESIDE = (
    re.compile(rf"{_CODE}(?!\d)[\s._:、—-]*(?P<name>[^\d\s._:、—-].*)"),
    re.compile(rf"(?P<name>.*?[^\d\s(])\s*\(?{_CODE}\)?"),
)
#: A code by itself in which letters were read for digits.
_MISREAD = re.compile(r"(?=.*\d.*\d)[\doil|]+", re.IGNORECASE)
_DIGITS = str.maketrans("oOiIlL|", "0011111")


Properties = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The ways to look a written name up, and what it says of itself beside.

    `guesses` are what a body is called today that had the name before.
    """

    ways: tuple[str, ...]
    code: str | None = None
    level: str | None = None
    guesses: tuple[str, ...] = ()

    @property
    def properties(self) -> Properties:
        """The code and the level as properties of what is sought."""
        said = (("code", self.code), ("level", self.level))
        return tuple((name, (value,)) for name, value in said if value)


@lru_cache(maxsize=1 << 12)
def take_apart(text: str) -> Written:
    """The name, the code and the level in what was written.

    >>> take_apart("小学教育（项） 2050202")
    Written(ways=('小学教育', '2050202小学教育'), code='2050202', level='项', guesses=())
    >>> take_apart("某区卫健局").ways
    ('某区卫健局', '某区卫生健康局')
    >>> take_apart("某区卫计局").guesses
    ('某区卫生健康局',)
    >>> take_apart("201-03-01 行政运行").code, take_apart("2O1O3").ways
    ('2010301', ('20103',))
    """
    flat = unicodedata.normalize("NFKC", text).strip()
    if _MISREAD.fullmatch(flat):
        flat = flat.translate(_DIGITS)
    marks = _LEVEL.findall(flat)
    name = _LEVEL.sub("", flat).strip()
    beside = next(filter(None, (form.fullmatch(name) for form in _BESIDE)), None)
    code = re.sub(r"\D", "", beside["code"]) if beside else None
    if beside:
        name = beside["name"]
    ways = [name, in_full(name), *([code + name] if code else [])]
    today = _changed(name, _FORMERLY)
    guesses = () if today == name else (today,)
    return Written(tuple(dict.fromkeys(ways)), code, marks[-1] if marks else None, guesses)


def in_full(name: str) -> str:
    """A unit's name with what is in short written out.

    >>> in_full("某区政协办公室"), in_full("某区民政局")
    ('中国人民政治协商会议某区委员会办公室', '某区民政局')
    """
    return _changed(name, _IN_FULL)


def _changed(name: str, rules: tuple[Rules, re.Pattern[str]]) -> str:
    """A name with all that rules put for its parts; as it is where they find none."""
    each, some = rules
    full = changed = plain(name)
    if not some.search(full):
        return name
    for pattern, put in each:
        changed = pattern.sub(put, changed)
    return name if changed == full else changed
