"""`juesuan serve`: a release over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.commands.console import fail


def serve_command(
    release: Annotated[Path, typer.Argument(help="A release's directory.")],
    host: Annotated[str, typer.Option(envvar="JUESUAN_HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="JUESUAN_PORT", min=0, max=65535)] = 8000,
) -> None:
    """Serve a release: SPARQL, pages and dumps."""
    # the web framework takes half a second to import, which the other commands need not wait for
    from api.app import serve  # noqa: PLC0415

    try:
        serve(release, host, port)
    except OSError as error:
        fail(f"can't listen on {host}:{port}: {error.strerror or error}")
