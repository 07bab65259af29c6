"""`/`: what is here, for someone who comes for the first time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from api.nodes import node_of
from api.pages.view import View, page
from api.paging import page_of
from api.release import SCHEMA
from api.schema_org import embedded
from api.schema_org_dataset import whole_of

router = APIRouter(tags=["pages"])

#: What the home page counts, in its order.
_COUNTED = ("Report", "Unit", "Figure", "Statement", "Evaluation", "Finding")
#: How many of the examples it offers.
_EXAMPLES = 3


@router.head("/", include_in_schema=False)
@router.get("/", summary="What is here", response_class=Response)
async def home(request: Request) -> Response:
    return await page(request, "home.html", _content)


def _content(view: View) -> Mapping[str, Any]:
    release = view.site.release
    reports = sorted(
        release.manifest.reports, key=lambda report: (-report.fiscal_year, report.unit_name)
    )
    paged, path, published = page_of(reports, view), view.links.path, view.site.queries.published
    return {
        "counts": [(name, view.site.counts.get(name, 0)) for name in _COUNTED],
        "reports": paged,
        "examples": view.site.examples[:_EXAMPLES],
        "quads": release.manifest.quads,
        "described": _described(view),
        "data": {
            "csv": path("/sparql", query=published("reports"), format="csv"),
            "rdf": path("/sparql", query=published("reports_described"), format="ttl"),
            "query": path("/sparql", query=published("reports")),
        },
        "schema": SCHEMA if (release.path / SCHEMA).is_file() else None,
    }


def _described(view: View) -> Markup | None:
    """The data set of all data in the words of schema.org, where the release has a catalogue."""
    iri = whole_of(view.site)
    query = view.site.queries.make("properties", resource=iri)
    return embedded(view.site, node_of(iri, view.site.store.select(query).rows))
