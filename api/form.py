"""The fields of a request: of its query string and, for POST, of its form."""

from __future__ import annotations

from email import message_from_bytes, policy

from starlette.requests import Request

from api.errors import NotUtf8, TooLarge, UnsupportedMediaType
from api.url_encoded import fields_in

_URL_ENCODED, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
_MOST_FIELDS = 100


async def fields_of(request: Request, most_bytes: int) -> dict[str, str]:
    """All fields by name; of one that is given again, the last.

    Raises:
        TooLarge: the form is longer than `most_bytes`.
        UnsupportedMediaType: a POST with something else than a form.
    """
    fields = dict(fields_in(request.scope["query_string"], _MOST_FIELDS))
    if request.method != "POST":
        return fields
    given = request.headers.get("content-type", "")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most_bytes:
            raise TooLarge(limit=most_bytes)
    match given.partition(";")[0].strip().lower():
        case t if t == _URL_ENCODED or (not t and not body):
            return fields | dict(fields_in(bytes(body), _MOST_FIELDS))
        case t if t == _MULTIPART:
            return fields | _multipart(given, bytes(body))
    raise UnsupportedMediaType(given=given or "-")


def _multipart(content_type: str, body: bytes) -> dict[str, str]:
    """The fields of a form as browsers' FormData sends it."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    fields = {}
    for part in message_from_bytes(head + body, policy=policy.HTTP).iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            try:
                fields[name] = content.decode("utf-8")
            except UnicodeDecodeError as error:
                raise NotUtf8() from error
    return fields
