"""`/reconcile`: other people's tables linked to this data (Reconciliation Service API 0.2)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer
from api.errors import BadRequest, NotFound, TooLarge
from api.form import fields_of
from api.formats import HTML, JSON, negotiate
from api.names.extending import Extender, read_extension
from api.names.reconciling import Query, local_type, read_queries, shown
from api.names.searching import complete
from api.names.things import Thing
from api.pages.view import View, html, page
from api.reconciliation import (
    holding,
    manifest,
    preview,
    properties_of,
    property_entries,
    type_names,
)
from api.site import site_of

router = APIRouter(tags=["reconciliation"])

#: A batch of a thousand names, each character written as nine, and as much again.
_MOST_BYTES = 4 * 2**20
_MOST_QUERIES = 5_000
_MOST_IDS = 10_000
_SUGGESTED = 20
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_VARY = "Accept, Accept-Language, X-Forwarded-Prefix"

Fields = dict[str, str]


@router.head("/reconcile", include_in_schema=False)
@router.get("/reconcile", summary="The service manifest, or queries", response_class=Response)
@router.post("/reconcile", summary="Reconcile a batch of names", response_class=Response)
async def reconcile(request: Request) -> Response:
    """Fields: queries=, extend= or query= (JSON); callback= for JSONP. Without, the manifest."""
    fields = await fields_of(request, _MOST_BYTES)
    await site_of(request).names.ready()
    if "queries" in fields:
        return await _json(request, fields, _batch)
    if "query" in fields:
        return await _json(request, fields, _single)
    if "extend" in fields:
        return await _json(request, fields, _extension)
    accepts_page = "text/html" in request.headers.get("accept", "")
    if accepts_page and "callback" not in fields:
        choice = negotiate(request.headers.get("accept"), (JSON, HTML))
        if choice.format is HTML:
            return await page(request, "reconcile.html", lambda v: _about(v, request))
    return await _json(request, fields, lambda view, _: manifest(view, _address(request)))


def _about(view: View, request: Request) -> dict[str, Any]:
    return {"endpoint": f"{_address(request)}/reconcile", "types": type_names(view)}


@router.head("/reconcile/suggest/entity", include_in_schema=False)
@router.get("/reconcile/suggest/entity", summary="Entities by a name's beginning")
async def suggest_entity(request: Request) -> Response:
    return await _suggest(request, _entities)


@router.head("/reconcile/suggest/type", include_in_schema=False)
@router.get("/reconcile/suggest/type", summary="Types by a name's beginning")
async def suggest_type(request: Request) -> Response:
    def found(view: View, fields: Fields) -> list[dict[str, Any]]:
        entries = [{"id": id_, "name": name} for id_, name in type_names(view).items()]
        return holding(fields.get("prefix", ""), entries)

    return await _suggest(request, found)


@router.head("/reconcile/suggest/property", include_in_schema=False)
@router.get("/reconcile/suggest/property", summary="Properties by a name's beginning")
async def suggest_property(request: Request) -> Response:
    def found(view: View, fields: Fields) -> list[dict[str, Any]]:
        return holding(fields.get("prefix", ""), property_entries(view, _types(view, fields)))

    return await _suggest(request, found)


@router.head("/reconcile/properties", include_in_schema=False)
@router.get("/reconcile/properties", summary="Properties to extend a table of a type with")
async def propose(request: Request) -> Response:
    """Fields: type=, limit=."""

    def proposed(view: View, fields: Fields) -> dict[str, Any]:
        types, limit = _types(view, fields), fields.get("limit", "")
        entries = property_entries(view, types)
        given = {"type": fields["type"]} if "type" in fields else {}
        if limit.isdecimal():
            return {**given, "limit": int(limit), "properties": entries[: int(limit)]}
        return {**given, "properties": entries}

    return await _json(request, await fields_of(request, _MOST_BYTES), proposed)


@router.head("/reconcile/preview", include_in_schema=False)
@router.get("/reconcile/preview", summary="A small page of an entity", response_class=Response)
async def show_preview(request: Request) -> Response:
    view = View.of(request)
    await view.site.names.ready()
    id_ = request.query_params.get("id", "")

    def written() -> bytes:
        return view.render("reconcile_preview.html", preview(view, _thing(view, id_)))

    return html(request, view, await view.site.run(written))


@router.head("/reconcile/flyout/{what}", include_in_schema=False)
@router.get("/reconcile/flyout/{what}", summary="An entity, type or property in a few words")
async def flyout(request: Request, what: str) -> Response:
    def written(view: View, fields: Fields) -> dict[str, Any]:
        id_ = fields.get("id", "")
        content = _flyout(view, what, id_)
        return {"id": id_, "html": view.render("reconcile_flyout.html", content).decode()}

    return await _json(request, await fields_of(request, _MOST_BYTES), written)


def _flyout(view: View, what: str, id_: str) -> dict[str, Any]:
    if what == "entity":
        content = preview(view, _thing(view, id_))
        return {"name": content["thing"].name, "lines": [*content["types"], content["description"]]}
    entries: dict[str, str] = {}
    if what == "type":
        entries = type_names(view)
    elif what == "property":
        entries = {p.id: p.name(view.language) for p in properties_of(())}
    if id_ not in entries:
        raise NotFound(name=id_)
    return {"name": entries[id_], "lines": [id_]}


def _thing(view: View, id_: str) -> Thing:
    local = id_.removeprefix(view.site.namespace.base)
    thing = view.site.names.get().index.things.by_id.get(local)
    if thing is None:
        raise NotFound(name=id_)
    return thing


def _types(view: View, fields: Fields) -> tuple[str, ...]:
    given = filter(None, fields.get("type", "").split(","))
    return tuple(local_type(type_, view.site.namespace.base) for type_ in given)


def _batch(view: View, fields: Fields) -> dict[str, Any]:
    queries = read_queries(_parsed(fields, "queries"))
    if len(queries) > _MOST_QUERIES:
        raise BadRequest(reason=f"a batch holds at most {_MOST_QUERIES} queries")
    names = view.site.names.get()
    types = type_names(view)
    results: dict[Query, dict[str, Any]] = {}  # a table says many things more than once
    for query in set(queries.values()):
        found, safe = names.reconciler.answer(query)
        results[query] = {
            "result": [
                shown(candidate, safe and place == 0, names.index, types)
                for place, candidate in enumerate(found)
            ]
        }
    return {id_: results[query] for id_, query in queries.items()}


def _single(view: View, fields: Fields) -> dict[str, Any]:
    """One query by itself, as clients of API 0.1 may send it: as JSON, or just a name."""
    text = fields["query"]
    query = text if not text.lstrip().startswith("{") else _parsed(fields, "query")
    batch = {"queries": json.dumps({"q": query})}
    answered: dict[str, Any] = _batch(view, batch)["q"]
    return answered


def _extension(view: View, fields: Fields) -> dict[str, Any]:
    asked = read_extension(_parsed(fields, "extend"))
    if len(asked[0]) > _MOST_IDS:
        raise TooLarge(limit=_MOST_BYTES)
    site = view.site
    things = site.names.get().index.things
    return Extender(site.store, site.queries, site.namespace, things).extend(asked, view.language)


def _parsed(fields: Fields, name: str) -> object:
    try:
        return json.loads(fields[name])
    except (ValueError, RecursionError) as error:
        raise BadRequest(reason=f"{name} is no JSON") from error


def _entities(view: View, fields: Fields) -> list[dict[str, Any]]:
    names = view.site.names.get()
    types, things = type_names(view), names.index.things
    start = _cursor(fields)
    found = complete(names, fields.get("prefix", ""), start, _SUGGESTED, _types(view, fields))
    return [
        {
            "id": thing.id,
            "name": thing.name,
            "description": things.description(thing),
            "notable": [{"id": t, "name": types.get(t, t)} for t in thing.types],
        }
        for thing in found
    ]


def _cursor(fields: Fields) -> int:
    text = fields.get("cursor", "") or "0"
    if not text.isdecimal() or len(text) > 9:
        raise BadRequest(reason="cursor should be a whole number from 0")
    return int(text)


async def _suggest(
    request: Request, found: Callable[[View, Fields], list[dict[str, Any]]]
) -> Response:
    def suggested(view: View, fields: Fields) -> dict[str, Any]:
        entries = found(view, fields)
        # Entities come from the cursor on; types and properties are few.
        start = 0 if found is _entities else _cursor(fields)
        return {"result": entries[start : start + _SUGGESTED]}

    return await _json(request, await fields_of(request, _MOST_BYTES), suggested)


async def _json(
    request: Request, fields: Fields, made: Callable[[View, Fields], dict[str, Any]]
) -> Response:
    """What is `made`, in a thread, as JSON; or as a call of the function that JSONP names."""
    callback = fields.get("callback")
    if callback is not None and not _CALLBACK.fullmatch(callback):
        raise BadRequest(reason="callback should be the name of a function")
    view = View.of(request)
    await view.site.names.ready()
    body = await view.site.run(lambda: json.dumps(made(view, fields), ensure_ascii=False).encode())
    if callback is None:
        return answer(request, body, "application/json", vary=_VARY)
    script = b"/**/" + callback.encode() + b"(" + body + b");"
    return answer(request, script, "application/javascript; charset=utf-8", vary=_VARY)


def _address(request: Request) -> str:
    return str(request.base_url).rstrip("/")
