"""`/sparql`: the SPARQL 1.1 Protocol for programs, a form and tables for browsers."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer, tag_of, unchanged
from api.clients import client_of, visitor_of
from api.formats import GRAPHS, HTML, JSON_RESULTS, RESULTS, Choice, Format, negotiate
from api.operations.seen import note_query
from api.pages.sparql_page import editor, results
from api.pages.view import page
from api.protocol import Asked, read
from api.query_text import Form, look_at
from api.service_description import service_description
from api.site import Site, site_of

#: Asked by way of `Straight`: what the framework does for others takes longer than a small query.
router = APIRouter(tags=["SPARQL"])

_VARY = "Accept"
#: The longest answer that is kept for the next who asks, in bytes.
KEPT = 1 << 20
_GRAPHS_NAMED = {"type": "array", "items": {"type": "string", "format": "iri"}}
#: Told to OpenAPI alone: the protocol reads them more strictly, and in a third of the time.
_PARAMETERS: dict[str, Any] = {
    "parameters": [
        {"name": name, "in": "query", "description": description, "schema": schema}
        for name, description, schema in (
            ("query", "A SPARQL 1.1 query", {"type": "string"}),
            ("default-graph-uri", "A graph to merge into the default graph", _GRAPHS_NAMED),
            ("named-graph-uri", "A graph for GRAPH", _GRAPHS_NAMED),
            ("format", "A file extension (csv, ttl ...) in place of Accept", {"type": "string"}),
        )
    ]
}
_BODIES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/sparql-query": {"schema": {"type": "string"}},
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["query"],
                    "properties": {
                        "query": {"type": "string"},
                        "default-graph-uri": _GRAPHS_NAMED,
                        "named-graph-uri": _GRAPHS_NAMED,
                    },
                }
            },
        },
    }
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": {format_.media_type: {} for format_ in (*RESULTS, *GRAPHS, HTML)}},
    400: {"description": "The query is malformed or can't be evaluated"},
    403: {"description": "An update, or a query with SERVICE"},
    406: {"description": "None of the media types asked for can be given"},
}


@router.head("/sparql", include_in_schema=False)
@router.get(
    "/sparql",
    summary="Ask a SPARQL query",
    response_class=Response,
    responses=_ANSWERS,
    openapi_extra=_PARAMETERS,
)
async def get(request: Request) -> Response:
    return await _respond(request)


@router.post(
    "/sparql",
    summary="Ask a SPARQL query, in the body",
    response_class=Response,
    responses=_ANSWERS,
    openapi_extra=_BODIES,
)
async def post(request: Request) -> Response:
    return await _respond(request)


@router.options("/sparql", include_in_schema=False)
async def options(_: Request) -> Response:
    allowed = "GET, HEAD, POST, OPTIONS"
    types = "application/sparql-query, application/x-www-form-urlencoded"
    return Response(status_code=204, headers={"Allow": allowed, "Accept-Post": types})


async def _respond(request: Request) -> Response:
    site = site_of(request)
    asked = await read(request, site.settings.query_bytes)
    if asked.query is None:
        return await _describe(request, site, asked)
    note_query(request.scope, asked.query)
    looked = look_at(asked.query, site.settings.services)
    choice = _choice(request.headers.get("accept"), looked.form, asked.formats)
    repeatable = request.method != "POST" and not looked.volatile
    if choice.format is HTML:
        request.app.state.clients.admit(client_of(request))
        shown = partial(results, asked=asked, form=looked.form)
        return await page(request, "sparql.html", shown, repeatable=repeatable, made_by=Site.wait)
    tag = tag_of(site, choice.format.extension, choice.media_type) if repeatable else None
    known = unchanged(request, tag, _VARY) if tag else None
    if known:
        return known
    question = asked.query, asked.dataset, choice.format.extension
    kept = site.answers.get(question)
    if kept is not None:
        return answer(request, kept, choice.content_type, vary=_VARY, tag=tag)
    request.app.state.clients.admit(client_of(request))
    body = await site.visitors.ask(
        "write", asked.query, choice.format, asked.dataset, visitor=visitor_of(request)
    )
    if body.size <= KEPT and not looked.volatile:
        site.answers.keep(question, body.read())
    return answer(request, body, choice.content_type, vary=_VARY, tag=tag)


@lru_cache(maxsize=1024)
def _choice(accept: str | None, form: Form | None, asked: tuple[str, ...]) -> Choice:
    """The format of the answer; a text that is no query goes to the engine, to be told why."""
    if form is None:
        return Choice(JSON_RESULTS, JSON_RESULTS.media_type)
    formats: tuple[Format, ...] = RESULTS if form in ("SELECT", "ASK") else GRAPHS
    return negotiate(accept, (*formats, HTML), asked)


async def _describe(request: Request, site: Site, asked: Asked) -> Response:
    """Without a query: the form for browsers, the service description for programs."""
    choice = negotiate(request.headers.get("accept"), (*GRAPHS, HTML), asked.formats)
    if choice.format is HTML:
        return await page(request, "sparql.html", editor)
    endpoint = f"{request.base_url}sparql"
    body = await site.run(service_description, site, endpoint, choice.format)
    return answer(request, body, choice.content_type, vary=_VARY)
