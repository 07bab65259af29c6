"""Each request is answered from one release: the one that was served when it came."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from api.site import SITE, Site


class Pinned:
    """Names the site of a request in its scope, and keeps it open until the answer is sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        site: Site = scope["app"].state.site
        with site.visit():
            scope[SITE] = site
            await self._app(scope, receive, send)
