"""The numbers that Word sets before paragraphs by itself: 一、 （一） 1."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from kg.document.formats.archive import Archive
from kg.document.formats.xml import Element, name_of, parsed, value_of
from kg.record import record

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
#: What stands in a level's text for the number of a level.
_PLACE = re.compile(r"%([1-9])")
#: Word has nine levels; a style is based on so many others at most.
LEVELS, BASES = 9, 20


@record
class Level:
    """How a level is numbered: from `start`, each number written by `write`, set into `text`.

    A `legal` one has the numbers of the levels above in digits (1.2 below 一、).
    """

    start: int
    text: str
    write: Callable[[int], str]
    legal: bool = False


@dataclass
class Numbering:
    """The lists of a document, and how far each is counted."""

    #: The levels of each list, which list's count it shares, and where its levels begin anew.
    lists: dict[str, dict[int, Level]]
    shared: dict[str, str]
    styles: dict[str, tuple[str, int]]
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, archive: Archive, folder: str) -> Numbering:
        """The numbering of a document, whose parts are in a folder of the archive."""
        numbering = _part(archive, f"{folder}/numbering.xml")
        abstract = {
            _value(entry, "abstractNumId"): {_level_number(e): e for e in _children(entry, "lvl")}
            for entry in _children(numbering, "abstractNum")
        }
        lists, shared = {}, {}
        for entry in _children(numbering, "num"):
            name, of = _value(entry, "numId"), _of(entry, "abstractNumId")
            levels = {n: _level(element) for n, element in abstract.get(of, {}).items()}
            restarts = False
            for override in _children(entry, "lvlOverride"):
                number = _level_number(override)
                for element in _children(override, "lvl"):
                    levels[number] = _level(element)
                if (start := _of(override, "startOverride")).isdecimal() and number in levels:
                    level, restarts = levels[number], True
                    levels[number] = replace(level, start=int(start[:5]))
            lists[name], shared[name] = levels, name if restarts else f"of {of}"
        return cls(lists, shared, _styles(_part(archive, f"{folder}/styles.xml")))

    def mark(self, paragraph: Element) -> str:
        """The number before a paragraph, which is counted; empty if it has none."""
        properties = next(_children(paragraph, "pPr"), None)
        style = "" if properties is None else _of(properties, "pStyle")
        name, number = self.styles.get(style, ("", 0))
        own = None if properties is None else next(_children(properties, "numPr"), None)
        if own is not None:
            name = _of(own, "numId") or name
            number = _number(_of(own, "ilvl"), number)
        level = self.lists.get(name, {}).get(number)
        if level is None:
            return ""
        counts = self._counts.setdefault(self.shared[name], [None] * LEVELS)
        before = counts[number]
        counts[number] = level.start if before is None else before + 1
        counts[number + 1 :] = [None] * (LEVELS - number - 1)

        def written(place: re.Match[str]) -> str:
            of = int(place[1]) - 1
            above = self.lists[name].get(of, level)
            return (str if level.legal else above.write)(counts[of] or above.start)

        return _PLACE.sub(written, level.text)


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """A number as people count in Chinese.

    >>> [chinese(n) for n in (3, 10, 12, 20, 105)]
    ['三', '十', '十二', '二十', '一百零五']
    """
    if not 0 < number < 10_000:
        return str(number)
    text = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            text = digits[int(digit)] + ("", *units)[place] + text
        elif text and not text.startswith("零"):
            text = f"零{text}"
    return text[1:] if 10 <= number < 20 else text


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number < 1000 else ""


def _roman(number: int) -> str:
    text = ""
    for value, sign in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        count, number = divmod(number, value)
        text += sign * min(count, 50)
    return text


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": str,
    "decimalEnclosedCircle": lambda number: (
        chr(0x2460 + number - 1) if number < 21 else str(number)
    ),
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": lambda number: chinese(number, _FORMAL, "拾佰仟"),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
        chinese,
    ),
}
_FORMATS["decimalEnclosedCircleChinese"] = _FORMATS["decimalEnclosedCircle"]


def _level(element: Element) -> Level:
    kind = _of(element, "numFmt") or "decimal"
    write = _FORMATS.get(kind)
    text = _of(element, "lvlText") if write else ""  # a bullet says nothing
    legal = any(_value(flag, "val") not in ("0", "false") for flag in _children(element, "isLgl"))
    return Level(_number(_of(element, "start"), 1), text, write or str, legal)


def _level_number(element: Element) -> int:
    return _number(_value(element, "ilvl"), 0)


def _number(text: str, otherwise: int) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else otherwise
    return number if number < LEVELS or otherwise == 1 else otherwise


def _styles(root: Element) -> dict[str, tuple[str, int]]:
    """The list and level that each style of paragraphs has, by itself or from its base."""
    own: dict[str, tuple[str, int]] = {}
    bases: dict[str, str] = {}
    for style in _children(root, "style"):
        name = _value(style, "styleId")
        bases[name] = _of(style, "basedOn")
        for numbered in style.iterfind("{*}pPr/{*}numPr"):
            if of := _of(numbered, "numId"):
                own[name] = of, _number(_of(numbered, "ilvl"), 0)
    found = {}
    for style_name in bases:
        name = style_name
        for _ in range(BASES):
            if name in own or name not in bases:
                break
            name = bases[name]
        if name in own:
            found[style_name] = own[name]
    return found


def _part(archive: Archive, name: str) -> Element:
    """A part's XML; an empty element where there is no such part."""
    return parsed(archive.read(name)) if name in archive.names else etree.Element("none")


def _children(parent: Element, name: str) -> Iterator[Element]:
    return (child for child in parent if name_of(child) == name)


def _value(element: Element, name: str) -> str:
    return value_of(element, name) or ""


def _of(parent: Element, name: str) -> str:
    """The value of a child; empty if there is none."""
    return next((_value(child, "val") for child in _children(parent, name)), "")
