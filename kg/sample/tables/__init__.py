"""The nine tables of a unit's accounts as rows of cells; how their heads look is `tables.toml`."""

from kg.sample.tables.cells import Grid, table_data
from kg.sample.tables.nine import nine_tables

__all__ = ["Grid", "nine_tables", "table_data"]
