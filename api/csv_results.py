"""Solutions as CSV (SPARQL 1.1 Query Results CSV and TSV Formats, section 3).

Oxigraph (up to 0.5.13) doesn't quote an IRI that has a comma, as those of passages do. What it
writes is counted while it passes: a row with too many commas has the answer written anew by Python.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from itertools import islice
from typing import IO, Protocol, cast

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

#: How many rows are put into bytes at once.
_ROWS = 1000


class Erasable(Protocol):
    """A binary writer that can begin anew."""

    def write(self, data: bytes, /) -> int: ...

    def clear(self) -> None:
        """Forget all that was written."""


def write_csv(
    solutions: ox.QuerySolutions, again: Callable[[], ox.QuerySolutions], out: Erasable
) -> None:
    """Write the solutions; `again` gives them anew, where the engine's own CSV is wrong."""
    counted = _Counted(out, len(solutions.variables))
    try:
        solutions.serialize(cast(IO[bytes], counted), format=ox.QueryResultsFormat.CSV)
        counted.end()
    except _UnquotedComma:
        out.clear()
        write_rows(again(), out)


class _UnquotedComma(Exception):
    """A row has more fields than there are variables."""


class _Counted:
    """Passes CSV on while its rows have as many fields as there are variables."""

    def __init__(self, out: Erasable, variables: int) -> None:
        self._out = out
        self._separators = max(variables - 1, 0)
        self._quoted = 0
        self._spare = self._separators

    def write(self, data: bytes) -> int:
        """Take a piece of CSV; raises `_UnquotedComma` where a row has too many."""
        parts = data.split(b'"')
        bare = b"".join(parts[self._quoted :: 2])
        self._quoted = (self._quoted + len(parts) - 1) % 2
        # no row has too few, so that what all have together tells of each
        self._spare += bare.count(b"\n") * self._separators - bare.count(b",")
        if self._spare < 0:
            raise _UnquotedComma
        return self._out.write(data)

    def flush(self) -> None:
        """Nothing is kept."""

    def end(self) -> None:
        """Raise `_UnquotedComma` where the last rows had too many."""
        if self._spare != self._separators:
            raise _UnquotedComma


def write_rows(solutions: ox.QuerySolutions, out: Erasable) -> None:
    """Write the solutions, row by row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(variable.value for variable in solutions.variables)
    while rows := list(islice(solutions, _ROWS)):
        writer.writerows(map(_row, rows))
        out.write(text.getvalue().encode())
        text.seek(0)
        text.truncate()


def _row(solution: Iterable[Term | None]) -> list[str]:
    return [_written(term) for term in solution]


def _written(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
