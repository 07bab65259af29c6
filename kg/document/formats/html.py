"""Web pages: blocks to lines, tables to rows; scripts, menus and footers are left out."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator

from lxml import html
from lxml.etree import ParserError

from kg.document.formats.canonical import Canonical, Reading, Unreadable, joined, plain
from kg.resources import toml

#: What isn't the page's text; the header of a page is dropped, that of an article isn't.
DROPPED = frozenset((
    "head", "script", "style", "noscript", "template", "nav", "footer", "aside", "select",
    "option", "button", "textarea", "object", "iframe", "svg", "canvas", "audio", "video",
    "map", "math",
))  # fmt: skip
BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "html", "li", "main", "menu", "ol", "p", "pre", "section", "summary",
    "caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
#: What is around a report on its page: html.toml.
AROUND = {name: re.compile(words) for name, words in toml(__package__, "html.toml").items()}
#: A line for visitors has fewer characters; what is around the report has fewer, too.
SHORT, SMALL = 80, 3000
#: So many links, of which so much of a text consists, are a menu.
LINKS, LINKED = 3, 0.75
#: A table of so few rows with a cell of so many characters lays out the page.
ROWS, LONG = 2, 1500
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: No table is as wide; more is an attack or a mistake (a span of thousands of columns).
COLUMNS = 200
#: Elements within elements: deeper than any page, and what Python's stack bears.
DEPTH = 150
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{1,40})""", re.IGNORECASE)


def read_html(content: bytes) -> Reading:
    """Read a web page, or one saved with its pictures (MHTML).

    Raises:
        Unreadable: there is no text in it.
    """
    text = _main_part(content) if is_mhtml(content) else _decoded(content)
    # a declaration of encoding means nothing in decoded text, and lxml refuses it
    text = re.sub(r"^\s*<\?xml[^>]{0,200}>", "", text)
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    except ParserError as error:
        raise Unreadable("has no text in it") from error
    canonical = Canonical()
    _Walk(canonical).block(root, 0)
    reading = canonical.reading()
    if not reading.text.strip():
        raise Unreadable("has no text in it")
    return reading


def is_mhtml(content: bytes) -> bool:
    """Whether a file is a page saved as a web archive, as office suites do."""
    head = content[:2048].lower()
    return b"mime-version:" in head and b"content-type:" in head and b"multipart/" in head


def _main_part(content: bytes) -> str:
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            page = payload if isinstance(payload, bytes) else b""
            return _decoded(page, part.get_content_charset())
    raise Unreadable("is a web archive without a page in it")


