"""Rows of lines are cut where the columns' widths leave one way to cut them."""

import re

from kg.extract.narrative.wrapping import columns_of

STATUS = re.compile(r"\d{1,3}%")

ROWS = [
    ["城乡供", "水保障", "改造管网3公里,清", "洗水箱", "管网改造3.2公里,水箱清", "洗完毕"],
    ["防汛", "加固沿河的堤防,修", "建闸门", "堤防加固12公里,闸门完", "工"],
]


def test_a_line_that_is_not_full_ends_a_cell() -> None:
    assert columns_of(ROWS, STATUS) == [(2, 4), (1, 3)]


def test_a_numbered_paragraph_may_follow_within_a_cell() -> None:
    rows = [["防汛", "1.加固堤防。", "2.修建沿河闸门。", "100%"], *ROWS]
    assert columns_of(rows, STATUS) == [(1, 3), (2, 4), (1, 3)]


def test_a_row_without_a_cell_leaves_no_columns() -> None:
    assert columns_of([*ROWS, ["防汛", "100%"]], STATUS) is None


def test_lines_that_fit_no_columns_are_not_cut() -> None:
    long = "加固了沿河两岸的堤防"
    assert columns_of([["防", long, "汛", long, "完", long]], STATUS) is None


def test_a_row_that_could_be_cut_in_two_ways_is_not_cut() -> None:
    row = ["防汛", "加固沿河两岸的堤防", "修建全部的沿河闸门", "堤防加固完成且闸门", "完工"]
    assert columns_of([row], STATUS) == [None]


def test_a_last_line_that_is_a_status_is_a_cell() -> None:
    rows = [["防汛", "加固沿河的堤防,修", "闸", "100%"], ["供水", "改造城乡管网。", "100%"]]
    assert columns_of(rows, STATUS) == [(1, 3), (1, 2)]
