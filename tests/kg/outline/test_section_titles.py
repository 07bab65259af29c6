"""How sections and tables are titled in different places: a place and a title a line."""

from pathlib import Path

import pytest

from kg.document import read
from kg.outline import outline

TITLES = (Path(__file__).parent / "section_titles.txt").read_text("utf-8").splitlines()
FIRST = "一、收入支出决算总体情况说明\n2023年度收、支总计100.00万元。\n"


@pytest.mark.parametrize("line", TITLES)
def test_a_section_is_known_by_its_title(line: str, tmp_path: Path) -> None:
    place, title = line.split(" ", 1)
    before = "" if place == "S01" else FIRST
    report = tmp_path / "report.txt"
    report.write_text(
        "平泽市档案局2023年度部门决算\n第三部分 2023年度部门决算情况说明\n"
        f"{before}{title}\n2023年度支出12.00万元，比上年增加1.00万元。\n",
        "utf-8",
    )
    assert set(outline(read(report)).sections) == {"S01", place}


TABLES = (Path(__file__).parent / "table_titles.txt").read_text("utf-8").splitlines()
BODY = "科目编码\t科目名称\t合计\n合计\t\t50.00\n201\t一般公共服务支出\t50.00\n"


@pytest.mark.parametrize("line", TABLES)
def test_a_table_is_known_by_its_title(line: str, tmp_path: Path) -> None:
    place, title = line.split(" ", 1)
    report = tmp_path / "report.txt"
    report.write_text(
        "平泽市档案局2023年度部门决算\n第二部分 2023年度部门决算表\n"
        f"一般公共预算财政拨款支出决算表\n金额单位：万元\n{BODY}\n{title}\n部门：平泽市档案局\t\t\t金额单位：万元\n{BODY}\n"
        f"第三部分 2023年度部门决算情况说明\n{FIRST}",
        "utf-8",
    )
    assert [table.place for table in outline(read(report)).tables] == ["T05", place]
