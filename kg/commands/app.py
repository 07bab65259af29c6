"""The commands under one name, and how they end: 0 done, 1 findings, 2 bad usage or input."""

from __future__ import annotations

import os
import sys

import typer

from kg import __version__
from kg.commands import audit, build, codes, diff, extract, release, sample, serve
from kg.commands.console import fail
from kg.errors import ReportError

app = typer.Typer(
    help="Chinese final-accounts reports (部门决算) as linked open data that can be trusted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("build")(build.build_command)
app.command("extract")(extract.extract_command)
app.command("schema")(extract.schema_command)
app.command("audit")(audit.audit_command)
app.add_typer(codes.app, name="codes")
app.command("validate")(release.validate_command)
app.command("serve")(serve.serve_command)
app.command("diff")(diff.diff_command)
app.command("dump")(release.dump_command)
app.command("query")(release.query_command)
app.command("sample")(sample.sample_command)


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
