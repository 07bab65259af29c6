from ..data_release import FOREST, HAD, WATER, ids
from .asking import items, record, refused


def names(client, path):
    return [item["name"] for item in items(client, path)]


def test_all_units_by_their_ids(data):
    assert names(data, "/api/units") == names(data, "/api/units?limit=1") == [WATER, FOREST]


def test_a_unit_has_its_region_and_its_reports(data):
    unit = record(data, f"/api/units/{ids()[WATER]}")
    assert (unit["name"], unit["region"]["code"]) == (WATER, "420103")
    assert [report["year"] for report in unit["reports"]] == [2022, 2023]
    assert [report["findings"] for report in unit["reports"]] == [0, 1]
    assert data.get(unit["reports"][1]["url"]).status_code == 303


def test_units_by_words_pinyin_and_region(data):
    assert names(data, "/api/units?q=林业") == names(data, "/api/units?q=linye") == [FOREST]
    assert names(data, "/api/units?region=420000&limit=1&q=某") == [WATER, FOREST]
    assert names(data, "/api/units?region=420103") == [WATER]
    assert names(data, "/api/units?region=110000") == []


def test_a_unit_that_is_not_there(data):
    assert refused(data, "/api/units/nobody") == (404, "not-found")
    assert refused(data, "/api/units/nobody/figures") == (404, "not-found")
    assert refused(data, "/api/units/no%20body") == (400, "bad-value")


def test_figures_of_a_unit(data):
    path = f"/api/units/{ids()[FOREST]}/figures?function=2010301&phase=final&year=2023"
    [figure] = items(data, path)
    assert figure["unit"] == {
        "iri": f"https://w3id.org/juesuan/unit/{ids()[FOREST]}",
        "id": ids()[FOREST],
        "name": FOREST,
    }
    assert (figure["printed"], figure["amount"]) == (HAD[FOREST, 2023][1], "440000")


def test_cursors_of_others_are_refused(data):
    for cursor in ("x", "%20", "eHg", "YQpi"):
        assert refused(data, f"/api/units?q=某&cursor={cursor}") == (400, "bad-cursor")
