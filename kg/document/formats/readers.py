"""The reader of each format, chosen by what the file is; imported where files are read, only."""

from __future__ import annotations

from collections.abc import Callable

from kg.document.document import DocumentError
from kg.document.formats.bundle import read_bundle
from kg.document.formats.canonical import Reading, Unreadable
from kg.document.formats.content import (
    DOCX,
    HTML,
    ODS,
    PDF,
    PICTURE,
    TEXTS,
    XLS,
    XLSB,
    XLSX,
    ZIP,
    media_type_of,
)
from kg.document.formats.docx import read_docx
from kg.document.formats.html import read_html
from kg.document.formats.pdf import read_pdf
from kg.document.formats.workbook import read_workbook
from kg.document.text import decode


def read_content(content: bytes, suffix: str) -> tuple[str, Reading]:
    """A file's media type and its text; `suffix` is the end of its name, in small letters.

    Raises:
        Unreadable: it can't be read; the message says why and what to do.
    """
    media_type = media_type_of(content, suffix)
    if media_type == ZIP:
        return ZIP, read_bundle(content, lambda member, kind: READERS[kind](member))
    if media_type == PICTURE:
        kind = suffix or "this kind of file"
        raise Unreadable(f"can't read {kind}, a picture; recognise its text (OCR) first")
    return media_type, READERS[media_type](content)


def _read_text(content: bytes) -> Reading:
    if not content.strip():
        raise Unreadable("is empty")
    try:
        return Reading(decode(content, ""))
    except DocumentError as error:
        raise Unreadable(f"is {str(error).removeprefix(': ')}") from error


READERS: dict[str, Callable[[bytes], Reading]] = {
    PDF: read_pdf,
    HTML: read_html,
    DOCX: read_docx,
    **dict.fromkeys((XLSX, XLSB, XLS, ODS), read_workbook),
    **dict.fromkeys(TEXTS.values(), _read_text),
}
