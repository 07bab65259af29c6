"""`/about`: what this is, on what terms, and how it is cited, as a page, BibTeX and CSL-JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

import kg
from api.answers import answer
from api.citation import Citation, citation_of
from api.pages.view import View, page

router = APIRouter(tags=["pages"])

_Of = Annotated[str | None, Query(description="The path of a report: report/{unit}/{year}")]
_VARY = "Accept-Language"
_BIBTEX, _CSL = "application/x-bibtex", "application/vnd.citationstyles.csl+json"


@router.head("/about", include_in_schema=False)
@router.get("/about", summary="What this is, and how to cite it", response_class=Response)
async def about(request: Request, of: _Of = None) -> Response:
    # the day it is seen on is part of a citation
    return await page(request, "about.html", lambda view: _content(view, of), repeatable=False)


@router.head("/cite.bib", include_in_schema=False)
@router.get("/cite.bib", summary="The citation as BibTeX", response_class=Response)
async def bibtex(request: Request, of: _Of = None) -> Response:
    cited = await _cited(request, of)
    return answer(request, cited.bibtex.encode(), f"{_BIBTEX}; charset=utf-8", vary=_VARY)


@router.head("/cite.json", include_in_schema=False)
@router.get("/cite.json", summary="The citation as CSL-JSON", response_class=Response)
async def csl(request: Request, of: _Of = None) -> Response:
    cited = await _cited(request, of)
    return answer(request, cited.csl.encode(), _CSL, vary=_VARY)


async def _cited(request: Request, of: str | None) -> Citation:
    view = View.of(request)
    return await view.site.run(citation_of, view.site, of, view.language)


def _content(view: View, of: str | None) -> Mapping[str, Any]:
    release = view.site.release
    return {
        "cited": citation_of(view.site, of, view.language),
        "of": of,
        "catalogued": view.site.catalogue.path.is_file(),
        "digest": release.digest,
        "quads": release.manifest.quads,
        "reports": len(release.manifest.reports),
        "version": kg.__version__,
    }
