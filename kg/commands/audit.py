"""`juesuan audit`: the contradictions of reports, for people and for programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.build.sources import find_sources
from kg.commands.console import complain, fail, out
from kg.findings import Audited, audit_files
from kg.findings.records import as_csv, as_json, as_turtle
from kg.findings.sarif import as_sarif
from kg.findings.table import as_table


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    TTL = "ttl"
    CSV = "csv"
    SARIF = "sarif"


class Least(StrEnum):
    """How grave a finding must be to be printed."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_GRAVE = {"Violation": (*Least,), "Warning": (Least.WARNING, Least.INFO), "Info": (Least.INFO,)}
WRITERS: Mapping[Format, Callable[[Iterable[Audited]], Iterator[str]]] = {
    Format.JSON: as_json,
    Format.CSV: as_csv,
    Format.TTL: as_turtle,
    Format.SARIF: as_sarif,
}


def audit_command(
    paths: Annotated[list[Path], typer.Argument(help="Reports, or folders of reports.")],
    format: Annotated[Format, typer.Option(help="For people, or for programs.")] = Format.TEXT,
    severity: Annotated[Least, typer.Option(help="The least grave to print.")] = Least.INFO,
    rounding: Annotated[
        bool, typer.Option("--rounding", help="Also what the rounding of figures explains.")
    ] = False,
    jobs: Annotated[
        int, typer.Option(min=1, help="How many reports to audit side by side.")
    ] = os.cpu_count() or 1,
) -> None:
    """Print the contradictions of reports; ends with 1 where there are errors among them."""
    files = find_sources(paths)
    if not files:
        fail("there is no file to read in the folders named")
    tally = _Tally()
    audited = tally.of(audit_files(files, rounding=rounding, jobs=jobs), severity)
    if format is Format.TEXT:
        for file in audited:
            out.print(as_table(file))
        if tally.files:
            out.print(f"{tally.findings} findings")
    else:
        sys.stdout.writelines(WRITERS[format](audited))
    if not tally.files:
        raise typer.Exit(2)
    if tally.errors:
        raise typer.Exit(1)


@dataclass
class _Tally:
    """What has been read, so that no file's findings need be kept."""

    files: int = 0
    findings: int = 0
    errors: int = 0

    def of(self, audited: Iterable[Audited], least: Least) -> Iterator[Audited]:
        """Each file that could be read, with the findings that are grave enough."""
        for file in audited:
            if file.problem:
                complain(file.problem)
                continue
            found = tuple(f for f in file.findings if least in _GRAVE[f.severity])
            self.files += 1
            self.findings += len(found)
            self.errors += sum(f.severity == "Violation" for f in found)
            yield replace(file, findings=found)
