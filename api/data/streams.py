"""Records as a table of any length, sent while it is being written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.answers import answer, unchanged
from api.data.answering import VARY, admit, tag_for
from api.data.columns import Cell
from api.data.downloads import CSV, CsvWriter, ParquetWriter, Writer
from api.data.filters import Where, reports_of
from api.data.reader import Reader
from api.data.rows import Position, Row
from api.data.walk import Ask, pieces_of
from api.formats import Format

Cells = list[tuple[Cell, ...]]


async def table(
    request: Request,
    name: str,
    format_: Format,
    columns: Sequence[str],
    make: Callable[[Reader], AsyncIterator[Cells]],
) -> Response:
    """A table by the name of a file, its rows sent as `make` finds them."""
    reader = Reader(request)
    tag = tag_for(reader, format_)
    known = unchanged(request, tag, VARY)
    if known:
        return known
    headers = {"Content-Disposition": f'attachment; filename="{name}.{format_.extension}"'}
    sent = partial(
        answer, request, content_type=format_.content_type(), vary=VARY, tag=tag, headers=headers
    )
    await admit(request)
    if request.method == "HEAD":
        return sent(b"")
    pieces = _pieces(reader, columns, format_, make(reader))
    # what goes wrong at the start is still told as a problem; later the connection is cut
    first = await anext(pieces)
    whole = sent(b"").headers
    streamed = {name: value for name, value in whole.items() if name != "content-length"}
    return StreamingResponse(_joined(first, pieces), headers=streamed)


async def walked(
    reader: Reader,
    ask: Ask,
    where: Where,
    page: tuple[Position | None, int | None],
    make: Callable[[Sequence[Row]], Awaitable[Cells]],
) -> AsyncIterator[Cells]:
    """What reports hold, as `make` has its rows; `page` is where to begin, how much is wanted."""
    reports = await reader.site.run(reports_of, reader.site, where)
    async for rows in pieces_of(ask, reports, *page):
        yield await make(rows)


async def _pieces(
    reader: Reader, columns: Sequence[str], format_: Format, found: AsyncIterator[Cells]
) -> AsyncIterator[bytes]:
    writer: Writer = CsvWriter(columns) if format_ is CSV else ParquetWriter(columns)
    async for cells in found:
        yield await reader.site.run(writer.write, cells)
    yield await reader.site.run(writer.close)


async def _joined(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece
