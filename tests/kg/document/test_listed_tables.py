"""Tables with a cell a line and nothing between: rows are found by what their cells are."""

import pytest

from kg.document.reading import from_text

ABOVE = ["收入支出决算总表", "公开01表", "金额单位：万元"]
ACCOUNTS = [
    ["收入", "支出"],
    ["项目", "行次", "金额", "项目", "行次", "金额"],
    ["栏次", "1", "栏次", "2"],
    ["一、财政拨款收入", "1", "80.00", "一、农林水支出", "5", "84.00"],
    ["二、其他收入", "2", "", "二、住房保障支出", "6", "3.00"],
    ["", "3", "", "三、其他支出", "7", ""],
    ["总计", "4", "87.00", "总计", "8", "87.00"],
]
SPENDING = [
    ["项目", "本年支出合计", "基本支出", "项目支出"],
    ["功能分类科目编码", "科目名称"],
    ["栏次", "1", "2", "3"],
    ["合计", "87.00", "60.00", "27.00"],
    ["213", "农林水支出", "84.00", "", "84.00"],
    ["221", "住房保障支出", "3.00", "3.00", ""],
]
BASIC = [
    ["人员经费", "公用经费"],
    ["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
    ["301", "工资福利支出", "40.00", "302", "商品和服务支出", "15.00"],
    ["30107", "绩效工资", "40.00", "30201", "办公费", "15.00"],
    ["人员经费合计", "40.00", "公用经费合计", "15.00"],
]


def rows(table: list[list[str]], end: str, blank: str = "") -> list[list[str]]:
    """What is read of a table whose cells end so, its blank cells as `blank`."""
    cells = [*ABOVE, *(cell for row in table for cell in row)]
    text = "".join(cell + end if cell else blank for cell in cells)
    document = from_text(text, name="x.txt", media_type="text/plain", sha256="")
    return [[cell.text for cell in row] for found in document.tables for row in found.rows]


@pytest.mark.parametrize("end", ["\n", "\n\n"])
def test_numbers_of_rows_tell_the_rows(end: str) -> None:
    found = rows(ACCOUNTS, end)
    assert found[3:] == ACCOUNTS[3:]
    assert found[1] == ACCOUNTS[1]
    assert found[2] == ["栏次", "", "1", "栏次", "", "2"]


@pytest.mark.parametrize("end", ["\n", "\n\n"])
def test_lines_left_of_blank_cells_tell_the_columns(end: str) -> None:
    found = rows(SPENDING, end, "\n")
    assert found[0] == ["项目", "", "本年支出合计", "基本支出", "项目支出"]
    assert found[3] == ["合计", "", "87.00", "60.00", "27.00"]
    assert found[4:] == SPENDING[4:]


def test_without_them_totals_alone_are_sure() -> None:
    found = rows(SPENDING, "\n")
    assert found[3] == ["合计", "", "87.00", "60.00", "27.00"]
    assert found[4][:5] == ["213", "农林水支出", "84.00", "", ""]
    assert found[4][5:] == ["84.00"]  # beyond the columns, where it means nothing


def test_codes_tell_the_sides() -> None:
    found = rows(BASIC, "\n\n")
    assert found[:4] == BASIC[:4]
    assert found[4] == ["人员经费合计", "", "40.00", "公用经费合计", "", "15.00"]


@pytest.mark.parametrize(
    "table",
    [
        [["序号", "内容"], ["1", "调研"], ["2", "培训"], ["3", "检查"], ["4", "验收"]],
        [["项目", "决算数"], ["合计", "5.00"]],
        [["本年收入合计80.00万元，"], ["比上年增加5.00万元。"]] * 4,
    ],
)
def test_other_lines_are_no_table(table: list[list[str]]) -> None:
    assert rows(table, "\n") == []
