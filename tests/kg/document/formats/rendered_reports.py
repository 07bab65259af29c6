"""Invented reports printed as the files in which reports are published, to test the readers."""

import html
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

import docx
import xlsxwriter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from kg.document.reading import from_text
from kg.extract import extract
from kg.facts import Change, Evaluation, Ratio, Statement
from kg.outline import outline

#: A paragraph's text, or a table's rows.
Block = str | list[list[str]]

FONT = "STSong-Light"
AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d+|-?\d+(?:\.\d+)?")
#: 科目 and economic codes, which are flush left, if a name is behind them.
CODE = re.compile(r"[2-3]\d\d(?:\d\d){0,2}")


def blocks_of(text: str) -> list[Block]:
    """The paragraphs and tables of a report's text; contents are paragraphs."""
    blocks: list[Block] = []
    plain = re.sub(r"\*\*|</?b>|^#+ ", "", text, flags=re.MULTILINE)
    for tabbed, run in groupby(plain.split("\n"), key=lambda line: "\t" in line):
        lines = list(run)
        if tabbed and not all(re.search(r"\.{2,}|…", line) for line in lines):
            blocks.append([line.split("\t") for line in lines])
        else:
            blocks += [line.replace("\t", " ").strip() for line in lines if line.strip()]
    return blocks


def as_text(blocks: list[Block]) -> str:
    """The report as text, as the generator prints it."""
    parts = ["\n".join(map("\t".join, b)) if isinstance(b, list) else b for b in blocks]
    return "".join(f"{part}\n\n" for part in parts)


def tables_of(blocks: list[Block]) -> list[Block]:
    """The tables, each with the lines above it that a sheet would have."""
    found: list[Block] = []
    before: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            before.append(block)
        else:
            found += [*[line for line in before if len(line) < 40][-3:], block]
            before = []
    return found


def facts_of(text: str) -> Counter[tuple[Any, ...]]:
    """What a text states: each fact without its passage, as often as it is stated."""
    document = from_text(text, name="report", media_type="text/plain", sha256="0" * 64)
    found: Counter[tuple[Any, ...]] = Counter()
    for fact in extract(outline(document)).facts:
        if isinstance(fact, (Statement, Change)):
            found[type(fact), fact.dimensions, fact.money.reported, fact.money.amount] += 1
        elif isinstance(fact, Ratio):
            found[Ratio, fact.dimensions, fact.reported] += 1
        elif isinstance(fact, Evaluation):
            found[Evaluation, fact.project, fact.outputs] += 1
    return found


def as_html(blocks: list[Block], encoding: str = "utf-8") -> bytes:
    """A web page: navigation and footer around the text, blank cells at a header's end spanned."""
    parts = [
        f"<!DOCTYPE html><html><head><meta charset='{encoding}'><title>x</title><style>p {{}}",
        "</style><script>var a = '<p>12.5万元</p>';</script></head><body>",
        "<nav>首页 | 政务公开</nav>",
    ]
    for block in blocks:
        if isinstance(block, str):
            parts.append(f"<p>{html.escape(block)}</p>\n")
        else:
            parts += ["<table border=1>\n", *map(_html_row, block), "</table>"]
    parts.append("<footer>主办：某某</footer></body></html>")
    return "".join(parts).encode(encoding)


def _html_row(row: list[str]) -> str:
    cells = []
    for text, blanks in _spans(row):
        span = f" colspan={blanks + 1}" if blanks else ""
        cells.append(f"<td{span}><p>{html.escape(text)}</p></td>")
    return f"<tr>{''.join(cells)}</tr>\n"


def _spans(row: list[str]) -> Iterator[tuple[str, int]]:
    """The cells of a header's row, each with how many blank ones behind it; other rows as is."""
    if any(AMOUNT.fullmatch(cell) for cell in row):
        yield from ((cell, 0) for cell in row)
        return
    columns = [n for n, cell in enumerate(row) if cell or n == 0]
    for n, end in zip(columns, [*columns[1:], len(row)], strict=True):
        yield row[n], end - n - 1


def as_docx(blocks: list[Block]) -> bytes:
    """A Word file; cells of headers that span others are merged."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=len(block), cols=len(block[0]))
        cells = table._cells  # table.cell() takes quadratic time
        for number, row in enumerate(block):
            column = 0
            for text, blanks in _spans(row):
                first = number * len(row) + column
                cells[first].text = text
                if blanks:
                    cells[first].merge(cells[first + blanks])
                column += 1 + blanks
    return _saved(document.save)


def as_xlsx(blocks: list[Block]) -> bytes:
    """A workbook with a sheet for each table; the lines before it are its first rows."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        formats: dict[str, Any] = {}
        before: list[str] = []
        for block in blocks:
            if isinstance(block, str):
                before = [*before, block]
                continue
            sheet = book.add_worksheet()
            lines = [[line] for line in before]
            for number, row in enumerate([*lines, *block]):
                for column, text in enumerate(row):
                    _write_cell(book, formats, sheet, number, column, text)
            before = []
    return file.getvalue()


