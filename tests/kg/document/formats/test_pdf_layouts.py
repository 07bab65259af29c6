"""PDFs as other programs write them: turned, drawn in pieces, out of order, broken, scanned."""

import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from rendered_reports import FONT, as_pdf
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kg.document.formats.canonical import Reading, Unreadable
from kg.document.formats.pdf import read_pdf

#: Words with the place where they are drawn, from the left and from the top.
WORDS = [
    (60, 100, "项目"), (200, 100, "预算数"), (300, 100, "决算数"),
    (60, 120, "一、基本支出"), (210, 120, "12.50"), (310, 120, "13.75"),
    (60, 140, "二、项目支出"), (210, 140, "1,000.00"), (310, 140, "998.00"),
    (60, 160, "合计"), (210, 160, "1,012.50"), (310, 160, "1,011.75"),
]  # fmt: skip
ROWS = (
    "项目\t预算数\t决算数\n一、基本支出\t12.50\t13.75\n二、项目支出\t1,000.00\t998.00\n"
    "合计\t1,012.50\t1,011.75\n"
)
#: A page wider than others.
WIDE = (800, 842)
PROSE = "本年收入合计8013.46万元，与上年相比减少1217.39万元。"


def drawn(
    *pages: Callable[[Canvas], None], size: tuple[float, float] = A4, **options: object
) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, **options)
    for page in pages:
        canvas.setFont(FONT, 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def words(canvas: Canvas, order: list[tuple[int, int, str]] | None = None) -> None:
    for x, y, text in order or WORDS:
        canvas.drawString(x, 842 - y, text)


def prose(canvas: Canvas) -> None:
    canvas.drawString(60, 780, PROSE)


def cells(canvas: Canvas, *, filled: bool = False, sides: bool = True) -> None:
    """Each cell drawn on its own: as a stroked rectangle, or by thin filled bars."""
    for left, right in ((50, 190), (190, 290), (290, 390)):
        for top in (86, 106, 126, 146):
            if filled:
                for y in (top, top + 20):
                    canvas.rect(left, 842 - y, right - left, 0.5, stroke=0, fill=1)
                for x in (left, right):
                    if sides or x not in (50, 390):
                        canvas.rect(x, 842 - top - 20, 0.5, 20, stroke=0, fill=1)
            else:
                canvas.rect(left, 842 - top - 20, right - left, 20)


def test_a_table_by_position_alone_in_any_order() -> None:
    shuffled = random.Random(1).sample(WORDS, len(WORDS))
    assert read_pdf(drawn(lambda c: words(c, shuffled))).text == ROWS


@pytest.mark.parametrize("filled", [False, True], ids=["rectangles", "bars"])
def test_a_table_with_each_cell_drawn_on_its_own(filled: bool) -> None:
    def page(canvas: Canvas) -> None:
        words(canvas)
        cells(canvas, filled=filled)

    assert read_pdf(drawn(page)).text == ROWS


def test_a_table_without_lines_at_its_sides() -> None:
    def page(canvas: Canvas) -> None:
        words(canvas)
        cells(canvas, filled=True, sides=False)

    assert read_pdf(drawn(page)).text == ROWS


def test_rows_that_are_not_drawn() -> None:
    def page(canvas: Canvas) -> None:
        words(canvas)
        canvas.rect(50, 842 - 170, 340, 84)
        canvas.line(50, 842 - 106, 390, 842 - 106)
        for x in (190, 290):
            canvas.line(x, 842 - 170, x, 842 - 86)

    assert read_pdf(drawn(page)).text == ROWS


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page(angle: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.translate(420, 420)
        canvas.rotate(angle)
        canvas.translate(-420, -420)
        words(canvas)
        cells(canvas)

    assert read_pdf(drawn(page, size=(842, 842))).text == ROWS


def test_merged_and_wrapped_cells() -> None:
    def page(canvas: Canvas) -> None:
        for left, top, right, bottom in (
            (50, 50, 100, 90), (100, 50, 300, 70), (100, 70, 200, 90), (200, 70, 300, 90),
            (50, 90, 100, 120), (100, 90, 200, 120), (200, 90, 300, 120),
        ):  # fmt: skip
            canvas.rect(left, 842 - bottom, right - left, bottom - top)
        words(
            canvas,
            [
                (60, 72, "项目"), (180, 63, "本年支出"), (130, 83, "基本"), (230, 83, "项目"),
                (52, 102, "其他支出"), (52, 114, "合计"),
                (110, 108, "1,234,567."), (110, 118, "89"),
            ],
        )  # fmt: skip

    assert read_pdf(drawn(page)).text == (
        "项目\t本年支出\t\n\t基本\t项目\n其他支出合计\t1,234,567.89\t\n"
    )


def test_a_mark_that_hangs_over_the_end_of_its_cell() -> None:
    def page(canvas: Canvas) -> None:
        for top in (86, 106, 126):
            for left, right in ((50, 116), (116, 200), (200, 300)):
                canvas.rect(left, 842 - top - 20, right - left, 20)
        for n, y in enumerate((100, 120, 140)):
            # the name fills its cell, its last mark hangs over
            words(canvas, [(46, y, "项目资金（万元）"), (130, y, "总额"), (220, y, f"{n}.50")])

    assert read_pdf(drawn(page)).text == "".join(
        f"项目资金（万元）\t总额\t{n}.50\n" for n in range(3)
    )


def test_a_table_over_pages_is_one_and_pages_are_told() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            words(canvas)
            cells(canvas)
            canvas.drawString(290, 30, f"- {number} -")

        return draw

    reading = read_pdf(drawn(prose, page(2), page(3)))
    head, body = ROWS.split("\n", 1)
    assert reading == Reading(f"{PROSE}\n\n{head}\n{body}{body}", (1, 2, 7))


def test_a_table_without_lines_goes_on_where_its_head_is_repeated_or_not() -> None:
    rows = [(60, 60, "合计"), (310, 60, "8.00")]

    def with_title(canvas: Canvas) -> None:
        words(canvas, [(200, 80, "三、支出决算表"), *WORDS])

    def with_head(canvas: Canvas) -> None:
        words(canvas, [*WORDS[:3], (60, 120, "三、上缴"), (210, 120, "5.00"), *rows[:0]])
        words(canvas, [(60, 140, "四、经营"), (210, 140, "7.00"), (310, 140, "6.00")])

    def without_head(canvas: Canvas) -> None:
        for n in range(4):
            words(canvas, [(60, 60 + 20 * n, f"五、{n}"), (310, 60 + 20 * n, "8.00")])

    reading = read_pdf(drawn(with_title, with_head, without_head))
    more = "三、上缴\t5.00\t\n四、经营\t7.00\t6.00\n" + "".join(
        f"五、{n}\t\t8.00\n" for n in range(4)
    )
    assert reading == Reading(f"三、支出决算表\n\n{ROWS}{more}", (1, 7, 9))


def test_a_row_that_is_cut_by_the_page() -> None:
    def page(canvas: Canvas, rows: list[tuple[str, str]], top: int) -> None:
        for n, (name, amount) in enumerate(rows):
            y = 842 - top - 20 * n
            words(canvas, [(52, top + 15 + 20 * n, name), (130, top + 15 + 20 * n, amount)])
            for x, wide in ((50, 72), (122, 78)):
                canvas.rect(x, y - 20, wide, 20)

    names = ["科目", "行政运行", "其他共产党事务"]
    first = drawn(
        lambda c: page(c, [*zip(names, ("决算数", "1.00", "93.23"), strict=True)], 700),
        lambda c: page(c, [("支出", ""), ("抚恤", "4.00"), ("合计", "9.00")], 50),
    )
    assert read_pdf(first) == Reading(
        "科目\t决算数\n行政运行\t1.00\n其他共产党事务支出\t93.23\n抚恤\t4.00\n合计\t9.00\n", (1, 4)
    )


@pytest.mark.parametrize("above", [0, 7], ids=["to the top", "to the middle"])
def test_cells_that_wrap_without_lines(above: int) -> None:
    rows: list[tuple[int, int, str]] = [(60, 80, "科目"), (220, 80, "预算数"), (300, 80, "决算数")]
    for n in range(3):
        y = 120 + 42 * n
        rows += [(60, y, "其他共产党事务支出一般"), (60, y + 14, f"行政管理{n}")]
        rows += [(220, y + above, "1.50"), (300, y + above, "2.50")]
        rows += [(60, y + 28, "抚恤"), (220, y + 28, "3.00"), (300, y + 28, "4.00")]
    assert read_pdf(drawn(lambda c: words(c, rows))).text == "科目\t预算数\t决算数\n" + "".join(
        f"其他共产党事务支出一般行政管理{n}\t1.50\t2.50\n抚恤\t3.00\t4.00\n" for n in range(3)
    )


def test_a_name_between_two_rows_of_figures_makes_them_no_one_row() -> None:
    rows: list[tuple[int, int, str]] = [(60, 80, "指标"), (220, 80, "分值"), (300, 80, "得分")]
    for n in range(3):
        y = 100 + 32 * n
        rows += [(60, y + 8, f"第{'一二三'[n]}组")]
        rows += [(140, y, "开展次数"), (220, y, "5"), (300, y, "4")]
        rows += [(140, y + 16, "完成比例"), (220, y + 16, "6"), (300, y + 16, "5")]
    assert read_pdf(drawn(lambda c: words(c, rows))).text == "指标\t\t分值\t得分\n" + "".join(
        f"第{n}组\t开展次数\t5\t4\n\t完成比例\t6\t5\n" for n in "一二三"
    )


def test_labels_of_several_columns_without_lines() -> None:
    page: list[tuple[int, int, str]] = [(95, 80, "项目"), (422, 80, "事业收入")]
    page += [(60, 94, "代码"), (110, 94, "名称"), (200, 94, "本年收入合计")]
    page += [
        (300, 94, "财政拨款收入"),
        (400, 94, "小计"),
        (450, 94, "其中：收费"),
        (550, 94, "其他收入"),
    ]
    for n, name in enumerate(("教育支出", "其他支出", "科学技术支出")):
        y = 114 + 16 * n
        page += [(60, y, f"20{n}"), (110, y, name), (230, y, "80.00"), (330, y, "50.00")]
        page += [(395, y, "20.00"), (470, y, "5.00"), (565, y, "10.00")]
    assert read_pdf(drawn(lambda c: words(c, page), size=WIDE)).text == (
        "项目\t\t本年收入合计\t财政拨款收入\t事业收入\t\t其他收入\n代码\t名称\t\t\t小计\t其中：收费\t\n"
        + "".join(
            f"20{n}\t{name}\t80.00\t50.00\t20.00\t5.00\t10.00\n"
            for n, name in enumerate(("教育支出", "其他支出", "科学技术支出"))
        )
    )


def test_a_total_is_a_name_where_it_is_centred_over_figures() -> None:
    page: list[tuple[int, int, str]] = [(125, 80, "人员经费"), (505, 80, "公用经费")]
    rows = [
        [
            "301",
            "工资福利支出",
            "90.00",
            "302",
            "商品和服务支出",
            "8.00",
            "310",
            "资本性支出",
            "2.00",
        ],
        ["30101", "基本工资", "60.00", "30201", "办公费", "5.00", "31002", "设备购置", "2.00"],
        ["30102", "津贴补贴", "30.00", "30211", "差旅费", "3.00", "", "", ""],
    ]
    places = [50 + 240 * half + at for half in range(3) for at in (0, 60, 170)]
    for n, row in enumerate([["代码", "名称", "决算数"] * 3, *rows]):
        page += [(x, 98 + 16 * n, text) for x, text in zip(places, row, strict=True) if text]
    page += [(95, 162, "人员经费合计"), (220, 162, "90.00")]
    page += [(440, 162, "公用经费合计"), (700, 162, "10.00")]
    text = read_pdf(drawn(lambda c: words(c, page), size=WIDE)).text
    assert text.splitlines()[0].split("\t") == ["人员经费", "", "", "公用经费", *[""] * 5]
    assert text.splitlines()[2:5] == ["\t".join(row) for row in rows]
    assert text.splitlines()[5].split("\t") == [
        "", "人员经费合计", "90.00", "", "公用经费合计", "", "", "", "10.00",
    ]  # fmt: skip


def test_labels_that_wrap_beside_others_that_do_not() -> None:
    page: list[tuple[int, int, str]] = [(60, 92, "项目"), (180, 92, "合计")]
    page += [(260, 80, "一般公共预算财政"), (290, 92, "拨款")]
    page += [(380, 80, "政府性基金预算财政"), (415, 92, "拨款")]
    for n, name in enumerate(("教育支出", "其他支出", "合计")):
        y = 112 + 16 * n
        page += [(60, y, name), (180, y, "9.00"), (290, y, "8.00"), (410, y, "1.00")]
    assert read_pdf(drawn(lambda c: words(c, page))).text.splitlines()[0] == (
        "项目\t合计\t一般公共预算财政拨款\t政府性基金预算财政拨款"
    )


def test_figures_that_nearly_touch_and_a_blank_column() -> None:
    rows: list[tuple[int, int, str]] = [(60, 80, "科目"), (150, 80, "本年"), (206, 80, "上年")]
    rows += [(262, 80, "其他"), (330, 80, "合计")]
    for n in range(4):
        y = 100 + 16 * n
        rows += [(60, y, f"支出{n}"), (142, y, "81,095,000.00"), (206, y, "81,095,000.00")]
        rows += [(325, y, "7.00")]
    assert read_pdf(
        drawn(lambda c: words(c, rows))
    ).text == "科目\t本年\t上年\t其他\t合计\n" + "".join(
        f"支出{n}\t81,095,000.00\t81,095,000.00\t\t7.00\n" for n in range(4)
    )


def test_text_that_overflows_its_row() -> None:
    def page(canvas: Canvas) -> None:
        cells(canvas)
        words(
            canvas,
            [
                *WORDS[:3],
                (60, 115, "一、一般公共预算财"), (60, 127, "政拨款"),
                (210, 121, "12.50"), (310, 121, "1.75"),
                (60, 141, "二、项目支出"), (210, 141, "1.00"), (310, 141, "998.00"),
            ],
        )  # fmt: skip

    assert read_pdf(drawn(page)).text == (
        "项目\t预算数\t决算数\n一、一般公共预算财政拨款\t12.50\t1.75\n二、项目支出\t1.00\t998.00\n"
    )


def test_running_heads_are_read_once_and_page_numbers_never() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(200, 800, "某区某局2023年度部门决算")
            canvas.drawString(60, 700, f"本年收入{number}.5万元，主要用于")
            canvas.drawString(290, 30, f"第 {number} 页 共 4 页")

        return draw

    assert read_pdf(drawn(*map(page, range(1, 5)))).text == "某区某局2023年度部门决算\n" + "".join(
        f"本年收入{n}.5万元，主要用于\n" for n in range(1, 5)
    )


def test_the_same_title_on_each_page_is_no_running_head() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(200, 800, "项目支出绩效自评表")
            canvas.drawString(60, 780, f"项目名称：{number}号项目")
            words(canvas)

        return draw

    assert read_pdf(drawn(*map(page, range(1, 5)))).text.count("项目支出绩效自评表") == 4


def test_text_in_two_columns() -> None:
    def page(canvas: Canvas) -> None:
        for n in range(8):
            canvas.drawString(60, 780 - 20 * n, f"左边第{n}行的文字写到栏的边上")
            canvas.drawString(320, 780 - 20 * n, f"右边第{n}行的文字写到栏的边上")

    assert read_pdf(drawn(page)).text == "".join(
        f"{side}边第{n}行的文字写到栏的边上\n" for side in "左右" for n in range(8)
    )


def test_radicals_are_read_as_the_characters_that_they_are_drawn_for() -> None:
    text = read_pdf((Path(__file__).parent / "radicals.pdf").read_bytes()).text
    assert "一、一般公共预算财政拨款收入\t7,969.93\n" in text
    assert "十二、日常公用支出，八月用人民币二十三万元。\n" in text


def test_only_a_lone_number_is_left_out() -> None:
    def page(canvas: Canvas) -> None:
        prose(canvas)
        canvas.drawString(60, 820, "某局2023年度部门决算")
        canvas.drawString(60, 700, "2023")
        canvas.drawString(60, 680, "共有3辆车。")
        canvas.drawString(300, 20, "第 1 页 共 9 页")

    assert read_pdf(drawn(page)).text == f"某局2023年度部门决算\n{PROSE}\n2023\n共有3辆车。\n"


def test_what_stands_apart_is_a_line_each() -> None:
    def page(canvas: Canvas) -> None:
        words(
            canvas,
            [(60, 60, "部门：某局"), (400, 60, "金额单位：万元"), (200, 90, "目"), (250, 90, "录")],
        )

    assert read_pdf(drawn(page)).text == "部门：某局\n金额单位：万元\n目 录\n"


def test_a_watermark_and_bold_by_printing_twice() -> None:
    def page(canvas: Canvas) -> None:
        prose(canvas)
        canvas.drawString(60.3, 780, PROSE)
        canvas.translate(300, 700)
        canvas.rotate(40)
        canvas.drawString(0, 0, "内部资料")

    assert read_pdf(drawn(page)).text == f"{PROSE}\n"


def test_a_frame_around_the_page_is_no_table() -> None:
    def page(canvas: Canvas) -> None:
        prose(canvas)
        canvas.rect(20, 20, 550, 800)

    assert read_pdf(drawn(page)).text == f"{PROSE}\n"


def test_a_scan_is_refused() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(50, 50, 400, 700, fill=1)
        canvas.drawString(300, 20, "1")

    with pytest.raises(Unreadable, match=r"no text layer \(a scan\)"):
        read_pdf(drawn(page, page))


def test_an_encrypted_one_is_refused() -> None:
    with pytest.raises(Unreadable, match="encrypted"):
        read_pdf(drawn(prose, encrypt=pdfencrypt.StandardEncryption("user", "owner")))


def test_a_broken_one_is_refused() -> None:
    whole = as_pdf(["一、收入支出决算总体情况说明"] * 40)
    with pytest.raises(Unreadable, match="cut off"):
        read_pdf(whole[: len(whole) // 2])
    with pytest.raises(Unreadable, match="not a whole PDF"):
        read_pdf(b"%PDF-1.7\n%%EOF")


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(Unreadable, match="1001 pages"):
        read_pdf(drawn(*[lambda canvas: None] * 1001))
