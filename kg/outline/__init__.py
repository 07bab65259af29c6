"""The outline of a report: its parts, sections and tables, found by their titles."""

from kg.outline.kinds import NotAReport
from kg.outline.outline import Outline, Section, outline
from kg.outline.stream import Stream
from kg.outline.tables import TitledTable

__all__ = ["NotAReport", "Outline", "Section", "Stream", "TitledTable", "outline"]
