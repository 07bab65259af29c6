"""Word files, workbooks and web pages: what is shown is read, as it is shown."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
import xlsxwriter
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kg.document.formats.canonical import Unreadable
from kg.document.formats.docx import read_docx
from kg.document.formats.html import read_html
from kg.document.formats.workbook import read_workbook


def word(write: Callable[[docx.document.Document], object]) -> str:
    document = docx.Document()
    write(document)
    file = io.BytesIO()
    document.save(file)
    return read_docx(file.getvalue()).text


def sheets(write: Callable[[xlsxwriter.Workbook], object]) -> str:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        write(book)
    return read_workbook(file.getvalue()).text


def page(body: str) -> str:
    return read_html(f"<html><body>{body}</body></html>".encode()).text


# --- Word


def test_paragraphs_and_tables_in_order_with_merged_cells() -> None:
    def write(document: docx.document.Document) -> None:
        document.add_paragraph("收入支出决算总表\t公开01表")
        table = document.add_table(rows=3, cols=3)
        texts = ["项目", "本年支出", "", "", "基本", "项目", "办公费", "1.5", "2"]
        for number, text in enumerate(texts):
            table.cell(number // 3, number % 3).text = text
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(0, 0).merge(table.cell(1, 0))
        table.cell(2, 0).add_paragraph("及印刷费")
        document.add_paragraph("注：单位万元")

    assert word(write) == (
        "收入支出决算总表 公开01表\n\n"
        "项目\t本年支出\t\n\t基本\t项目\n办公费及印刷费\t1.5\t2\n\n"
        "注：单位万元\n"
    )


def test_changes_fields_and_controls_are_read_as_printed() -> None:
    xml = f"""<w:body {nsdecls("w")}>
      <w:sdt><w:sdtContent><w:p><w:r><w:t>一、概况</w:t></w:r><w:r>
      <w:instrText>PAGEREF _Toc1</w:instrText></w:r></w:p></w:sdtContent></w:sdt>
      <w:p><w:ins><w:r><w:t>支出12万元</w:t></w:r></w:ins>
      <w:del><w:r><w:delText>支出11万元</w:delText></w:r></w:del>
      <w:r><w:br/><w:t>第二行</w:t></w:r></w:p></w:body>"""

    def write(document: docx.document.Document) -> None:
        for child in list(parse_xml(xml)):
            document.element.body.insert(-1, child)

    assert word(write) == "一、概况\n支出12万元\n第二行\n"


LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%1.%3"))
NUMBERING = (
    f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="7">'
    + "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'{"<w:isLgl/>" * (n == 2)}<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (kind, text) in enumerate(LEVELS)
    )
    + """</w:abstractNum><w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0">
