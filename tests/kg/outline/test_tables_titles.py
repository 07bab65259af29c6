"""Tables are known by their titles, whatever stands around these, and by rows of their own."""

import pytest

from kg.document.reading import from_text
from kg.outline import outline
from kg.outline.tables import TitledTable

HEAD = "三、支出决算情况说明\n无。\n"


def tables_of(text: str) -> list[TitledTable]:
    document = from_text(HEAD + text, name="x.txt", media_type="text/plain", sha256="")
    return list(outline(document).tables)


def places(text: str) -> list[str | None]:
    return [table.place for table in tables_of(text)]


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("某局2023年度收入支出决算表", "T01"),
        ("收入支出总表（公开01表）", "T01"),
        ("Z01 收入支出决算总表(财决01表)", "T01"),
        ("附表2：收入决算表（万元）", "T02"),
        ("表三 部门支出决算表", "T03"),
        ("2023年度财政拨款收入支出决算表", "T04"),
        ("一般公共预算财政拨款收入支出决算表", "T05"),
        ("一般公共预算支出决算表（功能科目）", "T05"),
        ("一般公共预算财政拨款支出决算明细表", "T-general-expenditure-detail"),
        ("一般公共预算基本支出决算表（经济科目）", "T06"),
        ("政府性基金收入支出决算表", "T07"),
        ("国有资本经营预算财政拨款收入支出决算表", "T08"),
        ("一般公共预算财政拨款“三公”经费及机关运行经费支出决算表", "T09"),
        ("一般公共预算财政拨款“三公”经费情况表", "T09"),
        ("“三公”经费、行政参公单位机关运行经费情况表", "T-three-public-office-operation"),
        ("“三公”经费、会议费和培训费支出决算表", "T-three-public-meetings-training"),
        ("政府性基金预算财政拨款“三公”经费支出决算表", "T-government-fund-three-public"),
        ("财政拨款支出决算明细表", "T-fiscal-expenditure-detail"),
        ("财政拨款支出决算表（功能科目）", "T-fiscal-expenditure"),
        ("项目支出概况表", "T-project-expenditure"),
        ("项目支出概表", "T-project-expenditure"),
        ("国有资产占有使用情况表", "T-state-assets"),
        ("政府采购情况表", "T-procurement"),
        ("财政拨款机关运行经费支出决算表", "T-office-operation"),
        ("机构人员情况表", "T-staff"),
        ("政府购买服务决算公开情况表", "T-purchased-services"),
        ("机构运行经费支出、国有资产占用情况及政府采购支出信息表", "T-office-assets-procurement"),
        ("项目支出绩效自评表", None),
        ("部门整体支出绩效自评表", None),
        ("说明：支出决算表没有数", None),
        ("2024年收入预算总表", None),
    ],
)
def test_titles(title: str, place: str | None) -> None:
    assert places(f"{title}\n\n项目\t金额\n合计\t1\n") == [place]


def test_a_title_may_be_broken_into_two_lines() -> None:
    assert places("一般公共预算财政拨款\n支出决算表\n项目\t金额\n合计\t1\n") == ["T05"]


def test_both_tables_of_the_state_capital_budget_have_places() -> None:
    text = "国有资本经营预算财政拨款{}决算表\n项目\t金额\n合计\t1\n注\n"
    both = text.format("收入支出") + text.format("支出")
    assert places(both) == ["T-state-capital", "T08"]


def test_two_tables_in_one_block_of_rows() -> None:
    text = (
        "收入决算表\t\n项目\t金额\n合计\t1\n支出决算表\t公开03表\n单位：元\t\n项目\t金额\n合计\t2\n"
    )
    tables = tables_of(text)
    assert [(table.place, len(table.table.rows)) for table in tables] == [("T02", 3), ("T03", 4)]
    assert tables[1].table.first_line == 6


@pytest.mark.parametrize(
    "between",
    ["\n 7\n\n", "- 7 -\n单位：万元\n", "第 7 页 共 20 页\n部门：某局\n公开03表\n", "续表\n"],
)
def test_a_table_goes_on_on_the_next_page(between: str) -> None:
    (table,) = tables_of(f"支出决算表\n项目\t金额\n甲\t1\n{between}乙\t2\n")
    assert len(table.table.rows) == 3


def test_a_table_without_its_title_is_known_by_a_row_of_its_own() -> None:
    row = "科目\t合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出\n合计\t1\n"
    assert places(f"出决算表\n{row}") == ["T03"]
    assert places(f"支出预算表\n{row}") == [None]
