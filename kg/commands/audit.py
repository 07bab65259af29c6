"""`juesuan audit`: the contradictions of reports, for people and for programs."""

from __future__ import annotations

import csv
import dataclasses
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import RdfFormat, Triple, serialize
from rich.table import Table

from kg.audit import Finding, audit
from kg.build.sources import find_sources
from kg.commands.console import complain, fail, out
from kg.document import read
from kg.errors import ReportError
from kg.extract import extract
from kg.mapping import Source, map_findings, map_report
from kg.outline import outline
from kg.vocabulary import Namespace

Findings = Sequence[tuple[str, Finding]]


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    TTL = "ttl"
    CSV = "csv"


def audit_command(
    paths: Annotated[list[Path], typer.Argument(help="Reports, or folders of reports.")],
    format: Annotated[Format, typer.Option(help="For people, or for programs.")] = Format.TEXT,
) -> None:
    """Print the contradictions of reports; ends with 1 where there are errors among them."""
    findings: list[tuple[str, Finding]] = []
    files = find_sources(paths)
    failed = 0
    for file in files:
        try:
            findings += [(file.name, finding) for finding in _audit(file.path)]
        except ReportError as error:
            failed += 1
            complain(str(error))
    if failed == len(files):
        if not files:
            fail("there is no file to read in the folders named")
        raise typer.Exit(2)
    PRINTERS[format](findings)
    if any(finding.severity == "Violation" for _, finding in findings):
        raise typer.Exit(1)


def _audit(path: Path) -> list[Finding]:
    document = read(path)
    source = Source(document.format, document.sha256)
    quads = map_report(extract(outline(document)), source, Namespace())
    return audit(quads, Namespace())


def _print_text(findings: Findings) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("report", "lines", "rule", "severity"):
        table.add_column(column)
    table.add_column("what contradicts what", overflow="fold")
    for name, finding in findings:
        lines = " ".join(map(str, finding.lines))
        table.add_row(name, lines, finding.rule, finding.severity, finding.message_zh)
    if findings:
        out.print(table)
    out.print(f"{len(findings)} findings")


def _print_json(findings: Findings) -> None:
    records = [{"source": name, **_plain(finding)} for name, finding in findings]
    sys.stdout.write(json.dumps(records, ensure_ascii=False, indent=1, default=str) + "\n")


def _print_csv(findings: Findings) -> None:
    fields = [field.name for field in dataclasses.fields(Finding)]
    writer = csv.DictWriter(sys.stdout, ["source", *fields])
    writer.writeheader()
    for name, finding in findings:
        values = _plain(finding).items()
        plain = {k: " ".join(map(str, v)) if isinstance(v, tuple) else v for k, v in values}
        writer.writerow({"source": name, **plain})


def _print_turtle(findings: Findings) -> None:
    namespace = Namespace()
    quads = map_findings([finding for _, finding in findings], namespace)
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    serialize(triples, sys.stdout.buffer, format=RdfFormat.TURTLE, prefixes=namespace.prefixes())


def _plain(finding: Finding) -> Mapping[str, object]:
    return {f.name: getattr(finding, f.name) for f in dataclasses.fields(finding)}


PRINTERS: Mapping[Format, Callable[[Findings], None]] = {
    Format.TEXT: _print_text,
    Format.JSON: _print_json,
    Format.CSV: _print_csv,
    Format.TTL: _print_turtle,
}
