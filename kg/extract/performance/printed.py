"""Cells as printed: without the spaces and the markup that the width of a column put in."""

from __future__ import annotations

from collections.abc import Iterable

from kg.document import Cell, Document


def printed(document: Document, cells: Iterable[Cell]) -> str:
    """The characters of some cells, in their printed widths."""
    return document.printed(cells)
