"""The tables of a workbook: a sheet a table, merged cells, codes as numbers."""

from pathlib import Path

import xlsxwriter

from kg.document import read
from kg.extract.tables import read_table
from kg.facts import Statement
from kg.outline import outline


def workbook(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        money = book.add_format({"num_format": "#,##0.00"})
        sheet = book.add_worksheet("GK03 支出决算表(公开03表)")
        sheet.merge_range("A1:G1", "支出决算表")
        sheet.write_row("A2", ["编制单位：东渡区民政局", *[""] * 5, "金额单位：万元"])
        sheet.merge_range("A3:D3", "项目")
        for column, label in enumerate(["本年支出合计", "基本支出", "项目支出"], 4):
            sheet.merge_range(2, column, 4, column, label)
        sheet.merge_range("A4:C5", "功能分类科目编码")
        sheet.merge_range("D4:D5", "科目名称")
        sheet.write_row("A6", ["类", "款", "项", "栏次", "1", "2", "3"])
        sheet.write_row("D7", ["合计", 10.5, 6.25, 4.25], money)
        sheet.write_row("A8", ["2080201", "", "", "行政运行"])
        sheet.write_row("E8", [6.25, 6.25, 0], money)
        sheet.write_row("A9", [2080299, "", "", "其他民政管理事务支出"])
        sheet.write_row("E9", [4.25, "", 4.25], money)
        sheet = book.add_worksheet("GK06 一般公共预算财政拨款基本支出决算表")
        sheet.write_row("A1", ["", "", "", "", "", "公开06表（单位：元）"])
        sheet.merge_range("A2:C2", "人员经费")
        sheet.merge_range("D2:F2", "公用经费")
        sheet.write_row("A3", ["科目编码", "科目名称", "决算数"] * 2)
        sheet.write_row("A4", [301, "工资福利支出", 302, 302, "商品和服务支出", 30201])
        sheet.merge_range("A5:B5", "人员经费合计")
        sheet.write("C5", 302)
        sheet.merge_range("D5:E5", "公用经费合计")
        sheet.write("F5", 30201)


def test_sheets_are_tables(tmp_path: Path) -> None:
    workbook(tmp_path / "tables.xlsx")
    document = read(tmp_path / "tables.xlsx")
    read_as = []
    for table in outline(document).tables:
        for fact in read_table(document, table, 2023).facts:
            assert isinstance(fact, Statement)
            about = fact.dimensions
            code = about.function.code if about.function else about.economic
            read_as.append((about.place, code, about.nature, fact.money.reported, fact.money.unit))
    assert read_as == [
        ("T03", "all", "all", "10.50", "wan-yuan"),
        ("T03", "all", "basic", "6.25", "wan-yuan"),
        ("T03", "all", "project", "4.25", "wan-yuan"),
        ("T03", "2080201", "all", "6.25", "wan-yuan"),
        ("T03", "2080201", "basic", "6.25", "wan-yuan"),
        ("T03", "2080201", "project", "0.00", "wan-yuan"),
        ("T03", "2080299", "all", "4.25", "wan-yuan"),
        ("T03", "2080299", "project", "4.25", "wan-yuan"),
        ("T06", "301", "personnel", "302", "yuan"),
        ("T06", "all", "personnel", "302", "yuan"),
        ("T06", "302", "operating", "30201", "yuan"),
        ("T06", "all", "operating", "30201", "yuan"),
    ]
