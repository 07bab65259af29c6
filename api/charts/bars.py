"""Bars, one below the other with their names: what is many, or has a long name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from api.charts.definition import Chart
from api.charts.drawing import Drawing, Mark, Words
from api.charts.numbers import Line, Numbers
from api.charts.scale import Scale

#: How many bars are drawn; all are in the table.
_MOST = 12
#: Pixels a row takes, where its bar is in it, and how high that is.
_ROW, _BAR, _HIGH = 44, 20, 14
#: Per cent of the width for the longest bar, its number behind it; less where that tells more.
_LONGEST, _SHARED = 70.0, 50.0


def draw_bars(
    chart: Chart,
    numbers: Numbers,
    names: Mapping[str, str],
    show: Callable[[Decimal], str],
    name_of: Callable[[Line], str],
) -> Drawing:
    """Draw a chart of bars: of two values, the second is drawn within the first."""
    lines = sorted(numbers.lines, key=lambda line: -line.whole)
    scale = Scale.over(cell.number for line in lines for cell in line.cells.values())
    marks, words = [], []
    for place, line in enumerate(lines[:_MOST]):
        top, end = place * _ROW, 0.0
        words.append(Words(0, top + 14, name_of(line)))
        for number, kind in enumerate(kind for kind in chart.values if kind in line.cells):
            amount = line.cells[kind].number
            width = _share(line, chart, amount) if chart.shares else _length(scale, amount)
            inset = 3 if number else 0
            title = f"{name_of(line)} {names.get(kind, '')} {show(amount)}"
            bar = Mark(0, top + _BAR + inset, width, _HIGH - 2 * inset, kind, title)
            marks.append(bar)
            end = max(end, width)
        words.append(Words(end, top + _BAR + 12, _told(chart, line, show), kind="tick", dx=6))
    legend = [(kind, names[kind]) for kind in chart.values if len(chart.values) > 1]
    height = _ROW * min(len(lines), _MOST)
    return Drawing(height, marks, words, left_out=max(0, len(lines) - _MOST), legend=legend)


def _length(scale: Scale, amount: Decimal) -> float:
    return _LONGEST * max(0.0, scale.at(amount) - scale.at(Decimal(0)))


def _share(line: Line, chart: Chart, amount: Decimal) -> float:
    """A bar as a share of its row's first value; what goes beyond that is cut."""
    whole = line.cells[chart.values[0]].number if chart.values[0] in line.cells else Decimal(0)
    return _SHARED * min(1.0, max(0.0, float(amount / whole))) if whole > 0 else 0.0


def _told(chart: Chart, line: Line, show: Callable[[Decimal], str]) -> str:
    """What is written behind a bar: its number; of two, the second as a share of the first."""
    cells = [line.cells[kind].number for kind in chart.values if kind in line.cells]
    if len(cells) == 1:
        return show(cells[0])
    planned, done = cells
    share = f"{done * 100 / planned:.0f}%" if planned else show(done)
    return f"{share} · {show(done)} / {show(planned)}" if chart.shares else share
