"""Tables of any layout: columns moved, heads split, codes in one or three cells, units changed."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.document.reading import from_text
from kg.extract.tables import read_table
from kg.facts import YUAN, Statement
from kg.outline import outline

CODES = {
    "201": "一般公共服务支出",
    "20103": "政府办公厅（室）及相关机构事务",
    "2010301": "行政运行",
}
UNITS = {"元": "yuan", "万元": "wan-yuan", "亿元": "yi-yuan"}

#: Columns as they may be labelled: the label above (if it is split so), the label, what it means.
EXPENDITURE = [
    ("", "本年支出合计", ("expenditure", "all", "all")),
    ("", "基本支出", ("expenditure", "basic", "all")),
    ("", "项目支出", ("expenditure", "project", "all")),
    ("", "经营支出", ("expenditure", "business", "all")),
    ("", "对附属单位补助支出", ("expenditure", "subsidy", "all")),
]
FUND = [
    ("", "年初结转和结余", ("income", "all", "opening-carry-over")),
    ("", "本年收入", ("income", "all", "all")),
    ("本年支出", "小计", ("expenditure", "all", "all")),
    ("本年支出", "基本支出", ("expenditure", "basic", "all")),
    ("本年支出", "项目支出", ("expenditure", "project", "all")),
    ("", "年末结转和结余", ("expenditure", "all", "closing-carry-over")),
]
INCOME = [
    ("", "本年收入合计", ("income", "all", "all")),
    ("", "上级补助收入", ("income", "all", "superior-subsidy")),
    ("事业收入", "小计", ("income", "all", "institution-income")),
    ("事业收入", "其中：教育收费", ("income", "all", "education-fees")),
    ("", "其他收入", ("income", "all", "other-income")),
]
TABLES = {
    "支出决算表": EXPENDITURE,
    "政府性基金预算财政拨款收入支出决算表": FUND,
    "收入决算表": INCOME,
}


#: What figures are about, by code and by flow, nature and item; and how much.
Figures = Counter[tuple[str, tuple[str, str, str], Decimal]]


@dataclass
class Drawn:
    """A table as its parts are printed, and what it states."""

    title: str
    unit: str
    head: list[list[str]]
    rows: list[list[str]]
    printed: Figures

    @property
    def text(self) -> str:
        lines = ["\t".join(row) for row in [*self.head, *self.rows]]
        above = f"三、支出决算情况说明\n无。\n{self.title}\n金额单位：{self.unit}\n"
        return above + "\n".join(lines) + "\n"


@st.composite
def tables(draw: st.DrawFn, most_gaps: int = 1) -> Drawn:
    title = draw(st.sampled_from(sorted(TABLES)))
    groups = draw(st.permutations(sorted({upper or lower for upper, lower, _ in TABLES[title]})))
    columns = [c for group in groups for c in TABLES[title] if group in c[:2]]
    unit = draw(st.sampled_from(sorted(UNITS)))
    split = draw(st.booleans())
    stub = ["科目编码", "", "", "科目名称"] if split else ["科目编码", "科目名称"]
    gap = [""] * draw(st.integers(0, most_gaps))
    figures = st.decimals(0, 10**6, places=2) | st.none()
    rows = []
    printed: Figures = Counter()
    for code in draw(st.permutations(["", *CODES])):
        values = [draw(figures) for _ in columns]
        values[0] = values[0] or Decimal(1)  # where it is blank, nothing tells that labels slid
        rows.append([*_opening(code, split), *gap, *map(_printed, values)])
        for (_, _, means), value in zip(columns, values, strict=True):
            if value is not None:
                printed[code, means, value * YUAN[UNITS[unit]]] += 1  # type: ignore[index]
    uppers = [upper or lower for upper, lower, _ in columns]
    upper = [name if name not in uppers[:n] else "" for n, name in enumerate(uppers)]
    lower = [name if above else "" for above, name, _ in columns]
    head = [[*stub, *gap, *upper]]
    head += [[*[""] * len(stub), *gap, *lower]] if any(lower) else []
    if draw(st.booleans()):
        counted = map(str, range(1, len(columns) + 1))
        head.append(["栏次", *[""] * (len(stub) - 1), *gap, *counted])
    return Drawn(title, unit, head, rows, printed)


def _opening(code: str, split: bool) -> list[str]:
    if not code:
        return ["合计", *[""] * (3 if split else 1)]
    if not split:
        return [code, CODES[code]]
    return [code[:3], code[3:5], code[5:], CODES[code]]


def _printed(value: Decimal | None) -> str:
    return "" if value is None else f"{value:,.2f}"


def read(text: str) -> Figures:
    document = from_text(text, name="x.txt", media_type="text/plain", sha256="")
    (table,) = outline(document).tables
    figures: Figures = Counter()
    for fact in read_table(document, table, 2023).facts:
        assert isinstance(fact, Statement)
        about = fact.dimensions
        code = about.function.code or "?" if about.function else ""
        figures[code, (about.flow, about.nature, about.item), fact.money.amount] += 1
    return figures


@settings(max_examples=100, deadline=None, derandomize=True)
@given(tables())
def test_every_figure_comes_back_with_its_dimensions(table: Drawn) -> None:
    assert read(table.text) == table.printed


@settings(max_examples=100, deadline=None, derandomize=True)
@given(tables(most_gaps=0), st.integers(-1, 2))
def test_labels_that_have_slid_make_no_wrong_figures(table: Drawn, slid: int) -> None:
    for row in table.head:
        row[1 : 1 - min(slid, 0)] = [""] * max(slid, 0)
    assert read(table.text) <= table.printed


@settings(max_examples=100, deadline=None, derandomize=True)
@given(tables(), st.data())
def test_labels_that_are_missing_or_unknown_make_no_wrong_figures(
    table: Drawn, data: st.DataObject
) -> None:
    for row in table.head:
        labels = [n for n, text in enumerate(row) if text and not text.isdecimal()]
        for column in data.draw(st.lists(st.sampled_from(labels), max_size=1)) if labels else ():
            row[column] = data.draw(st.sampled_from(["", "捐赠收入"]))
    assert read(table.text) <= table.printed