def _decoded(content: bytes, declared: str | None = None) -> str:
    """The page's text: UTF-8 where it is that, else as declared, else GB 18030."""
    found = _CHARSET.search(content[:4096])
    said = declared or (found[1].decode("ascii") if found else None)
    encodings = ["utf-8-sig", said or "gb18030", "gb18030"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings.insert(0, "utf-16")
    for encoding in encodings:
        # pages in GBK say gb2312, which has fewer characters
        known = "gb18030" if encoding.lower() in ("gb2312", "gbk") else encoding
        try:
            return content.decode(known)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("gb18030", errors="replace")


class _Walk:
    """A page being written, block by block."""

    def __init__(self, canonical: Canonical) -> None:
        self._canonical = canonical
        self._parts: list[str] = []

    def block(self, element: html.HtmlElement, depth: int) -> None:
        """Write a block: what is in it and between its blocks, each on lines of its own."""
        self.end()
        self._inside(element, depth)
        self.end()

    def end(self) -> None:
        """End the line; one for the site's visitors isn't written."""
        line = plain("".join(self._parts))
        if len(line) > SHORT or not AROUND["line"].search(line):
            self._canonical.line(line)
        self._parts = []

    def _inside(self, element: html.HtmlElement, depth: int) -> None:
        if depth > DEPTH:
            raise Unreadable(f"has more than {DEPTH} elements within each other; is it a web page?")
        self._parts.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and not _is_dropped(child):
                self._element(child, depth + 1)
            self._parts.append(child.tail or "")

    def _element(self, element: html.HtmlElement, depth: int) -> None:
        if element.tag == "br":
            self.end()
        elif element.tag == "table" and _is_table(element):
            self._table(element)
        elif element.tag in BLOCKS:
            self.block(element, depth)
        else:
            self._inside(element, depth)

    def _table(self, table: html.HtmlElement) -> None:
        self.end()
        for caption in table.iterchildren("caption"):
            self._canonical.line(caption.text_content())
        self._canonical.gap()
        for row in _rows(table):
            self._canonical.row(row)
        self._canonical.gap()


def _is_dropped(element: html.HtmlElement) -> bool:
    if element.tag == "header":
        parent = element.getparent()
        return parent is not None and parent.tag == "body"
    if element.tag in DROPPED or HIDDEN.search(element.get("style") or ""):
        return True
    return element.tag in BLOCKS and _is_around(element)


def _is_around(element: html.HtmlElement) -> bool:
    """Whether a block is the site's, not the report's: it is called so, or a list of links."""
    links = [link for link in element.iterdescendants("a") if not _leads_within(link)]
    named = AROUND["around"].search(f"{element.get('class') or ''} {element.get('id') or ''}")
    if not named and len(links) < LINKS:
        return False
    text = plain(element.text_content())
    if len(text) > SMALL or next(element.iterdescendants("table"), None) is not None:
        return False
    if named:
        return not AROUND["report"].search(text)
    if any(AROUND["file"].search(f"{a.text_content()} {a.get('href') or ''}") for a in links):
        return False
    return sum(len(plain(link.text_content())) for link in links) > LINKED * len(text)


def _leads_within(link: html.HtmlElement) -> bool:
    """Whether a link leads to a place on the page, as contents do."""
    return (link.get("href") or "#").startswith("#")


def _is_table(table: html.HtmlElement) -> bool:
    """A table with figures; one that holds tables, or one column, lays out the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [row.xpath("./td|./th") for row in table.iterdescendants("tr")]
    if len(rows) <= ROWS and any(len(cell.text_content()) > LONG for row in rows for cell in row):
        return False
    return any(len(row) > 1 for row in rows)


def _rows(table: html.HtmlElement) -> Iterator[list[str]]:
    """The rows of a table, as wide as what is printed: what spans columns or rows leaves blanks."""
    left: dict[int, int] = {}  # for how many rows more a column is spanned from above
    for row in table.iterdescendants("tr"):
        cells: list[str] = []
        spanned = dict(left)
        left = {column: rows - 1 for column, rows in left.items() if rows > 1}
        for cell in row.iterchildren("td", "th"):
            while len(cells) in spanned:
                cells.append("")
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            if down > 1:
                left |= {len(cells) + n: down - 1 for n in range(across)}
            cells += [_cell(cell), *[""] * (across - 1)]
            if len(cells) > COLUMNS:
                raise Unreadable(f"has a table of more than {COLUMNS} columns")
        while len(cells) in spanned:
            cells.append("")
        yield cells


def _span(cell: html.HtmlElement, name: str) -> int:
    text = cell.get(name) or ""
    return min(max(int(text), 1), COLUMNS) if re.fullmatch(r"\s*\d{1,6}\s*", text) else 1


def _cell(cell: html.HtmlElement) -> str:
    """A cell's text, the lines in it joined."""
    lines = [""]
    for element, text in _texts(cell):
        if element in BLOCKS or element == "br":
            lines.append("")
        lines[-1] += text
    return joined([plain(line) for line in lines])


def _texts(element: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """The texts in an element, each with the name of what it is in or behind."""
    yield "", element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not _is_dropped(child):
            inside = _texts(child)
            next(inside)
            yield child.tag, child.text or ""
            yield from inside
            yield (child.tag if child.tag in BLOCKS else ""), child.tail or ""
        else:
            yield "", child.tail or ""
