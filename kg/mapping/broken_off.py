"""Which tables by function end before they are complete, as the other tables of the report show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kg.facts import ALL, Statement

#: The tables that list items: income, expenditure, and that of the general public budget.
PLACES = ("T02", "T03", "T05")
#: Half of the last place of 万元 with two places, in yuan.
HALF = Decimal(50)
ITEM = 7


@dataclass
class Listed:
    """What a table lists: its total, and its items by their codes, in yuan."""

    total: Decimal | None = None
    items: dict[str, Decimal] = field(default_factory=dict)


def broken_off(statements: Iterable[Statement], year: int) -> Mapping[str, str]:
    """The code of the last item of each table that breaks off, by the table's place.

    Another table lists items behind it, and these are just what the table's own lack to its total.
    """
    tables = _tables(statements, year)
    found: dict[str, str] = {}
    for place, table in tables.items():
        last = max(table.items, default="")
        others = (other for there, other in tables.items() if there != place)
        if last and any(_continues(other, table, last) for other in others):
            found[place] = last
    return found


def _tables(statements: Iterable[Statement], year: int) -> Mapping[str, Listed]:
    tables = {place: Listed() for place in PLACES}
    for statement in statements:
        about = statement.dimensions
        is_whole = about.nature == about.item == about.economic == ALL and about.phase == "final"
        if about.place not in tables or not is_whole or about.fiscal_year != year:
            continue
        if about.place == "T02" and about.fund != ALL:
            continue  # the column of fiscal appropriation, beside that of all income
        table = tables[about.place]
        if about.function is None:
            table.total = statement.money.amount
        elif about.function.code and len(about.function.code) == ITEM:
            table.items[about.function.code] = statement.money.amount
    return tables


def _continues(other: Listed, table: Listed, last: str) -> bool:
    """Whether another table goes on with what a table lacks behind its last item."""
    missing = [amount for code, amount in other.items.items() if code > last]
    if table.total is None or not any(missing):
        return False
    lacking = table.total - sum(table.items.values())
    return abs(lacking - sum(missing)) <= HALF * (len(table.items) + len(missing) + 1)
