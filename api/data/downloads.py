"""Tables of any length, a piece at a time: CSV and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

import pyarrow as pa
from pyarrow import parquet

from api.data.columns import Cell
from api.formats import Format

#: As many digits as Parquet's decimals have, 18 of them behind the point.
_DIGITS, _PLACES = 38, 18
_EXACT = pa.decimal128(_DIGITS, _PLACES)
#: How many rows are packed together.
_GROUP = 10_000
_TYPES = {
    **dict.fromkeys(
        ("amount", "percent", "count", "target_value", "actual_value", "weight", "score"), _EXACT
    ),
    **dict.fromkeys(("fiscal_year", "line", "page", "row", "column"), pa.int32()),
    "attained": pa.bool_(),
}

CSV = Format("csv", "record", ("text/csv",))
PARQUET = Format("parquet", "record", ("application/vnd.apache.parquet",))


class Writer(Protocol):
    """Turns rows into pieces of a file."""

    def write(self, rows: Sequence[tuple[Cell, ...]]) -> bytes:
        """The next piece of the file; it may be empty."""

    def close(self) -> bytes:
        """The last piece."""


class CsvWriter:
    """CSV (RFC 4180): a header, then a line a row."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._header: list[Sequence[Cell]] = [columns]

    def write(self, rows: Sequence[tuple[Cell, ...]]) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text).writerows([*self._header, *(map(_plain, rows))])
        self._header = []
        return text.getvalue().encode()

    def close(self) -> bytes:
        """The header, where there was no row."""
        return self.write([])


def _plain(row: tuple[Cell, ...]) -> list[Cell]:
    """Decimals without exponents, true and false as XML Schema writes them."""
    return [
        f"{cell:f}" if isinstance(cell, Decimal)
        else str(cell).lower() if isinstance(cell, bool)
        else cell
        for cell in row
    ]  # fmt: skip


class ParquetWriter:
    """Parquet; numbers are exact decimals."""

    def __init__(self, columns: Sequence[str]) -> None:
        types = [_TYPES.get(name, pa.string()) for name in columns]
        self._schema = pa.schema(list(map(pa.field, columns, types)))
        self._sink = _Sink()
        self._file = parquet.ParquetWriter(
            pa.PythonFile(self._sink, mode="w"), self._schema, compression="zstd"
        )
        self._ahead: list[tuple[Cell, ...]] = []

    def write(self, rows: Sequence[tuple[Cell, ...]]) -> bytes:
        self._ahead += rows
        if len(self._ahead) >= _GROUP:
            self._pack()
        return self._sink.taken()

    def close(self) -> bytes:
        if self._ahead:
            self._pack()
        self._file.close()
        return self._sink.taken()

    def _pack(self) -> None:
        columns = zip(*self._ahead, strict=True)
        arrays = [
            pa.array([_fitting(cell) for cell in column], field.type)
            for column, field in zip(columns, self._schema, strict=True)
        ]
        self._file.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._ahead = []


class _Sink(io.RawIOBase):
    """Holds what is written until it is taken."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._pieces.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def _fitting(cell: Cell) -> Cell:
    """A cell as it is; a number that no column could hold is left to what is printed."""
    if not isinstance(cell, Decimal):
        return cell
    least = cell.normalize().as_tuple().exponent
    fits = isinstance(least, int) and least >= -_PLACES and cell.adjusted() < _DIGITS - _PLACES
    return cell if fits else None
