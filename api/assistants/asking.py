"""Asks the JSON API of a release directory, in this process, or of a server elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
from mcp.server.mcpserver.exceptions import ToolError

from api.app import create_app, settings_for

_SECONDS = 60
Values = Mapping[str, str | int | bool | list[str] | list[int] | None]


class Api:
    """The JSON API, asked as any client asks it."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client

    async def get(self, path: str, values: Values, accept: str = "application/json") -> Any:
        """The record at a path; values that are None aren't asked for.

        Raises:
            ToolError: there is no such record, with the reason.
        """
        given = {name: value for name, value in values.items() if value not in (None, [], "")}
        try:
            answer = await self._client.get(path, params=given, headers={"Accept": accept})
        except httpx2.HTTPError as error:
            raise ToolError(f"{self._client.base_url} can't be asked: {error}") from error
        record = answer.json()
        if answer.is_error:
            raise ToolError(str(record.get("detail", answer.reason_phrase)))
        return record


@asynccontextmanager
async def api_of(place: str) -> AsyncIterator[Api]:
    """The API of a server, by its address, or of a release directory.

    Raises:
        ReleaseError: the directory is no release that can be served.
    """
    if place.startswith(("http://", "https://")):
        async with httpx2.AsyncClient(base_url=place, timeout=_SECONDS) as client:
            yield Api(client)
        return
    app = create_app(Path(place), settings_for("127.0.0.1", 0))
    # what is linked to is where the release is published
    published = urlsplit(app.state.site.namespace.base)
    try:
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app),
            base_url=f"{published.scheme}://{published.netloc}",
            headers={"X-Forwarded-Prefix": published.path.rstrip("/")},
            timeout=_SECONDS,
        ) as client:
            yield Api(client)
    finally:
        app.state.site.close()
