"""What is seen of each request: who asked what, what came of it, how long it took."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Where the scope of a request has it.
SEEN = "juesuan.seen"


@dataclass(slots=True)
class Seen:
    """A request, as far as it has gone."""

    method: str
    path: str
    client: str | None
    started: float = field(default_factory=time.perf_counter)
    seconds: float = 0
    route: str = "-"
    status: int = 500
    bytes: int = 0
    query: str | None = None
    agent: str | None = None

    @property
    def query_hash(self) -> str | None:
        """The SHA-256 of the query that was asked, which may say more of who asks than is kept."""
        return hashlib.sha256(self.query.encode()).hexdigest() if self.query else None


def note_query(scope: Scope, query: str) -> None:
    """Note which query a request asks."""
    seen = scope.get(SEEN)
    if seen is not None:
        seen.query = query


class Watch:
    """ASGI middleware: tells of each request when it comes and when it is answered."""

    def __init__(
        self, app: ASGIApp, begin: Callable[[], None], end: Callable[[Scope, Seen], None]
    ) -> None:
        self._app = app
        self._begin = begin
        self._end = end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        seen = Seen(scope["method"], scope["path"], client[0] if client else None)
        scope[SEEN] = seen

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
            else:
                seen.bytes += len(message.get("body", b""))
            await send(message)

        self._begin()
        try:
            await self._app(scope, receive, sent)
        finally:
            seen.seconds = time.perf_counter() - seen.started
            seen.route = getattr(scope.get("route"), "path", "-")
            seen.agent = Headers(scope=scope).get("user-agent")
            self._end(scope, seen)
