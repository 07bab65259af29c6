"""Targets and actual values as printed to numbers, and whether the one meets the other."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache

from kg.extract.numbers import CHINESE, decimal, ordinal
from kg.facts import Comparator
from kg.record import record
from kg.resources import toml

_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,5}+|\d{1,16}+)(?:\.\d{1,10}+)?"
_NUMERAL = f"[{CHINESE[1:]}]?十[{CHINESE[1:]}]?|[{CHINESE[1:]}]|百"
#: A bare number of at most 1 may be the share that one of these would be of a hundred.
RATIOS = ("%", "百分比", "‰", "‱")
#: A share may be to grow by nothing, of which more is no failure.
SHARES = (*RATIOS, "个百分点", "百分点")
#: A value is short; what is longer is a sentence.
LONGEST = 40

Signs = Sequence[tuple[re.Pattern[str], Comparator]]


@record
class Value:
    """A printed value: what lies from `low` to `high` (None: without an end), counted in `unit`.

    `comparator` is the printed one; a value without one is a number, or a range of two.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str
    comparator: Comparator | None = None

    @property
    def number(self) -> Decimal | None:
        """The one number that is printed; a range has two."""
        if self.low is None or self.high is None:
            return self.high if self.low is None else self.low
        return self.low if self.low == self.high else None

    @property
    def exact(self) -> Decimal | None:
        """The number that the value is, where it is one and no bound."""
        return self.low if self.low == self.high else None


#: What is to be none, or is none, in words.
NOTHING = Value(Decimal(0), Decimal(0), "")


@record
class _Grammar:
    """values.toml, compiled."""

    before: Signs
    behind: Signs
    number: re.Pattern[str]
    range: re.Pattern[str]
    fraction: re.Pattern[str]
    date: re.Pattern[str]
    magnitudes: Mapping[str, int]
    fractions: Mapping[str, str]
    shorter: re.Pattern[str]
    told: Mapping[str, re.Pattern[str]]


@cache
def _grammar() -> _Grammar:
    data = toml(__package__, "values.toml")
    units, mark, fractions = data["units"], data["range"]["mark"], data["fractions"]
    magnitude = "|".join(data["magnitudes"])
    measure, nouns = units["measures"], f"(?:(?<=[个家户])(?:{units['nouns']}))?"
    thing = f"(?:{measure})(?:\\((?:{measure})\\))?{nouns}"
    counted = f"(?:{units['money']}|{thing})(?:[/每](?:{units['periods']}))?"

    def figure(n: str) -> str:
        unit = f"(?P<unit{n}>{units['ratios']}|{counted})?"
        return f"(?P<number{n}>-?{_DIGITS})(?P<magnitude{n}>{magnitude})?{unit}"

    words = f"(?P<words>{'|'.join(fractions)})(?:(?P<digits>{_DIGITS})|(?P<numeral>{_NUMERAL}))"
    signs = data["comparators"]
    return _Grammar(
        tuple((re.compile(e["before"]), e["sign"]) for e in signs if "before" in e),
        tuple((re.compile(f"(?:{e['behind']})$"), e["sign"]) for e in signs if "behind" in e),
        re.compile(figure("")),
        re.compile(f"{figure('1')}(?:{mark}){figure('2')}"),
        re.compile(words),
        re.compile(data["dates"]["mark"]),
        data["magnitudes"],
        fractions,
        re.compile(f"(?P<one>{measure})(?:\\((?P<other>{measure})\\))?{nouns}(?:[/每]年)?"),
        {name: re.compile(pattern) for name, pattern in data["told"].items()},
    )


@lru_cache(maxsize=4096)
def parse_value(text: str) -> Value | None:
    """The value that a text in normal form states; None where it isn't one value and no more.

    >>> parse_value("≥13.5万件")
    Value(low=Decimal('135000.0'), high=None, unit='件', comparator='≥')
    >>> parse_value("8-10家")
    Value(low=Decimal('8'), high=Decimal('10'), unit='家', comparator=None)
    >>> parse_value("》12次") is None  # a misread ≥ as well as a misread >
    True
    """
    if len(text) > LONGEST:
        return None
    comparator, rest = _comparator(text)
    if rest is None or _grammar().date.match(rest):
        return None
    if comparator is None and (span := _grammar().range.fullmatch(rest)):
        return _range(span)
    number, unit = _number(rest)
    if number is None:
        return None
    low = None if comparator in ("≤", "<") else number
    high = None if comparator in ("≥", ">") else number
    return Value(low, high, unit, comparator)


def value_told(text: str) -> Value | None:
    """The value that a text states, also in words where it is nothing: 未发生."""
    return NOTHING if _grammar().told["none"].fullmatch(text) else parse_value(text)


def _comparator(text: str) -> tuple[Comparator | None, str | None]:
    """The comparator and what it compares with; nothing where two of them disagree."""
    before = next(((s, m.end()) for p, s in _grammar().before if (m := p.match(text))), None)
    behind = next(((s, m.start()) for p, s in _grammar().behind if (m := p.search(text))), None)
    if before and behind and before[0] != behind[0]:
        return None, None
    sign = before or behind
    rest = text[before[1] if before else 0 : behind[1] if behind else None]
    return (sign[0] if sign else None), rest


