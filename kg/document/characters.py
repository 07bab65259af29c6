"""What each character is in normal form, in tables by code point: a text is looked up at once."""

from __future__ import annotations

import sys
import unicodedata

import numpy as np
import numpy.typing as npt

from kg.traditional import to_simplified

#: Signs that NFKC would turn into digits of the number beside them: ① ² ½ ㎡.
SIGNS = ("<circle>", "<super>", "<sub>", "<fraction>", "<square>")
#: The length of what hasn't been looked up yet; no normal form is as long.
UNKNOWN = 255

Codes = npt.NDArray[np.uint32]
Lengths = npt.NDArray[np.uint8]

#: How many characters each is in normal form, and the first of them; all of those that are several.
_LENGTHS: Lengths = np.full(sys.maxunicode + 1, UNKNOWN, np.uint8)
_FIRST: Codes = np.zeros(sys.maxunicode + 1, np.uint32)
_SEVERAL: dict[int, Codes] = {}


def normal_character(character: str) -> str:
    """NFKC of one character, simplified; empty for white space and for what shows nothing.

    >>> [normal_character(c) for c in "２（①\u3000決"]
    ['2', '(', '①', '', '决']
    """
    if unicodedata.decomposition(character).startswith(SIGNS):
        return character
    plain = unicodedata.normalize("NFKC", character)
    shown = (c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")
    return to_simplified("".join(shown))


def codes_of(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def text_of(codes: Codes) -> str:
    """The text of some code points."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def lengths_of(codes: Codes) -> Lengths:
    """How many characters each is in normal form."""
    lengths = _LENGTHS[codes]
    unknown = codes[lengths == UNKNOWN]
    if unknown.size:
        for code in set(unknown.tolist()):
            _learn(code)
        lengths = _LENGTHS[codes]
    return lengths


def first_of(codes: Codes) -> Codes:
    """The first character of each one's normal form, where it has any."""
    return _FIRST[codes]


def several_of(code: int) -> Codes:
    """All characters of a normal form that has more than one."""
    return _SEVERAL[code]


def _learn(code: int) -> None:
    normal = codes_of(normal_character(chr(code)))
    if normal.size:
        _FIRST[code] = normal[0]
    if normal.size > 1:
        _SEVERAL[code] = normal
    _LENGTHS[code] = normal.size  # last: another thread may look it up
