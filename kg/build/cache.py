"""What a build keeps for the next: reports' parts, by the digests of their file and of juesuan."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from kg.build.parts import Parts
from kg.build.pieces import Piece
from kg.build.sources import SourceFile
from kg.digest import sha256_of
from kg.resources import published
from kg.swap import swap_in

PACKAGE = Path(__file__).resolve().parents[1]


@cache
def fingerprint() -> str:
    """The digest of all that decides what a report becomes: code, patterns, code lists, shapes."""
    digest = hashlib.sha256()
    folders = [PACKAGE, published("ontology"), published("shapes")]
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".py", ".toml", ".ttl", ".jsonld"):
                digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
                digest.update(file.read_bytes())
    return digest.hexdigest()


class Cache:
    """A folder of parts; it is no part of a release, and may be deleted at any time."""

    def __init__(self, folder: Path, base: str) -> None:
        self._folder = folder
        self._salt = f"{fingerprint()}\0{base}"
        self._asked_for = set[Path]()

    def get(self, file: SourceFile) -> Parts | None:
        """The parts made of a file's content, whatever the file was called then."""
        parts = Parts.read(self.place(file))
        return parts and replace(parts, entry=replace(parts.entry, source=file.name))

    def place(self, file: SourceFile) -> Path:
        """The folder for the parts of a file."""
        # the suffix takes part: what a file is read as may depend on it
        key = f"{self._salt}\0{file.path.suffix.lower()}\0{sha256_of(file.path)}"
        return self._place(key.encode())

    def piece(self, start: bytes, lines: Sequence[bytes]) -> Piece:
        """The piece of lines that begin with `start`, packed if it isn't kept."""
        piece = Piece(self._place(b"".join(lines)), "lines", start)
        if not piece.folder.exists():
            with self.scratch() as scratch:
                fresh = replace(piece, folder=scratch / "piece")
                fresh.folder.mkdir()
                fresh.write(lines)
                swap_in(fresh.folder, piece.folder)
        return piece

    def scratch(self) -> AbstractContextManager[Path]:
        """A folder that is deleted in the end; one that a killed build left, by the next."""
        return scratch_in(self._folder)

    def forget_others(self) -> None:
        """Delete all that wasn't asked for, what killed builds left among it."""
        for folder in self._folder.iterdir():
            if folder not in self._asked_for:
                shutil.rmtree(folder, ignore_errors=True)

    def _place(self, key: bytes) -> Path:
        place = self._folder / hashlib.sha256(key).hexdigest()
        self._asked_for.add(place)
        return place


@contextmanager
def scratch_in(folder: Path) -> Iterator[Path]:
    """A folder in another, which is made if need be; it is deleted in the end."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".", dir=folder) as scratch:
        yield Path(scratch)
