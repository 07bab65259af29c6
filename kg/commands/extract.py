"""`juesuan extract` and `juesuan schema`: the facts of one file, for people who want no RDF."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.document import read
from kg.extract import extract
from kg.outline import outline
from kg.vocabulary import Namespace


class Format(StrEnum):
    """How facts are printed."""

    JSONL = "jsonl"


def extract_command(
    file: Annotated[Path, typer.Argument(help="A report.")],
    format: Annotated[Format, typer.Option(help="One JSON object a line.")] = Format.JSONL,
) -> None:
    """Print the head, the facts, then the unclaimed figures of a report."""
    for record in extract(outline(read(file))).records():
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def schema_command() -> None:
    """Print the JSON Schema of the lines that extract prints."""
    from kg.schema import record_schema  # noqa: PLC0415 - slow to start

    sys.stdout.write(json.dumps(record_schema(Namespace()), ensure_ascii=False, indent=2) + "\n")
