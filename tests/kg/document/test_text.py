"""Text files: what is text, where its lines and cells are, and what stands for a character."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.document import Document, DocumentError, NormalText, read
from kg.document.characters import normal_character
from kg.document.reading import from_text
from kg.document.text import decode

MARKUP = st.sampled_from(
    [
        "<table>",
        "<tr>",
        "<td colspan=2>",
        "</td>",
        "</table>",
        "|",
        "\\|",
        "|-|",
        "<b>",
        "**",
        "__",
        "&nbsp;",
        "\t",
        "\n",
        "\r\n",
        "\u3000",
    ]
)
#: Any characters, and those that reports are made of.
TEXTS = st.lists(st.text() | MARKUP | st.text("０１２,.，．（）％一万元①②㎡½ \u200b")).map("".join)


def document(text: str) -> Document:
    return from_text(text, name="x.txt", media_type="text/plain", sha256="")


@given(TEXTS)
def test_each_normal_character_comes_from_its_offset(text: str) -> None:
    normal = NormalText.of(text)
    assert len(normal.text) == len(normal.offsets)
    assert list(normal.offsets) == sorted(normal.offsets)
    for character, offset in zip(normal.text, normal.offsets, strict=True):
        assert character in normal_character(text[offset])


@given(TEXTS, st.integers(0, 80), st.integers(0, 80))
def test_a_part_of_the_normal_text_is_what_came_from_that_part(
    text: str, start: int, end: int
) -> None:
    whole, part = NormalText.of(text), NormalText.of(text).between(start, end)
    inside = [n for n, offset in enumerate(whole.offsets) if start <= offset < end]
    assert part.text == "".join(whole.text[n] for n in inside)
    assert list(part.offsets) == [whole.offsets[n] for n in inside]


@given(TEXTS)
def test_lines_and_cells_are_cut_out_of_the_text(text: str) -> None:
    read_text = document(text)
    for line in read_text.lines:
        assert "\n" not in text[line.start : line.end]
    for table in read_text.tables:
        for row in table.rows:
            for cell in row:
                assert NormalText.of(text[cell.start : cell.end]).text == cell.text


@given(TEXTS)
def test_text_in_normal_form_stays_as_it_is(text: str) -> None:
    once = NormalText.of("".join(c for c in text if c not in "<>*_&\\")).text
    assert NormalText.of(once).text == once


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("１，２３４．５０万元", "1,234.50万元"),
        ("（类）", "(类)"),
        ("<b>合 计</b>", "合计"),
        ("**重点**&nbsp;工作", "重点工作"),
        ("①2.5万元", "①2.5万元"),  # not 12.5
        ("5㎡3万元", "5㎡3万元"),
        ("零\u200b宽", "零宽"),
        ("1<2", "1<2"),
        ("第Ⅳ級", "第IV级"),
        ("𠮷村", "𠮷村"),  # beyond the basic plane
    ],
)
def test_normal_form(printed: str, normal: str) -> None:
    assert NormalText.of(printed).text == normal


def test_encodings() -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        assert decode("部门决算".encode(encoding), "x.txt") == "部门决算"


@pytest.mark.parametrize("content", [b"", b" \n", b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\x81\xfe"])
def test_what_is_no_text_is_one_clear_error(content: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^x\.txt: .*; expected [^\n]*$"):
        decode(content, "x.txt")


def test_a_missing_file_and_an_unknown_format_are_errors(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="there is no such file"):
        read(tmp_path / "none.txt")
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    with pytest.raises(DocumentError, match="can't be read"):
        read(folder)
    (tmp_path / "report.exe").write_bytes(b"MZ")
    with pytest.raises(DocumentError, match="can't read"):
        read(tmp_path / "report.exe")


def cells(text: str) -> list[list[str]]:
    return [[cell.text for cell in row] for table in document(text).tables for row in table.rows]


def test_a_table_of_markdown() -> None:
    text = (
        "一、收入\n\n| 项目 | 金额<br>(万元) |\n|:--|--:|\n| **合\\_计** | 1\\|2 |\n| | 5.00 |\n"
        "\n注：a|b\n"
    )
    assert cells(text) == [["项目", "金额(万元)"], ["合_计", "1|2"], ["", "5.00"]]
    (table,) = document(text).tables
    assert (table.first_line, table.last_line) == (3, 6)
    assert text[table.rows[2][1].start : table.rows[2][1].end] == "5.00"


def test_a_table_of_tags_on_one_line() -> None:
    text = (
        "支出决算表\n<html><body><table border=1><tr><td rowspan=2>项目</td>"
        "<td colspan='2'>本年</td></tr><tr><td>基本</td><td>项 目</td></tr><tr><td>合计</td>"
        "<td></td><td><b>2.5</b></td></tr></table></body></html>\n注：无\n"
    )
    assert cells(text) == [["项目", "本年", ""], ["", "基本", "项目"], ["合计", "", "2.5"]]
    (table,) = document(text).tables
    assert (table.first_line, table.last_line) == (2, 2)
    assert text[table.rows[2][2].start : table.rows[2][2].end] == "2.5"


def test_text_in_utf_16() -> None:
    assert decode("收入".encode("utf-16"), "x") == "收入"
