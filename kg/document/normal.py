"""The normal form in which text is compared: NFKC, without spaces and markup, each place kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

#: Tags of HTML that conversions leave behind, and markdown's marks of emphasis.
MARKUP = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|\*\*|__")


@lru_cache(maxsize=8192)
def normal_character(character: str) -> str:
    """NFKC of one character; empty for white space and for characters that show nothing."""
    plain = unicodedata.normalize("NFKC", character)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")


@dataclass(frozen=True, slots=True)
class NormalText:
    """Text in normal form; `offsets[i]` is the canonical offset that `text[i]` came from."""

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, text: str, ranges: Iterable[tuple[int, int]]) -> NormalText:
        """The normal form of some ranges of the canonical text, one after the other.

        >>> NormalText.of("合 计 １２．５ %", [(0, 10)])
        NormalText(text='合计12.5%', offsets=(0, 2, 4, 5, 6, 7, 9))
        """
        characters: list[str] = []
        offsets: list[int] = []
        for start, end in ranges:
            for first, last in _without_markup(text, start, end):
                for offset in range(first, last):
                    for c in normal_character(text[offset]):
                        characters.append(c)
                        offsets.append(offset)
        return cls("".join(characters), tuple(offsets))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The canonical offsets of `text[start:end]`; the end is exclusive."""
        return self.offsets[start], self.offsets[end - 1] + 1


def _without_markup(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    for match in MARKUP.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end
