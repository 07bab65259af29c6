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


def choose_voice(dice: Dice) -> dict[str, str]:
    """One variant of each wording, for a whole report."""
    return {name: dice.choice(variants) for name, variants in words()["voice"].items()}
