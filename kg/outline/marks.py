"""How reports number their items: 一、 (一) 1. (1) ①, for headings, sentences and parts alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CHINESE = "[一二三四五六七八九十]{1,3}"
#: By style: what stands before the number, the number, and what behind it. A number with a point is
#: none of a figure (1.5), but may stand before a 科目's code (1.2010301行政运行).
_STYLES = {
    "part": ("第", _CHINESE, "部分"),
    "chapter": ("", _CHINESE, "、"),
    "section": (r"\(", _CHINESE, r"\)"),
    "point": ("", r"\d{1,2}", r"(?:、|\.(?!\d)|\.(?=2\d\d(?:\d\d){0,2}[一-鿿]))"),
    "item": (r"\(", r"\d{1,3}", r"\)"),
    "circle": ("", "[①-⑳]", ""),
}
#: The styles that items within a text have.
WITHIN = ("chapter", "section", "point", "item", "circle")


def marks(styles: Iterable[str] = WITHIN) -> str:
    """A pattern of marks; the group with the number has its style for a name.

    >>> [re.match(marks(), text).lastgroup for text in ("一、甲", "(3)乙", "4.2010301丙", "⑤丁")]
    ['chapter', 'item', 'point', 'circle']
    >>> re.match(marks(), "1.5万元")
    """
    written = ((style, *_STYLES[style]) for style in styles)
    return "|".join(f"{lead}(?P<{style}>{number}){tail}" for style, lead, number, tail in written)


def unnamed(pattern: str) -> str:
    """A pattern without the names of its groups, to be part of another."""
    bare = re.sub(r"\(\?P<\w+>", "(?:", pattern)
    return f"(?:{bare})"
