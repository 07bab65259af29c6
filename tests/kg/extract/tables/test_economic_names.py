"""A name that a table prints beside an economic code that isn't its own is told of."""

import pytest

from kg.document.reading import from_text
from kg.extract.tables import read_table
from kg.outline import outline

TITLE = "某局2023年度部门决算\n一般公共预算财政拨款基本支出决算表\n单位：万元\n"
HEAD = "科目代码\t科目名称\t决算数\t科目代码\t科目名称\t决算数\n"


def misnomers(*rows: str) -> list[tuple[str, str | None]]:
    text = TITLE + HEAD + "\n".join(rows) + "\n"
    document = from_text(text, name="a.txt", media_type="text/plain", sha256="")
    readings = [read_table(document, t, 2023) for t in outline(document).tables]
    return [(said.text, said.meant) for reading in readings for said in reading.misnomers]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("30101\t基本工资\t12.50\t30201\t印刷费\t0.40", [("30201 印刷费", "30202")]),
        ("30101\t津贴补贴\t\t30201\t办公费\t0.40", [("30101 津贴补贴", "30102")]),
        ("30180\t津贴补贴\t12.50\t30201\t办公费\t0.40", [("30180 津贴补贴", "30102")]),
        ("30101\t基本工贸\t12.50\t30201\t办公费\t0.40", [("30101 基本工贸", "30101")]),
        ("30101\t基本工资\t12.50\t30201\t办公费\t0.40", []),
        ("30213\t维修(护)费\t2.50\t30231\t公务用车运行维护\t0.40", []),
    ],
)
def test_a_name_beside_another_s_code(row: str, found: list[tuple[str, str]]) -> None:
    others = ("301\t工资福利支出\t50.00\t302\t商品和服务支出\t20.00", "\t\t\t30207\t邮电费\t19.60")
    assert misnomers(others[0], row, others[1]) == found
