"""ZIP archives of a report's files, read as one text: in order, each under its name."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from kg.document.formats.archive import Archive
from kg.document.formats.canonical import CHARACTERS, Reading, Unreadable
from kg.document.formats.content import PICTURE, ZIP, media_type_of

#: A report comes as a few files; more is a collection of reports, to be read one by one.
FILES = 50


def read_bundle(content: bytes, read: Callable[[bytes, str], Reading]) -> Reading:
    """Read an archive's files with `read` (bytes, media type); pictures are only named.

    Raises:
        Unreadable: one of its files can't be read, or there is none.
    """
    archive = Archive.of(content)
    names = sorted((archive.shown(name), name) for name in archive.names if not _is_hidden(name))
    if len(names) > FILES:
        raise Unreadable(f"holds {len(names)} files, more than the {FILES} of a report; unpack it")
    parts: list[str] = []
    texts = 0
    for shown, name in names:
        member = archive.read(name)
        try:
            media_type = media_type_of(member, posixpath.splitext(shown)[1].lower())
            if media_type == ZIP:
                raise Unreadable("is an archive; unpack it")
            text = "" if media_type == PICTURE else read(member, media_type).text
        except Unreadable as error:
            raise Unreadable(f"{shown}: {error}") from error
        texts += bool(text)
        parts.append(f"{shown}\n\n{text}\n")
        if sum(map(len, parts)) > CHARACTERS:
            raise Unreadable(f"has more than {CHARACTERS:,} characters of text; split it")
    if not texts:
        raise Unreadable("holds no file with text in it")
    return Reading("".join(parts))


def _is_hidden(name: str) -> bool:
    """Whether a member is what systems leave in archives: __MACOSX/, .DS_Store, Thumbs.db."""
    parts = name.replace("\\", "/").split("/")
    return (
        parts[0] == "__MACOSX"
        or parts[-1].lower() in ("thumbs.db", "desktop.ini")
        or any(part.startswith((".", "~$")) and part not in (".", "..") for part in parts)
    )
