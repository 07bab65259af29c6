"""A release's `tables/`: the rows of its reports put together as CSV and Parquet, described."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import zstandard
from pyoxigraph import Quad

from kg.build.parts import Parts
from kg.build.publication import Publication
from kg.graph import by_subject, stated
from kg.processes import command, environment
from kg.tables import Graphs, Table, as_csv, rows, tables
from kg.tables.csvw import csv_metadata
from kg.tables.package import data_package
from kg.vocabulary import Namespace

METADATA, PACKAGE = "csv-metadata.json", "datapackage.json"


def write_csv(
    folder: Path, reports: Sequence[Parts], vocabularies: Iterable[Quad], namespace: Namespace
) -> None:
    """Write each table as CSV; one without rows has its head alone."""
    folder.mkdir()
    common = Graphs(by_subject(map(stated, vocabularies)), namespace)
    for table in tables():
        with (folder / f"{table.name}.csv").open("wb") as file:
            file.write(as_csv([[column.name for column in table.columns]]))
            if table.common:
                file.write(as_csv(rows(table, common)))
            else:
                _write_rows(table, reports, file)


def pack_tables(folder: Path) -> None:
    """Write the tables of a folder as Parquet, too, in a process that takes its memory with it."""
    subprocess.run(command("kg.tables.parquet", str(folder)), env=environment(), check=True)


def describe_tables(
    folder: Path, publication: Publication, namespace: Namespace, years: Iterable[int]
) -> None:
    """Write what the tables mean: CSV on the Web, and a Fiscal Data Package."""
    title, description = publication.title, publication.description
    csvw = {
        "dc:title": [{"@value": said, "@language": tag} for tag, said in title.items()],
        "dc:description": [{"@value": said, "@language": tag} for tag, said in description.items()],
        "dc:license": {"@id": publication.licence},
    }
    package = {
        "title": " / ".join(title.values()),
        "description": " / ".join(description.values()),
        "licenses": [{"path": publication.licence, "title": publication.licence}],
        "contributors": [
            {"title": " / ".join(publication.publisher.name.values()), "role": "publisher"}
        ],
    }
    _write(folder / METADATA, csv_metadata(tables(), namespace, csvw))
    _write(folder / PACKAGE, data_package(tables(), namespace, package, years))


def _write_rows(table: Table, reports: Sequence[Parts], file: IO[bytes]) -> None:
    """Write the rows of all reports, which come in the order of their IRIs."""
    last_unit, seen = "", set[str]()
    for parts in reports:
        part = parts.table(table.name)
        if not part.is_file():
            continue
        with part.open("rb") as packed:
            if not table.shared:
                zstandard.ZstdDecompressor().copy_stream(packed, file)
                continue
            # a unit's reports follow one another, and only they tell of it
            if parts.entry.unit != last_unit:
                last_unit, seen = parts.entry.unit, set()
            lines = zstandard.ZstdDecompressor().stream_reader(packed)
            file.write(as_csv(_first_said(io.TextIOWrapper(lines, "utf-8", newline=""), seen)))


def _first_said(lines: Iterable[str], seen: set[str]) -> Iterator[list[str]]:
    """The rows whose key isn't among those seen, which are added to them."""
    for row in csv.reader(lines):
        if row[0] not in seen:
            seen.add(row[0])
            yield row


def _write(path: Path, said: dict[str, Any]) -> None:
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
