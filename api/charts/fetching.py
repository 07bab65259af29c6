"""The numbers of charts, asked side by side; a page waits for them only so long."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import anyio.to_thread
from anyio import CapacityLimiter, from_thread
from cachetools import LRUCache

from api.errors import ApiError
from api.store import Store, Table

#: How many tables are kept for the next page that needs them.
_KEPT = 200
#: Statuses of errors that say: not now.
_LATER = (503, 504)


class ChartTables:
    """Asks for the tables of charts. One that comes too late for a page is there for the next."""

    def __init__(self, store: Store, side_by_side: int, seconds: float) -> None:
        self._store = store
        self._seconds = seconds
        # the page that waits has a thread of `Site.run`: these need others
        self._limiter = CapacityLimiter(side_by_side)
        self._asked: LRUCache[str, asyncio.Task[Table]] = LRUCache(_KEPT)
        self._running: set[asyncio.Task[Table]] = set()

    def fetch(self, queries: Sequence[str]) -> list[Table | None]:
        """The tables of some queries, from a thread of the event loop's; None: not yet."""
        return from_thread.run(self._fetch, queries)

    async def _fetch(self, queries: Sequence[str]) -> list[Table | None]:
        tasks = [self._task(query) for query in queries]
        if tasks:
            await asyncio.wait(tasks, timeout=self._seconds)
        return [_result(task) for task in tasks]

    def _task(self, query: str) -> asyncio.Task[Table]:
        task = self._asked.get(query)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = asyncio.create_task(self._select(query))
            self._asked[query] = task
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return task

    async def _select(self, query: str) -> Table:
        return await anyio.to_thread.run_sync(self._store.select, query, limiter=self._limiter)


def _result(task: asyncio.Task[Table]) -> Table | None:
    """What came of a task in time; raises what is wrong with its query."""
    if not task.done() or task.cancelled():
        return None
    error = task.exception()
    is_busy = isinstance(error, ApiError) and error.status in _LATER
    return None if is_busy else task.result()
