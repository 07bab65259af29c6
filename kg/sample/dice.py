"""Random choices that are the same on every machine and Python: all made of `Random.random`."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of choices named by its seed; equal names give equal streams."""

    def __init__(self, *name: object) -> None:
        # only random() is promised to stay the same from version to version, so it alone is used
        self._random = random.Random("/".join(map(str, name))).random

    def child(self) -> Dice:
        """A stream of its own: however much is drawn from it, this one goes on the same."""
        return Dice(self.below(1 << 40))

    def below(self, end: int) -> int:
        """A whole number from 0 to `end` - 1."""
        return int(self._random() * end)

    def between(self, first: int, last: int) -> int:
        """A whole number from `first` to `last`, both included."""
        return first + self.below(last - first + 1)

    def chance(self, percent: int) -> bool:
        """True in `percent` of a hundred cases."""
        return self.below(100) < percent

    def choice(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """`count` of the options (all if there are fewer), in the order they came in."""
        return [options[n] for n in sorted(self.shuffled(range(len(options)))[:count])]

    def shuffled(self, options: Sequence[T]) -> list[T]:
        rest = list(options)
        return [rest.pop(self.below(len(rest))) for _ in range(len(rest))]

    def parts(self, total: int, count: int) -> list[int]:
        """`total` in `count` unequal parts; none is 0 unless there is too little to go round.

        >>> sum(Dice("a seed").parts(1000, 7))
        1000
        """
        weights = [400 + self.below(100) * self.below(100) for _ in range(count)]
        return shares(total, weights)


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """`total` shared by weight in whole numbers; what rounding leaves goes to the heaviest.

    >>> shares(100, [1, 1, 1])
    [34, 33, 33]
    """
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    parts[parts.index(max(parts))] += total - sum(parts)
    return parts
