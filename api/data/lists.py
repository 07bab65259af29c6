"""What reports hold, as it is asked for: pages of records as JSON, or a table of them all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.clients import client_of, visitor_of
from api.data import things
from api.data.answering import answered, page
from api.data.columns import columns_of, rows_of
from api.data.downloads import CSV, PARQUET
from api.data.filters import Where, reports_of
from api.data.models.answers import Page
from api.data.models.common import Kind, Record
from api.data.models.reported import Observation
from api.data.observations import Question, records
from api.data.parameters import PAGE, ReportFilters, UnitFigures
from api.data.reader import Reader
from api.data.rows import Row, position_at
from api.data.streams import Cells, table, walked
from api.data.thing_columns import FINDING, INDICATOR, Columns, cells_of
from api.data.walk import page_of
from api.formats import JSON, Format, negotiate
from api.queries import Value
from api.site import site_of
from api.workers.limits import Visitor


@dataclass(frozen=True, slots=True)
class Things:
    """What is listed: the name of its query, how its records are made, the columns of its table."""

    name: str
    records: Callable[[Reader, Sequence[Row]], Sequence[Any]]
    columns: Columns


FINDINGS = Things("findings", things.findings, FINDING)
INDICATORS = Things("indicators", things.indicators, INDICATOR)


def choice_of(request: Request, named: str | None) -> Format:
    """The format to answer in: by its name, else by Accept."""
    asked = (named,) if named else ()
    return negotiate(request.headers.get("accept"), (JSON, CSV, PARQUET), asked).format


async def observations(request: Request, kind: Kind, asked: UnitFigures, where: Where) -> Response:
    """Observations of a kind."""
    site, choice = site_of(request), choice_of(request, asked.format)
    after = position_at(asked.cursor, site.namespace.base)
    # while a table is sent, the server itself sees whether its client is there
    visitor = visitor_of(request) if choice is JSON else Visitor(client_of(request))
    question = await Question.of(site, kind, asked, visitor)

    async def make(reader: Reader) -> Page[Observation]:
        reports = await site.run(reports_of, site, where)
        rows, last = await page_of(question.ask, reports, after, asked.limit or PAGE)
        items = await site.run(records, reader, kind, await question.observed(rows))
        return page(request, reader, items, last.cursor(reader.base) if last else None)

    def cells(reader: Reader) -> AsyncIterator[Cells]:
        async def some(rows: Sequence[Row]) -> Cells:
            return await site.run(rows_of, reader, kind, await question.observed(rows))

        return walked(reader, question.ask, where, (after, asked.limit), some)

    if choice is JSON:
        return await answered(request, make)
    return await table(request, f"juesuan-{kind}", choice, columns_of(kind), cells)


async def held(
    request: Request, listed: Things, filters: dict[str, Value], asked: ReportFilters
) -> Response:
    """Things that reports hold."""
    site, choice = site_of(request), choice_of(request, asked.format)
    after = position_at(asked.cursor, site.namespace.base)
    visitor = visitor_of(request) if choice is JSON else Visitor(client_of(request))
    question = things.Question(site, listed.name, filters, visitor)
    where = Where(asked.unit, asked.region, (), asked.year)

    async def make(reader: Reader) -> Page[Record]:
        reports = await site.run(reports_of, site, where)
        rows, last = await page_of(question.ask, reports, after, asked.limit or PAGE)
        items = await site.run(listed.records, reader, rows)
        return page(request, reader, items, last.cursor(reader.base) if last else None)

    def cells(reader: Reader) -> AsyncIterator[Cells]:
        async def some(rows: Sequence[Row]) -> Cells:
            found = await site.run(listed.records, reader, rows)
            return [cells_of(listed.columns, record) for record in found]

        return walked(reader, question.ask, where, (after, asked.limit), some)

    if choice is JSON:
        return await answered(request, make)
    return await table(request, f"juesuan-{listed.name}", choice, list(listed.columns), cells)
