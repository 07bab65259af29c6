"""What a build keeps for the next: built reports, by the digest of their file and of juesuan."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
from functools import cache
from pathlib import Path

from kg.build.manifest import ReportEntry
from kg.build.report import BuiltReport
from kg.build.sources import SourceFile
from kg.resources import published

PACKAGE = Path(__file__).resolve().parents[1]


@cache
def fingerprint() -> str:
    """The digest of all that decides what a report becomes: code, patterns, code lists, shapes."""
    digest = hashlib.sha256()
    folders = [PACKAGE, published("ontology"), published("shapes")]
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".py", ".toml", ".ttl"):
                digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
                digest.update(file.read_bytes())
    return digest.hexdigest()


class Cache:
    """A folder of built reports; a damaged entry counts as absent."""

    def __init__(self, folder: Path, base: str) -> None:
        self._folder = folder
        self._salt = f"{fingerprint()}\0{base}".encode()

    def path(self, file: SourceFile) -> Path | None:
        """Where a file's built report is kept, or None where the file can't be read."""
        try:
            content = file.path.read_bytes()
        except OSError:
            return None
        suffix = file.path.suffix.lower().encode()
        key = hashlib.sha256(self._salt + b"\0" + suffix + b"\0" + content).hexdigest()
        return self._folder / f"{key}.json.gz"

    def get(self, file: SourceFile) -> BuiltReport | None:
        path = self.path(file)
        if path is None or not path.exists():
            return None
        try:
            kept = json.loads(gzip.decompress(path.read_bytes()))
            entry = ReportEntry(**(kept.pop("entry") | {"source": file.name}))
            return BuiltReport(entry, **kept)
        except (OSError, EOFError, ValueError, TypeError, KeyError):
            return None

    def put(self, file: SourceFile, report: BuiltReport) -> None:
        if path := self.path(file):
            content = json.dumps(dataclasses.asdict(report), ensure_ascii=False).encode()
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(gzip.compress(content, compresslevel=1, mtime=0))
