"""Two sorted dumps side by side, a subject at a time; neither is ever whole in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from kg.record import record

#: A line of N-Quads.
Lines = list[bytes]


@record
class Block:
    """A subject (``<https://…> ``) that two dumps say different things of, with all they say."""

    subject: bytes
    old: Lines
    new: Lines

    @property
    def removed(self) -> Lines:
        """The lines that only the old dump has."""
        kept = set(self.new)
        return [line for line in self.old if line not in kept]

    @property
    def added(self) -> Lines:
        """The lines that only the new dump has."""
        kept = set(self.old)
        return [line for line in self.new if line not in kept]


def differences(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Block]:
    """The subjects that differ in two dumps, whose lines are sorted by bytes.

    >>> [block] = differences([b"<a> <p> 1 <g> .", b"<b> <p> 1 <g> ."], [b"<b> <p> 1 <g> ."])
    >>> block.removed, block.added
    ([b'<a> <p> 1 <g> .'], [])
    """
    olds, news = _by_subject(old), _by_subject(new)
    one, other = next(olds, None), next(news, None)
    while one or other:
        if other is None or (one is not None and one[0] < other[0]):
            assert one is not None
            yield Block(one[0], one[1], [])
            one = next(olds, None)
        elif one is None or other[0] < one[0]:
            yield Block(other[0], [], other[1])
            other = next(news, None)
        else:
            if one[1] != other[1]:
                yield Block(one[0], one[1], other[1])
            one, other = next(olds, None), next(news, None)


def _by_subject(lines: Iterable[bytes]) -> Iterator[tuple[bytes, Lines]]:
    for subject, block in groupby(lines, _subject):
        yield subject, list(block)


def _subject(line: bytes) -> bytes:
    # with the space behind it, subjects sort as their lines do
    return line[: line.index(b" ") + 1]
