"""Flattened forms that print a cell after the other: their header tells what follows on what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.document import Cell
from kg.extract.numbers import decimal
from kg.extract.performance.columns import OWN
from kg.extract.performance.flat import Flat, FlatRow
from kg.extract.performance.levels import Level, Levels, level, levels
from kg.extract.performance.values import parse_value
from kg.extract.performance.words import is_label, role, words
from kg.record import record

#: A label or a level's name is broken into so many words at most.
MOST_WORDS = 3
#: Without all of these a row can't be told from the next.
NEEDED = {"name", "target", "actual", "weight", "score"}


def listed_rows(flat: Flat) -> Iterator[FlatRow]:
    """The indicators of a form, each as long as the header: a name, …, points, a score.

    Rows that don't fit are left out; the next one begins at the name of a level, or behind points
    and a score.
    """
    roles, word = _header(flat)
    if not set(roles) >= NEEDED:
        return
    form = _Listed(flat.cells, [role for role in roles if role in OWN and role != "reason"])
    known = Levels()
    while word < len(flat.cells) and not form.ends(word):
        if named := form.level(word):
            known, word = levels([named[0]], known, None), named[1]
        elif (cells := form.row(word)) and form.follows(word + len(form.roles)):
            word += len(form.roles)
            if "reason" in roles and form.is_reason(word):
                cells["reason"], word = flat.cells[word : word + 1], word + 1
            if known.first:
                yield FlatRow(known, None, cells)
        else:
            word = form.resume(word + 1)


def total_score(flat: Flat) -> Decimal | None:
    """The score in the row of the total, behind the points to earn."""
    points, total = words().cells["points"], words().rows["total"]
    for name, earnable, score in zip(flat.cells, flat.cells[1:], flat.cells[2:], strict=False):
        if is_label(total, name.text) and is_label(points, earnable.text):
            match = points.fullmatch(score.text)
            return Decimal(match["points"]) if match and match["points"] else None
    return None


def _header(flat: Flat) -> tuple[list[str], int]:
    """The roles of the columns, and the word behind the last label."""
    for start in range(len(flat.cells)):
        roles, word = [], start
        while found := _label(flat.cells, word):
            roles.append(found[0])
            word = found[1]
        if set(roles) >= NEEDED:
            return roles, word
    return [], 0


def _label(cells: Sequence[Cell], start: int) -> tuple[str, int] | None:
    """The role of the label that begins at a word, and the word behind it: one word, or several."""
    for end in range(start + 1, min(start + MOST_WORDS, len(cells)) + 1):
        if found := role("".join(cell.text for cell in cells[start:end])):
            return found, end
    return None


@record
class _Listed:
    """The words of a form, a cell each, and the roles that follow on each other in a row."""

    cells: Sequence[Cell]
    roles: Sequence[str]

    def level(self, start: int) -> tuple[Level, int] | None:
        """The level that is named at a word, and the word behind its name."""
        for end in range(min(start + MOST_WORDS, len(self.cells)), start, -1):
            text = "".join(cell.text for cell in self.cells[start:end])
            if (named := level(text)) and (
                words().cells["level"].search(text) or not self.row(start)
            ):
                return named, end  # 群众满意度 is a level, and an indicator's name as well
        return None

    def row(self, start: int) -> dict[str, Sequence[Cell]] | None:
        """The cells of the row that begins at a word."""
        cells = self.cells[start : start + len(self.roles)]
        if len(cells) < len(self.roles):
            return None
        found = dict(zip(self.roles, cells, strict=True))
        points = words().cells["points"]
        weight, score = (points.fullmatch(found[role].text) for role in ("weight", "score"))
        if not (weight and score and weight["points"] and score["points"]):
            return None
        if decimal(score["points"]) > decimal(weight["points"]) or not self._may_name(start):
            return None
        return {role: [cell] for role, cell in found.items()}

    def ends(self, word: int) -> bool:
        """Whether the form's indicators end at a word."""
        text = self.cells[word].text
        return is_label(words().rows["total"], text) or is_label(words().rows["end"], text)

    def follows(self, word: int) -> bool:
        """Whether a word may stand behind a row: words, or the end."""
        return word >= len(self.cells) or self.ends(word) or self._may_name(word)

    def is_reason(self, word: int) -> bool:
        """Whether a word is a row's last cell, since the next row begins behind it."""
        if word >= len(self.cells) or self.ends(word) or self.level(word):
            return False
        row = self.row(word)
        if row and self.follows(word + len(self.roles)):
            return False
        behind = word + 1
        return behind >= len(self.cells) or bool(
            self.ends(behind) or self.level(behind) or self.row(behind)
        )

    def resume(self, word: int) -> int:
        """The next word that a row is sure to begin with."""
        points = words().cells["points"]
        while word < len(self.cells) and not self.level(word) and not self.ends(word):
            before = self.cells[word - 2 : word]
            if all(is_label(points, cell.text) for cell in before) and self._may_name(word):
                return word
            word += 1
        return word

    def _may_name(self, word: int) -> bool:
        text = self.cells[word].text
        return bool(words().cells["words"].search(text)) and parse_value(text) is None
