"""What a build keeps for the next: built reports, by the digest of their file and of juesuan."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import shutil
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
    """A folder of built reports, by the digest of their file; a damaged entry counts as absent."""

    def __init__(self, folder: Path, base: str) -> None:
        self._folder = folder
        self._salt = f"{fingerprint()}\0{base}"

    def get(self, file: SourceFile) -> BuiltReport | None:
        """What was built of a file's content, whatever the file was called then."""
        try:
            with file.path.open("rb") as content:
                path = self._path(file, hashlib.file_digest(content, "sha256").hexdigest())
            kept = json.loads(gzip.decompress(path.read_bytes()))
            entry = ReportEntry(**(kept.pop("entry") | {"source": file.name}))
            return BuiltReport(entry, **kept)
        except (OSError, EOFError, ValueError, TypeError, KeyError):
            return None

    def put(self, file: SourceFile, report: BuiltReport, before: Cache) -> None:
        """Keep a built report; where an older cache has it, its entry is carried over."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(file, report.entry.sha256)
        kept = before._path(file, report.entry.sha256)
        if kept.exists():
            shutil.copyfile(kept, path)
        else:
            content = json.dumps(dataclasses.asdict(report), ensure_ascii=False).encode()
            path.write_bytes(gzip.compress(content, compresslevel=1, mtime=0))

    def _path(self, file: SourceFile, sha256: str) -> Path:
        # the suffix takes part: what a file is read as may depend on it
        key = f"{self._salt}\0{file.path.suffix.lower()}\0{sha256}"
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()}.json.gz"
