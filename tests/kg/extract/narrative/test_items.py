"""Numbered items: which marks open one, and which items are within which."""

from kg.document.reading import from_text
from kg.extract.narrative.items import Item, items
from kg.outline.stream import Stream, stream


def of(text: str) -> Stream:
    return stream(from_text(text, name="x.txt", media_type="text/plain", sha256=""))


def tree(text: str) -> list[object]:
    running = of(text)

    def told(item: Item) -> object:
        own = running.text[item.body : item.own_end]
        return [own, *map(told, item.within)] if item.within else own

    return [told(item) for item in items(running, 0, len(running.text))]


def test_items_of_another_mark_are_within() -> None:
    assert tree("一、甲。\n（一）乙。\n1.丙。\n2.丁。\n（二）戊。\n二、己。") == [
        ["甲。", ["乙。", "丙。", "丁。"], "戊。"],
        "己。",
    ]


def test_items_may_stand_in_one_line() -> None:
    assert tree("主要职责是：1.甲；2.乙。3.丙") == ["甲;", "乙。", "丙"]


def test_a_figure_at_the_beginning_of_a_line_opens_no_item() -> None:
    assert tree("1.签约金额\n3.5亿元。\n2.到位资金\n12、13月为1.2亿元。") == [
        "签约金额3.5亿元。",
        "到位资金12、13月为1.2亿元。",
    ]


def test_numbering_may_slip_where_a_paragraph_begins() -> None:
    assert tree("（一）甲。\n（二）乙。\n（二）丙。\n（五）丁。") == [
        "甲。",
        "乙。",
        "丙。",
        "丁。",
    ]


def test_bullets_and_marks_of_markdown() -> None:
    assert tree("- 1、甲。\n- 2、乙。") == ["甲。", "乙。"]
    assert tree("●甲。\n●乙。") == ["甲。", "乙。"]
