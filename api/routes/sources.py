"""`/report/{unit}/{year}/source`: a report's canonical text, and passages marked in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer, tag_of, unchanged
from api.errors import BadPassage, NotFound
from api.negotiation import choose
from api.pages.view import View, page
from api.site import Site, site_of

router = APIRouter(tags=["linked data"])

_CHAR = re.compile(r"([0-9]{1,12}),([0-9]{1,12})")
_TEXT = "text/plain; charset=utf-8"

_Char = Annotated[str | None, Query(description="A passage: its first character and its end")]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, its marked part (if any) apart."""

    number: int
    before: str
    marked: str = ""
    after: str = ""
    is_first: bool = False


@router.head("/report/{unit}/{year}/source", include_in_schema=False)
@router.get(
    "/report/{unit}/{year}/source",
    summary="A report's canonical text, or the passage char= marked in it",
    response_class=Response,
)
async def source(request: Request, unit: str, year: str, char: _Char = None) -> Response:
    offers = ("text/plain", "text/html") if char is None else ("text/html", "text/plain")
    # The text itself is what the IRI names: a browser gets it, too, unless it asks for a passage.
    if char is None or choose(request.headers.get("accept"), offers) == "text/plain":
        return await text(request, unit, year, char)
    return await marked(request, unit, year, char)


@router.head("/report/{unit}/{year}/source.txt", include_in_schema=False)
@router.get("/report/{unit}/{year}/source.txt", include_in_schema=False)
async def text(request: Request, unit: str, year: str, char: _Char = None) -> Response:
    site = site_of(request)
    iri = _report(site, unit, year)
    tag = tag_of(site, "txt")
    known = unchanged(request, tag, "Accept")
    if known:
        return known
    whole = await site.run(_whole, site, iri)
    if char is not None:
        start, end = _span(char, whole)
        whole = whole[start:end]
    links = {"Link": f'<{iri}/source>; rel="canonical"'}
    return answer(request, whole.encode(), _TEXT, vary="Accept", tag=tag, headers=links)


@router.head("/report/{unit}/{year}/source.html", include_in_schema=False)
@router.get("/report/{unit}/{year}/source.html", include_in_schema=False)
async def marked(request: Request, unit: str, year: str, char: _Char = None) -> Response:
    site = site_of(request)
    iri = _report(site, unit, year)
    links = {"Link": f'<{iri}/source>; rel="canonical"'}
    return await page(request, "source.html", lambda view: _content(view, iri, char), links)


def _report(site: Site, unit: str, year: str) -> str:
    return f"{site.namespace.base}report/{unit}/{year}"


def _whole(site: Site, report: str) -> str:
    found = site.release.source(report)
    if found is None:
        raise NotFound(name=f"{report}/source")
    return found


def _span(char: str, whole: str) -> tuple[int, int]:
    found = _CHAR.fullmatch(char)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    if not start < end <= len(whole):
        raise BadPassage(char=char, length=len(whole))
    return start, end


def _content(view: View, report: str, char: str | None) -> Mapping[str, Any]:
    whole = _whole(view.site, report)
    start, end = _span(char, whole) if char is not None else (0, 0)
    return {
        "iri": f"{report}/source",
        "report": report,
        "title": view.site.release.reports[report].title,
        "lines": _lines(whole, start, end),
        "passage": whole[start:end] if char is not None else None,
        "char": char,
    }


def _lines(whole: str, start: int, end: int) -> list[Line]:
    """The lines of a text, the characters from `start` to `end` marked; they may span lines."""
    lines: list[Line] = []
    position, first = 0, True
    # Only "\n" ends a line: splitlines() would also break at form feeds, and lose count of lines.
    for number, line in enumerate(whole.split("\n"), 1):
        a, b = (min(max(x - position, 0), len(line)) for x in (start, end))
        lines.append(Line(number, line[:a], line[a:b], line[b:], first and a < b))
        first = first and a >= b
        position += len(line) + 1
    return lines
