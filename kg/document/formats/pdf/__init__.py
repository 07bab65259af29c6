"""Born-digital PDFs: characters and lines by their places, to lines of prose and tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pypdfium2 as pdfium

from kg.document.formats.canonical import Reading, Unreadable
from kg.document.formats.pdf.glyphs import glyphs_of
from kg.document.formats.pdf.margins import Page, without_margins
from kg.document.formats.pdf.pages import Flow
from kg.document.formats.pdf.rules import rules_of

#: At forty pages a second, what can be read in the time that a file has.
PAGES = 1_000
#: How far before the end of the file its mark of the end may stand.
TAIL = 10_000
#: Fewer visible characters a page than this are a stamp or a page number on a picture.
CHARACTERS = 10
#: A larger share of characters that no font says the meaning of can't be read.
UNKNOWN = 0.3

_ERRORS = {
    pdfium.raw.FPDF_ERR_PASSWORD: "is encrypted; save it without a password",
    pdfium.raw.FPDF_ERR_SECURITY: "is encrypted in a way that isn't read; save it unprotected",
}


def read_pdf(content: bytes) -> Reading:
    """Read a PDF.

    Raises:
        Unreadable: it is broken, encrypted, a scan without text, or too long.

    """
    if b"%%EOF" not in content[-TAIL:]:
        # pdfium would read what is there, and nobody would know what isn't
        raise Unreadable("is cut off before its end; get it anew")
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        message = _ERRORS.get(
            getattr(error, "err_code", None) or 0, "is not a whole PDF; get it anew"
        )
        raise Unreadable(message) from error
    with closing(document):
        return _read(document)


def _read(document: pdfium.PdfDocument) -> Reading:
    pages = len(document)
    if pages > PAGES:
        raise Unreadable(f"has {pages} pages, more than {PAGES}; split it")
    read = _Pages(document)
    flow = Flow()
    for page in without_margins(read):
        flow.add(page)
    if read.characters < CHARACTERS * pages or not read.characters:
        raise Unreadable(
            "has no text layer (a scan): its pages are pictures; recognise the text (OCR) first"
        )
    if read.unknown > UNKNOWN * read.characters:
        raise Unreadable("has fonts that don't say which characters they draw; use OCR on it")
    flow.close()
    return flow.canonical.reading()


@dataclass
class _Pages:
    """The pages of a document, one after the other, and how many characters were on them."""

    document: pdfium.PdfDocument
    characters: int = 0
    unknown: int = 0

    def __iter__(self) -> Iterator[Page]:
        for number in range(len(self.document)):
            page = _page(self.document, number)
            self.characters += len(page.glyphs)
            self.unknown += sum(_is_unknown(glyph.text) for glyph in page.glyphs)
            yield page


def _page(document: pdfium.PdfDocument, number: int) -> Page:
    """A page; one that is broken makes the whole unreadable."""
    try:
        page = document[number]
    except pdfium.PdfiumError as error:
        raise Unreadable(f"is broken at page {number + 1}; get it anew") from error
    with closing(page), closing(page.get_textpage()) as text_page:
        glyphs, turn = glyphs_of(text_page.raw)
        _, top, _, bottom = turn(*page.get_mediabox())
        return Page(glyphs, rules_of(page.raw, turn), top, bottom)


def _is_unknown(character: str) -> bool:
    return character == "\ufffd" or "\ue000" <= character <= "\uf8ff"
