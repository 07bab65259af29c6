"""The forms in which names are compared: plain characters, syllables, the letters of Pinyin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from kg.resources import toml
from kg.traditional import to_simplified

Codes = npt.NDArray[np.uint32]
_BASIC_PLANE = 1 << 16
_RULES = toml(__package__, "names.toml")
_DROPPED = re.compile(rf"[\s\"'“”‘’「」《》【】\[\]{re.escape(_RULES['separators'])}]+")
_READINGS = 3
_LETTERS = re.compile(r"[a-z]+")
#: Latin letters with tones and other marks.
_MARKED = re.compile("[\u00c0-\u024f]")


@lru_cache(maxsize=1 << 14)
def plain(text: str) -> str:
    """A name as names are compared: NFKC, simplified, lower case, no spaces nor marks of a path.

    >>> plain("武漢市 江漢區（本級）"), plain("201／03—行政运行")
    ('武汉市江汉区(本级)', '20103行政运行')
    >>> plain("Wǔhàn Shì")
    'wuhanshi'
    """
    simple = to_simplified(unicodedata.normalize("NFKC", text))
    return _MARKED.sub(_unmarked, _DROPPED.sub("", simple).lower())


def is_latin(text: str) -> bool:
    """Whether a plain form has letters, and nothing that isn't ASCII.

    >>> is_latin("jianghanqu"), is_latin("江汉qu"), is_latin("2010301")
    (True, False, False)
    """
    return text.isascii() and any(character.isalpha() for character in text)


def _unmarked(letter: re.Match[str]) -> str:
    return _toneless(letter[0]) or letter[0]


def _toneless(reading: str) -> str:
    """A syllable without its tone: lǜ is lv, as it is typed."""
    apart = unicodedata.normalize("NFD", reading.replace("ü", "v").replace("ǜ", "v"))
    apart = re.sub("u\N{COMBINING DIAERESIS}", "v", apart)
    return "".join(_LETTERS.findall(apart))


class Sounds:
    """How characters are read: `table` gives the number of each character's usual syllable."""

    def __init__(self) -> None:
        self._readings = {
            code: tuple(dict.fromkeys(map(_toneless, readings.split(",")[:_READINGS])))
            for code, readings in PINYIN_DICT.items()
            if code < _BASIC_PLANE
        }
        names = sorted({name for readings in self._readings.values() for name in readings})
        self.names = ("", *names)
        self.numbers = {name: number for number, name in enumerate(self.names)}
        self.table = np.zeros(_BASIC_PLANE, np.uint32)
        for code, readings in self._readings.items():
            self.table[code] = self.numbers[readings[0]]
        self.initials = np.array([ord(name[0]) - 96 if name else 0 for name in self.names])
        phrases = sorted(self._phrases())
        self._pairs = np.array([pair for pair, _ in phrases], np.uint32)
        self._pair_sounds = np.array([sounds for _, sounds in phrases], np.uint32)

    def _phrases(self) -> Iterator[tuple[int, tuple[int, int]]]:
        """Pairs of characters that are read otherwise than each by itself: 重庆, 会计, 厦门."""
        for phrase, readings in PHRASES_DICT.items():
            if len(phrase) != 2 or max(map(ord, phrase)) >= _BASIC_PLANE:
                continue
            first, second = (self.numbers.get(_toneless(r[0]), 0) for r in readings)
            a, b = map(ord, phrase)
            if (first, second) != (self.table[a], self.table[b]):
                yield a << 16 | b, (first, second)

    def of(self, codes: Codes) -> Codes:
        """The syllables of a sequence of characters; 0 for what is no Chinese character."""
        inside = np.where(codes < _BASIC_PLANE, codes, 0)
        sounds = self.table[inside]
        if len(codes) > 1:
            pairs = inside[:-1] << 16 | inside[1:]
            places = np.minimum(np.searchsorted(self._pairs, pairs), len(self._pairs) - 1)
            here = np.flatnonzero(self._pairs[places] == pairs)
            read = self._pair_sounds[places[here]]
            sounds[here], sounds[here + 1] = read[:, 0], read[:, 1]
        return sounds

    def letters(self, spoken: Iterable[int]) -> str:
        """The initials of syllables.

        >>> sounds().letters(sounds().of(codes_of("江汉区")).tolist())
        'jhq'
        """
        return "".join(self.names[sound][:1] for sound in spoken)

    def readings(self, character: str) -> Sequence[str]:
        """The usual readings of a character, without tones."""
        return self._readings.get(ord(character), ())


@cache
def sounds() -> Sounds:
    return Sounds()


def codes_of(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def syllables(letters: str) -> tuple[int, ...]:
    """The syllables that letters spell, the fewest that will do; empty where they spell none.

    >>> [sounds().names[n] for n in syllables("jianghanqu")], syllables("jhq")
    (['jiang', 'han', 'qu'], ())
    """
    best: list[tuple[int, ...] | None] = [()] + [None] * len(letters)
    numbers = sounds().numbers
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 6), end):
            before, number = best[start], numbers.get(letters[start:end])
            longer = number and before is not None and (*before, number)
            if longer and (best[end] is None or len(longer) < len(best[end] or ())):
                best[end] = longer
    return best[-1] or ()
