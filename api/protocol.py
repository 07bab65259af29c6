"""Reads what a client asks of /sparql (SPARQL 1.1 Protocol §2.1), strictly."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from api.errors import (
    MissingQuery,
    NotUtf8,
    RepeatedParameter,
    TooLarge,
    UnsupportedMediaType,
    UpdateRefused,
)
from api.store import Dataset
from api.url_encoded import fields_in

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_MOST_FIELDS = 1000
_FORM_FACTOR = 4

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, or none; the graphs to ask it of; names of the format wanted, if any."""

    query: str | None
    dataset: Dataset
    formats: tuple[str, ...]


async def read(request: Request, most_bytes: int) -> Asked:
    """What a GET, HEAD or POST asks; raise an error of the catalogue where that isn't clear."""
    asked = await _read(request, most_bytes)
    if asked.query is not None and len(asked.query.encode("utf-8", "replace")) > most_bytes:
        raise TooLarge(limit=most_bytes)
    return asked


async def _read(request: Request, most_bytes: int) -> Asked:
    fields = fields_in(request.scope["query_string"], _MOST_FIELDS)
    if request.method != "POST":
        return _asked(fields)
    content_type, _, parameters = request.headers.get("content-type", "").partition(";")
    media_type = content_type.strip().lower()
    if media_type == _UPDATE:
        raise UpdateRefused()
    if media_type not in (_FORM, _QUERY) or not _is_utf8(parameters):
        raise UnsupportedMediaType(given=request.headers.get("content-type", "-"))
    body = await _body(request, most_bytes)
    if media_type == _QUERY:
        asked = _asked([*fields, ("query", _decoded(body))])
    else:
        asked = _asked([*fields, *fields_in(body, _MOST_FIELDS)])
    if asked.query is None:
        raise MissingQuery()
    return asked


def _asked(fields: Fields) -> Asked:
    if any(name == "update" for name, _ in fields):
        raise UpdateRefused()
    default = tuple(value for name, value in fields if name == "default-graph-uri")
    named = tuple(value for name, value in fields if name == "named-graph-uri")
    formats = tuple(value for name, value in fields if name == "format")
    return Asked(_one(fields, "query"), Dataset(default, named), formats)


def _one(fields: Fields, name: str) -> str | None:
    values = [value for field, value in fields if field == name]
    if len(values) > 1:
        raise RepeatedParameter(name=name)
    return values[0] if values else None


def _is_utf8(parameters: str) -> bool:
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip().strip('"')
    return charset in ("", "utf-8", "utf8", "us-ascii")


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        raise NotUtf8() from error


async def _body(request: Request, most_bytes: int) -> bytes:
    """The request's body, read no further than is allowed."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        # A form writes a byte as three (%E5), and may name graphs.
        if len(body) > _FORM_FACTOR * most_bytes:
            raise TooLarge(limit=most_bytes)
    return bytes(body)
