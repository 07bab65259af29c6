"""Tables of web pages whose conversion left out blank cells and filled the rows up with bars."""

from kg.document.reading import from_text


def rows(text: str) -> list[list[str]]:
    document = from_text(text, name="x.txt", media_type="text/plain", sha256="")
    return [[cell.text for cell in row] for table in document.tables for row in table.rows]


def test_full_rows_stand_in_their_columns() -> None:
    assert rows(
        "项目 | 本年支出 | |||\n"
        "科目编码 | 科目名称 | 小计 | 基本支出 | 项目支出 |\n"
        "合计 | 9.00 | 6.00 | 3.00 | |\n"
        "207 | 文化支出 | 9.00 | 6.00 | 3.00 |\n"
    )[1:] == [
        ["科目编码", "科目名称", "小计", "基本支出", "项目支出"],
        ["合计", "", "9.00", "6.00", "3.00"],
        ["207", "文化支出", "9.00", "6.00", "3.00"],
    ]


def test_of_a_row_that_lacks_numbers_only_the_total_is_sure() -> None:
    found = rows(
        "科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |\n"
        "208 | 社会保障支出 | 9.00 | 6.00 | 3.00 |\n"
        "20805 | 养老支出 | 6.00 | 6.00 | |\n"
    )
    assert found[2] == ["20805", "养老支出", "6.00", "", "", "6.00"]


def test_without_a_column_of_totals_no_number_is_sure() -> None:
    found = rows(
        "科目编码 | 科目名称 | 年初结转 | 本年收入 | 本年支出 |\n"
        "212 | 城乡社区支出 | 1.00 | 2.00 | 3.00 |\n"
        "21208 | 土地出让支出 | 2.00 | 2.00 | |\n"
    )
    assert found[2] == ["21208", "土地出让支出", "", "", "", "2.00", "2.00"]


def test_a_row_with_blank_left_side_is_of_the_right_one() -> None:
    found = rows(
        "收入 | 支出 | |||||\n"
        "项目 | 行次 | 金额 | 项目 | 行次 | 金额 |\n"
        "一、财政拨款收入 | 1 | 5.00 | 一、公共安全支出 | 31 | 4.00 |\n"
        "二、其他收入 | 2 | 二、住房保障支出 | 32 | 1.00 | |\n"
        "3 | 三、其他支出 | 33 | |||\n"
        "本年收入合计 | 27 | 5.00 | 本年支出合计 | 57 | 5.00 |\n"
    )
    assert found[3:] == [
        ["二、其他收入", "2", "", "二、住房保障支出", "32", "1.00"],
        ["", "3", "", "三、其他支出", "33", ""],
        ["本年收入合计", "27", "5.00", "本年支出合计", "57", "5.00"],
    ]


def test_sides_without_numbers_of_rows_are_told_by_their_labels() -> None:
    found = rows(
        "项目 | 决算数 | 项目 | 合计 | 一般公共预算财政拨款 |\n"
        "一、一般公共预算财政拨款 | 5.00 | 一、教育支出 | 5.00 | 5.00 |\n"
        "二、卫生健康支出 | 1.00 | 1.00 | ||\n"
    )
    assert found[2] == ["", "", "二、卫生健康支出", "1.00", "1.00"]


def test_codes_side_by_side_have_a_number_each_or_none() -> None:
    found = rows(
        "科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 |\n"
        "301 | 工资福利支出 | 40.00 | 302 | 商品和服务支出 | 15 |\n"
        "30101 | 基本工资 | 30201 | 办公费 | 15 | |\n"
        "30102 | 津贴补贴 | 40.00 | |||\n"
    )
    assert found[1:] == [
        ["301", "工资福利支出", "40.00", "302", "商品和服务支出", "15"],
        ["30101", "基本工资", "", "30201", "办公费", "15"],
        ["30102", "津贴补贴", "40.00", "", "", ""],
    ]


def test_rows_with_gaps_have_lost_nothing() -> None:
    found = rows("序号 | 内容 | 金额 |\n1 | | 2.00 |\n | 合计 | 2.00 |\n")
    assert found == [["序号", "内容", "金额"], ["1", "", "2.00"], ["", "合计", "2.00"]]


def test_lines_of_one_cell_are_no_table() -> None:
    assert rows("某局2023年度部门决算 | ||||\n浏览量: 8 | ||\n") == []


def test_forms_are_left_as_they_are() -> None:
    text = "一级指标 | 三级指标 | 目标值 | 得分 |\n产出指标 | 培训 | 3.50 | ||\n"
    assert rows(text)[1] == ["产出指标", "培训", "3.50", "", ""]
