"""What is asked most goes straight to its function: finding its route, and asking middleware that
has nothing to do for it, take as long as a query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.errors import ApiError, Internal

#: What middleware would do something for: other sites, answers to pack, a proxy's path.
_MORE = {b"origin", b"accept-encoding", b"x-forwarded-prefix"}
_AS_IT_IS = b"identity"
#: What answers vary by that middleware gives to others.
_VARY = b", Accept-Encoding, Origin"


class Straight:
    """ASGI middleware: answers what routes without parameters are for, each of which reads the
    request itself; all else is the framework's.
    """

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        self._app = app
        self._routes = {
            (method, route.path): route
            for route in routes
            if isinstance(route, APIRoute)
            for method in route.methods or ()
        }

    @property
    def answered(self) -> frozenset[tuple[str, str]]:
        """The methods and paths of its routes."""
        return frozenset(self._routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = None
        if scope["type"] == "http":
            path = scope["path"].removeprefix(scope["root_path"])
            route = self._routes.get((scope["method"], path))
        if route is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = route
        request = Request(scope, receive, send)
        try:
            response = await route.endpoint(request)
        except ApiError as error:
            response = problems.render(request, error)
        except Exception:
            await problems.render(request, Internal())(scope, receive, send)
            raise  # to be logged
        await response(scope, receive, send)


class Application(FastAPI):
    """FastAPI's, with a shortcut to some routes past all middleware but `around`."""

    _shortcut: ASGIApp | None = None
    #: The methods and paths of what it leads to.
    _short: frozenset[tuple[str, str]] = frozenset()

    def add_shortcut(
        self, routes: Iterable[BaseRoute], around: Iterable[Callable[[ASGIApp], ASGIApp]]
    ) -> None:
        """Let routes be reached straight; of what stands `around` them the first is the inmost."""
        straight = Straight(super().__call__, routes)
        self._short = straight.answered
        self._shortcut = straight
        for middleware in around:
            self._shortcut = middleware(self._shortcut)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, by the shortcut where nothing else has anything to do for it."""
        if self._shortcut is None or not self._is_plain(scope):
            await super().__call__(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    (name, value + _VARY if name == b"vary" else value)
                    for name, value in message["headers"]
                ]
            await send(message)

        scope["app"] = self
        await self._shortcut(scope, receive, sent)

    def _is_plain(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and (scope["method"], scope["path"]) in self._short
            and not scope["root_path"]
            and all(
                name not in _MORE or (name == b"accept-encoding" and value == _AS_IT_IS)
                for name, value in scope["headers"]
            )
        )
