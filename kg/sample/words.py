"""The words of the reports: variants, reasons and other sentences, read once from `words.toml`."""

from __future__ import annotations

import functools
from typing import Any

from kg.resources import toml
from kg.sample.dice import Dice


@functools.cache
def words() -> dict[str, Any]:
    """All of `words.toml`."""
    return toml(__package__, "words.toml")


def opposite(direction: str) -> str:
    """减少 for 增加, and back."""
    falls: dict[str, str] = words()["opposites"]
    rises = {fall: rise for rise, fall in falls.items()}
    return falls.get(direction) or rises[direction]


def is_fall(direction: str) -> bool:
    """Whether a word says that something became less."""
    return direction in words()["opposites"].values()


def choose_voice(dice: Dice) -> dict[str, str]:
    """One variant of each wording, for a whole report."""
    return {name: dice.choice(variants) for name, variants in words()["voice"].items()}
