"""What a file is, told by its first bytes and its parts; its name tells kinds of text apart."""

from __future__ import annotations

import re

from kg.document.formats.archive import Archive
from kg.document.formats.canonical import Unreadable

PDF = "application/pdf"
HTML = "text/html"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ZIP = "application/zip"
PICTURE = "image/*"

#: Media types of text by the end of the file's name.
TEXTS = {".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown"}
#: What is written to a page's reader under other names: office suites save such .doc and .xls.
PAGES = frozenset(
    (".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".doc", ".xls", ".wps", ".et")
)
#: For people: the ends of names of all that is read.
READ = ".pdf .docx .xlsx .xls .html .txt .md .zip"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_REFUSED = (
    (b"{\\rtf", "is an RTF file; save it as .docx or PDF"),
    (b"Rar!", "is a RAR archive; unpack it, or pack it as .zip"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive; unpack it, or pack it as .zip"),
    (b"\x1f\x8b", "is packed with gzip; unpack it"),
)
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]|<table[\s>]", re.IGNORECASE)
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[!?a-zA-Z]")
_OFFICE_XML = re.compile(rb"schemas-microsoft-com:office:spreadsheet|office/word/2003/wordml")


def is_plain_text(content: bytes, suffix: str) -> bool:
    """Whether a file of a text's name is that, and not another format under a wrong name."""
    return suffix in TEXTS and _binary(content) is None and not _is_page(content, suffix)


def media_type_of(content: bytes, suffix: str) -> str:
    """The media type of a file; `suffix` is the end of its name, in small letters.

    Raises:
        Unreadable: it is of a kind that isn't read.
    """
    kind = _binary(content)
    if kind == ZIP:
        return _in_archive(Archive.of(content))
    if kind == _OLE_KIND:
        return _in_compound(content)
    if kind:
        return kind
    for start, refusal in _REFUSED:
        if content.startswith(start):
            raise Unreadable(refusal)
    if _OFFICE_XML.search(content[:4096]):
        raise Unreadable("is an office file of 2003 in XML; save it as .docx or .xlsx")
    if _is_page(content, suffix):
        return HTML
    if suffix in TEXTS:
        return TEXTS[suffix]
    raise Unreadable(f"can't read {suffix or 'this kind of file'}; use {READ}")


_OLE_KIND = "application/x-ole-storage"


def _binary(content: bytes) -> str | None:
    """The kind of a file that has a signature."""
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ZIP
    if content.startswith(_OLE):
        return _OLE_KIND
    return PICTURE if content.startswith(_PICTURES) else None


def _is_page(content: bytes, suffix: str) -> bool:
    head = content[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode("ascii", "replace")
    if re.search(rb"^mime-version:", head, re.IGNORECASE | re.MULTILINE) and b"multipart/" in head:
        return True
    if suffix in (".html", ".htm", ".shtml", ".xhtml"):
        return True
    begins = _START.match(head) is not None
    if suffix in PAGES:
        return begins
    return begins and _PAGE.search(head) is not None


def _in_archive(archive: Archive) -> str:
    """What an archive is: an office file, or files of their own."""
    names = set(archive.names)
    if "[Content_Types].xml" in names:
        if "xl/workbook.bin" in names:
            return XLSB
        if any(name.startswith("xl/") for name in names):
            return XLSX
        if any(name.startswith("ppt/") for name in names):
            raise Unreadable("is a presentation; save it as PDF")
        return DOCX
    if "mimetype" in names and "content.xml" in names:
        if archive.read("mimetype").strip() == ODS.encode():
            return ODS
        raise Unreadable("is an OpenDocument file; save it as .docx or PDF")
    if "OFD.xml" in names:
        raise Unreadable("is an OFD file; save it as PDF")
    return ZIP


def _in_compound(content: bytes) -> str:
    """What an office file from before 2007 is, by the names of the streams in it."""
    names = {n for n in _STREAMS if n.encode("utf-16-le") in content}
    if "EncryptedPackage" in names:
        raise Unreadable("is encrypted; save it without a password")
    if "WordDocument" in names:
        raise Unreadable("is a Word file of before 2007 (.doc); save it as .docx or PDF")
    if names & {"Workbook", "Book"}:
        return XLS
    raise Unreadable("is an office file of before 2007; save it as .docx, .xlsx or PDF")


_STREAMS = ("EncryptedPackage", "WordDocument", "Workbook", "Book")
