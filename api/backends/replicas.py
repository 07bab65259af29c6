"""Endpoints that serve one release, asked in turn; where one gives no answer, another is asked."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, TypeVar

import anyio.to_thread
import httpx
import pyoxigraph as ox

from api.backends.conversion import (
    JSON_WIRE,
    N_TRIPLES_WIRE,
    Wire,
    converted,
    reader,
    results_of,
    rows_of,
    wire_of,
)
from api.backends.endpoint import CONNECTING, BrokenOff, Endpoint, Unreached
from api.backends.told import told_by
from api.errors import ApiError, FailedBackend, MalformedQuery, Unavailable
from api.formats import Format
from api.store import WHOLE, Dataset, Table
from api.workers import Body, Pool
from api.workers.limits import NOBODY, Turns, Visitor, ended
from kg.release import ReleaseError
from kg.vocabulary import Namespace

T = TypeVar("T")

_LOG = logging.getLogger("uvicorn.error")


@dataclass
class Replicas:
    """`Answering` by endpoints of one release; `fingerprint` tells which release that is."""

    endpoints: Sequence[Endpoint]
    namespace: Namespace
    fingerprint: str
    turns: Turns
    #: The longest answer, in bytes.
    most: int
    #: Reads each query before it is passed on; None where all queries are our own.
    reader: Pool | None = None
    _last: int = field(default=-1, init=False)
    _connections: tuple[httpx.AsyncClient, asyncio.AbstractEventLoop] | None = field(
        default=None, init=False
    )

    async def ask(self, method: str, *arguments: Any, visitor: Visitor = NOBODY) -> Body:
        assert method == "write"
        query, format_, dataset = arguments
        return await self._bounded(partial(self._write, query, format_, dataset), visitor)

    async def call(self, method: str, *arguments: Any) -> Any:
        return await self._bounded(partial(getattr(self, f"_{method}"), *arguments), NOBODY)

    def close(self) -> None:
        if self.reader is not None:
            self.reader.close()
        if self._connections is not None:
            client, loop = self._connections
            self._connections = None
            with contextlib.suppress(RuntimeError):  # the loop has ended, and they with it
                asyncio.run_coroutine_threadsafe(client.aclose(), loop)

    async def _write(self, query: str, format_: Format, dataset: Dataset) -> Body:
        if self.reader is not None:
            await self.reader.call("check", query)
        answer = await self._fetch(query, wire_of(format_), dataset)
        return await anyio.to_thread.run_sync(converted, answer, format_, self.most)

    async def _select(
        self, query: str, dataset: Dataset = WHOLE, limit: int | None = None
    ) -> Table:
        if limit is not None and self.reader is not None:
            query = await self._limited(query, limit + 1)
        answer = await self._fetch(query, JSON_WIRE, dataset)

        def table() -> Table:
            with answer, reader(answer) as file:
                results = results_of(file)
                assert isinstance(results, ox.QuerySolutions)
                names = tuple(variable.value for variable in results.variables)
                rows = rows_of(results, None if limit is None else limit + 1)
            return Table(names, rows[:limit], limit is not None and len(rows) > limit)

        return await anyio.to_thread.run_sync(table)

    async def _ask(self, query: str, dataset: Dataset = WHOLE) -> bool:
        if self.reader is not None:
            await self.reader.call("check", query)
        with await self._fetch(query, JSON_WIRE, dataset) as answer, reader(answer) as file:
            return bool(results_of(file))

    async def _construct(
        self, query: str, dataset: Dataset = WHOLE, limit: int | None = None
    ) -> list[ox.Triple]:
        if self.reader is not None:
            await self.reader.call("check", query)
        answer = await self._fetch(query, N_TRIPLES_WIRE, dataset)

        def triples() -> list[ox.Triple]:
            with answer, answer.file() as file:
                quads = ox.parse(file, format=ox.RdfFormat.N_TRIPLES)
                return [quad.triple for quad in islice(quads, limit)]

        return await anyio.to_thread.run_sync(triples)

    async def _graph(self, name: str, format_: Format, prefixes: dict[str, str]) -> bytes:
        assert isinstance(format_.engine, ox.RdfFormat)
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {ox.NamedNode(name)} {{ ?s ?p ?o }} }}"
        triples = await self._construct(query)
        written = ox.serialize(triples, format=format_.engine, prefixes=prefixes)
        assert written is not None
        return written

    async def _limited(self, query: str, rows: int) -> str:
        """The query with a limit on its rows, where it has none of its own."""
        assert self.reader is not None
        await self.reader.call("check", query)
        with contextlib.suppress(MalformedQuery):
            await self.reader.call("check", limited := f"{query}\nLIMIT {rows}")
            return limited
        return query

    async def _fetch(self, query: str, wire: Wire, dataset: Dataset) -> Body:
        """The answer of the first endpoint that gives one."""
        error: ApiError = Unavailable({"Retry-After": "5"})
        query = f"BASE <{self.namespace.base}>\n{query}"  # each of them would have one of its own
        for endpoint in self._in_turn():
            try:
                await self._make_known(endpoint)
                client = self._connected()
                return await endpoint.fetch(client, query, wire, dataset, self.most)
            except (Unreached, ReleaseError) as reason:
                _LOG.warning("a backend is left alone for a while: %s", reason)
                endpoint.rest()
            except (BrokenOff, asyncio.CancelledError) as reason:
                endpoint.fingerprint = None  # whether it is alive is seen before it is asked again
                if isinstance(reason, asyncio.CancelledError):
                    raise
                error = FailedBackend(reason="it breaks off in the middle of its answer")
        raise error

    def _in_turn(self) -> list[Endpoint]:
        """The endpoints to try: the next one first, and those left alone only where all are."""
        self._last = (self._last + 1) % len(self.endpoints)
        turned = [*self.endpoints[self._last :], *self.endpoints[: self._last]]
        return [endpoint for endpoint in turned if endpoint.is_usable] or turned

    async def _make_known(self, endpoint: Endpoint) -> None:
        """See to it that an endpoint serves this release, where it couldn't be asked before."""
        if endpoint.fingerprint is None:
            told = await anyio.to_thread.run_sync(told_by, endpoint, self.namespace)
            if told.fingerprint != self.fingerprint:
                endpoint.fingerprint = None
                raise ReleaseError(f"{endpoint.url} serves another release than the others")

    def _connected(self) -> httpx.AsyncClient:
        if self._connections is None:
            # how long an answer may take is bounded as a whole
            timeout = httpx.Timeout(None, connect=CONNECTING)
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=self.turns.size)
            client = httpx.AsyncClient(timeout=timeout, limits=limits, trust_env=False)
            self._connections = client, asyncio.get_running_loop()
        return self._connections[0]

    async def _bounded(self, work: Callable[[], Coroutine[Any, Any, T]], visitor: Visitor) -> T:
        """The work done when it is its turn, while its time isn't over and its client is there."""
        failed: ApiError | None = None

        def fail(error: ApiError) -> None:
            nonlocal failed
            failed = error
            task.cancel()

        async with self.turns.turn():
            task = asyncio.ensure_future(work())
            with ended(fail, self.turns.seconds, visitor):
                try:
                    return await task
                except asyncio.CancelledError:
                    if failed is None:
                        raise
                    raise failed from None
