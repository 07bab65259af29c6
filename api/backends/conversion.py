"""Answers of endpoints written anew: every format from one that all endpoints write well."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from traceback import clear_frames
from typing import IO, cast

import pyoxigraph as ox

from api.csv_results import write_rows
from api.errors import AnswerTooLong, FailedBackend
from api.formats import CSV_RESULTS, Format
from api.store import Row
from api.workers import Body
from api.workers.spill import Full, Spill

#: How Virtuoso begins JSON results; a binding a line follows.
_VIRTUOSO = b'\n{ "head": { "link": []'
#: Its names of blank nodes, which hold characters that such names can't have.
_NODE_ID = re.compile(rb'("type": "bnode", "value": ")nodeID://')
#: Its booleans, which it has as numbers.
_BOOLEAN = re.compile(rb'(XMLSchema#boolean", "value": ")([01])"')
_TRUTH = {b"0": b"false", b"1": b"true"}
#: The variable that it puts the answer to an ASK in.
_ASKED = "__ASK_RETVAL"


@dataclass(frozen=True, slots=True)
class Wire:
    """What an endpoint is asked for: results of a SELECT or ASK, or a graph."""

    media_type: str


JSON_WIRE = Wire("application/sparql-results+json")
#: Some know N-Triples by its old name alone.
N_TRIPLES_WIRE = Wire("application/n-triples, text/plain;q=0.5")


def wire_of(format_: Format) -> Wire:
    """What to ask for, to answer in `format_`."""
    return JSON_WIRE if format_.kind == "results" else N_TRIPLES_WIRE


def converted(answer: Body, format_: Format, most: int) -> Body:
    """An endpoint's answer in `format_`, of at most `most` bytes.

    Raises:
        FailedBackend: the answer is not what its media type says, or is cut off.
        AnswerTooLong: it is longer.
    """
    written = Spill(most, None)
    out = cast(IO[bytes], written)
    try:
        with answer, reader(answer) as file:
            if isinstance(format_.engine, ox.QueryResultsFormat):
                _write_results(file, format_, written)
            else:
                assert isinstance(format_.engine, ox.RdfFormat)
                quads = ox.parse(file, format=ox.RdfFormat.N_TRIPLES)
                ox.serialize((quad.triple for quad in quads), out, format=format_.engine)
        return written.body()
    except Full as error:
        raise AnswerTooLong(limit=most) from error
    except (SyntaxError, ValueError) as error:
        clear_frames(error.__traceback__)  # the engine's results have to end in this thread
        raise FailedBackend(reason=f"its answer can't be read: {error}") from error
    finally:
        written.close()


def _write_results(file: IO[bytes], format_: Format, out: Spill) -> None:
    results = results_of(file)
    if format_ is CSV_RESULTS and isinstance(results, ox.QuerySolutions):
        write_rows(results, out)
    else:
        engine = cast(ox.QueryResultsFormat, format_.engine)
        results.serialize(cast(IO[bytes], out), format=engine)


def results_of(file: IO[bytes]) -> ox.QuerySolutions | ox.QueryBoolean:
    """The results that an endpoint has written as JSON; they are read as they are asked for."""
    results = ox.parse_query_results(file, format=ox.QueryResultsFormat.JSON)
    if isinstance(results, ox.QueryBoolean) or [v.value for v in results.variables] != [_ASKED]:
        return results
    truth = any(row[0].value == "1" for row in results)  # where it is false, there may be no row
    return ox.parse_query_results(
        json.dumps({"head": {}, "boolean": truth}), format=ox.QueryResultsFormat.JSON
    )


def rows_of(results: ox.QuerySolutions | ox.QueryBoolean, most: int | None = None) -> list[Row]:
    """The solutions of a SELECT, at most so many."""
    assert isinstance(results, ox.QuerySolutions)
    names = [variable.value for variable in results.variables]
    return [
        {n: t for n, t in zip(names, solution, strict=True) if t is not None}
        for solution in islice(results, most)
    ]


@contextmanager
def reader(answer: Body) -> Iterator[IO[bytes]]:
    """The answer as a file, and as the specification has it where it is Virtuoso's."""
    with answer.file() as file:
        odd = file.read(len(_VIRTUOSO)) == _VIRTUOSO
        file.seek(0)
        yield cast(IO[bytes], _Mended(file)) if odd else file


class _Mended:
    """Lines of Virtuoso's JSON results, mended one by one."""

    def __init__(self, file: IO[bytes]) -> None:
        self._lines = iter(file)
        self._rest = b""

    def read(self, size: int) -> bytes:
        if not self._rest:
            line = _NODE_ID.sub(rb"\1", next(self._lines, b""))
            self._rest = _BOOLEAN.sub(lambda found: found[1] + _TRUTH[found[2]] + b'"', line)
        given, self._rest = self._rest[:size], self._rest[size:]
        return given
