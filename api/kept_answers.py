"""Answers kept for whoever asks the same again: a release never changes, and so they don't."""

from __future__ import annotations

from collections.abc import Hashable

from cachetools import LRUCache

#: What was asked: a query with its graphs and the format's extension, or a page with its language.
Question = Hashable


class Answers:
    """Up to `most` bytes of answers; what hasn't been asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self._kept: LRUCache[Question, bytes] = LRUCache(most, getsizeof=len)
        #: How many questions had an answer that was kept, and how many had none.
        self.hits = self.misses = 0

    def get(self, question: Question) -> bytes | None:
        found = self._kept.get(question)
        if found is None:
            self.misses += 1
        else:
            self.hits += 1
        return found

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return int(self._kept.currsize)

    def keep(self, question: Question, answer: bytes) -> None:
        if len(answer) <= self._kept.maxsize:
            self._kept[question] = answer
