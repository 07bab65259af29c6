"""The outline of a report: its parts, sections and tables, found by their titles."""

from kg.outline.outline import NotAReport, Outline, Section, TitledTable, outline
from kg.outline.stream import Stream

__all__ = ["NotAReport", "Outline", "Section", "Stream", "TitledTable", "outline"]
