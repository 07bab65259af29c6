"""Any text at all ends in an extraction or in one clear error, and no figure of it is lost."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import corpus_file
from kg.document.reading import from_text
from kg.errors import ReportError
from kg.extract import extract
from kg.facts import Extraction, Passage
from kg.outline import outline
from kg.sample import STYLES, Style, generate

QUICK = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

#: A figure as reports print them: 1,234.56万元, 98.5%.
FIGURE = r"(?<![\d.,])(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:\.\d{1,4})?(?:[亿万]?元|%)"

HEAD = "云岭区水务局2023年度部门决算\n第三部分 云岭区水务局2023年度部门决算情况说明\n"
SECTIONS = [
    "一、收入支出决算总体情况说明\n",
    "三、支出决算情况说明\n",
    "五、一般公共预算财政拨款支出决算情况说明\n（三）一般公共预算财政拨款支出决算具体情况\n",
    "九、财政拨款“三公”经费支出决算情况说明\n",
    "十一、政府采购支出说明\n",
    "十三、预算绩效情况说明\n（三）项目支出自评结果\n",
    "收入支出决算总表\n",
    "支出决算表\n",
    "财政拨款收入支出决算总表\n",
    "一般公共预算财政拨款基本支出决算明细表\n",
    "政府性基金预算财政拨款收入支出决算表\n",
    "财政拨款“三公”经费支出决算表\n",
]
WORDS = """
2023年度 2022年度 上年 一般公共预算 财政拨款 收入合计 支出合计 收、支总计 基本支出 项目支出 人员经费
政府采购 公务接待费 教育支出 （类） （款） （项） 普通教育 年初预算 支出决算 预算数 决算数 为 共
和 、 12.5万元 1,234.56元 ０．３亿元 -7万元 3% ３．５％ 完成年初预算的 占 占本年支出 比
与2022年度相比 增加 减少 增长 到 主要原因是 主要用于 其中： 绩效自评综述： 全年预算数为 执行数为
主要产出和效益： 下一步改进措施：
。 ； ， ( ) “ ” <b> </b> ** … 第3页 1. 1、 （一） 201 20101
30101 合计 小计 项目 金额 行次 栏次 单位：万元
部门： 2023年13月45日 监督索引号53000001 PAGEREF _Toc1 \\h 3 索引号： 当前位置： 12,000.00元
较上年决算数 预决算差异率 占比 年初结转结余 均为 210类11款01项 “三公” 批次 人次 辆 台（套）
咨询电话：027-12345678 第一部分 第六部分 附件 概况
"""

fragments = st.lists(
    st.sampled_from([*WORDS.split(), *SECTIONS, "\n", "\n\n", "\t", "\t1\t2\n", "5\n"])
    | st.text(max_size=4),
    max_size=60,
).map("".join)
reports = st.lists(st.tuples(st.sampled_from(SECTIONS), fragments), max_size=5).map(
    lambda parts: HEAD + "".join(f"{title}{body}\n" for title, body in parts)
)


def extraction(text: str) -> Extraction | None:
    document = from_text(text, name="x.txt", media_type="text/plain", sha256="")
    try:
        return extract(outline(document))
    except ReportError as error:
        assert "\n" not in str(error)
        return None


def passages(record: Any) -> Iterator[Passage]:
    """Where a record stands, and each figure that is part of it."""
    yield record.passage
    for name in ("budget", "executed", "execution_rate"):
        if part := getattr(record, name, None):
            yield part.passage


def check(text: str) -> None:
    """Records can be made of whatever is read, and every figure is in one of them."""
    read = extraction(text)
    if read is None:
        return
    assert len(list(read.records())) == 1 + len(read.facts) + len(read.unclaimed)
    covered: set[int] = set()
    for record in (*read.facts, *read.unclaimed):
        assert text[record.passage.start : record.passage.end]
        for at in passages(record):
            covered.update(range(at.start, at.end))
    for figure in re.finditer(FIGURE, text):
        assert figure.start() in covered, text[figure.start() - 20 : figure.end()]


@QUICK
@given(st.text())
def test_any_text(text: str) -> None:
    check(text)


@QUICK
@given(fragments)
def test_any_words_of_reports(text: str) -> None:
    check(text)


@QUICK
@given(reports)
def test_any_report(text: str) -> None:
    check(text)


@settings(QUICK, max_examples=8)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 400), fragments), max_size=8))
def test_a_real_report_with_pieces_cut_out_and_put_in(cuts: list[tuple[float, int, str]]) -> None:
    text = corpus_file("003").read_text("utf-8")[:9_000]
    for where, length, piece in cuts:
        at = int(where * len(text))
        text = text[:at] + piece + text[at + length :]
    check(text)


@pytest.mark.parametrize("style", STYLES)
def test_no_figure_of_a_generated_report_is_lost(style: Style) -> None:
    check(generate(5, style=style, errors=1).text)
