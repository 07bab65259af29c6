"""`juesuan diff`: what differs between two releases; exit 1 where anything does."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.commands.console import fail
from kg.diff import Block, Change, changes, differences, patching, said
from kg.digest import sha256_of
from kg.release import dump_of, open_nquads, read_manifest
from kg.vocabulary import Namespace


class Format(StrEnum):
    """How differences are written."""

    TEXT = "text"
    JSON = "json"
    PATCH = "patch"


def diff_command(
    old: Annotated[Path, typer.Argument(help="A release's directory.")],
    new: Annotated[Path, typer.Argument(help="The directory of another, later one.")],
    format: Annotated[
        Format, typer.Option(help="A line a change (text, json), or RDF Patch.")
    ] = Format.TEXT,
    to: Annotated[Path | None, typer.Option("--out", help="A file; else standard output.")] = None,
) -> None:
    """Tell what differs between two releases; ends with 0 if nothing does, else with 1."""
    one, other = read_manifest(old), read_manifest(new)
    if one["base"] != other["base"]:
        fail(f"{old} and {new} have different base IRIs, so all of their quads differ")
    with ExitStack() as stack:
        file = stack.enter_context(to.open("wb")) if to else sys.stdout.buffer
        before, after = (stack.enter_context(open_nquads(folder)) for folder in (old, new))
        blocks = _Counted(differences(before, after))
        if format is Format.PATCH:
            for _ in patching(blocks, _digest(old), _digest(new), file):
                pass
        else:
            found = changes(one["reports"], other["reports"], blocks, Namespace(other["base"]))
            for change in found:
                file.write(_line(change, format).encode() + b"\n")
        file.flush()
    if blocks.count:
        raise typer.Exit(1)


def _line(change: Change, format: Format) -> str:
    if format is Format.JSON:
        return json.dumps(change.as_json(), ensure_ascii=False)
    return said(change)


class _Counted:
    """Blocks, counted while they go by."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._blocks = blocks
        self.count = 0

    def __iter__(self) -> Iterator[Block]:
        for block in self._blocks:
            self.count += 1
            yield block


def _digest(release: Path) -> str:
    return sha256_of(dump_of(release))
