"""Files to documents: text is read here, other formats in a process that can be killed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.collector import collector_at_rest
from kg.document.document import Document, DocumentError
from kg.document.formats.canonical import CHARACTERS, Unreadable
from kg.document.formats.content import TEXTS, is_plain_text
from kg.document.formats.isolated import PROCESS
from kg.document.normal import NormalText
from kg.document.tables import split_tables
from kg.document.text import decode, split_lines

#: The largest reports are scans in part, some ten megabytes; ten times that is a mistake.
BYTES = 100_000_000


def read(path: Path) -> Document:
    """Read one file; what it is its content says, whatever its name.

    Raises:
        DocumentError: the file is missing, empty, broken, or of a format that isn't read.

    """
    content, suffix = _content(path), path.suffix.lower()
    if is_plain_text(content, suffix) or not content.strip():
        return _text(content, path, TEXTS.get(suffix, "text/plain"))
    try:
        media_type, reading = PROCESS.read(content, suffix)
    except Unreadable as error:
        raise DocumentError(f"{path}: {error}") from error
    sha256 = hashlib.sha256(content).hexdigest()
    return from_text(
        reading.text,
        name=str(path),
        media_type=media_type,
        sha256=sha256,
        pages=reading.pages,
    )


def read_text(path: Path, media_type: str = "text/plain") -> Document:
    """Read a text file: its canonical text is the file, decoded."""
    return _text(_content(path), path, media_type)


@collector_at_rest()
def from_text(
    text: str, *, name: str, media_type: str, sha256: str, pages: tuple[int, ...] = ()
) -> Document:
    """A document of a canonical text that is already at hand; `pages` are lines pages start at."""
    normal, lines = NormalText.of(text), split_lines(text)
    tables = split_tables(text, normal, lines)
    return Document(name, media_type, sha256, text, normal, lines, tables, pages)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(BYTES + 1)
    except FileNotFoundError:
        raise DocumentError(f"{path}: there is no such file") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DocumentError(f"{path}: can't be read ({reason})") from error
    if len(content) > BYTES:
        raise DocumentError(f"{path}: is larger than {BYTES / 1e6:.0f} MB; split it")
    return content


def _text(content: bytes, path: Path, media_type: str) -> Document:
    text = decode(content, str(path))
    if len(text) > CHARACTERS:
        raise DocumentError(f"{path}: has more than {CHARACTERS:,} characters of text; split it")
    sha256 = hashlib.sha256(content).hexdigest()
    return from_text(text, name=str(path), media_type=media_type, sha256=sha256)
