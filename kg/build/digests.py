"""Sizes and SHA-256 sums of a release's files, each read once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.digest import sha256_of


@dataclass(frozen=True, slots=True)
class Digest:
    """A file's length in bytes, and its SHA-256 in hexadecimal digits."""

    size: int
    sha256: str


class Digests:
    """The digests of the files of one release, by their names in it."""

    def __init__(self, release: Path) -> None:
        self._release = release
        self._known: dict[str, Digest] = {}

    def of(self, name: str) -> Digest:
        """The digest of a file, which must not change any more."""
        if name not in self._known:
            path = self._release / name
            self._known[name] = Digest(path.stat().st_size, sha256_of(path))
        return self._known[name]

    def write(self, path: Path) -> None:
        """Write the sums of all files but `path`, as `sha256sum --check` reads them."""
        files = sorted(f for f in self._release.rglob("*") if f.is_file() and f != path)
        names = [file.relative_to(self._release).as_posix() for file in files]
        path.write_text("".join(f"{self.of(name).sha256}  {name}\n" for name in names), "utf-8")