def _write_cell(
    book: Any, formats: dict[str, Any], sheet: Any, row: int, column: int, text: str
) -> None:
    """Amounts as numbers that the sheet rounds as printed; the rest, codes too, as text."""
    if not (AMOUNT.fullmatch(text) and "." in text):
        sheet.write_string(row, column, text)
        return
    code = ("#,##0." if "," in text else "0.") + "0" * len(text.partition(".")[2])
    if code not in formats:
        formats[code] = book.add_format({"num_format": code})
    # as a sheet that adds up cells has it: 959.8399999999999
    noisy = float(text.replace(",", "")) + 1e-12
    sheet.write_number(row, column, noisy, formats[code])


def as_pdf(
    blocks: list[Block],
    *,
    ruled: bool = True,
    wide: bool = False,
    size: float = 9,
    pad: float = 3,
    page_numbers: bool = True,
) -> bytes:
    """A born-digital PDF: tables ruled or without lines, going over pages, cells that wrap."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    prose = ParagraphStyle("prose", fontName=FONT, fontSize=12, leading=20, wordWrap="CJK")
    cell = ParagraphStyle("cell", fontName=FONT, fontSize=size, leading=size * 1.2, wordWrap="CJK")
    page = landscape(A4) if wide else A4
    story: list[Any] = []
    for block in blocks:
        if isinstance(block, str):
            if block.startswith("第") and "部分" in block[:6]:
                story.append(PageBreak())
            story.append(Paragraph(escape(block), prose))
        else:
            story += [_pdf_table(block, cell, page[0] - 72, ruled, pad), Spacer(1, 6)]
    file = io.BytesIO()

    def number(canvas: Any, template: Any) -> None:
        if page_numbers:
            canvas.setFont(FONT, 9)
            canvas.drawCentredString(page[0] / 2, 20, f"- {canvas.getPageNumber()} -")

    template = SimpleDocTemplate(
        file, pagesize=page, leftMargin=36, rightMargin=36, topMargin=40, bottomMargin=40
    )
    template.build(story, onFirstPage=number, onLaterPages=number)
    return file.getvalue()


def _pdf_table(
    rows: list[list[str]], style: ParagraphStyle, width: float, ruled: bool, pad: float
) -> Table:
    widths = [_width(column) for column in zip(*rows, strict=True)]
    scale = width / sum(widths)
    commands: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
    if ruled:
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    for number, row in enumerate(rows):
        for first, last in _merged(row):
            commands.append(("SPAN", (first, number), (last, number)))
    right = ParagraphStyle("right", style, alignment=2)
    centre = ParagraphStyle("centre", style, alignment=1)
    cells = []
    for row in rows:
        head = not any("." in cell and AMOUNT.fullmatch(cell) for cell in row)
        styles = [
            style
            if CODE.fullmatch(cell) and behind[:1] > "9"
            else _aligned(cell, head, style, centre, right)
            for cell, behind in zip(row, [*row[1:], ""], strict=True)
        ]
        cells.append([Paragraph(escape(c), found) for c, found in zip(row, styles, strict=True)])
    for number, row in enumerate(rows):
        if _is_title(row):  # its last cell reaches over the blank ones on its left
            cells[number][len(row) * 2 // 3] = cells[number][-1]
    return Table(cells, colWidths=[w * scale for w in widths], style=commands)


def _merged(row: list[str]) -> Iterator[tuple[int, int]]:
    """The cells of a row that are merged, as first and last column."""
    if _is_title(row):
        middle = len(row) * 2 // 3
        yield from ((0, middle - 1), (middle, len(row) - 1))
        return
    column = 0
    for _, blanks in _spans(row):
        if blanks:
            yield column, column + blanks
        column += 1 + blanks


def _is_title(row: list[str]) -> bool:
    """Whether a row is a table's title, or the unit, with a word on the right."""
    return len(row) > 3 and [n for n, cell in enumerate(row) if cell] == [0, len(row) - 1]


def _aligned(
    cell: str, head: bool, left: ParagraphStyle, centre: ParagraphStyle, right: ParagraphStyle
) -> ParagraphStyle:
    if AMOUNT.fullmatch(cell) and not head and len(cell) > 2:
        return right
    return centre if head or len(cell) < 3 else left


def _width(column: tuple[str, ...]) -> float:
    """A column's share of the page: its usual text, with long ones wrapped."""
    lengths = sorted(sum(2 if ord(c) > 127 else 1 for c in cell) for cell in column)
    numbers = max((len(c) for c in column if AMOUNT.fullmatch(c)), default=0)
    return max(min(lengths[int(len(lengths) * 0.8)], 30), numbers + 2, 6) + 2.0


def _saved(save: Any) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()
