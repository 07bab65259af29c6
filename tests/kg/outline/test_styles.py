"""The reports of tests/cases in the styles of other places: what there is of them is found once."""

from itertools import pairwise
from pathlib import Path

import pytest

from kg.document import read
from kg.extract.head import read_head
from kg.outline import Outline, outline

CASES = Path(__file__).parents[2] / "cases"
#: The sections of the national template that each has, S01 … S13; after the dash those of S05.
STYLES = {
    "chongqing": "1 4 5 6 7 8 9 10 11 12 13 -",
    "county-office": "1 2 3 4 5 6 7 8 9 10 11 12 13 - 1 2 3",
    "guangxi": "1 5 6 7 8 9 10 11 12 13 -",
    "hospital": "1 2 3 4 5 6 7 8 9 10 11 12 13 - 1 2 3",
    "hunan": "1 2 3 4 5 6 7 9 10 11 12 13 - 1 2 3",
    "jiangxi": "2 3 5 6 9 10 11 12 13 -",
    "shaanxi": "1 2 3 4 5 6 7 8 9 10 11 12 13 - 1 3",
    "shanghai": "1 2 3 4 5 6 7 8 9 10 11 12 13 - 1 2 3",
    "sichuan": "1 2 3 4 5 6 7 8 9 10 11 12 13 - 1 2 3",
    "traditional": "1 2 3 4 5 6 7 8 9 10 11 12 13 - 1 3",
    "web-page": "1 2 3 4 5 6 7 8 9 10 11 12 13 - 1 3",
    "xinjiang": "1 2 3 4 5 6 7 8 9 10 11 12 13 - 1 2 3",
    "yunnan": "2 3 5 9 10 11 12 13 - 1 3",
    "zhejiang": "1 2 3 4 5 6 7 8 9 10 11 12 13 - 1 2 3",
}
HEADS = {
    "chongqing": ("重庆市梁平区农耕文化委员会", 2023, "500155"),
    "county-office": ("岳西县人民政府办公室", 2023, "340828"),
    "guangxi": ("中国共产党靖西市委员会统一战线工作部", 2023, "451081"),
    "hospital": ("鹿邑县仙源中医院", 2023, "411628"),
    "hunan": ("汨罗市罗江镇中心幼儿园", 2022, "430681"),
    "jiangxi": ("铜鼓县云隐文化馆", 2022, "360926"),
    "shaanxi": ("宁陕县关河审计中心", 2022, "610923"),
    "shanghai": ("上海市崇明区候鸟栖息地保护事务中心", 2023, "310151"),
    "sichuan": ("绵竹市青岩坝小学校", 2023, "510683"),
    "traditional": ("中國民主睦鄰會北京市委員會", 2023, None),
    "web-page": ("麦积区石佛梁镇人民政府", 2023, "620503"),
    "xinjiang": ("新疆维吾尔自治区霍城县商务和工业信息化局", 2023, "654023"),
    "yunnan": ("墨江哈尼族自治县雾坪乡人民政府", 2023, "530822"),
    "zhejiang": ("浙江省缙云县科学技术局", 2023, "331122"),
}


def outline_of(style: str) -> Outline:
    (report,) = (CASES / f"style-{style}").glob("report.*")
    return outline(read(report))


@pytest.mark.parametrize("style", STYLES)
def test_every_section_is_found_and_no_other(style: str) -> None:
    found = outline_of(style)
    numbers, _, parts = STYLES[style].partition("-")
    expected = {f"S{int(n):02}" for n in numbers.split()} | {f"S05-{n}" for n in parts.split()}
    if style in ("chongqing", "hunan"):  # which tell of meetings outside of section 九
        expected.add("S09-meetings")
    if style == "traditional":
        expected.add("S-purchased-services")
    assert {place for place in found.sections if not place.startswith("S13-")} == expected


@pytest.mark.parametrize("style", STYLES)
def test_no_section_runs_into_another_or_over_a_title(style: str) -> None:
    found = outline_of(style)
    whole = sorted(
        (s for p, s in found.sections.items() if p[3:] in ("", "-meetings")),
        key=lambda s: s.heading,
    )
    assert all(before.end <= after.heading for before, after in pairwise(whole))
    for section in whole:
        text = found.stream.text[section.start : section.end]
        assert text.endswith(("。", "图)", "元,占0%。"))


@pytest.mark.parametrize("style", HEADS)
def test_the_head_is_read(style: str) -> None:
    head = read_head(outline_of(style))
    assert (head.unit, head.fiscal_year, head.region) == HEADS[style]
    assert str(head.fiscal_year) in head.title or "二○二三" in head.title
