"""Tables to statements and counts: each cell by the labels of its row and its column."""

from kg.extract.tables.reading import read_table
from kg.extract.tables.sheet import TableReading

__all__ = ["TableReading", "read_table"]
