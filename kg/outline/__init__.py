"""The outline of a report: its parts, sections and tables, found by their titles."""

from kg.outline.contents import contents_lines, listed_place
from kg.outline.kinds import NotAReport
from kg.outline.outline import Outline, Section, outline
from kg.outline.stream import Stream
from kg.outline.tables import TitledTable, table_titled

__all__ = [
    "NotAReport",
    "Outline",
    "Section",
    "Stream",
    "TitledTable",
    "contents_lines",
    "listed_place",
    "outline",
    "table_titled",
]
