"""`juesuan serve`: a release over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.commands.console import fail


def serve_command(
    release: Annotated[
        Path | None,
        typer.Argument(
            help="A release's directory, or any file of RDF; with --backend, may be left out."
        ),
    ] = None,
    host: Annotated[str, typer.Option(envvar="JUESUAN_HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="JUESUAN_PORT", min=0, max=65535)] = 8000,
    backend: Annotated[
        list[str] | None,
        typer.Option(help="A SPARQL endpoint to ask; given again, a replica of the same release."),
    ] = None,
) -> None:
    """Serve a release, from its directory or from an endpoint: SPARQL, pages and dumps."""
    # the web framework takes half a second to import, which the other commands need not wait for
    from api.app import serve  # noqa: PLC0415

    try:
        serve(release, host, port, backend or ())
    except OSError as error:
        fail(f"can't listen on {host}:{port}: {error.strerror or error}")
