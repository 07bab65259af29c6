"""Observations as a table of any length, sent while it is being written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from functools import partial

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.answers import answer, unchanged
from api.data.answering import VARY, admit, tag_for
from api.data.columns import columns_of, rows_of
from api.data.downloads import CSV, CsvWriter, ParquetWriter, Writer
from api.data.filters import Where, reports_of
from api.data.models.common import Kind
from api.data.observations import Question
from api.data.parameters import UnitFigures
from api.data.reader import Reader
from api.data.rows import Row, position_at
from api.data.walk import PIECE, page_of, walk
from api.formats import Format


async def table(
    request: Request, kind: Kind, asked: UnitFigures, format_: Format, where: Where
) -> Response:
    """All observations of a kind, or as many as are wanted, sent as they are found."""
    reader = Reader(request)
    tag = tag_for(reader, format_)
    known = unchanged(request, tag, VARY)
    if known:
        return known
    name = f"juesuan-{kind}.{format_.extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    sent = partial(
        answer, request, content_type=format_.content_type(), vary=VARY, tag=tag, headers=headers
    )
    question = Question.of(reader.site, kind, asked)
    after = position_at(asked.cursor, reader.base)
    await admit(request)
    reports = await reader.site.run(reports_of, reader.site, where)
    if request.method == "HEAD":
        return sent(b"")
    if asked.limit:
        rows, _ = await page_of(question.ask, reports, after, asked.limit)
        found = _several([rows])
    else:
        found = walk(question.ask, reports, after, PIECE)
    pieces = _pieces(reader, question, format_, found)
    # what goes wrong at the start is still told as a problem; later the connection is cut
    first = await anext(pieces)
    whole = sent(b"").headers
    streamed = {name: value for name, value in whole.items() if name != "content-length"}
    return StreamingResponse(_joined(first, pieces), headers=streamed)


async def _several(batches: Sequence[list[Row]]) -> AsyncIterator[list[Row]]:
    for batch in batches:
        yield batch


async def _pieces(
    reader: Reader, question: Question, format_: Format, found: AsyncIterator[list[Row]]
) -> AsyncIterator[bytes]:
    kind = question.kind
    columns = columns_of(kind)
    writer: Writer = CsvWriter(columns) if format_ is CSV else ParquetWriter(columns)
    async for rows in found:
        cells = await reader.site.run(rows_of, reader, kind, await question.observed(rows))
        yield await reader.site.run(writer.write, cells)
    yield await reader.site.run(writer.close)


async def _joined(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece
