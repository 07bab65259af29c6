"""The files that a build reads: those that are named, and those in the folders that are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class SourceFile:
    """A file, and the name that it has in the release: relative to the folder that was named."""

    name: str
    path: Path


def find_sources(paths: Iterable[Path]) -> list[SourceFile]:
    """The files to read, in the order of their names, none twice; hidden files are left alone."""
    found = {file.path.resolve(): file for path in paths for file in _files(path)}
    return sorted(found.values())


def _files(path: Path) -> Iterator[SourceFile]:
    if not path.is_dir():
        yield SourceFile(path.name, path)
        return
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path)
        if file.is_file() and not any(part.startswith(".") for part in inside.parts):
            yield SourceFile(inside.as_posix(), file)
