"""The server's side: hands questions to free workers, and kills those that go too far."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from api.errors import ApiError, FailedQuery, Reason
from api.workers import wire
from api.workers.body import Body
from api.workers.hand import Answer, Hand
from api.workers.limits import Gone, ended, overloaded
from api.workers.nursery import Nursery


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
    #: How many workers are at a question; how many were killed.
    busy: int = field(default=0, init=False)
    killed: int = field(default=0, init=False)

    async def ask(self, method: str, *arguments: Any, gone: Gone | None = None) -> Body:
        """What a method of the store answers: as it is written by `write`, of others pickled.

        `gone` returns when the client has left. Raises errors of the catalogue.
        """
        worker = await self._take()
        self.busy += 1
        try:
            awaited = worker.ask(wire.question(method, arguments))
            with ended(partial(_fail, awaited), self.seconds, gone):
                answer = await awaited
        except BaseException as error:
            worker.kill()
            self.killed += 1
            self._hatch()
            if isinstance(error, EOFError):
                raise FailedQuery(reason=Reason("gave-up")) from error
            raise
        finally:
            self.busy -= 1
        if answer.last:
            worker.kill()
            self._hatch()
        else:
            self._give(worker)
        if answer.ending is wire.Ending.ERROR:
            with answer.body as body:
                failed: ApiError = pickle.loads(body.read())
            raise failed
        return answer.body

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
        # workers that are about to be there don't let anybody wait in the queue
        if len(self._waiting) >= self.queue + len(self._tasks):
            raise overloaded(self.seconds)
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
                raise overloaded(self.seconds) from error
            raise

    def _give(self, worker: Hand) -> None:
        """Let who has waited longest have a worker that is free."""
        while self._waiting:
            longest = self._waiting.popleft()
            if not longest.done():
                longest.set_result(worker)
                return
        self._free.append(worker)

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
        if worker in self._free:
            self._free.remove(worker)
            worker.kill()
            self._hatch()


def _fail(awaited: asyncio.Future[Answer], error: ApiError) -> None:
    if not awaited.done():
        awaited.set_exception(error)
