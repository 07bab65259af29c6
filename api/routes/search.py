"""`/search`: anything with a name or a text, by any part of it, slips and pinyin included."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer, tag_of, unchanged
from api.formats import HTML, JSON, negotiate
from api.pages.search_page import record, search_content
from api.pages.view import View, page
from api.site import site_of

router = APIRouter(tags=["search"])

_VARY = "Accept, Accept-Language, X-Forwarded-Prefix"


@router.head("/search", include_in_schema=False)
@router.get("/search", summary="Search names and texts", response_class=Response)
async def search(request: Request) -> Response:
    """Fields: q=, type=, region=, year=, class=, findings=yes, page=; a page or JSON, by Accept."""
    choice = negotiate(request.headers.get("accept"), (HTML, JSON))
    await site_of(request).names.ready()
    if choice.format is HTML:
        return await page(request, "search.html", search_content)
    return await _record(request)


@router.head("/search.json", include_in_schema=False)
@router.get("/search.json", summary="Search names and texts, as JSON", response_class=Response)
async def search_json(request: Request) -> Response:
    """The fields of /search."""
    return await _record(request)


async def _record(request: Request) -> Response:
    view = View.of(request)
    await view.site.names.ready()
    tag = tag_of(view.site, JSON.extension, view.language, *view.links.root.split("/"))
    known = unchanged(request, tag, _VARY)
    if known:
        return known
    found: dict[str, Any] = await view.site.run(record, view)
    body = json.dumps(found, ensure_ascii=False, indent=1).encode()
    return answer(request, body, JSON.content_type(), vary=_VARY, tag=tag)
