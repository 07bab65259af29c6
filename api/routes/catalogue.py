"""What harvesters and search engines ask for: `/catalog`, VoID, `data.json`, a sitemap, robots."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from xml.sax.saxutils import escape

import pyoxigraph as ox
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.answers import answer, tag_of, unchanged
from api.catalogue import HYDRA, Catalogue
from api.data_json import data_json as project_open_data
from api.errors import NotFound
from api.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from api.pages.view import View
from api.paging import number_of
from api.release import CATALOGUE, CHANGES, VOID
from api.site import Site, site_of
from kg.vocabulary import Namespace

router = APIRouter(tags=["catalogue"])

_FORMATS = {f.extension: f for f in (TURTLE, RDF_XML, JSON_LD, N_TRIPLES)}
#: Answers name the address that they were asked at.
_VARY = "Host, X-Forwarded-Prefix"
#: How many addresses a sitemap may hold (https://www.sitemaps.org/protocol.html).
_ADDRESSES = 50_000
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


async def catalogue(request: Request) -> Response:
    """A hundred data sets, ?page= by page; `/catalog` leads here by Accept, people to a page."""
    format_ = _FORMATS[request.url.path.rpartition(".")[2]]
    site, number = site_of(request), number_of(View.of(request))
    found = _catalogue(site)
    address = f"{request.base_url}catalog.{format_.extension}"
    tag = tag_of(site, format_.extension, str(number), _digits(address))
    known = unchanged(request, tag, _VARY)
    if known:
        return known
    if number > await site.run(lambda: found.pages):
        raise NotFound(name=f"{address}?page={number}")
    body = await site.run(_written, found, number, address, format_)
    headers = {"Link": _links(found, number, address)}
    return answer(request, body, format_.content_type(), vary=_VARY, tag=tag, headers=headers)


for _name in _FORMATS:
    _path, _said = f"/catalog.{_name}", f"The catalogue (DCAT), {_name}"
    router.add_api_route(_path, catalogue, summary=_said, response_class=Response)
    router.add_api_route(_path, catalogue, methods=["HEAD"], include_in_schema=False)


def _written(found: Catalogue, number: int, address: str, format_: Format) -> bytes:
    assert isinstance(format_.engine, ox.RdfFormat)
    triples = sorted(set(found.page(number, address)), key=str)
    prefixes = {**Namespace(found.namespace.base).prefixes(), "hydra": HYDRA}
    return ox.serialize(triples, format=format_.engine, prefixes=prefixes) or b""


def _links(found: Catalogue, number: int, address: str) -> str:
    others = {"first": 1, "prev": number - 1, "next": number + 1, "last": found.pages}
    pages = (
        f'<{address}?page={other}>; rel="{name}"'
        for name, other in others.items()
        if 1 <= other <= found.pages
    )
    return ", ".join([f'<{found.iri.value}>; rel="canonical"', *pages])


def _leading_to(file: str) -> Callable[[Request], Awaitable[Response]]:
    """What answers at an address that others know a file of the release by."""

    async def lead(request: Request) -> Response:
        if not (site_of(request).release.path / file).is_file():
            raise NotFound(name=View.of(request).path)
        return RedirectResponse(View.of(request).links.path(f"/dumps/{file}"), 303)

    return lead


for _path, _file, _said in (
    ("/.well-known/void", VOID, "The statistics of the release (VoID)"),
    ("/changes", CHANGES, "What changed from release to release (LDES)"),
):
    router.add_api_route(_path, _leading_to(_file), summary=_said)
    router.add_api_route(_path, _leading_to(_file), methods=["HEAD"], include_in_schema=False)


@router.head("/data.json", include_in_schema=False)
@router.get("/data.json", summary="The catalogue as Project Open Data 1.1")
async def data_json(request: Request) -> Response:
    site = site_of(request)
    found = _catalogue(site)
    tag = tag_of(site, "data")
    known = unchanged(request, tag, "Accept-Encoding")
    if known:
        return known
    said = await site.run(project_open_data, found)
    body = json.dumps(said, ensure_ascii=False, indent=1).encode()
    return answer(request, body, "application/json", vary="Accept-Encoding", tag=tag)


@router.head("/robots.txt", include_in_schema=False)
@router.get("/robots.txt", include_in_schema=False)
async def robots(request: Request) -> Response:
    root = request.scope.get("root_path", "").rstrip("/")
    lines = (
        "User-agent: *",
        f"Disallow: {root}/sparql?",
        f"Disallow: {root}/search?",
        f"Sitemap: {request.base_url}sitemap.xml",
        "",
    )
    body = "\n".join(lines).encode()
    return answer(request, body, "text/plain; charset=utf-8", vary=_VARY)


@router.head("/sitemap.xml", include_in_schema=False)
@router.get("/sitemap.xml", include_in_schema=False)
async def sitemap(request: Request) -> Response:
    """The addresses of all pages of reports and units; an index where one file can't hold them."""
    site, here = site_of(request), str(request.base_url)
    addresses = [here, f"{here}dumps/", *_pages(site, here)]
    asked = "page" in request.query_params
    if len(addresses) > _ADDRESSES and not asked:
        count = -(-len(addresses) // _ADDRESSES)
        files = [f"{here}sitemap.xml?page={n}" for n in range(1, count + 1)]
        return _sitemap(request, "sitemapindex", "sitemap", files)
    start = (number_of(View.of(request)) - 1) * _ADDRESSES
    if start >= len(addresses):
        raise NotFound(name=str(request.url))
    return _sitemap(request, "urlset", "url", addresses[start : start + _ADDRESSES])


def _pages(site: Site, here: str) -> list[str]:
    base = site.namespace.base
    reports = [report.removeprefix(base) for report in site.release.reports]
    units = {f"unit/{report.split('/')[1]}" for report in reports}
    return [f"{here}{path}.html" for path in sorted({*reports, *units})]


def _sitemap(request: Request, root: str, entry: str, addresses: list[str]) -> Response:
    entries = "".join(f"<{entry}><loc>{escape(a)}</loc></{entry}>\n" for a in addresses)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    body = f'{declaration}\n<{root} xmlns="{_SITEMAPS}">\n{entries}</{root}>\n'
    return answer(request, body.encode(), "application/xml", vary=_VARY)


def _catalogue(site: Site) -> Catalogue:
    if not (site.release.path / CATALOGUE).is_file():
        raise NotFound(name="/catalog")
    return site.catalogue


def _digits(address: str) -> str:
    """What tells one address from another."""
    return hashlib.sha256(address.encode()).hexdigest()[:6]
