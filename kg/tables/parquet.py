"""A table's CSV as Parquet: the same cells, typed, some at a time.

The same CSV gives the same bytes: blocks and row groups are of fixed sizes.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
from pyarrow import csv, parquet

from kg.tables.definitions import Column, Table, tables
from kg.tables.rows import DIGITS, PLACES

#: How much of a CSV file is read at once: several blocks are in memory. None may be shorter than
#: a row, so the larger is for tables with a row that is longer than the smaller.
_BLOCKS = (1 << 18, 1 << 25)
#: How many rows are packed together, at least.
_ROWS = 1 << 13
_TYPES: Mapping[str, pa.DataType] = {
    "decimal": pa.decimal128(DIGITS, PLACES),
    "integer": pa.int64(),
    "year": pa.int16(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "start": pa.int64(),
    "end": pa.int64(),
}


def pack(folder: Path) -> None:
    """Write each table of a folder, of which there is a CSV file, as Parquet."""
    for table in tables():
        write_parquet(table, folder / f"{table.name}.csv", folder / f"{table.name}.parquet")


def write_parquet(table: Table, source: Path, path: Path) -> None:
    """Write the CSV file `source` of a table as Parquet."""
    fields = [
        pa.field(c.name, _type(c), metadata={"zh": c.title["zh"], "en": c.title["en"]})
        for c in table.columns
    ]
    schema = pa.schema(fields)
    try:
        _write(source, path, schema, _BLOCKS[0])
    except pa.ArrowInvalid:
        _write(source, path, schema, _BLOCKS[1])


def _write(source: Path, path: Path, schema: pa.Schema, block: int) -> None:
    convert = csv.ConvertOptions(
        column_types=schema, strings_can_be_null=True, null_values=[""],
        quoted_strings_can_be_null=True, true_values=["true"], false_values=["false"],
    )  # fmt: skip
    reading = csv.ReadOptions(block_size=block, use_threads=False)
    parsing = csv.ParseOptions(newlines_in_values=True)
    with (
        csv.open_csv(source, reading, parsing, convert) as rows,
        parquet.ParquetWriter(path, schema, compression="zstd") as file,
    ):
        ahead: list[pa.RecordBatch] = []
        for batch in rows:
            ahead.append(batch)
            if sum(map(len, ahead)) >= _ROWS:
                file.write_table(pa.Table.from_batches(ahead, schema))
                ahead = []
        file.write_table(pa.Table.from_batches(ahead, schema))


def _type(column: Column) -> pa.DataType:
    return pa.string() if column.many else _TYPES.get(column.type, pa.string())


if __name__ == "__main__":
    pack(Path(sys.argv[1]))
