"""A report composed from accounts, before it has a layout: blocks of draft text, and the tables."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import jinja2

from kg.sample.accounts import Accounts, Line, by_code
from kg.sample.amounts import NumberForm
from kg.sample.dice import Dice
from kg.sample.numerals import chinese
from kg.sample.slots import Draft, Slot
from kg.sample.tables import Grid, Tables, table_data
from kg.sample.telling import Telling, label
from kg.sample.words import choose_voice, words

Style = Literal["prose", "ocr", "markdown"]
STYLES: tuple[Style, ...] = ("prose", "ocr", "markdown")

#: What opens a line of the templates, and the kind of block that it makes.
_PREFIXES = {
    "# ": "part",
    "## ": "section",
    "### ": "subsection",
    "@cover ": "cover",
    "@contents ": "contents",
    "@figure ": "figure",
    "@table ": "table",
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
    style: Style
    voice: dict[str, str]
    draft: Draft
    blocks: list[Block]
    grids: dict[str, Grid]

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
    draft = Draft()
    voice = choose_voice(dice)
    in_text = NumberForm(dice.chance(5), dice.chance(12), dice.choice((1, 2, 2)))
    telling = Telling(accounts, in_text, voice, dice, draft)
    grids: dict[str, Grid] = {}
    if style != "prose":
        grids = Tables(accounts, _table_form(style, dice), draft, style).all()
        grids["indicators"] = _indicators(dice)
    context = _context(accounts, telling)
    blocks = []
    for name in ("opening", "explanation", "closing"):
        text = _templates().get_template(f"{name}.jinja").render(context)
        blocks += [b for b in map(_block, filter(str.strip, text.split("\n"))) if b]
    if style == "prose":
        blocks = [b for b in blocks if b.kind not in _LOST_IN_PROSE]
    return Report(accounts, style, voice, draft, blocks, grids)


def _table_form(style: Style, dice: Dice) -> NumberForm:
    """How the tables print numbers: converters to markdown keep what OCR drops."""
    if style == "markdown" and dice.chance(75):
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


def _context(accounts: Accounts, telling: Telling) -> dict[str, Any]:
    """What the templates know."""
    a, dice, said = accounts, telling.dice, words()
    assert a.prior is not None
    phases = {"预算": "budget", "全年预算": "adjusted-budget", "年初预算": "initial-budget"}
    phase_name = telling.voice["three_public_phase"]
    titles = [table_data()[f"T0{n}"]["title"] for n in range(1, 10)]
    return {
        "a": a,
        "b": a.prior,
        "t": telling,
        "voice": telling.voice,
        "year": a.year,
        "ordinals": [chinese(n) for n in range(60)],
        "tables": list(enumerate(titles, 1)),
        "sections": list(enumerate(said["sections"], 1)),
        "grids": _grids(a),
        "other_name": said["other_income"][a.other_item],
        "funds": list(said["funds"].items()),
        "classes": _classes(a, telling),
        "with_shares": dice.chance(80),
        "projects_by": dice.choice(("class", "project", "nothing")),
        "project_classes": _project_classes(a, dice),
        "details": _details(a, 3 if dice.chance(25) else 7),
        "economic_names": functools.partial(_economic_names, a),
        "phase_name": phase_name,
        "phase": phases[phase_name],
        "office_against": dice.choice(("budget", "prior-year")),
        "vehicles": list(a.vehicles.items()),
        "equipment": dice.below(3),
        "whole_budget": a.expenditure * dice.choice((100, dice.between(101, 125))) // 100,
        "whole_outputs": dice.choice(said["whole"]["outputs"]),
        "applied": dice.some(said["applied"]["sentences"], dice.between(2, 3)),
        "works": _works(a, dice),
        "terms": [(e["term"], e["definition"]) for e in said["terms"]],
    }


def _grids(a: Accounts) -> list[tuple[str, str]]:
    """The tables in order, and what there was nothing of where one is empty."""
    empty = {}
    if not a.of("government-fund"):
        empty["T07"] = "政府性基金预算财政拨款收支"
    if not a.of("state-capital"):
        empty["T08"] = "国有资本经营预算财政拨款收支"
    if not a.three_public["three-public"] and not a.three_public_budgets["three-public"]:
        empty["T09"] = "“三公”经费支出"
    return [(place, empty.get(place, "")) for place in (f"T0{n}" for n in range(1, 10))]


def _classes(a: Accounts, telling: Telling) -> list[tuple[str, str, int, list[str]]]:
    """Each class with what was spent in it, as section 五（二） lists them."""
    found = by_code(a.general)
    return [
        (code, telling.class_name(code), _fiscal(lines), [label(e.code) for e in lines])
        for code, lines in found.items()
        if len(code) == 3
    ]


def _project_classes(a: Accounts, dice: Dice) -> list[tuple[str, str, int, str]]:
    gains = words()["whole"]["gains"]
    return [
        (code, label(code), sum(e.project for e in lines), dice.choice(gains))
        for code, lines in by_code(a.general).items()
        if len(code) == 3 and any(e.project for e in lines)
    ]


def _details(a: Accounts, digits: int) -> list[tuple[str, int, int]]:
    """What section 五（三） goes through, by class or by item: final and initial."""
    return [
        (code, _fiscal(lines), sum(e.initial for e in lines))
        for code, lines in by_code(a.general).items()
        if len(code) == digits
    ]


def _fiscal(lines: list[Line]) -> int:
    return sum(e.fiscal for e in lines)


def _economic_names(a: Accounts, *classes: str) -> list[str]:
    return [label(code) for code in a.economic if code[:3] in classes]


def _works(a: Accounts, dice: Dice) -> list[str]:
    said = words()["work"]
    return [
        dice.choice(said["sentences"]).format(
            work=work, n=dice.between(2, 40), done=dice.choice(said["done"])
        )
        for work in dice.some(a.unit.kind["works"], dice.between(3, 5))
    ]


def _indicators(dice: Dice) -> Grid:
    """The annex's table of a project's indicators."""
    data = words()["indicators"]
    n = dice.between(2, 40)
    numbers = {"n": n, "more": n + dice.below(6), "p": dice.between(90, 99)}
    rows = [[cell.format(**numbers) for cell in row] for row in data["rows"]]
    return Grid("indicators", "项目绩效自评表", [data["head"]], rows, [])
