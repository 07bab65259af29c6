"""The form in which text is compared: NFKC, simplified, without spaces and markup, places kept."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from kg.traditional import simplified

#: Text in pieces: characters that are their own normal form, white space, what conversions to text
#: leave behind of HTML and markdown (tags, marks of emphasis, entities of spaces), any other one.
PIECE = re.compile(
    r"(?P<plain>[\u4e00-\u9fff0-9A-Za-z、。“”‘’《》%.,;:()+/=-]+)"
    r"|(?P<dropped>\s+|</?[A-Za-z][^<>\n\t]{0,200}>|\*\*|__|&(?:nbsp|ensp|emsp);"
    r"|\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<other>.)",
    re.DOTALL,
)
#: Signs that NFKC would turn into digits of the number beside them: ① ² ½ ㎡.
SIGNS = ("<circle>", "<super>", "<sub>", "<fraction>", "<square>")


@lru_cache(maxsize=8192)
def normal_character(character: str) -> str:
    """NFKC of one character; empty for white space and for characters that show nothing.

    >>> [normal_character(c) for c in "２（①\u3000"]
    ['2', '(', '①', '']
    """
    if unicodedata.decomposition(character).startswith(SIGNS):
        return character
    plain = unicodedata.normalize("NFKC", character)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")


@dataclass(frozen=True, slots=True)
class NormalText:
    """Text in normal form; `offsets[i]` is the canonical offset that `text[i]` came from."""

    text: str
    offsets: Sequence[int]

    @classmethod
    def of(cls, text: str) -> NormalText:
        """The normal form of a canonical text.

        >>> NormalText.of("合 计 <b>１２．５ %</b>")
        NormalText(text='合计12.5%', offsets=[0, 2, 7, 8, 9, 10, 12])
        """
        parts: list[str] = []
        offsets: list[int] = []
        for piece in PIECE.finditer(text):
            start = piece.start()
            if piece.lastgroup == "plain":
                parts.append(piece[0])
                offsets.extend(range(start, piece.end()))
            elif piece.lastgroup == "other":
                normal = normal_character(piece[0])
                parts.append(normal)
                offsets.extend([start] * len(normal))
        return cls("".join(parts).translate(simplified()), offsets)

    def between(self, start: int, end: int) -> NormalText:
        """The part that came from the canonical characters `start` to `end`."""
        first, last = bisect_left(self.offsets, start), bisect_left(self.offsets, end)
        return NormalText(self.text[first:last], self.offsets[first:last])

    @classmethod
    def joined(cls, parts: Iterable[NormalText]) -> NormalText:
        """Some parts of one text, one after the other."""
        kept = list(parts)
        offsets = chain.from_iterable(part.offsets for part in kept)
        return cls("".join(part.text for part in kept), list(offsets))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The canonical offsets of `text[start:end]` (not empty); the end is exclusive."""
        return self.offsets[start], self.offsets[end - 1] + 1