<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num></w:numbering>"""
)


def test_numbers_that_word_sets_by_itself() -> None:
    def paragraph(text: str, number: str = "", level: int = 0, more: str = "") -> str:
        list_ = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        return (
            f"<w:p><w:pPr>{more}{list_ if number else ''}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )

    heading = '<w:pStyle w:val="Heading1"/>'
    body = [
        paragraph("收入", "1"), paragraph("总体", "1", 1), paragraph("结构", "1", 1),
        paragraph("", "1", 2), paragraph("细目", "1", 2),
        paragraph("支出", more=heading), paragraph("基本", "1", 1),
        paragraph("无", "0"), paragraph("点", "3"), paragraph("另起", "2"), paragraph("再", "2"),
    ]  # fmt: skip

    def write(document: docx.document.Document) -> None:
        for child in list(parse_xml(f"<w:body {nsdecls('w')}>{''.join(body)}</w:body>")):
            document.element.body.insert(-1, child)
        style = document.styles["Heading 1"].element.get_or_add_pPr()
        style.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>'))
        parts = {part.partname: part for part in document.part.package.iter_parts()}
        parts["/word/numbering.xml"]._element = parse_xml(NUMBERING)

    assert word(write) == (
        "一、收入\n（一）总体\n（二）结构\n1.2细目\n二、支出\n（一）基本\n无\n点\n五、另起\n六、再\n"
    )


def test_hidden_text_is_left_out_and_notes_stand_behind() -> None:
    def write(document: docx.document.Document) -> None:
        document.add_paragraph("支出").add_run("旧稿").font.hidden = True
        text = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
        notes = f"""<w:footnotes {nsdecls("w")}>
        <w:footnote w:type="separator" w:id="0">{text.format("线")}</w:footnote>
        <w:footnote w:id="1">{text.format("注一")}</w:footnote></w:footnotes>"""
        name = PackURI("/word/footnotes.xml")
        part = Part(name, "application/xml", notes.encode(), document.part.package)
        document.part.relate_to(part, "http://x/footnotes")

    assert word(write) == "支出\n注一\n"


def test_a_table_that_lays_out_the_page_is_not_one() -> None:
    def write(document: docx.document.Document) -> None:
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        cell.text = "三、支出决算表"
        inner = cell.add_table(rows=1, cols=2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "合计", "9.80"

    assert word(write) == "三、支出决算表\n\n合计\t9.80\n"


# --- workbooks


def test_numbers_are_read_as_the_sheet_shows_them() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("收入决算表")
        cells = [
            (959.8399999, "0.00"), (12345.675, "#,##0.00"), (0.9876, "0.00%"), (0.1 + 0.2, ""),
            (2010301, ""), (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '),
            (-3.456, "#,##0.00_);[Red](#,##0.00)"), (0, "0.00;-0.00;"), (12345, "0!.0,"),
            (7.5, "#.##"),
        ]  # fmt: skip
        for column, (number, code) in enumerate(cells):
            shown = book.add_format({"num_format": code} if code else {})
            sheet.write_number(0, column, number, shown)

    assert sheets(write) == (
        "收入决算表\n959.84\t12,345.68\t98.76%\t0.3\t2010301\t-\t-3.46\t\t12345\t7.5\n"
    )


def test_titles_notes_and_sheets() -> None:
    note = "注：本表反映部门本年度取得的各项收入情况。金额转换时可能存在尾差。"

    def write(book: xlsxwriter.Workbook) -> None:
        first, hidden, last = (book.add_worksheet(name) for name in ("Sheet1", "代码", "GK02 支出"))
        first.merge_range(0, 0, 0, 2, "收入决算表")
        first.write_row(1, 0, ["部门：某局", "", "单位：万元"])
        first.write_row(2, 0, ["合计", "8\n013", "财政\n拨款"])
        first.write_row(3, 0, ["其他", ""])
        first.write(4, 0, note)
        hidden.write_row(0, 0, ["a", "b"])
        hidden.hide()
        last.write_row(0, 0, ["项目", "x"])

    assert sheets(write) == (
        "收入决算表\n部门：某局\t\t单位：万元\n合计\t8013\t财政拨款\n其他\t\t\n"
        f"{note}\n\nGK02 支出\n项目\tx\n"
    )


def test_hidden_rows_and_columns_are_left_out() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("支出表")
        for row in range(3):
            sheet.write_row(row, 0, [f"a{row}", f"b{row}", f"c{row}"])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})

    assert sheets(write) == "支出表\na0\tc0\na2\tc2\n"


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(Unreadable, match="nothing in its sheets"):
        sheets(lambda book: book.add_worksheet())


def test_a_broken_part_is_named() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(Unreadable, match=r"_rels/\.rels"):
        read_docx(file.getvalue())


# --- web pages


def test_what_a_page_shows() -> None:
    assert page(
        "<header>某某网</header><nav><ul><li>首页</ul></nav><h1>某局决算</h1><p>收入<b>12</b>万元<br>支出"
        "</p><div style='display:none'>旧稿</div><script>x()</script><footer>主办</footer>"
    ) == ("某局决算\n收入12万元\n支出\n")


def test_what_is_around_a_report_on_its_page() -> None:
    links = "".join(f"<li><a href='/{n}.html'>栏目第{n}号</a>" for n in range(5))
    contents = "".join(f"<li><a href='#a{n}'>一、收入决算{n}</a>" for n in range(3))
    assert page(
        f"<div class='top'><ul>{links}</ul></div><div class='bread-crumb'>首页 &gt; 公开</div>"
        "<div>当前位置：首页 &gt; 财政信息</div><h1>某局2023年度部门决算</h1>"
        "<p>索引号：001</p><div class='share'>微信</div><p>【打印】 【关闭】 字体：大 中 小</p>"
        f"<div class='foot-note'>支出12.5万元。</div><ul>{contents}</ul>"
        "<ul><li><a href='/1.xls'>附件1</a><li><a href='/2'>表2</a><li><a href='/3'>表3</a></ul>"
        "<p>主办单位：某局 鄂ICP备1号</p><div id='footer'>联系我们</div>"
    ) == (
        "某局2023年度部门决算\n索引号：001\n支出12.5万元。\n一、收入决算0\n一、收入决算1\n一、收入决算2\n"
        "附件1\n表2\n表3\n"
    )


def test_a_row_that_holds_the_whole_page() -> None:
    text = page(f"<table><tr><td>左<td><p>一、概况</p><p>{'支出。' * 600}</p></table>")
    assert text.startswith("左\n一、概况\n支出。")


def test_spans_are_blank_cells() -> None:
    assert page(
        "<table><caption>支出表</caption><tr><th rowspan=2>项目<th colspan=2>本年"
        "<tr><td>基<br>本<td>项目<tr><td>合计<td>1<td>2</table>"
    ) == ("支出表\n\n项目\t本年\t\n\t基本\t项目\n合计\t1\t2\n")


def test_tables_that_lay_out_the_page() -> None:
    text = page(
        "<table><tr><td>菜单</td><td><p>一、概况</p><table><tr><td>合计<td>9.8</table></td></tr></table>"
    )
    assert text == "菜单\n一、概况\n\n合计\t9.8\n"


@pytest.mark.parametrize(
    ("said", "encoding"), [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("x", "gbk")]
)
def test_encodings(said: str, encoding: str) -> None:
    content = f"<html><meta charset={said}><body>镕基：决算</body></html>".encode(encoding)
    assert read_html(content).text == "镕基：决算\n"


def test_a_page_saved_as_one_file() -> None:
    content = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        "<html><body>收入决算表</body></html>\n--b--\n"
    )
    assert read_html(content.encode()).text == "收入决算表\n"


def test_what_is_nested_without_end_is_refused() -> None:
    with pytest.raises(Unreadable, match="within each other"):
        page("<div>" * 5000 + "x")
