"""`/api/…`: records as JSON, observations as tables too, for people without SPARQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.clients import visitor_of
from api.data import things
from api.data.answering import answered, entities, page
from api.data.codes import code_lists, codes
from api.data.columns import columns_of, rows_of
from api.data.comparison import compare, compared_figures
from api.data.cursor import read_cursor, write_cursor
from api.data.downloads import CSV, PARQUET
from api.data.entities import Wanted, projects, units
from api.data.excerpts import excerpt
from api.data.filters import Where, iris_of, reports_of
from api.data.lists import FINDINGS, INDICATORS, choice_of, held, observations
from api.data.models.answers import PROBLEMS, Page
from api.data.models.entities import Code, CodeList, Project, Unit
from api.data.models.reported import Comparison, Excerpt, Finding, Indicator, Observation
from api.data.observations import Question
from api.data.parameters import (
    Asked,
    ComparisonAsked,
    FindingsAsked,
    IndicatorsAsked,
    ListId,
    Observations,
    Paged,
    PassageAsked,
    ProjectsAsked,
    UnitFigures,
    UnitId,
    UnitsAsked,
)
from api.data.reader import Reader
from api.data.rows import Row
from api.data.streams import Cells, table
from api.data.walk import PIECE, walk
from api.errors import NotFound
from api.formats import JSON
from api.site import Site, site_of

router = APIRouter(tags=["JSON API"])

#: Dimensions of which a comparison takes the totals, unless it is told otherwise; and how.
_TOTALS, _ANY = ("nature", "function", "economic", "item"), "*"
_TABLES = {f.media_type: {"schema": {"type": "string", "format": "binary"}} for f in (CSV, PARQUET)}

Handler = Callable[..., Any]


def _get(path: str, answers: object, *, tables: bool = False) -> Callable[[Handler], Handler]:
    """Let a function answer GET and HEAD of a path; what it says of itself goes into OpenAPI."""

    def register(handler: Handler) -> Handler:
        responses = {200: {"content": _TABLES}, **PROBLEMS} if tables else PROBLEMS
        summary, _, description = (handler.__doc__ or "").partition("\n\n")
        router.add_api_route(
            path,
            handler,
            response_model=answers,
            responses=responses,
            operation_id=handler.__name__,
            summary=summary.rstrip("."),
            description=" ".join(description.split()),
        )
        router.add_api_route(path, handler, methods=["HEAD"], include_in_schema=False)
        return handler

    return register


@_get("/api/units", Page[Unit])
async def list_units(request: Request, asked: Annotated[UnitsAsked, Query()]) -> Response:
    """Units, by name and region.

    With q, those whose names hold it, the best first; else all, by their ids.
    """
    wanted = Wanted("unit", asked.q, asked.region)
    return await answered(request, lambda reader: entities(request, reader, wanted, asked, units))


@_get("/api/units/{unit}", Unit)
async def get_unit(request: Request, unit: UnitId, asked: Annotated[Asked, Query()]) -> Response:
    """One unit, with its reports."""

    async def make(reader: Reader) -> Unit:
        iri = _known(reader.site, unit)
        thing = reader.site.names.get().index.things.by_id[iri.removeprefix(reader.base)]
        return (await reader.site.run(units, reader, [thing]))[0]

    return await answered(request, make)


@_get("/api/units/{unit}/figures", Page[Observation], tables=True)
async def list_unit_figures(
    request: Request, unit: UnitId, asked: Annotated[UnitFigures, Query()]
) -> Response:
    """The figures of one unit, by their dimensions."""
    await site_of(request).names.ready()
    _known(site_of(request), unit)
    return await observations(request, "figure", asked, Where([unit]))


@_get("/api/observations", Page[Observation], tables=True)
async def list_observations(request: Request, asked: Annotated[Observations, Query()]) -> Response:
    """Figures and other numbers that reports state, by all their dimensions.

    JSON by the page, in an order that stays; CSV and Parquet whole, unless there is a limit.
    """
    where = Where(asked.unit, asked.region, asked.report)
    return await observations(request, asked.kind, asked, where)


@_get("/api/findings", Page[Finding], tables=True)
async def list_findings(request: Request, asked: Annotated[FindingsAsked, Query()]) -> Response:
    """Contradictions found in reports, with all passages that they rest on."""
    site = site_of(request)
    rules = things.rules_of(asked.rule, asked.family)
    filters: dict[str, Any] = {
        "graph": site.namespace.graph("findings"),
        "rule": None if rules is None else iris_of(site, "rule", rules, "rule/") or (),
        "severity": [things.severity(name) for name in asked.severity] or None,
    }
    return await held(request, FINDINGS, filters, asked)


@_get("/api/indicators", Page[Indicator], tables=True)
async def list_indicators(request: Request, asked: Annotated[IndicatorsAsked, Query()]) -> Response:
    """Rows of performance tables: what was aimed at, what was attained."""
    site = site_of(request)
    filters: dict[str, Any] = {
        "level1": iris_of(site, "level1", asked.level1, "code/indicator/"),
        "level2": iris_of(site, "level2", asked.level2, "code/indicator/"),
        "project": iris_of(site, "project", asked.project, ""),
        "attained": things.boolean(asked.attained),
    }
    return await held(request, INDICATORS, filters, asked)


@_get("/api/projects", Page[Project])
async def list_projects(request: Request, asked: Annotated[ProjectsAsked, Query()]) -> Response:
    """Projects with their yearly self-evaluations, by name, unit and region."""
    site = site_of(request)
    of = iris_of(site, "unit", asked.unit, "unit/") or ()
    ids = tuple(iri.removeprefix(site.namespace.base) for iri in of)
    wanted = Wanted("project", asked.q, asked.region, ids)
    return await answered(
        request, lambda reader: entities(request, reader, wanted, asked, projects)
    )


@_get("/api/compare", Comparison, tables=True)
async def compare_units(request: Request, asked: Annotated[ComparisonAsked, Query()]) -> Response:
    """Units side by side: for each combination of dimensions the figure of each unit.

    Without codes it compares totals: nature, function, economic and item are `all`. CSV and
    Parquet have a row a figure, in the order of the comparison.
    """
    site, choice = site_of(request), choice_of(request, asked.format)
    totals = {name: getattr(asked, name) or ["all"] for name in _TOTALS}
    wider = {name: [] if _ANY in values else values for name, values in totals.items()}
    question = await Question.of(
        site, "figure", asked.model_copy(update=wider), visitor_of(request)
    )

    async def figures() -> tuple[list[str], list[Row]]:
        of = [_known(site, unit) for unit in dict.fromkeys(asked.units)]
        reports = await site.run(reports_of, site, Where(of))
        found: list[Row] = []
        async for rows in walk(question.ask, reports, None, PIECE):
            found += await question.observed(rows)
        return of, found

    async def make(reader: Reader) -> Comparison:
        return await site.run(compare, reader, *await figures(), asked.limit)

    async def cells(reader: Reader) -> AsyncIterator[Cells]:
        rows = await site.run(compared_figures, reader, *await figures(), asked.limit)
        yield await site.run(rows_of, reader, "figure", rows)

    if choice is JSON:
        return await answered(request, make)
    return await table(request, "juesuan-compare", choice, columns_of("figure"), cells)


@_get("/api/passage", Excerpt)
async def get_passage(request: Request, asked: Annotated[PassageAsked, Query()]) -> Response:
    """A passage of a report, quoted with the lines around it."""

    async def make(reader: Reader) -> Excerpt:
        return await reader.site.run(excerpt, reader, asked.iri, asked.around)

    return await answered(request, make)


@_get("/api/codes", Page[CodeList])
async def list_code_lists(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """The code lists of the dimensions."""

    async def make(reader: Reader) -> Page[CodeList]:
        return page(request, reader, await reader.site.run(code_lists, reader), None)

    return await answered(request, make)


@_get("/api/codes/{list}", Page[Code])
async def list_codes(request: Request, list: ListId, asked: Annotated[Paged, Query()]) -> Response:
    """The concepts of a code list, by their IRIs."""

    async def make(reader: Reader) -> Page[Code]:
        site, base, limit = reader.site, reader.base, asked.limit
        [iri] = iris_of(site, "list", [list], "code/") or ("",)
        after = base + read_cursor(asked.cursor, 1)[0] if asked.cursor else None
        found = await site.run(codes, reader, iri, after, limit + 1)
        if not found and not after:
            raise NotFound(name=iri)
        more = len(found) > limit
        cursor = write_cursor(found[limit - 1].iri.removeprefix(base)) if more else None
        return page(request, reader, found[:limit], cursor)

    return await answered(request, make)


def _known(site: Site, unit: str) -> str:
    """The IRI of a unit, by its id or IRI; raise NotFound where there is none."""
    [iri] = iris_of(site, "unit", [unit], "unit/") or ("",)
    if iri.removeprefix(site.namespace.base) not in site.names.get().index.things.by_id:
        raise NotFound(name=iri)
    return iri
