"""Word files (OOXML): paragraphs and tables in the order of the body, as read, not as edited.

The file's XML is read as it is, since python-docx leaves out what tracked changes inserted and what
content controls hold. Names are compared without their namespace: strict files have others.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from kg.document.formats.archive import Archive
from kg.document.formats.canonical import Canonical, Reading, Unreadable, joined

Element = etree._Element

#: What is in the file but not on the page: deleted text, the codes of fields (PAGEREF), the older
#: form of a drawing that is there in both.
DROPPED = frozenset(("del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr", "tblPr"))
#: Elements within elements; Word itself gives up earlier.
DEPTH = 200
COLUMNS = 200
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def read_docx(content: bytes) -> Reading:
    """Read a Word file.

    Raises:
        Unreadable: it is broken, or there is no text in it.
    """
    archive = Archive.of(content)
    root = parsed(archive.read(_main_part(archive)))
    canonical = Canonical()
    body = next((child for child in root if name_of(child) == "body"), root)
    _blocks(body, canonical, 0)
    reading = canonical.reading()
    if not reading.text.strip():
        raise Unreadable("has no text in it; if its pages are pictures, recognise them (OCR) first")
    return reading


def parsed(content: bytes) -> Element:
    """A part's XML; external entities are never read."""
    try:
        return etree.fromstring(content, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("is broken: one of its parts is not XML; get it anew") from error


def name_of(element: Element) -> str:
    """An element's name without its namespace; comments and the like have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value_of(element: Element, name: str) -> str | None:
    """An attribute's value, whatever its namespace."""
    found = (v for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name)
    return next((str(value) for value in found), None)


def _main_part(archive: Archive) -> str:
    """The document's own part, as the package names it."""
    for relation in parsed(archive.read("_rels/.rels")):
        if (value_of(relation, "Type") or "").endswith("/officeDocument"):
            return posixpath.normpath((value_of(relation, "Target") or "").lstrip("/"))
    return "word/document.xml"


def _blocks(parent: Element, canonical: Canonical, depth: int) -> None:
    """Write the paragraphs and tables in an element, in order, also those within other things."""
    if depth > DEPTH:
        raise Unreadable(f"has more than {DEPTH} things within each other; is it a report?")
    for child in parent:
        name = name_of(child)
        if name == "p":
            for line in _lines(child):
                canonical.line(line)
            _boxes(child, canonical, depth)
        elif name == "tbl":
            _table(child, canonical, depth)
        elif name and name not in DROPPED:
            _blocks(child, canonical, depth + 1)


def _boxes(paragraph: Element, canonical: Canonical, depth: int) -> None:
    """Write the text boxes of a paragraph, behind it."""
    for box in paragraph.iter("{*}txbxContent"):
        if not any(name_of(outer) == "Fallback" for outer in box.iterancestors()):
            _blocks(box, canonical, depth + 1)


def _lines(paragraph: Element) -> list[str]:
    """A paragraph's text; a break ends a line."""
    return "".join(_texts(paragraph, 0)).split("\n")


def _texts(element: Element, depth: int) -> Iterator[str]:
    for child in element:
        name = name_of(child)
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


def _table(table: Element, canonical: Canonical, depth: int) -> None:
    """Write a table; one of a single cell, or one that holds tables, lays out what is in it."""
    rows = [list(_cells(row)) for row in _within(table, "tr")]
    lays_out = any(name_of(e) == "tbl" for row in rows for cell, _, _ in row for e in cell.iter())
    if lays_out or all(len(row) == 1 for row in rows):
        for row in rows:
            for cell, _, _ in row:
                _blocks(cell, canonical, depth + 1)
        return
    canonical.gap()
    width = max(sum(before + span for _, before, span in row) for row in rows)
    for row in rows:
        cells: list[str] = []
        for cell, before, span in row:
            cells += [""] * before
            cells += [_text(cell), *[""] * (span - 1)]
        canonical.row([*cells, *[""] * (width - len(cells))][:COLUMNS])
    canonical.gap()


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


def _text(cell: Element) -> str:
    """A cell's text; a cell that goes on from the row above has none of its own."""
    merged = cell.find("{*}tcPr/{*}vMerge")
    if merged is not None and value_of(merged, "val") != "restart":
        return ""
    return joined([line for p in cell.iter("{*}p") for line in _lines(p)])
