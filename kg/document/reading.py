"""Files to documents: one reader for each format, chosen by the file's name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from kg.document.document import Document, DocumentError
from kg.document.text import decode, split_lines, split_tables

#: Media type by file name ending; what isn't here isn't read.
FORMATS = {".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown"}


def read(path: Path) -> Document:
    """Read one file.

    Raises:
        DocumentError: the file is missing, empty, not text, or of a format that isn't read.

    """
    media_type = FORMATS.get(path.suffix.lower())
    if media_type is None:
        formats = " ".join(FORMATS)
        raise DocumentError(
            f"{path}: can't read {path.suffix or 'this kind of file'}; use {formats}"
        )
    return READERS[media_type](path, media_type)


def read_text(path: Path, media_type: str = "text/plain") -> Document:
    """Read a text file: its canonical text is the file, decoded."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(f"{path}: there is no such file") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DocumentError(f"{path}: can't be read ({reason})") from error
    return from_text(
        decode(content, str(path)),
        name=str(path),
        media_type=media_type,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def from_text(text: str, *, name: str, media_type: str, sha256: str) -> Document:
    """A document of a canonical text that is already at hand."""
    lines = split_lines(text)
    return Document(name, media_type, sha256, text, lines, split_tables(text, lines))


READERS: dict[str, Callable[[Path, str], Document]] = {
    "text/plain": read_text,
    "text/markdown": read_text,
}
