"""Word files (OOXML): paragraphs and tables in the order of the body, as read, not as edited.

The file's XML is read as it is, since python-docx leaves out what tracked changes inserted and what
content controls hold.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from kg.document.formats.archive import Archive
from kg.document.formats.canonical import Canonical, Reading, Unreadable, joined
from kg.document.formats.numbering import Numbering
from kg.document.formats.xml import Element, name_of, parsed, value_of

#: What is in the file but not on the page: deleted text, the codes of fields (PAGEREF), the older
#: form of a drawing that is there in both.
DROPPED = frozenset(("del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr", "tblPr"))
#: Elements within elements; Word itself gives up earlier.
DEPTH = 200
COLUMNS = 200


def read_docx(content: bytes) -> Reading:
    """Read a Word file; its notes stand behind its text.

    Raises:
        Unreadable: it is broken, or there is no text in it.
    """
    archive = Archive.of(content)
    main = _main_part(archive)
    folder = posixpath.dirname(main)
    root = parsed(archive.read(main))
    word = _Word(Canonical(), Numbering.of(archive, folder))
    word.blocks(next((child for child in root if name_of(child) == "body"), root), 0)
    for name in ("footnotes", "endnotes"):
        if f"{folder}/{name}.xml" in archive.names:
            for note in parsed(archive.read(f"{folder}/{name}.xml")):
                if value_of(note, "type") in (None, "normal"):  # others are the line above them
                    word.blocks(note, 0)
    reading = word.canonical.reading()
    if not reading.text.strip():
        raise Unreadable("has no text in it; if its pages are pictures, recognise them (OCR) first")
    return reading


def _main_part(archive: Archive) -> str:
    """The document's own part, as the package names it."""
    for relation in parsed(archive.read("_rels/.rels")):
        if (value_of(relation, "Type") or "").endswith("/officeDocument"):
            return posixpath.normpath((value_of(relation, "Target") or "").lstrip("/"))
    return "word/document.xml"


@dataclass
class _Word:
    """A document being written."""

    canonical: Canonical
    numbering: Numbering

    def blocks(self, parent: Element, depth: int) -> None:
        """Write the paragraphs and tables in an element, in order, also those in other things."""
        if depth > DEPTH:
            raise Unreadable(f"has more than {DEPTH} things within each other; is it a report?")
        for child in parent:
            name = name_of(child)
            if name == "p":
                for line in self._lines(child):
                    self.canonical.line(line)
                self._boxes(child, depth)
            elif name == "tbl":
                self._table(child, depth)
            elif name and name not in DROPPED:
                self.blocks(child, depth + 1)

    def _boxes(self, paragraph: Element, depth: int) -> None:
        """Write the text boxes of a paragraph, behind it."""
        for box in paragraph.iter("{*}txbxContent"):
            if not any(name_of(outer) == "Fallback" for outer in box.iterancestors()):
                self.blocks(box, depth + 1)

    def _lines(self, paragraph: Element) -> list[str]:
        """A paragraph's text with its number; a break ends a line."""
        mark = self.numbering.mark(paragraph)
        text = "".join(_texts(paragraph, 0))
        return f"{mark}{text}".split("\n") if text.strip() else []

    def _table(self, table: Element, depth: int) -> None:
        """Write a table; one of a single cell, or one that holds tables, lays out what is in it."""
        rows = [list(_cells(row)) for row in _within(table, "tr")]
        inner = (name_of(e) for row in rows for cell, _, _ in row for e in cell.iter())
        if "tbl" in inner or all(len(row) == 1 for row in rows):
            for row in rows:
                for cell, _, _ in row:
                    self.blocks(cell, depth + 1)
            return
        self.canonical.gap()
        width = max(sum(before + span for _, before, span in row) for row in rows)
        for row in rows:
            cells: list[str] = []
            for cell, before, span in row:
                cells += [""] * before
                cells += [self._text(cell), *[""] * (span - 1)]
            self.canonical.row([*cells, *[""] * (width - len(cells))][:COLUMNS])
        self.canonical.gap()

    def _text(self, cell: Element) -> str:
        """A cell's text; a cell that goes on from the row above has none of its own."""
        merged = cell.find("{*}tcPr/{*}vMerge")
        if merged is not None and value_of(merged, "val") != "restart":
            return ""
        return joined([line for p in cell.iter("{*}p") for line in self._lines(p)])


def _texts(element: Element, depth: int) -> Iterator[str]:
    for child in element:
        name = name_of(child)
        if name == "r" and child.find("{*}rPr/{*}vanish") is not None:
            continue
        if name == "t":
            yield child.text or ""
        elif name == "tab":
            yield " "
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name and name not in DROPPED and name != "txbxContent" and depth < DEPTH:
            yield from _texts(child, depth + 1)


def _within(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in content controls."""
    for child in parent:
        if name_of(child) == name:
            yield child
        elif name_of(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(child, name)


def _cells(row: Element) -> Iterator[tuple[Element, int, int]]:
    """The cells of a row, with how many columns are left blank before each, and its span."""
    before = _number(row, "trPr", "gridBefore")
    for cell in _within(row, "tc"):
        yield cell, min(before, COLUMNS), min(max(_number(cell, "tcPr", "gridSpan"), 1), COLUMNS)
        before = 0


def _number(element: Element, properties: str, name: str) -> int:
    found = element.find(f"{{*}}{properties}/{{*}}{name}")
    text = (value_of(found, "val") or "") if found is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
