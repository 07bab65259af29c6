"""The nine tables of one report, by their places."""

from __future__ import annotations

from kg.sample.accounts import Accounts
from kg.sample.amounts import NumberForm
from kg.sample.dice import Dice
from kg.sample.slots import Draft
from kg.sample.styles import Look
from kg.sample.tables.by_function import EXPENDITURE, FUND, by_function, income_columns, natures
from kg.sample.tables.cells import Cells, Grid
from kg.sample.tables.economic import economic
from kg.sample.tables.two_sides import fiscal, overall


def nine_tables(
    a: Accounts, form: NumberForm, draft: Draft, look: Look, dice: Dice
) -> dict[str, Grid]:
    """Every table by its place, in the order in which their figures are stated."""
    cells = Cells(a, form, draft, look, dice)
    lines, general = list(a.lines), a.general
    return {
        "T01": overall(cells),
        "T02": by_function(cells, "T02", lines, income_columns(cells)),
        "T03": by_function(cells, "T03", lines, EXPENDITURE),
        "T04": fiscal(cells),
        "T05": by_function(cells, "T05", general, natures("general")),
        "T06": economic(cells),
        "T07": by_function(cells, "T07", a.of("government-fund"), FUND),
        "T08": by_function(cells, "T08", a.of("state-capital"), natures("state-capital")),
        "T09": _three_public(cells),
    }


def _three_public(cells: Cells) -> Grid:
    a, items = cells.accounts, cells.rows["three_public"]
    halves = (("budget", a.three_public_budgets), ("final", a.three_public))
    columns = [(item, phase, values) for phase, values in halves for item in items]
    if cells.look.public == "pairs":
        columns.sort(key=lambda column: items.index(column[0]))
    row = [
        cells.cell("T09", values[item], fund="fiscal", phase=phase, item=item)
        for item, phase, values in columns
    ]
    return cells.grid("T09", [row])
