"""`/{kind}/{id}`: every IRI of the data, and its description in each format."""

from __future__ import annotations

from hashlib import sha256
from string import punctuation
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer, tag_of, unchanged
from api.descriptions import compact, document, is_known
from api.errors import NotAcceptable, NotFound
from api.formats import DOCUMENTS, HTML, JSON_LD, Format, negotiate
from api.pages.resource_page import content, template_of
from api.pages.view import View, page
from api.profiles import Profile, format_named
from api.site import Site, site_of

#: The profile of a client that wants short names (JSON-LD 1.1, section 4.2 of its media type).
COMPACTED = "http://www.w3.org/ns/json-ld#compacted"

router = APIRouter(tags=["linked data"])

_VARY = "Accept, Accept-Profile"
_PROFILE = "http://www.w3.org/ns/dx/prof/Profile"

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
    """With an extension (.html .ttl .jsonld .nt .rdf .json) its description, else 303 to one.

    Which view of it and in which format may be said by _profile= and _mediatype=, too.
    """
    site = site_of(request)
    stem, _, extension = path.rpartition(".")
    format_ = _BY_EXTENSION.get(extension) if stem else None
    iri = site.namespace.base + (stem if format_ else path)
    # a page finds by itself that nothing is said of what it is about
    if not _is_iri(iri) or (format_ is not HTML and not await site.run(is_known, site, iri)):
        raise NotFound(name=iri)
    profile = site.profiles.choose(request.query_params, request.headers.get("accept-profile"))
    if format_ is None:
        return _see_other(request, iri, profile)
    if format_ not in profile.formats:
        raise NotAcceptable(offers=", ".join(f.media_type for f in profile.formats))
    if format_ is HTML:
        view = View.of(request)
        template = await site.run(template_of, view, iri)
        headers = _headers(view, iri, profile)
        return await page(request, template, lambda v: content(v, iri, template), headers)
    return await _data(request, site, iri, (format_, profile))


def _is_iri(text: str) -> bool:
    """Whether a text is an IRI: a path may hold characters that none does."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _see_other(request: Request, iri: str, profile: Profile) -> Response:
    """Over to the document that describes a resource: the resource itself can't be sent."""
    view = View.of(request)
    asked = dict(view.parameters)
    media_type = asked.pop("_mediatype", None)
    if media_type is None:
        format_ = negotiate(request.headers.get("accept"), profile.formats).format
    else:
        format_ = format_named(media_type, profile.formats)
    asked.pop("_profile", None)
    if profile is not view.site.profiles.own:
        asked["_profile"] = profile.token
    address = view.links.document(iri, format_.extension, **asked)
    headers = {"Location": address, "Vary": _VARY, **_headers(view, iri, profile)}
    return Response(status_code=303, headers=headers)


async def _data(request: Request, site: Site, iri: str, wanted: tuple[Format, Profile]) -> Response:
    format_, profile = wanted
    is_compact = wanted == (JSON_LD, site.profiles.own) and COMPACTED in request.headers.get(
        "accept", ""
    )
    address = f"{request.base_url}context.jsonld"
    place = sha256(address.encode()).hexdigest()[:6] if is_compact else ""
    tag = tag_of(site, format_.extension, profile.token, place)
    known = unchanged(request, tag, _VARY)
    if known:
        return known
    if is_compact:
        body = await site.run(compact, site, iri, address)
    else:
        body = await site.run(document, site, iri, format_, profile)
    type_ = format_.content_type() + (f';profile="{COMPACTED}"' if is_compact else "")
    headers = _headers(View.of(request), iri, profile)
    return answer(request, body, type_, vary=_VARY, tag=tag, headers=headers)


def _headers(view: View, iri: str, profile: Profile) -> dict[str, str]:
    """The view that is sent; the resource's own IRI, our view in each format, the others in one.

    All are in the view of alternates; a proxy takes no head of many thousand bytes.
    """
    links = [f'<{quote(iri, safe=punctuation)}>; rel="canonical"']
    links.append(f'<{profile.iri}>; rel="profile"')
    for other in view.site.profiles.all:
        is_own = other is view.site.profiles.own
        token = None if is_own else other.token
        links += [
            f'<{_beside(view.links.document(iri, f.extension, _profile=token))}>; rel="alternate"; '
            f'type="{f.media_type}"; profile="{other.iri}"'
            for f in (other.formats if is_own else other.formats[:1])
        ]
        links.append(f'<{_PROFILE}>; rel="type"; token="{other.token}"; anchor="{other.iri}"')
    return {"Link": ", ".join(links), "Content-Profile": f"<{profile.iri}>"}


def _beside(address: str) -> str:
    """An address as one beside it is called."""
    return f"./{address.rpartition('/')[2]}"
