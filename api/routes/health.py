"""`/healthz` and `/readyz`: whether the process runs, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.errors import Unavailable
from api.site import site_of

router = APIRouter(tags=["operations"])


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", summary="Whether the process runs")
async def healthz() -> Response:
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz", summary="Whether the store answers, and names are found")
async def readyz(request: Request) -> Response:
    site = site_of(request)
    if request.app.state.draining:
        raise Unavailable()
    if site.names.is_awaited:
        raise Unavailable({"Retry-After": "1"})
    if not await site.run(site.store.ask, "ASK { ?s ?p ?o }"):
        raise Unavailable()
    body = {
        "status": "ok",
        "release": site.release.digest,
        "juesuan": site.release.manifest.juesuan,
    }
    return JSONResponse(body, headers={"Cache-Control": "no-store"})
