"""The access log: a JSON object for each request, a line each."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler

from api.operations.seen import Seen

_STANDARD_OUTPUT = "-"


def access_log(place: str) -> logging.Logger | None:
    """A logger that writes to a file (rotated by others), or to standard output for ``-``.

    Raises:
        OSError: the file can't be written.
    """
    if not place:
        return None
    logger = logging.Logger("juesuan.access", logging.INFO)
    to_output = place == _STANDARD_OUTPUT
    handler = logging.StreamHandler(sys.stdout) if to_output else WatchedFileHandler(place)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.addHandler(handler)
    return logger


def line_of(seen: Seen, release: str) -> str:
    """A request as a line of the log; `release` is the digest of what answered it."""
    said = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "method": seen.method,
        "path": seen.path,
        "route": seen.route,
        "status": seen.status,
        "ms": round(seen.seconds * 1000, 1),
        "bytes": seen.bytes,
        "client": seen.client,
        "agent": seen.agent,
        "query": seen.query_hash,
        "release": release,
    }
    return json.dumps(said, ensure_ascii=False)
