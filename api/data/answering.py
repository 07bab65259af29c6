"""How every operation answers: unless the client has it, made by a reader, paged, sent as JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer, tag_of, unchanged
from api.clients import client_of
from api.data.cursor import read_cursor, write_cursor
from api.data.entities import Wanted, listed, searched
from api.data.models.answers import Page
from api.data.models.common import Record
from api.data.parameters import UnitsAsked
from api.data.reader import Reader
from api.errors import BadCursor
from api.formats import JSON, Format
from api.names.things import Thing
from api.site import site_of

#: Records name addresses of this server, and what things are called in the reader's language.
VARY = "Accept, Accept-Language, Host, X-Forwarded-Prefix"

T = TypeVar("T", bound=Record)
Make = Callable[[Reader], Awaitable[BaseModel]]


async def answered(request: Request, make: Make) -> Response:
    """What `make` makes, as JSON."""
    reader = Reader(request)
    tag = tag_for(reader, JSON)
    known = unchanged(request, tag, VARY)
    if known:
        return known
    await admit(request)
    record = await make(reader)
    body = record.model_dump_json(by_alias=True).encode()
    following = record.next if isinstance(record, Page) else None
    headers = {"Link": f'<{following}>; rel="next"'} if following else {}
    return answer(request, body, JSON.content_type(), vary=VARY, tag=tag, headers=headers)


async def admit(request: Request) -> None:
    """Count the request against its client's share, and wait until names are known."""
    request.app.state.clients.admit(client_of(request))
    await site_of(request).names.ready()


def tag_for(reader: Reader, format_: Format) -> str:
    """The entity tag of an answer: the addresses in it are another server's elsewhere."""
    view = reader.view
    address = hashlib.sha256(f"{reader.origin}{view.links.root} {view.links.language}".encode())
    return tag_of(reader.site, format_.extension, view.language, address.hexdigest()[:6])


def page(request: Request, reader: Reader, items: Sequence[T], cursor: str | None) -> Page[T]:
    """A page, with the address of the next one if there is a `cursor` for it."""
    if cursor is None:
        return Page[T](items=list(items), next=None)
    given = [(k, v) for k, v in request.query_params.multi_items() if k != "cursor"]
    path = reader.origin + reader.view.links.root + reader.view.path
    return Page[T](items=list(items), next=f"{path}?{urlencode([*given, ('cursor', cursor)])}")


async def entities(
    request: Request,
    reader: Reader,
    wanted: Wanted,
    asked: UnitsAsked,
    records: Callable[[Reader, Sequence[Thing]], list[T]],
) -> Page[T]:
    """A page of units or projects: by their ids, or the best first where words are sought."""
    names, key = reader.site.names.get(), None
    if asked.cursor:
        [key] = read_cursor(asked.cursor, 1)
    if asked.q:
        start = _number(key)
        found = await reader.site.run(searched, names, wanted, start, asked.limit + 1)
        following = str(start + asked.limit)
    else:
        found = await reader.site.run(listed, names, wanted, key, asked.limit + 1)
        following = found[asked.limit - 1].id if len(found) > asked.limit else ""
    items = await reader.site.run(records, reader, found[: asked.limit])
    more = len(found) > asked.limit
    return page(request, reader, items, write_cursor(following) if more else None)


def _number(key: str | None) -> int:
    """Where a ranked list goes on: ranks have no keys, and are few."""
    if key is None:
        return 0
    if not (key.isascii() and key.isdigit() and len(key) < 10):
        raise BadCursor()
    return int(key)
