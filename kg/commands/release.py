"""`juesuan validate`, `dump` and `query`: what is in a release, checked, written and asked."""

from __future__ import annotations

import gzip
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
)

from kg.commands.console import complain, fail, out
from kg.release import damaged_files, load_store, open_release, read_manifest, report_graphs
from kg.signing import SignatureError, verify
from kg.vocabulary import Namespace

ReleaseFolder = Annotated[Path, typer.Argument(help="A release's directory.")]


class Dump(StrEnum):
    """How a release is written."""

    NQ = "nq"
    TRIG = "trig"


class Results(StrEnum):
    """How a query's results are written; graphs (CONSTRUCT, DESCRIBE) are always Turtle."""

    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"


def validate_command(
    release: ReleaseFolder,
    signers: Annotated[
        Path | None, typer.Option(help="Who may have signed: a file as ssh-keygen -Y verify reads.")
    ] = None,
) -> None:
    """Check a release: its files against SHA256SUMS, each report's graph against the shapes."""
    from kg.shapes import violations  # noqa: PLC0415 - slow to start

    problems = list(damaged_files(release))
    if signers:
        try:
            out.print(f"signed by {verify(release, signers)}")
        except SignatureError as error:
            problems.append(str(error))
    namespace = _namespace(release)
    count = 0
    for name, file in report_graphs(release):
        count += 1
        try:
            problems += [f"{name}: {v}" for v in violations(file.read_bytes(), namespace)]
        except (OSError, ValueError) as error:
            problems.append(f"{file} can't be read: {error}")
    for problem in problems:
        complain(problem)
    out.print(f"{count} reports checked, {len(problems)} problems")
    if problems:
        raise typer.Exit(1)


def dump_command(
    release: ReleaseFolder,
    format: Annotated[Dump, typer.Option(help="N-Quads or TriG.")] = Dump.NQ,
    to: Annotated[Path | None, typer.Option("--out", help="A file; else standard output.")] = None,
) -> None:
    """Write all quads of a release."""
    data = open_release(release).with_name(f"juesuan.{format}.gz")
    with gzip.open(data) as quads:
        if to is None:
            shutil.copyfileobj(quads, sys.stdout.buffer)
        else:
            with to.open("wb") as file:
                shutil.copyfileobj(quads, file)


def query_command(
    release: ReleaseFolder,
    sparql: Annotated[str, typer.Argument(help="A SPARQL query; all our prefixes are known.")],
    format: Annotated[Results, typer.Option(help="How results are written.")] = Results.CSV,
) -> None:
    """Ask a release a SPARQL query, over all its graphs."""
    prefixes = _namespace(release).prefixes()
    store = load_store(release)
    try:
        _write(store.query(sparql, prefixes=prefixes), format)
    except (SyntaxError, ValueError) as error:
        fail(f"the query can't be read: {error}")


def _write(results: QuerySolutions | QueryBoolean | QueryTriples, format: Results) -> None:
    if isinstance(results, QueryTriples):
        results.serialize(sys.stdout.buffer, format=RdfFormat.TURTLE)
        return
    formats = {
        Results.CSV: QueryResultsFormat.CSV,
        Results.TSV: QueryResultsFormat.TSV,
        Results.JSON: QueryResultsFormat.JSON,
        Results.XML: QueryResultsFormat.XML,
    }
    results.serialize(sys.stdout.buffer, format=formats[format])


def _namespace(release: Path) -> Namespace:
    return Namespace(read_manifest(release)["base"])
