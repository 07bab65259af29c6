"""How long an answer is waited for, and for whom: by the clock, and while its client is there."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from api.errors import ApiError, ClientGone, Overloaded, TookTooLong

#: Returns when the client has left.
Gone = Callable[[], Awaitable[object]]

#: A query this short isn't worth watching its client for, in seconds.
PATIENCE = 0.05


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: an address, if that is known, and what tells that nobody waits any more."""

    client: str | None = None
    gone: Gone | None = None


#: Ourselves: a page that is being made.
NOBODY = Visitor()


def watched(visitor: Visitor, fail: Callable[[ApiError], None]) -> asyncio.Future[object] | None:
    """Watch the visitor's client, until this is cancelled: `fail` is called when it has left."""
    if visitor.gone is None:
        return None

    def left(watch: asyncio.Future[object]) -> None:
        if not watch.cancelled():
            fail(ClientGone())

    watch = asyncio.ensure_future(visitor.gone())
    watch.add_done_callback(left)
    return watch


@contextlib.contextmanager
def ended(fail: Callable[[ApiError], None], seconds: float, visitor: Visitor) -> Iterator[None]:
    """Within the block, `fail` is called when its time is over, or when its client has left."""
    loop = asyncio.get_running_loop()
    watch: asyncio.Future[object] | None = None

    def look() -> None:
        nonlocal watch
        watch = watched(visitor, fail)

    timers = [
        loop.call_later(PATIENCE, look),
        loop.call_later(seconds, lambda: fail(TookTooLong(limit=f"{seconds:g}"))),
    ]
    try:
        yield
    finally:
        for timer in timers:
            timer.cancel()
        if watch is not None:
            watch.cancel()


def overloaded(seconds: float) -> Overloaded:
    """The error that says to come again when those who ask now have been answered."""
    return Overloaded({"Retry-After": str(max(1, round(seconds)))})


@dataclass
class Turns:
    """At most `size` at once, and at most `queue` that wait, no longer than `seconds`."""

    size: int
    queue: int
    seconds: float
    _free: asyncio.Semaphore = field(init=False)
    _waiting: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._free = asyncio.Semaphore(self.size)

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """While the block runs it is somebody's turn; raise `Overloaded` where none comes."""
        if self._free.locked() and self._waiting >= self.queue:
            raise overloaded(self.seconds)
        self._waiting += 1
        try:
            async with asyncio.timeout(self.seconds):
                await self._free.acquire()
        except TimeoutError as error:
            raise overloaded(self.seconds) from error
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()
