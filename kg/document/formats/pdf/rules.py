"""The straight lines that a PDF's page draws: strokes, thin bars, and the sides of rectangles."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from kg.document.formats.pdf.glyphs import Box, Turn
from kg.record import record

#: A bar that is thinner than this (points) is drawn as a line; the thickest borders are 3.
THIN = 3.5
#: A line that is shorter is a dot, a dash or a stroke of a drawn character.
SHORT = 4.0
#: Lines that are nearer than this are one: what is drawn twice, or for each cell anew.
NEAR = 2.5
#: How many shapes of a page are looked at, and how deep in its forms: more is a map, not a table.
SHAPES, DEPTH = 20_000, 4


class Rule(NamedTuple):
    """A line `at` a height (or, upright, at a distance from the left), from `start` to `end`."""

    at: float
    start: float
    end: float

    def reaches(self, place: float) -> bool:
        return self.start - NEAR <= place <= self.end + NEAR


@record
class Rules:
    """A page's lines, each in one piece."""

    level: Sequence[Rule]
    upright: Sequence[Rule]


def rules_of(page: Any, turn: Turn) -> Rules:
    """The lines that a page draws."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for box in _strokes(page):
        left, top, right, bottom = turn(*box)
        if bottom - top <= THIN and right - left >= SHORT:
            level.append(Rule((top + bottom) / 2, left, right))
        elif right - left <= THIN and bottom - top >= SHORT:
            upright.append(Rule((left + right) / 2, top, bottom))
    return Rules(_in_one_piece(level), _in_one_piece(upright))


def _strokes(page: Any) -> Iterator[Box]:
    """Boxes of the page's space that are thin, or not: what they are is told when turned."""
    count = min(pdfium.FPDFPage_CountObjects(page), SHAPES)
    shapes = (pdfium.FPDFPage_GetObject(page, index) for index in range(count))
    yield from _in_shapes(shapes, _IDENTITY, DEPTH)


#: a, b, c, d, e, f of a PDF's matrix: x' = ax + cy + e, y' = bx + dy + f.
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def _in_shapes(shapes: Iterable[Any], matrix: Matrix, depth: int) -> Iterator[Box]:
    for shape in shapes:
        kind = pdfium.FPDFPageObj_GetType(shape)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            for box in _in_path(shape):
                yield _moved(box, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            count = min(pdfium.FPDFFormObj_CountObjects(shape), SHAPES)
            inner = (pdfium.FPDFFormObj_GetObject(shape, index) for index in range(count))
            yield from _in_shapes(inner, _times(_matrix(shape), matrix), depth - 1)


def _in_path(path: Any) -> Iterator[Box]:
    """The boxes of a path's lines, or of a thin bar that is filled."""
    segments = pdfium.FPDFPath_CountSegments(path)
    if segments < 2 or segments > SHAPES:
        return
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return
    bounds = (left.value, bottom.value, right.value, top.value)
    if not all(map(math.isfinite, bounds)):
        return
    if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= THIN:
        yield bounds
        return
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroked)
    if stroked.value or segments > 5:
        yield from _segments(path, segments)


def _segments(path: Any, count: int) -> Iterator[Box]:
    """The straight segments of a path of several, each as a box without width."""
    matrix = _matrix(path)
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = last = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _point(x.value, y.value, matrix)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield _around(last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield _around(last, begin)


def _around(one: tuple[float, float], other: tuple[float, float]) -> Box:
    (x, y), (u, v) = one, other
    return min(x, u), min(y, v), max(x, u), max(y, v)


def _matrix(shape: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(shape, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """First one, then the other."""
    a, b = _point(one[0], one[1], (*other[:4], 0, 0))
    c, d = _point(one[2], one[3], (*other[:4], 0, 0))
    return a, b, c, d, *_point(one[4], one[5], other)


def _point(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _moved(box: Box, matrix: Matrix) -> Box:
    if matrix is _IDENTITY:
        return box
    return _around(_point(box[0], box[1], matrix), _point(box[2], box[3], matrix))


def _in_one_piece(rules: Iterable[Rule]) -> list[Rule]:
    """Rules of one height joined where they touch."""
    whole: list[Rule] = []
    heights: list[list[Rule]] = []
    for rule in sorted(rules):
        if heights and rule.at - heights[-1][0].at < NEAR:
            heights[-1].append(rule)
        else:
            heights.append([rule])
    for rules_there in heights:
        at = sum(rule.at for rule in rules_there) / len(rules_there)
        pieces = sorted((rule.start, rule.end) for rule in rules_there)
        start, end = pieces[0]
        for first, last in pieces[1:]:
            if first > end + NEAR:
                whole.append(Rule(at, start, end))
                start = first
            end = max(end, last)
        whole.append(Rule(at, start, end))
    return whole
