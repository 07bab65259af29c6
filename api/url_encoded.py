"""The fields of a query string or a form, as browsers and SPARQL clients encode them.

Source: https://url.spec.whatwg.org/#urlencoded-parsing
"""

from __future__ import annotations

from binascii import a2b_qp
from urllib.parse import unquote_to_bytes

from api.errors import BadRequest, NotUtf8


def fields_in(encoded: bytes, most: int) -> list[tuple[str, str]]:
    """All fields by name, in their order, those without a value among them.

    >>> fields_in(b"query=ASK+%7B%7D&query=%E5%86%B3", most=2)
    [('query', 'ASK {}'), ('query', '决')]

    Raises:
        BadRequest: there are more than `most`.
        NotUtf8: a name or value is in some other encoding.
    """
    if encoded.count(b"&") >= most:
        raise BadRequest(reason=f"there are more than {most} fields")
    try:
        return [
            (_text(name), _text(value))
            for name, _, value in (field.partition(b"=") for field in encoded.split(b"&") if field)
        ]
    except UnicodeDecodeError as error:
        raise NotUtf8() from error


def _text(encoded: bytes) -> str:
    return _unquoted(encoded.replace(b"+", b" ")).decode("utf-8")


def _unquoted(encoded: bytes) -> bytes:
    """What ``%XX`` stands for; as mail's ``=XX``, since urllib takes longer than a small query."""
    escapes = encoded.count(b"%")
    if escapes and b"%\r" not in encoded and b"%\n" not in encoded:
        plain = a2b_qp(encoded.replace(b"=", b"=3D").replace(b"%", b"="))
        if len(plain) == len(encoded) - 2 * escapes:
            return plain
    return unquote_to_bytes(encoded)  # a % that begins no escape stands for itself
