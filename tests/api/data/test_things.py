from kg.audit.shapes import load_rules

from ..data_release import FOREST, WATER, ids
from .asking import items, record, refused


def test_a_finding_has_its_passages(data):
    [finding] = items(data, "/api/findings")
    assert finding["rule"]["code"] == "completion-rate"
    assert (finding["severity"], finding["message"]) == ("violation", "完成率有误。")
    assert (finding["expected"], finding["found"], finding["difference"]) == (
        "95.1",
        "105.08",
        "9.98",
    )
    [passage] = finding["passages"]
    assert passage["quote"] == "行政运行年初预算100万元，决算95.10万元，完成105.08%。"
    assert finding["involves"][0].endswith("/S05-3/expenditure.general.2010301.final")
    assert (finding["unit"]["name"], finding["year"]) == (WATER, 2023)


def test_findings_by_what_they_are(data):
    family = next(rule.family for rule in load_rules() if rule.id == "completion-rate")
    for query in (
        "rule=completion-rate",
        "rule=completion-rate,totals",
        f"family={family}",
        f"family={family}&rule=completion-rate",
        "severity=violation&severity=warning",
        f"unit={ids()[WATER]}",
        "region=420103",
        "year=2023",
    ):
        assert len(items(data, f"/api/findings?{query}")) == 1, query
    for query in (
        "rule=totals",
        "family=performance",
        f"family={family}&rule=totals",
        "severity=warning",
        f"unit={ids()[FOREST]}",
        "year=2022",
    ):
        assert items(data, f"/api/findings?{query}") == [], query
    assert refused(data, "/api/findings?severity=bad") == (400, "bad-request")


def test_findings_of_the_small_release(client):
    [finding] = items(client, "/api/findings?lang=en")
    assert finding["message"].startswith("Table and text disagree")
    assert [passage["quote"] is None for passage in finding["passages"]] == [False, False]


def test_projects_have_the_evaluations_of_their_years(data):
    water, forest = items(data, "/api/projects?limit=1")
    assert (water["name"], water["unit"]["name"]) == ("水渠项目", WATER)
    assert [evaluation["year"] for evaluation in water["evaluations"]] == [2022, 2023]
    assert water["evaluations"][0]["budget"] == "200000"
    assert items(data, f"/api/projects?unit={ids()[FOREST]}") == [forest]
    assert items(data, f"/api/projects?q=水渠&unit={ids()[FOREST]}") == [forest]
    assert items(data, "/api/projects?q=水渠&region=420222") == [forest]


def test_indicators(data):
    found = items(data, "/api/indicators?limit=1")
    assert len(found) == 4
    first = found[0]
    assert (first["name"], first["target"], first["actual"]) == ("里程", "≥10公里", "8公里")
    assert (first["attained"], first["project"]["label"]) == (False, "水渠项目")
    assert (first["level1"]["code"], first["level2"]["code"]) == ("output", "output-quantity")
    project = first["project"]["iri"]
    for query, count in (
        ("attained=false", 4),
        ("attained=true", 0),
        ("level1=output&level2=output-quantity", 4),
        ("level2=output-quality", 0),
        (f"project={project}", 2),
        (f"project={project.removeprefix('https://w3id.org/juesuan/')}&year=2022", 1),
    ):
        assert len(items(data, f"/api/indicators?{query}")) == count, query


def test_code_lists_and_their_codes(data):
    lists = {found["id"]: found for found in items(data, "/api/codes")}
    assert lists["phase"]["concepts"] == len(items(data, "/api/codes/phase?limit=1"))
    codes = {code["code"]: code for code in items(data, "/api/codes/functional")}
    assert codes["2010301"]["label"] == "行政运行"
    assert codes["2010301"]["broader"] == codes["20103"]["iri"]
    assert record(data, "/api/codes/phase?limit=1&lang=en")["items"][0]["label"]
    assert refused(data, "/api/codes/nothing") == (404, "not-found")
    assert refused(data, "/api/codes/phase?cursor=x") == (400, "bad-cursor")
