"""Responses as all answers are sent: tagged with the release, so that none is fetched twice."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.site import Site
from api.workers import Body

#: A tag, or * for whichever there is.
_TAG = re.compile(r'"[^"]*"|\*')
#: Kept by caches, but never used before asking whether the release is still this one.
_CACHING = "public, no-cache"


def tag_of(site: Site, *parts: str) -> str:
    """The entity tag of a representation: the edition served, and which of its forms it is.

    Weak, because two servers may write the same triples in another order.
    """
    return f'W/"{site.edition}-{".".join(part for part in parts if part)}"'


def unchanged(request: Request, tag: str, vary: str) -> Response | None:
    """304 where the client says that it holds this very representation."""
    held = _TAG.findall(request.headers.get("if-none-match", ""))
    if tag.removeprefix("W/") not in held and held != ["*"]:
        return None
    return Response(status_code=304, headers={"ETag": tag, "Vary": vary, "Cache-Control": _CACHING})


def answer(
    request: Request,
    body: bytes | Body,
    content_type: str,
    *,
    vary: str,
    tag: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A response with `body`, or for HEAD with its headers alone."""
    sent = {"Content-Type": content_type, "Vary": vary, "X-Content-Type-Options": "nosniff"}
    sent |= headers or {}
    if tag:
        sent |= {"ETag": tag, "Cache-Control": _CACHING}
    if isinstance(body, Body):
        if body.inline is None and request.method != "HEAD":
            sent["Content-Length"] = str(body.size)
            return StreamingResponse(_sent(body), status, sent)
        size, body = body.size, body.inline or b""
    else:
        size = len(body)
    if request.method == "HEAD":
        sent["Content-Length"] = str(size)
        body = b""
    return Response(body, status, sent)


async def _sent(body: Body) -> AsyncIterator[bytes]:
    with body:
        for chunk in body.chunks():
            yield chunk
