"""`/{kind}/{id}`: every IRI of the data, and its description in each format."""

from __future__ import annotations

from string import punctuation
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer, tag_of, unchanged
from api.descriptions import document, is_known
from api.errors import NotFound
from api.formats import DOCUMENTS, HTML, Format, negotiate
from api.resource_page import content, template_of
from api.site import Site, site_of
from api.view import View, page

router = APIRouter(tags=["linked data"])

_BY_EXTENSION = {format_.extension: format_ for format_ in DOCUMENTS}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": {format_.media_type: {} for format_ in DOCUMENTS}},
    303: {"description": "The description of the resource, in the format that Accept prefers"},
    404: {"description": "The data doesn't speak of this IRI"},
}


@router.options("/{path:path}", include_in_schema=False)
async def options() -> Response:
    return Response(status_code=204, headers={"Allow": "GET, HEAD, OPTIONS"})


@router.head("/{path:path}", include_in_schema=False)
@router.get("/{path:path}", summary="A resource", response_class=Response, responses=_ANSWERS)
async def resource(request: Request, path: str) -> Response:
    """With an extension (.html .ttl .jsonld .nt .rdf .json) its description, else 303 to one."""
    site = site_of(request)
    stem, _, extension = path.rpartition(".")
    format_ = _BY_EXTENSION.get(extension) if stem else None
    iri = site.namespace.base + (stem if format_ else path)
    if not await site.run(is_known, site, iri):
        raise NotFound(name=iri)
    if format_ is None:
        return _see_other(request, iri)
    if format_ is HTML:
        view = View.of(request)
        template = await site.run(template_of, view, iri)
        links = {"Link": _links(view, iri)}
        return await page(request, template, lambda v: content(v, iri, template), links)
    return await _data(request, site, iri, format_)


def _see_other(request: Request, iri: str) -> Response:
    """Over to the document that describes a resource: the resource itself can't be sent."""
    view = View.of(request)
    choice = negotiate(request.headers.get("accept"), DOCUMENTS)
    address = view.links.document(iri, choice.format.extension, **dict(view.parameters))
    headers = {"Location": address, "Vary": "Accept", "Link": _links(view, iri)}
    return Response(status_code=303, headers=headers)


async def _data(request: Request, site: Site, iri: str, format_: Format) -> Response:
    tag = tag_of(site, format_.extension)
    known = unchanged(request, tag, "Accept")
    if known:
        return known
    body = await site.run(document, site, iri, format_)
    links = {"Link": _links(View.of(request), iri)}
    return answer(request, body, format_.content_type(), vary="Accept", tag=tag, headers=links)


def _links(view: View, iri: str) -> str:
    """The Link header: the resource's own IRI, and each format of its description."""
    alternates = (
        f'<{view.links.document(iri, f.extension)}>; rel="alternate"; type="{f.media_type}"'
        for f in DOCUMENTS
    )
    return ", ".join([f'<{quote(iri, safe=punctuation)}>; rel="canonical"', *alternates])