def _number(text: str) -> tuple[Decimal | None, str]:
    grammar = _grammar()
    if match := grammar.number.fullmatch(text):
        return _scaled(match, ""), match["unit"] or ""
    if match := grammar.fraction.fullmatch(text):
        return _fraction(match), grammar.fractions[match["words"]]
    return None, ""


def _scaled(match: re.Match[str], n: str) -> Decimal:
    number, magnitude = match[f"number{n}"], match[f"magnitude{n}"]
    return decimal(number) * _grammar().magnitudes.get(magnitude or "", 1)


def _fraction(match: re.Match[str]) -> Decimal:
    if match["digits"]:
        return decimal(match["digits"])
    return Decimal(100 if match["numeral"] == "百" else ordinal(match["numeral"]))


def _range(match: re.Match[str]) -> Value | None:
    """A range: the magnitude and unit of its end are its start's too, where that has none."""
    unit = match["unit2"] or ""
    first, last = _scaled(match, "1"), _scaled(match, "2")
    if not match["magnitude1"] and not match["unit1"]:
        first *= _grammar().magnitudes.get(match["magnitude2"] or "", 1)
    if (match["unit1"] or unit) != unit or first >= last:
        return None
    return Value(first, last, unit)


def counts_alike(one: Value, other: Value) -> bool:
    """Whether two values count the same; a bare number counts what the other value does.

    A year's 12次 are 12次/年, and 3个社区 are 3个. A bare 0.95 may be 95 % or
    0.95 %; none is none, whatever it would be counted in.

    >>> counts_alike(Value(Decimal(90), None, "%", "≥"), Value(Decimal(95), Decimal(95), ""))
    True
    >>> counts_alike(Value(Decimal(90), None, "%", "≥"), Value(Decimal(1), Decimal(1), ""))
    False
    """
    if one.unit == other.unit or one.unit in _shorter(other) or other.unit in _shorter(one):
        return True
    bare = other.exact if not other.unit else None
    return bare is not None and (bare == 0 or bare > 1 or one.unit not in RATIOS)


def _shorter(value: Value) -> Collection[str | None]:
    """The units that may be printed for that of a value, without its period, noun or twin."""
    unit = _grammar().shorter.fullmatch(value.unit)
    return unit.group("one", "other") if unit else ()


def is_told(target: str, actual: str) -> bool | None:
    """Whether an actual value in words says that the target was met: so much, or the same words.

    >>> [is_told("及时", "及时"), is_told("显著", "达成年度指标"), is_told("显著", "未达成")]
    [True, True, False]
    >>> [is_told("完成", "已完成"), is_told("达标", "至年末未达标")]
    [True, False]
    >>> [is_told("有效改善", "有限改善"), is_told("及时", "部分及时")]
    [False, False]
    >>> is_told("显著提高", "有所提高") is None
    True
    """
    told = _grammar().told
    lead = actual.removesuffix(target)
    if not lead or told["attained"].fullmatch(actual):
        return True
    if told["missed"].fullmatch(actual):
        return False
    lesser = told["lesser"].fullmatch(actual)
    if lesser and target.endswith(lesser["rest"]):
        return False
    if lead == actual:
        return None
    if told["not_done"].fullmatch(lead):
        return False
    return True if told["done"].fullmatch(lead) else None


def is_attained(target: Value, actual: Value) -> bool | None:
    """Whether an actual value meets its target, where the two decide it.

    A target without a comparator doesn't say whether more is better: what is just as much (or
    within the range) meets it however it is meant; of anything else it can't be said, but that what
    is to be none isn't met by some.

    >>> is_attained(Value(None, Decimal(4), "‰", "≤"), Value(Decimal(2), Decimal(2), "‰"))
    True
    """
    if not (counts_alike(target, actual) or (target.exact == 0 and not target.unit)):
        return None
    match target.comparator:
        case "≥" | ">":
            return _exceeds(actual.low, actual.high, target, actual)
        case "≤" | "<":
            return _exceeds(_negative(actual.high), _negative(actual.low), target, actual)
        case "=":
            return None if actual.exact is None else actual.exact == target.number
    return _equals(target, actual)


def _equals(target: Value, actual: Value) -> bool | None:
    """Whether an actual value is as much as a target without a comparator, or within its range."""
    if target.exact == 0 and actual.low and actual.low > 0:
        return False if actual.unit and actual.unit not in SHARES else None
    if actual.exact is None or target.low is None or target.high is None:
        return None
    return True if target.low <= actual.exact <= target.high else None


def _exceeds(
    low: Decimal | None, high: Decimal | None, target: Value, actual: Value
) -> bool | None:
    """Whether all from `low` to `high` is beyond the target's limit; upside down for ≤ and <."""
    limit = target.low if target.low is not None else _negative(target.high)
    assert limit is not None
    strict = target.comparator in (">", "<")
    if low is not None and (low > limit or (low == limit and not strict)):
        return True
    if low == limit and actual.comparator == target.comparator:
        return True  # more than 90, and more than 90 was wanted
    if high is not None and (high < limit or (high == limit and strict)):
        return False
    return None


def _negative(number: Decimal | None) -> Decimal | None:
    return None if number is None else -number
