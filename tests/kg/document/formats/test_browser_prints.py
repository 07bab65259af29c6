"""PDFs that a browser printed: what it adds around the pages, and boxes that are only ink."""

from kg.document.formats.pdf.glyphs import Glyph, _restore
from kg.document.formats.pdf.margins import PRINTED


def test_what_a_browser_prints_around_a_page_is_none_of_the_text() -> None:
    for line in (
        "2024/9/2 15:30 清溪县云岭镇人民政府2023年度部门决算",
        "11/21/26, 3:43 PM x",
        "https://www.example.gov.cn/xxgk/202409/t20240902_1.html 3/12",
        "file:///tmp/report.html 1/7",
    ):
        assert PRINTED.fullmatch(line), line
    for line in ("2023年9月2日", "12/15", "公开日期：2024/9/2", "见http://www.example.cn"):
        assert not PRINTED.fullmatch(line), line


def test_ink_is_restored_by_a_character_of_its_own_line() -> None:
    """小 (only its ink is known) stands beside 计, below 费 that is drawn before it."""
    above = Glyph(240.2, -523.6, 249.4, -514.6, "费")
    small = Glyph(387.2, -529.1, 396.0, -521.0, "小")
    beside = Glyph(395.9, -529.6, 404.9, -520.6, "计")
    glyphs = [above, small, beside]
    _restore(glyphs, [(1, 386.9, -521.7)])
    assert (glyphs[1].top, glyphs[1].bottom) == (beside.top, beside.bottom)
