"""Which of several wordings a report uses: it keeps to what it has chosen once."""

from __future__ import annotations

import re

from kg.sample.dice import Dice
from kg.sample.words import words

#: [a|b]: one wording or the other.
_WORDINGS = re.compile(r"\[([^\[\]|]*(?:\|[^\[\]|]*)+)\]")


class Wordings:
    """The wordings of one report; of those for which way an amount moved, the usual at first."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        said = words()["directions"]
        self.rises, self.falls = said["rises"][0], said["falls"][0]
        self.same: str = said["same"][0]
        self.moved: str = said["moved"][0]
        self._chosen: dict[str, str] = {}

    def vary(self) -> None:
        """Choose how this report says which way an amount moved."""
        said = words()["directions"]
        n = self._dice.below(len(said["rises"]))
        self.rises, self.falls = said["rises"][n], said["falls"][n]
        self.same, self.moved = self._dice.choice(said["same"]), self._dice.choice(said["moved"])

    def worded(self, text: str) -> str:
        """Text with one of each [wordings|in brackets]."""
        return _WORDINGS.sub(lambda match: self._wording(match[1]), text)

    def _wording(self, options: str) -> str:
        if options not in self._chosen:
            self._chosen[options] = self._dice.choice(options.split("|"))
        return self._chosen[options]
