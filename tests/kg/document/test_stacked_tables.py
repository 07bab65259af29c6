"""Tables of web pages with one cell a line and a bar behind each."""

from kg.document.reading import from_text


def rows(text: str) -> list[list[str]]:
    document = from_text(text, name="x.txt", media_type="text/plain", sha256="")
    return [[cell.text for cell in row] for table in document.tables for row in table.rows]


TABLE = [
    ["项目", "预算数", "决算数"],
    ["合计", "9.50", "7.20"],
    ["因公出国（境）费", "", ""],
    ["公务接待费", "2.00", "1.20"],
    ["公务用车购置及运行维护费", "7.50", "6.00"],
]


def test_cells_that_come_out_even() -> None:
    text = "".join(f"{cell} |\n" if cell else "|\n" for row in TABLE for cell in row)
    plain = [[cell.replace("（", "(").replace("）", ")") for cell in row] for row in TABLE]
    assert rows(f"单位：万元\n{text}二、情况说明\n") == plain
    assert rows(text.replace("\n", "\n\n")) == plain


def test_a_bar_before_each_row() -> None:
    text = "".join(f"{cell} |\n" if cell else "|\n" for row in TABLE for cell in ("", *row))
    assert [row[0] for row in rows(text)] == [""] * len(TABLE)
    assert rows(text)[1][1:] == ["合计", "9.50", "7.20"]


def test_cells_that_do_not_come_out_even_are_no_table() -> None:
    cells = [cell for row in TABLE for cell in row]
    assert rows("".join(f"{cell} |\n" if cell else "|\n" for cell in cells[:4] + cells[5:])) == []


def test_prose_with_bars_at_its_lines_ends_is_no_table() -> None:
    assert rows("本年收入合计80万元， |\n比上年增加5万元。 |\n" * 6) == []
