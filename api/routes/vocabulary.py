"""`/context.jsonld`: the short names that JSON-LD may be written with."""

from __future__ import annotations

import json

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer, tag_of, unchanged
from api.formats import JSON_LD
from api.site import site_of
from kg.json_ld import read_context

router = APIRouter(tags=["linked data"])


@router.head("/context.jsonld", include_in_schema=False)
@router.get("/context.jsonld", summary="The JSON-LD context", response_class=Response)
async def published_context(request: Request) -> Response:
    """A prefix for each vocabulary, and a name with its type for each property of the ontology."""
    site = site_of(request)
    tag = tag_of(site, "context")
    known = unchanged(request, tag, "Accept")
    if known:
        return known
    body = json.dumps({"@context": read_context(site.namespace.base)}, indent=1).encode()
    return answer(request, body, JSON_LD.content_type(), vary="Accept", tag=tag)
