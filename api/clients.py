"""How much each client may ask: a bucket of queries that fills up again by the minute."""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Callable
from functools import partial

from cachetools import LRUCache
from starlette.requests import Request

from api.errors import TooMany
from api.workers.limits import Visitor

_MINUTE = 60.0
#: How many clients are remembered; who is forgotten starts with a full bucket.
_CLIENTS = 100_000


class Clients:
    """The buckets of all clients, by address; each holds a minute's share and fills steadily."""

    def __init__(self, queries_a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._share = queries_a_minute
        self._clock = clock
        #: How full a bucket was, and when.
        self._buckets: LRUCache[str, tuple[float, float]] = LRUCache(_CLIENTS)

    def admit(self, client: str | None) -> None:
        """Take one query from a client's bucket; raise TooMany where it is empty."""
        if not self._share or client is None or _is_here(client):
            return
        now = self._clock()
        level, then = self._buckets.get(client, (float(self._share), now))
        level = min(self._share, level + (now - then) * self._share / _MINUTE)
        if level < 1:
            seconds = math.ceil((1 - level) * _MINUTE / self._share)
            raise TooMany({"Retry-After": str(seconds)}, limit=self._share)
        self._buckets[client] = level - 1, now


def visitor_of(request: Request) -> Visitor:
    """Who waits for the answer to a request."""
    return Visitor(client_of(request), partial(_left, request))


async def _left(request: Request) -> None:
    """Returns when the client has left."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def client_of(request: Request) -> str | None:
    """A client's address; behind a proxy that is trusted, the one that the proxy was asked from."""
    return request.client.host if request.client else None


def _is_here(client: str) -> bool:
    try:
        return ipaddress.ip_address(client).is_loopback
    except ValueError:
        return False
