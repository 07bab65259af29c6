"""Reading files: a `Document` keeps the canonical text, its lines and tables, and every place."""

from kg.document.document import Cell, Document, DocumentError, Line, Table
from kg.document.normal import NormalText
from kg.document.reading import read, read_text

__all__ = [
    "Cell",
    "Document",
    "DocumentError",
    "Line",
    "NormalText",
    "Table",
    "read",
    "read_text",
]
