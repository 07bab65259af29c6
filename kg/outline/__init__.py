"""The outline of a report: its parts, sections and tables, found by their titles."""

from kg.outline.contents import contents_lines, listed_place
from kg.outline.kinds import NotAReport
from kg.outline.outline import Outline, outline
from kg.outline.section import Section
from kg.outline.stream import Stream
from kg.outline.tables import TitledTable, table_titled
from kg.outline.worded import numbered_titles

__all__ = [
    "NotAReport",
    "Outline",
    "Section",
    "Stream",
    "TitledTable",
    "contents_lines",
    "listed_place",
    "numbered_titles",
    "outline",
    "table_titled",
]
