"""What a build keeps for the next: reports' parts, by the digests of their file and of juesuan."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from pathlib import Path

from kg.build.parts import Parts
from kg.build.sources import SourceFile
from kg.digest import sha256_of
from kg.resources import published

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

    def get(self, file: SourceFile) -> Parts | None:
        """The parts made of a file's content, whatever the file was called then."""
        parts = Parts.read(self.place(file))
        return parts and replace(parts, entry=replace(parts.entry, source=file.name))

    def place(self, file: SourceFile) -> Path:
        """The folder for the parts of a file."""
        # the suffix takes part: what a file is read as may depend on it
        key = f"{self._salt}\0{file.path.suffix.lower()}\0{sha256_of(file.path)}"
        return self._folder / hashlib.sha256(key.encode()).hexdigest()

    def keep_only(self, used: Collection[Path]) -> None:
        """Delete all but the folders named."""
        for folder in self._folder.iterdir():
            if folder not in used:
                shutil.rmtree(folder, ignore_errors=True)
