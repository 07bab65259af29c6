"""Names to syllables of Pinyin, without tones: pypinyin's dictionary, kept in less memory."""

from __future__ import annotations

from functools import cache, lru_cache


def syllables(name: str) -> str:
    """The syllables of a name, and what of it has none, between spaces.

    >>> syllables("银行重庆A区")
    'yin hang chong qing A qu'
    """
    _share_readings()
    from pypinyin.seg.simpleseg import seg  # noqa: PLC0415 - slow to start, reading needs none

    return " ".join([_of_word(word) for word in seg(name)])


@lru_cache(maxsize=1 << 14)
def _of_word(word: str) -> str:
    """The syllables of a word; names are made of the same words over and over."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return " ".join(lazy_pinyin(word))


@cache
def _share_readings() -> None:
    """Keep each reading once: pypinyin has one anew for each character of its 47,000 words."""
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415

    known: dict[tuple[str, ...], list[str]] = {}
    for word, readings in PHRASES_DICT.items():
        PHRASES_DICT[word] = [known.setdefault(tuple(one), one) for one in readings]
    phrases_dict.clear()  # PHRASES_DICT is a copy of it
