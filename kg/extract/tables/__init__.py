"""The nine tables to statements: cells by the labels of their rows and columns."""

from kg.extract.tables.reading import read_table
from kg.extract.tables.sheet import TableReading

__all__ = ["TableReading", "read_table"]
