"""One body is one unit, whatever a report calls it; a body itself and its 部门 are two."""

import tomllib
from pathlib import Path

import pytest

from kg.bodies import official_name, parents

OTHERS = tomllib.loads(Path(__file__).with_suffix(".toml").with_stem("bodies").read_text("utf-8"))


@pytest.mark.parametrize(("official", "others"), OTHERS.items())
def test_one_body_has_one_name(official, others):
    assert {name: official_name(name) for name in (official, *others)} == dict.fromkeys(
        (official, *others), official
    )


@pytest.mark.parametrize(
    "name",
    [
        # What is only said of a body may be another's name; what isn't known stays.
        "武汉市江汉区文旅局",
        "朝阳区财政局",
        "某区委组织部",
        "武汉市江汉区卫生健康委员会",
        "武汉市江汉区机关事务服务中心",
        "武汉市江汉区政府采购中心",
        "湖北省财政厅",
        "新疆生产建设兵团教育局",
        "新疆生产建设兵团审计厅",
        "海南会议厅",
        "吉林财政局",
        "中国共产党武汉市江汉区委员会政法委员会",
        "武汉市江汉区第一小学",
        "国家税务总局",
        "本级",
        "",
    ],
)
def test_a_name_that_says_no_more_stays(name):
    assert official_name(name) == name


def test_a_slip_is_no_other_name_for_a_body():
    assert official_name("武汉市江汉区财证局") != official_name("武汉市江汉区财政局")


def test_a_body_itself_belongs_to_its_department_and_that_to_its_government():
    office = "某区人民政府办公室"
    assert parents(f"{office}（本级）") == (office, "某区人民政府")
    assert parents(office) == ("某区人民政府",)
    assert parents("某区财政局（本级）") == ("某区财政局",)
