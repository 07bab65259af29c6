"""A report composed from accounts, before it has a layout: blocks of draft text, and the tables."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jinja2

from kg.sample.accounts import Accounts
from kg.sample.amounts import NumberForm
from kg.sample.context import context
from kg.sample.dice import Dice
from kg.sample.slots import Draft, Slot
from kg.sample.styles import NATIONAL, Look, Style, looks
from kg.sample.tables import Grid, nine_tables
from kg.sample.telling import Telling
from kg.sample.words import choose_voice, words

#: What opens a line of the templates, and the kind of block that it makes.
_PREFIXES = {
    "# ": "part",
    "## ": "section",
    "### ": "subsection",
    "@cover ": "cover",
    "@contents ": "contents",
    "@figure ": "figure",
    "@table ": "table",
    "@toc": "toc",
}
#: What conversions to prose alone have lost.
_LOST_IN_PROSE = frozenset({"cover", "contents", "table"})


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, or (kind ``table``) the place of a table."""

    kind: str
    text: str


@dataclass
class Report:
    """What a layout prints, and every slot that it will print."""

    accounts: Accounts
    look: Look
    voice: dict[str, str]
    draft: Draft
    blocks: list[Block]
    grids: dict[str, Grid]
    #: What the money of its tables is counted in.
    table_unit: str

    @functools.cached_property
    def slots(self) -> list[Slot]:
        """The slots that are printed, in the order of the report."""
        return [slot for text in self._texts() for slot in self.draft.slots_in(text)]

    def _texts(self) -> Iterator[str]:
        for block in self.blocks:
            if block.kind == "table":
                grid = self.grids[block.text]
                yield grid.department
                yield from ("".join(row) for row in grid.rows)
            else:
                yield block.text


def compose(accounts: Accounts, style: Style, dice: Dice) -> Report:
    """The report of some accounts in one style's wording."""
    look, draft, voice = looks()[style], Draft(), choose_voice(dice)
    telling = Telling(accounts, _text_form(look, dice), voice, dice, draft)
    grids: dict[str, Grid] = {}
    if look.layout != "prose":
        grids = nine_tables(accounts, _table_form(look, telling.form, dice), draft, look, dice)
        grids["indicators"] = _indicators(dice)
    if style not in NATIONAL:
        telling.wordings.vary()
    known = context(accounts, telling, look)
    blocks = []
    for name in look.templates:
        text = telling.wordings.worded(_templates().get_template(f"{name}.jinja").render(known))
        blocks += [b for b in map(_block, filter(str.strip, text.split("\n"))) if b]
    if look.layout == "prose":
        blocks = [b for b in blocks if b.kind not in _LOST_IN_PROSE]
    blocks = _with_contents(blocks, grids, draft)
    return Report(accounts, look, voice, draft, blocks, grids, telling.form.unit)


def _with_contents(blocks: list[Block], grids: dict[str, Grid], draft: Draft) -> list[Block]:
    """The blocks with contents where their place is: parts, sections and tables by their titles."""
    listed = [
        Block("contents", grids[b.text].title if b.kind == "table" else draft.expand(b.text).text)
        for b in blocks
        if b.kind in ("part", "section", "table")
    ]
    return [c for b in blocks for c in (listed if b.kind == "toc" else [b])]


def _text_form(look: Look, dice: Dice) -> NumberForm:
    """How the text prints numbers."""
    if look.numbers:
        return NumberForm(**dice.choice(look.numbers))
    return NumberForm(dice.chance(5), dice.chance(12), dice.choice((1, 2, 2)))


def _table_form(look: Look, in_text: NumberForm, dice: Dice) -> NumberForm:
    """How the tables print numbers: converters to markdown keep what OCR drops."""
    if look.numbers:
        return dataclasses.replace(in_text, zeros=dice.chance(30))
    if look.name == "markdown" and dice.chance(75):
        return NumberForm(separators=True, full_decimals=True)
    return NumberForm(full_decimals=dice.chance(20), zeros=dice.chance(12))


def _block(line: str) -> Block:
    text = line.strip()
    for prefix, kind in _PREFIXES.items():
        if text.startswith(prefix):
            return Block(kind, text.removeprefix(prefix))
    return Block("paragraph", text)


@functools.cache
def _templates() -> jinja2.Environment:
    """The environment of the templates in `parts/`."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "parts", encoding="utf-8")
    return jinja2.Environment(
        loader=loader, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )


def _indicators(dice: Dice) -> Grid:
    """The annex's table of a project's indicators."""
    data = words()["indicators"]
    n = dice.between(2, 40)
    numbers = {"n": n, "more": n + dice.below(6), "p": dice.between(90, 99)}
    rows = [[cell.format(**numbers) for cell in row] for row in data["rows"]]
    return Grid("indicators", "项目绩效自评表", "", [data["head"]], rows, [])
