"""The store as pages see it: each question goes to a worker, from a thread of the server's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import cast

import pyoxigraph as ox
from anyio import from_thread

from api.formats import JSON_RESULTS, TURTLE, Format
from api.store import WHOLE, Dataset, Row, Table
from api.workers.answering import Answering


@dataclass(frozen=True)
class PooledStore:
    """A `Store`, for threads that the event loop started (`Site.run`)."""

    pool: Answering

    def select(self, query: str, dataset: Dataset = WHOLE, limit: int | None = None) -> Table:
        if limit is not None:
            return cast(Table, self._call("select", query, dataset, limit))
        written = from_thread.run(self.pool.ask, "write", query, JSON_RESULTS, dataset)
        with written:
            # the engine writes and reads this three times as fast as rows are pickled
            solutions = ox.parse_query_results(written.read(), ox.QueryResultsFormat.JSON)
        assert isinstance(solutions, ox.QuerySolutions)
        names = tuple(variable.value for variable in solutions.variables)
        rows: list[Row] = [
            {n: t for n, t in zip(names, solution, strict=True) if t is not None}
            for solution in solutions
        ]
        return Table(names, rows)

    def ask(self, query: str, dataset: Dataset = WHOLE) -> bool:
        return cast(bool, self._call("ask", query, dataset))

    def construct(
        self, query: str, dataset: Dataset = WHOLE, limit: int | None = None
    ) -> list[ox.Triple]:
        if limit is not None:
            return cast(list[ox.Triple], self._call("construct", query, dataset, limit))
        written = from_thread.run(self.pool.ask, "write", query, TURTLE, dataset)
        with written:
            return [quad.triple for quad in ox.parse(written.read(), ox.RdfFormat.TURTLE)]

    def graph(self, name: str, format_: Format, prefixes: Mapping[str, str]) -> bytes:
        return cast(bytes, self._call("graph", name, format_, dict(prefixes)))

    def _call(self, method: str, *arguments: object) -> object:
        return from_thread.run(partial(self.pool.call, method, *arguments))
