"""`juesuan mcp`: a release as tools for assistants (Model Context Protocol), over stdio."""

from __future__ import annotations

from typing import Annotated

import typer


def mcp_command(
    release: Annotated[str, typer.Argument(help="A release's directory, or a server's address.")],
) -> None:
    """Let assistants ask a release: tools over standard input and output."""
    # the web framework and the protocol take a second to import
    import anyio  # noqa: PLC0415

    from api.assistants.asking import api_of  # noqa: PLC0415
    from api.assistants.server import mcp_server  # noqa: PLC0415

    async def run() -> None:
        async with api_of(release) as api:
            await mcp_server(api).run_stdio_async()

    anyio.run(run)
