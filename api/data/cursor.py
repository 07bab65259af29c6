"""Where a page ended, as the opaque text that asks for the next one.

A page begins after a record, not at a number: it costs the same at any depth, and stays right when
a new release brings records before it.
"""

from __future__ import annotations

import base64
import binascii

from api.errors import BadCursor

_SEPARATOR = "\n"


def write_cursor(*keys: str) -> str:
    """The cursor of what stands behind the record with these keys.

    >>> read_cursor(write_cursor("report/u/2023", "T03/final"), 2)
    ('report/u/2023', 'T03/final')
    """
    text = _SEPARATOR.join(keys)
    return base64.urlsafe_b64encode(text.encode()).decode("ascii").rstrip("=")


def read_cursor(cursor: str, count: int) -> tuple[str, ...]:
    """The `count` keys of a cursor; raise BadCursor where it is none of ours."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text = base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise BadCursor() from error
    keys = tuple(text.split(_SEPARATOR))
    if len(keys) != count or not all(keys):
        raise BadCursor()
    return keys
