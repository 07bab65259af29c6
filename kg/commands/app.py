"""The commands under one name, and how they end: 0 done, 1 findings, 2 bad usage or input."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping
from typing import Any

import typer
from typer.core import TyperGroup

from kg import __version__
from kg.commands.console import fail
from kg.errors import ReportError

#: Where each command is; only the one that is asked for is imported.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "build": ("build", "build_command"),
    "extract": ("extract", "extract_command"),
    "schema": ("extract", "schema_command"),
    "audit": ("audit", "audit_command"),
    "codes": ("codes", "app"),
    "links": ("links", "app"),
    "validate": ("release", "validate_command"),
    "serve": ("serve", "serve_command"),
    "mcp": ("mcp", "mcp_command"),
    "diff": ("diff", "diff_command"),
    "dump": ("release", "dump_command"),
    "query": ("release", "query_command"),
    "sample": ("sample", "sample_command"),
}


class Commands(TyperGroup):
    """The commands, each imported when it is run or its help is asked for."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return [*COMMANDS]

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        found = getattr(importlib.import_module(f"kg.commands.{module}"), name)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False, rich_markup_mode=None)
            alone.command(cmd_name)(found)
            found = alone
        command = typer.main.get_command(found)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=Commands,
    help="Chinese final-accounts reports (部门决算) as linked open data that can be trusted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"juesuan {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True),
) -> None:
    pass


def main() -> None:
    """Run the command line."""
    try:
        app()
    except ReportError as error:
        fail(str(error))
    except BrokenPipeError:
        # whoever read our output has had enough; Python would complain once more at its exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        fail("stopped; what was there before is as it was", code=130)
