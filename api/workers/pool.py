"""The server's side: hands questions to free workers, and kills those that go too far."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import signal
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from api.errors import ApiError, ClientGone, FailedQuery, Overloaded, TookTooLong
from api.workers import wire
from api.workers.body import Body
from api.workers.nursery import Nursery

#: A query this short isn't worth watching its client for, in seconds.
_PATIENCE = 0.05
_GAVE_UP = "the engine gave it up: it needs too much memory, or nests too deep"


@dataclass(eq=False)
class _Worker:
    connection: socket.socket
    #: A descriptor of the process itself: a number could have been given to another since.
    process: int

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.process, signal.SIGKILL)
        self.close()

    def close(self) -> None:
        self.connection.close()
        os.close(self.process)


@dataclass
class Pool:
    """Workers of one release: `size` of them, and at most `queue` questions that wait for one.

    `seconds` is the longest that a question may take; waiting may take as long again.
    """

    nursery: Nursery
    size: int
    queue: int
    seconds: float
    _free: asyncio.LifoQueue[_Worker] = field(default_factory=asyncio.LifoQueue, init=False)
    _waiting: int = field(default=0, init=False)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _started: bool = field(default=False, init=False)

    async def ask(
        self, method: str, *arguments: Any, gone: Callable[[], Awaitable[object]] | None = None
    ) -> Body:
        """What a method of the store answers: as it is written by `write`, of others pickled.

        `gone` returns when the client has left. Raises errors of the catalogue.
        """
        worker = await self._take()
        try:
            ending, body = await self._converse(worker, wire.question(method, arguments), gone)
        except BaseException as error:
            worker.kill()
            self._hatch()
            if isinstance(error, OSError | EOFError):
                raise FailedQuery(reason=_GAVE_UP) from error
            raise
        self._free.put_nowait(worker)
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
        return self._free.qsize()

    @property
    def waiting(self) -> int:
        """How many questions wait for a worker."""
        return self._waiting

    def close(self) -> None:
        """End all workers."""
        while not self._free.empty():
            self._free.get_nowait().kill()

    async def _take(self) -> _Worker:
        if not self._started:
            self._started = True
            for _ in range(self.size):
                self._hatch()
        if not self._free.empty():
            return self._free.get_nowait()
        if self._waiting >= self.queue:
            raise Overloaded(self._when())
        self._waiting += 1
        try:
            return await asyncio.wait_for(self._free.get(), self.seconds)
        except TimeoutError as error:
            raise Overloaded(self._when()) from error
        finally:
            self._waiting -= 1

    def _when(self) -> dict[str, str]:
        return {"Retry-After": str(max(1, round(self.seconds)))}

    async def _converse(
        self, worker: _Worker, question: bytes, gone: Callable[[], Awaitable[object]] | None
    ) -> tuple[wire.Ending, Body]:
        loop = asyncio.get_running_loop()
        ends = loop.time() + self.seconds
        sent = worker.connection.send(question)  # mostly all of it, at once
        if sent < len(question):
            await loop.sock_sendall(worker.connection, question[sent:])
        answer = asyncio.ensure_future(_read(worker.connection))
        awaited: set[asyncio.Future[Any]] = {answer}
        try:
            await asyncio.wait(awaited, timeout=min(_PATIENCE, self.seconds))
            if not answer.done():
                if gone is not None:
                    awaited.add(asyncio.ensure_future(gone()))
                left = ends - loop.time()
                await asyncio.wait(awaited, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                return answer.result()
            if len(awaited) > 1 and any(task.done() for task in awaited - {answer}):
                raise ClientGone()
            raise TookTooLong(limit=f"{self.seconds:g}")
        finally:
            for task in awaited:
                task.cancel()

    def _hatch(self) -> None:
        task = asyncio.ensure_future(self._welcome())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _welcome(self) -> None:
        """Take in a new worker once it has said that it is there."""
        with contextlib.suppress(OSError, EOFError), contextlib.ExitStack() as stack:
            connection = stack.enter_context(self.nursery.hatch())
            pid = await _greeting(connection)
            self._free.put_nowait(_Worker(connection, os.pidfd_open(pid)))
            stack.pop_all()


async def _greeting(connection: socket.socket) -> int:
    data, _ = await _message(connection)
    head = wire.read_head(data)
    assert head is not None
    return head.size


async def _read(connection: socket.socket) -> tuple[wire.Ending, Body]:
    data, file = await _message(connection)
    head = wire.read_head(data)
    assert head is not None
    return head.ending, Body(wire.content(data) if file is None else file, head.size)


async def _message(connection: socket.socket) -> tuple[bytes, int | None]:
    """The next message of a worker, and the file beside it."""
    loop = asyncio.get_running_loop()
    whole: asyncio.Future[tuple[bytes, int | None]] = loop.create_future()
    received = bytearray()
    files: list[int] = []

    def readable() -> None:
        try:
            data, more, _, _ = socket.recv_fds(connection, wire.MOST, 1)
        except BlockingIOError:
            return
        except OSError as error:
            whole.set_exception(error)
            return
        received.extend(data)
        files.extend(more)
        head = wire.read_head(received)
        if not data:
            whole.set_exception(EOFError())
        elif head is not None and len(received) >= head.awaited:
            whole.set_result((bytes(received), files[0] if files else None))

    loop.add_reader(connection, readable)
    try:
        return await whole
    finally:
        loop.remove_reader(connection)
