"""`juesuan build`: files to a release, with a progress bar and a summary."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from kg.build import BuildError, Manifest, ReportEntry, build
from kg.build.publication import read_publication
from kg.commands.console import complain, err, fail, out
from kg.vocabulary import DEFAULT_BASE

KINDS = ("Statement", "Ratio", "Change", "Explanation", "Evaluation", "Indicator")


def build_command(
    paths: Annotated[list[Path], typer.Argument(help="Reports, or folders of reports.")],
    to: Annotated[Path, typer.Option("--out", help="The release's directory.")],
    jobs: Annotated[
        int, typer.Option(min=1, help="How many reports to build side by side.")
    ] = os.cpu_count() or 1,
    base: Annotated[
        str, typer.Option(envvar="JUESUAN_BASE", help="The base of all IRIs.")
    ] = DEFAULT_BASE,
    publication: Annotated[
        Path | None,
        typer.Option(help="Who publishes, where, on what terms: a TOML file (docs/publishing.md)."),
    ] = None,
    sign: Annotated[
        Path | None, typer.Option(help="Sign SHA256SUMS with this SSH key, into SHA256SUMS.sig.")
    ] = None,
) -> None:
    """Build a release: what is new or changed is read, the rest is taken from the last build."""
    for path in paths:
        if not path.exists():
            fail(f"{path}: there is no such file or folder")
    try:
        published = read_publication(publication)
        with _progress() as progress:
            task = progress.add_task("", total=None)

            def tell(done: int, total: int, name: str) -> None:
                progress.update(task, completed=done, total=total, description=name)

            manifest = build(
                paths, to, base=base, jobs=jobs, publication=published, key=sign, progress=tell
            )
    except BuildError as error:
        for failure in error.failures:
            complain(failure.message)
        if len(error.failures) != 1:
            complain(str(error))
        raise typer.Exit(2) from None
    except ValueError as error:
        fail(str(error))
    for failure in manifest.failures:
        complain(failure.message)
    out.print(_summary(manifest))
    out.print(f"{len(manifest.reports)} reports, {manifest.quads:,} quads in {to}")
    if len(manifest.failures) > 0:
        out.print(f"{len(manifest.failures)} files are not in it; why is said above")


class _Rate(ProgressColumn):
    """How many reports are done in a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


def _progress() -> Progress:
    return Progress(
        TextColumn("building"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )


def _summary(manifest: Manifest) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("report", overflow="fold")
    for name in ("year", *(f"{kind.lower()}s" for kind in KINDS), "unclaimed", "findings"):
        table.add_column(name, justify="right", overflow="fold")
    for report in manifest.reports:
        table.add_row(report.unit_name, *_counts(report))
    return table


def _counts(report: ReportEntry) -> list[str]:
    facts = [report.facts.get(kind, 0) for kind in KINDS]
    counts = [report.fiscal_year, *facts, report.unclaimed, report.findings]
    return [str(count) for count in counts]
