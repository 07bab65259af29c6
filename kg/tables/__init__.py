"""A release's quads as tables: CSV on the Web, Parquet, and a Fiscal Data Package."""

from kg.tables.definitions import Column, Table, tables
from kg.tables.rows import Graphs, as_csv, rows

__all__ = ["Column", "Graphs", "Table", "as_csv", "rows", "tables"]
