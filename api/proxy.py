"""Where a proxy says under which path it publishes the site, requests are served as from there."""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

#: A path such as ``/data/juesuan``: never ``//other.host``, which would lead links elsewhere.
PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)+")


class ForwardedPrefix:
    """ASGI middleware: X-Forwarded-Prefix, where well-formed, else `root_path` is the root path."""

    def __init__(self, app: ASGIApp, root_path: str = "") -> None:
        self.app = app
        self.root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            prefix = Headers(scope=scope).get("x-forwarded-prefix", "").rstrip("/")
            root_path = prefix if PREFIX.fullmatch(prefix) else self.root_path
            if root_path:
                scope["root_path"] = root_path
        await self.app(scope, receive, send)
