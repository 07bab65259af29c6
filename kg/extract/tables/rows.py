"""What the rows of a table mean: by the code or the name that opens each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.codes import Classification, load_code_lists
from kg.extract.functions import function_of_code
from kg.extract.layouts import Side, layouts
from kg.extract.tables.blocks import Block
from kg.extract.tables.meaning import Meaning, meaning_of, printed
from kg.extract.tables.sheet import Row, is_name
from kg.facts import Function
from kg.record import record
from kg.vocabulary import normal_name

CODE = re.compile(r"\d{3}(?:\d\d){0,2}")
LEVEL = re.compile(r"\d{1,2}")
CODE_AND_NAME = re.compile(r"(?P<code>\d{3}(?:\d\d){0,2})[-—]?(?P<name>[一-鿿(].*)")
#: Digits of a code at each level: 类, 款, 项.
LEVELS = (3, 5, 7)


@record
class Opening:
    """What opens a row within a block: a code and names; `named` is the column of the last name."""

    code: str
    names: tuple[str, ...]
    named: int

    @property
    def name(self) -> str:
        return self.names[-1] if self.names else ""


def openings(rows: Mapping[int, Row], block: Block) -> dict[int, Opening]:
    """What opens each row of a block, by the row's number."""
    found: dict[int, Opening] = {}
    above = ""
    for number, row in rows.items():
        found[number] = _opening(row, block, above)
        above = found[number].code or above
    return found


def _opening(row: Row, block: Block, above: str) -> Opening:
    """A row's opening; a name that has slid to the right still stands before all values."""
    end = block.first
    while end < min(block.end, len(row)) and is_name(row[end].text):
        end += 1
    named = [c for c in range(block.start, min(end, len(row))) if is_name(row[c].text)]
    names = tuple([row[c].text for c in named])
    before = row[block.start : named[-1] if named else block.first]
    code = _code([cell.text for cell in before], above)
    if names and not code and (both := CODE_AND_NAME.fullmatch(names[-1])):
        lists = load_code_lists()
        if both["code"][:3] in lists.functional or both["code"][:3] in lists.economic:
            code, names = both["code"], (*names[:-1], both["name"])
    return Opening(code, names, named[-1] if named else block.first - 1)


def _code(texts: Sequence[str], above: str) -> str:
    """The code that cells before a name print: whole, or level by level (201 | 03 | 01).

    A row may leave out the levels that the row above has printed.

    >>> _code(["201", "3", ""], ""), _code(["", "", "01"], "20103"), _code(["7", "2010301"], "")
    ('20103', '2010301', '2010301')
    """
    code = ""
    for column, text in enumerate(texts):
        if not text.isdecimal():
            continue
        if CODE.fullmatch(text):
            code = text
        elif LEVEL.fullmatch(text):
            upper = code or (above[: LEVELS[column - 1]] if 0 < column < len(LEVELS) else "")
            if len(upper) in LEVELS[:-1]:
                code = upper + text.zfill(2)
    return code


class Reader:
    """The rows of a block, read from the top as one side of the table has them.

    Where rows have codes (`is_coded`), one without is no 科目.
    """

    def __init__(self, side: Side, year: int, *, is_coded: bool) -> None:
        self._side = side
        self._year = year
        self._is_coded = is_coded
        self._items: set[str] = set()
        self._path: tuple[str, ...] = ()
        self._above = Meaning()

    def meaning(self, opening: Opening) -> Meaning | None:
        """What a row means; None where that isn't sure."""
        if opening.code:
            found = self._of_code(opening.code, opening.name)
            self._above = found or Meaning()
            return found
        if not opening.names:
            return None
        found = self._of_label(opening)
        return self._of_name(printed(opening.name).words) if found is None else found

    def _of_code(self, code: str, name: str) -> Meaning | None:
        if code in load_code_lists().economic:
            return Meaning({"economic": code})
        if code[0] != "2":
            return None
        return Meaning({"function": _function(code, name, self._year)})

    def _of_label(self, opening: Opening) -> Meaning | None:
        """A row that the side names, or the total's; 合 and 计 may stand in cells of their own."""
        whole = "".join(opening.names)
        for text in dict.fromkeys((opening.name, whole)):
            found = meaning_of(text, self._side.rows, self._items)
            if found is not None:
                self._items |= {found.given["item"]} if "item" in found.given else set()
                return found
        return Meaning() if layouts().words["total"].fullmatch(whole) else None

    def _of_name(self, name: str) -> Meaning | None:
        """A name of the side's classification, or of a part of the 科目 above."""
        lists = load_code_lists()
        if self._is_coded or self._side.names is None:
            return Meaning({"part": name}).below(self._above) if self._side.parts else None
        if self._side.names == "economic":
            code = self._code(lists.economic, name)
            return Meaning({"economic": code}) if code else None
        code = self._code(lists.functional, name)
        if code is None or (self._side.names == "classes" and len(code) > LEVELS[0]):
            return None
        text = None if name == normal_name(lists.functional.label(code) or "") else name
        return Meaning({"function": Function(code, text, resolved=True)})

    def _code(self, classification: Classification, name: str) -> str | None:
        """The code of a name that stands below names of higher levels, or is a class."""
        above = () if self._side.names == "classes" else (self._path[:2], self._path[:1])
        for path in (*((*names, name) for names in above if names), (name,)):
            if code := _resolved(classification, path, self._year):
                self._path = path
                return code
        return None


@lru_cache(maxsize=1 << 12)
def _function(code: str, name: str, year: int) -> Function:
    return function_of_code(code, name, year)


@lru_cache(maxsize=1 << 12)
def _resolved(classification: Classification, path: tuple[str, ...], year: int) -> str | None:
    return classification.resolve(path, year=year)
