"""Columns, side by side or stacked: numbers by year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from api.charts.definition import Chart
from api.charts.drawing import Drawing, Mark, Rule, Words, room_of, width_of
from api.charts.numbers import Line, Numbers, local
from api.charts.scale import Scale

#: Pixels above the highest tick, between the ticks' ends, and below them.
_ABOVE, _TALL, _BELOW = 20, 200, 24
#: Per cent of the width that is kept for the ticks' numbers, and the widest group.
_START, _WIDEST = 15.0, 26.0
#: How much of its group's room a group fills.
_FILLED = 0.72


@dataclass(frozen=True, slots=True)
class _Stacked:
    """The columns of one row: each a list of series, the lowest first."""

    line: Line
    columns: Sequence[Sequence[str]]
    target: str | None


def draw_columns(
    chart: Chart, numbers: Numbers, names: Mapping[str, str], show: Callable[[Decimal], str]
) -> Drawing:
    """Draw a chart of columns; `names` are those of its series, `show` writes a number."""
    rows = [_stacked(chart, line, numbers.series) for line in numbers.lines]
    scale = Scale.over(_heights(rows), whole=chart.unit == "number")
    room = min(_WIDEST, (100 - _START) / max(1, len(rows)))
    marks, words, rules = [], [], []
    for tick in scale.ticks:
        y = _y(scale, tick)
        rules.append(Rule(0, 100, y, "zero" if tick == 0 else "grid"))
        words.append(Words(0, y - 4, show(tick), kind="tick"))
    for place, row in enumerate(rows):
        start = _START + place * room
        marks += _marks(row, scale, (start, room * _FILLED), names, show)
        words += _numbers(row, scale, (start, room * _FILLED), show)
        middle = start + room * _FILLED / 2
        words.append(Words(middle, _ABOVE + _TALL + 17, local(row.line.key)[:4], "middle"))
        if row.target:
            y = _y(scale, row.line.cells[row.target].number)
            rules.append(Rule(start - 1, room * _FILLED + 2, y, "target"))
    used = dict.fromkeys(mark.kind for mark in marks)
    used |= dict.fromkeys("target" for row in rows if row.target)
    legend = [(kind, names.get(kind, kind)) for kind in used if len(used) > 1 or chart.stack]
    return Drawing(_ABOVE + _TALL + _BELOW, marks, words, rules, legend=legend)


def _stacked(chart: Chart, line: Line, series: Mapping[str, object]) -> _Stacked:
    if not chart.stack:
        return _Stacked(line, [[name] for name in series if name in line.cells], None)
    parts = [name for name in chart.stack if name in line.cells]
    whole = [chart.whole] if chart.whole in line.cells else []
    target = next((name for name in chart.targets if name in line.cells), None)
    return _Stacked(line, [parts or [name for name in whole if name]], target)


def _heights(rows: Sequence[_Stacked]) -> list[Decimal]:
    heights = [
        sum((row.line.cells[name].number for name in column), Decimal(0))
        for row in rows
        for column in row.columns
    ]
    return heights + [row.line.cells[row.target].number for row in rows if row.target]


def _marks(
    row: _Stacked,
    scale: Scale,
    room: tuple[float, float],
    names: Mapping[str, str],
    show: Callable[[Decimal], str],
) -> list[Mark]:
    start, width = room
    each = width / max(1, len(row.columns))
    marks = []
    for place, column in enumerate(row.columns):
        at = Decimal(0)
        for name in column:
            number = row.line.cells[name].number
            ends = _y(scale, at), _y(scale, at + number)
            title = f"{local(row.line.key)[:4]} {names.get(name, name)} {show(number)}"
            x = start + place * each
            marks.append(
                Mark(x, min(ends), each * 0.94, abs(ends[0] - ends[1]), name, title.strip())
            )
            at += number
    return marks


def _numbers(
    row: _Stacked, scale: Scale, room: tuple[float, float], show: Callable[[Decimal], str]
) -> list[Words]:
    """The number above each column, where it has room."""
    start, width = room
    each = width / max(1, len(row.columns))
    words = []
    for place, column in enumerate(row.columns):
        height = sum((row.line.cells[name].number for name in column), Decimal(0))
        text, top = show(height), _y(scale, max(height, Decimal(0))) - 5
        at = room_of(width_of(text, 11) + 2, each / 100)
        if column and at is not None:
            words.append(Words(start + (place + 0.47) * each, top, text, "middle", "number", at))
    return words


def _y(scale: Scale, number: Decimal) -> float:
    return round(_ABOVE + _TALL * (1 - scale.at(number)), 1)
