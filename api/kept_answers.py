"""Answers kept for whoever asks the same again: a release never changes, and so they don't."""

from __future__ import annotations

from cachetools import LRUCache

from api.store import Dataset

#: What was asked: the query, the graphs, the format's extension.
Question = tuple[str, Dataset, str]


class Answers:
    """Up to `most` bytes of answers; what hasn't been asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self._kept: LRUCache[Question, bytes] = LRUCache(most, getsizeof=len)

    def get(self, question: Question) -> bytes | None:
        return self._kept.get(question)

    def keep(self, question: Question, answer: bytes) -> None:
        if len(answer) <= self._kept.maxsize:
            self._kept[question] = answer
