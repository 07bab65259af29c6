"""`/dumps/`: the release's files, listed and to download (by ranges, too)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from api.errors import NotFound
from api.pages.view import View, page
from api.paging import page_of
from api.release import CATALOGUE, MANIFEST, SCHEMA, VOID, Release
from api.site import site_of
from kg.signing import SIGNATURE, SUMS

router = APIRouter(tags=["dumps"])

#: What of a release directory is published; its cache/ is not.
_PUBLISHED = (
    "data", "tables", "changes", "superseded", "ontology", "shapes", "sources",
    CATALOGUE, VOID, MANIFEST, SCHEMA, SUMS, SIGNATURE,
)  # fmt: skip
_MEDIA_TYPES = {
    "csv-metadata.json": "application/csvm+json",
    ".csv": "text/csv; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".jsonld": "application/ld+json",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".zst": "application/zstd",
    ".schema.json": "application/schema+json",
    ".gz": "application/gzip",
    ".json": "application/json",
    ".ttl": "text/turtle; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".toml": "text/plain; charset=utf-8",
    SUMS: "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder of the release; a folder's name ends in a slash."""

    name: str
    address: str
    size: int | None


@router.head("/dumps", include_in_schema=False)
@router.get("/dumps", include_in_schema=False)
async def bare(request: Request) -> Response:
    return RedirectResponse(View.of(request).links.path("/dumps/"), 308)


@router.head("/dumps/{path:path}", include_in_schema=False)
@router.get("/dumps/{path:path}", summary="A file of the release", response_class=Response)
async def dumps(request: Request, path: str) -> Response:
    site = site_of(request)
    file = await site.run(_published, site.release, path)
    if file.is_dir():
        if path and not path.endswith("/"):
            return RedirectResponse(View.of(request).links.path(f"/dumps/{path}/"), 308)
        return await page(request, "dumps.html", lambda view: _listing(view, file, path))
    headers = {"X-Content-Type-Options": "nosniff"}
    return FileResponse(file, media_type=_media_type(file.name), headers=headers)


def _media_type(name: str) -> str:
    types = (type_ for ending, type_ in _MEDIA_TYPES.items() if name.endswith(ending))
    return next(types, "application/octet-stream")


def _published(release: Release, path: str) -> Path:
    """The file or folder at `path`, if it is among what is published."""
    root = release.path.resolve()
    parts = [part for part in path.split("/") if part]
    odd = any(part.startswith(".") or "\\" in part or "\0" in part for part in parts)
    file = root.joinpath(*parts) if not odd else root / "?"
    is_ours = not parts or parts[0] in _PUBLISHED
    # A symbolic link must not lead out of the release either.
    if odd or not is_ours or not file.resolve().is_relative_to(root) or not file.exists():
        raise NotFound(name=f"/dumps/{path}")
    return file


def _listing(view: View, folder: Path, path: str) -> Mapping[str, Any]:
    children = sorted(folder.iterdir(), key=lambda child: (child.is_file(), child.name))
    if not path:
        children = [child for child in children if child.name in _PUBLISHED]
    paged = page_of([child for child in children if not child.name.startswith(".")], view)
    entries = [_entry(view, child, path) for child in paged.rows]
    return {"path": path, "entries": entries, "paged": paged}


def _entry(view: View, child: Path, path: str) -> Entry:
    name = child.name + ("/" if child.is_dir() else "")
    size = child.stat().st_size if child.is_file() else None
    return Entry(name, view.links.path(f"/dumps/{path}{name}"), size)
