"""`juesuan codes learn`: codes and names that reports print and the lists don't have."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.build.sources import find_sources
from kg.codes import load_code_lists
from kg.codes.learning import Lesson, learn
from kg.commands.console import complain, fail
from kg.document import Document, read
from kg.errors import ReportError

app = typer.Typer(
    help="The code lists, and what reports print that they don't have.", rich_markup_mode=None
)

_COLUMNS = ("code", "name", "level", "parent", "status", "listed", "times", "reports")
#: How many places of a pair are named.
_PLACES = 5


class Format(StrEnum):
    """How pairs are printed; both can be pasted into a list of names to accept."""

    CSV = "csv"
    TOML = "toml"


@app.callback()
def _codes() -> None:
    """A group with one command stays a group."""


@app.command("learn")
def learn_command(
    paths: Annotated[list[Path], typer.Argument(help="Reports, or folders of reports.")],
    format: Annotated[Format, typer.Option(help="A table, or one entry a pair.")] = Format.CSV,
) -> None:
    """List code-name pairs of the reports' tables that the lists lack or contradict.

    Nothing is changed: what is right is for a person to add to ontology/code.
    """
    documents = list(_read(paths))
    if not documents:
        fail("there is no file to read among the paths named")
    _PRINTERS[format](learn(documents, load_code_lists()))


def _read(paths: Sequence[Path]) -> Iterator[tuple[str, Document]]:
    for file in find_sources(paths):
        try:
            yield file.name, read(file.path)
        except ReportError as error:
            complain(str(error))


def _fields(lesson: Lesson) -> dict[str, str | int]:
    fields = {name: getattr(lesson, name) for name in _COLUMNS}
    more = len(lesson.where) - _PLACES
    places = " ".join(lesson.where[:_PLACES]) + (f" +{more}" if more > 0 else "")
    return {**fields, "where": places}


def _print_csv(lessons: Sequence[Lesson]) -> None:
    writer = csv.DictWriter(sys.stdout, (*_COLUMNS, "where"), lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(_fields, lessons))


def _print_toml(lessons: Sequence[Lesson]) -> None:
    for lesson in lessons:
        sys.stdout.write("[[names]]\n")
        for name, value in _fields(lesson).items():
            shown = value if isinstance(value, int) else _quoted(value)
            sys.stdout.write(f"{name} = {shown}\n")
        sys.stdout.write("\n")


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_PRINTERS = {Format.CSV: _print_csv, Format.TOML: _print_toml}
