"""Reading files: a `Document` keeps the canonical text, its lines and tables, and every place."""

from kg.document.document import Cell, Document, DocumentError, Line, Table
from kg.document.normal import NormalText, normal_form
from kg.document.reading import read, read_text
from kg.document.stacked import in_rows, stacked_cells

__all__ = [
    "Cell",
    "Document",
    "DocumentError",
    "Line",
    "NormalText",
    "Table",
    "in_rows",
    "normal_form",
    "read",
    "read_text",
    "stacked_cells",
]
