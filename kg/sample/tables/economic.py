"""The table of basic expenditure by economic class: side by side, or a row for each."""

from __future__ import annotations

from itertools import chain, zip_longest

from kg.codes import load_code_lists
from kg.sample.accounts import PERSONNEL
from kg.sample.labels import label
from kg.sample.slots import Slot
from kg.sample.tables.cells import Cells, Grid


def economic(cells: Cells) -> Grid:
    """Items with their codes and amounts, personnel beside operating expenditure."""
    if cells.dialect == "levels":
        return _rows(cells)
    sides = []
    for classes in cells.rows[f"T06_{cells.dialect}"]:
        codes = (c for c in _codes(cells) if c[:3] in classes)
        made = ((code, _cell(cells, code, _nature(code))) for code in codes)
        sides.append([[code, _name(cells, code), cell] for code, cell in made])
    blank = [""] * 3
    rows = [list(chain(*parts)) for parts in zip_longest(*sides, fillvalue=blank)]
    personnel, operating = _natures_of_basic(cells)
    rows.append(["", "人员经费合计", personnel, "", "公用经费合计", "", "", "", operating])
    grid = cells.grid("T06", rows)
    grid.totals.add(len(rows) - 1)
    return grid


def _rows(cells: Cells) -> Grid:
    """A row an item, its amount under 合计 and under 人员经费 or 公用经费."""
    a = cells.accounts
    total = cells.cell("T06", a.general_basic, fund="general", nature="basic")
    rows = [["合计", "", "", total, *_natures_of_basic(cells)]]
    for code in _codes(cells):
        if not _amount(cells, code):
            continue
        own = _nature(code)
        divided = [
            _cell(cells, code, own) if nature == own else ""
            for nature in ("personnel", "operating")
        ]
        rows.append([code[:3], code[3:], _name(cells, code), _cell(cells, code), *divided])
    return cells.grid("T06", rows)


def _name(cells: Cells, code: str) -> str:
    return cells.draft.mark(Slot("economic-name", label(code), "T06"))


def _codes(cells: Cells) -> list[str]:
    never = cells.rows["T06_never"]
    return [c for c in load_code_lists().economic.codes() if c not in never]


def _amount(cells: Cells, code: str) -> int:
    a = cells.accounts
    return a.economic_total(code) if len(code) == 3 else a.economic.get(code, 0)


def _cell(cells: Cells, code: str, nature: str = "basic") -> str:
    amount = _amount(cells, code)
    return cells.cell("T06", amount, economic=code, fund="general", nature=nature)


def _natures_of_basic(cells: Cells) -> list[str]:
    a = cells.accounts
    return [
        cells.cell("T06", amount, fund="general", nature=nature)
        for amount, nature in ((a.personnel, "personnel"), (a.operating, "operating"))
    ]


def _nature(code: str) -> str:
    """What kind of basic expenditure an economic class is."""
    return "personnel" if code[:3] in PERSONNEL else "operating"
