"""The server's side: hands questions to free workers, and kills those that go too far."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from api.errors import ApiError, ClientGone, FailedQuery, Overloaded, TookTooLong
from api.workers import wire
from api.workers.body import Body
from api.workers.hand import Answer, Hand
from api.workers.nursery import Nursery

#: Returns when the client has left.
Gone = Callable[[], Awaitable[object]]

#: A query this short isn't worth watching its client for, in seconds.
_PATIENCE = 0.05
_GAVE_UP = "the engine gave it up: it needs too much memory, or nests too deep"


@dataclass
class Pool:
    """Workers of one release: `size` of them, and at most `queue` questions that wait for one.

    `seconds` is the longest that a question may take; waiting may take as long again.
    """

    nursery: Nursery
    size: int
    queue: int
    seconds: float
    _free: list[Hand] = field(default_factory=list, init=False)
    _waiting: deque[asyncio.Future[Hand]] = field(default_factory=deque, init=False)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _started: bool = field(default=False, init=False)

    async def ask(self, method: str, *arguments: Any, gone: Gone | None = None) -> Body:
        """What a method of the store answers: as it is written by `write`, of others pickled.

        `gone` returns when the client has left. Raises errors of the catalogue.
        """
        worker = await self._take()
        try:
            awaited = worker.ask(wire.question(method, arguments))
            with _ended(awaited, self.seconds, gone):
                ending, body = await awaited
        except BaseException as error:
            worker.kill()
            self._hatch()
            if isinstance(error, EOFError):
                raise FailedQuery(reason=_GAVE_UP) from error
            raise
        self._give(worker)
        if ending is wire.Ending.ERROR:
            with body:
                failed: ApiError = pickle.loads(body.read())
            raise failed
        return body

    async def call(self, method: str, *arguments: Any) -> Any:
        """What a method of the store returns."""
        with await self.ask(method, *arguments) as body:
            return pickle.loads(body.read())

    @property
    def idle(self) -> int:
        """How many workers have nothing to do."""
        return len(self._free)

    @property
    def waiting(self) -> int:
        """How many questions wait for a worker."""
        return len(self._waiting)

    def close(self) -> None:
        """End all workers."""
        while self._free:
            self._free.pop().kill()

    async def _take(self) -> Hand:
        if not self._started:
            self._started = True
            for _ in range(self.size):
                self._hatch()
        if self._free:
            return self._free.pop()
        if len(self._waiting) >= self.queue:
            raise Overloaded(self._when())
        mine: asyncio.Future[Hand] = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        try:
            async with asyncio.timeout(self.seconds):
                return await mine
        except BaseException as error:
            if mine.done() and not mine.cancelled():  # given in the moment that waiting ended
                self._give(mine.result())
            else:
                with contextlib.suppress(ValueError):  # it was passed over just now
                    self._waiting.remove(mine)
            if isinstance(error, TimeoutError):
                raise Overloaded(self._when()) from error
            raise

    def _give(self, worker: Hand) -> None:
        """Let who has waited longest have a worker that is free."""
        while self._waiting:
            longest = self._waiting.popleft()
            if not longest.done():
                longest.set_result(worker)
                return
        self._free.append(worker)

    def _when(self) -> dict[str, str]:
        return {"Retry-After": str(max(1, round(self.seconds)))}

    def _hatch(self) -> None:
        task = asyncio.ensure_future(self._welcome())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _welcome(self) -> None:
        """Take in a new worker once it has said that it is there."""
        with contextlib.suppress(OSError):  # the nursery is gone
            worker = Hand(self.nursery.hatch(), self._replace)
            try:
                await worker.greeted()
            except BaseException:
                worker.kill()
                raise
            self._give(worker)

    def _replace(self, worker: Hand) -> None:
        """Take in a new worker for one that ended while nobody asked it."""
        self._free.remove(worker)
        worker.kill()
        self._hatch()


@contextlib.contextmanager
def _ended(awaited: asyncio.Future[Answer], seconds: float, gone: Gone | None) -> Iterator[None]:
    """Within the block, `awaited` fails when its time is over, or when its client has left."""
    loop = asyncio.get_running_loop()
    watch: asyncio.Future[object] | None = None

    def fail(error: ApiError) -> None:
        if not awaited.done():
            awaited.set_exception(error)

    def look() -> None:
        nonlocal watch
        assert gone is not None
        watch = asyncio.ensure_future(gone())
        watch.add_done_callback(left)

    def left(watch: asyncio.Future[object]) -> None:
        if not watch.cancelled():
            fail(ClientGone())

    timers = [loop.call_later(seconds, lambda: fail(TookTooLong(limit=f"{seconds:g}")))]
    if gone is not None:
        timers.append(loop.call_later(_PATIENCE, look))
    try:
        yield
    finally:
        for timer in timers:
            timer.cancel()
        if watch is not None:
            watch.cancel()
