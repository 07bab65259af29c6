"""The reconciliation service as its clients use it: OpenRefine above all."""

import json

import jsonschema
import pytest

from api.settings import Settings

from .small_release import BASE, HERE, UNIT
from .told_release import write_told_release

SCHEMAS = json.loads((HERE / "reconcile" / "schemas.json").read_text("utf-8"))
STREET = f"unit/{UNIT}"
OFFICE = "code/functional/2010301"


def valid(answer, schema):
    """The JSON of an answer that fits a schema."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    body = answer.json()
    jsonschema.validate(body, {**SCHEMAS, "$ref": f"#/$defs/{schema}"})
    return body


@pytest.fixture(scope="module")
def service(client):
    def post(**fields):
        written = {name: json.dumps(value) for name, value in fields.items()}
        return client.request("POST", "/reconcile", data=written, headers={"Origin": "http://x"})

    return post


@pytest.fixture(scope="module")
def one(service):
    """The candidates for one query."""

    def ask(query, **more):
        return valid(service(queries={"q0": {"query": query, **more}}), "results")["q0"]["result"]

    return ask


@pytest.fixture(scope="module")
def told(tmp_path_factory, serving):
    release = write_told_release(tmp_path_factory.mktemp("told"))
    return serving(release, Settings())


def test_the_manifest(client):
    answer = client.get("/reconcile", headers={"Origin": "http://x"})
    manifest = valid(answer, "manifest")
    assert manifest["identifierSpace"] == BASE
    types = {type_["id"] for type_ in manifest["defaultTypes"]}
    assert {"ontology#Unit", "ontology#Region", "ontology#Project", "code/phase"} <= types
    view = manifest["view"]["url"].replace("{{id}}", STREET)
    assert client.get(view).status_code == 303
    # OpenRefine escapes the slash of an id.
    assert client.get(manifest["view"]["url"].replace("{{id}}", f"unit%2F{UNIT}")).is_redirect
    preview = manifest["preview"]["url"].replace("{{id}}", STREET)
    assert "花楼街道办事处" in client.page(preview)


def test_the_manifest_behind_a_proxy(client):
    headers = {"X-Forwarded-Prefix": "/open", "Origin": "http://x"}
    manifest = valid(client.get("/reconcile", headers=headers), "manifest")
    assert manifest["view"]["url"] == "http://test/open/{{id}}"


def test_browsers_are_told_how_to_use_it(client):
    page = client.page("/reconcile")
    assert "http://test/reconcile" in page
    assert "ontology#Unit" in page


def test_a_batch_as_openrefine_posts_it(service):
    batch = {
        "q0": {
            "query": "某市某区花楼街办",
            "type": "ontology#Unit",
            "limit": 5,
            "type_strict": "should",
        },
        "q1": {"query": "江汉", "type": [{"id": "ontology#Region", "name": "地区"}]},
        "q2": {"query": "鬱鬱蔥蔥"},
    }
    results = valid(service(queries=batch), "results")
    assert list(results) == ["q0", "q1", "q2"]
    [first, *_] = results["q0"]["result"]
    assert (first["id"], first["match"]) == (STREET, True)
    assert first["type"] == [{"id": "ontology#Unit", "name": "单位"}]
    [region, *_] = results["q1"]["result"]
    assert (region["id"], region["name"], region["match"]) == ("region/420103", "江汉区", True)
    assert results["q2"]["result"] == []


def test_by_get_and_as_jsonp(client):
    queries = json.dumps({"q0": {"query": "行政运行"}})
    got = valid(
        client.get("/reconcile", params={"queries": queries}, headers={"Origin": "a"}), "results"
    )
    assert got["q0"]["result"][0]["id"] == OFFICE
    script = client.get("/reconcile", params={"queries": queries, "callback": "jQuery1.x_2"})
    assert script.headers["content-type"].startswith("application/javascript")
    assert script.text.startswith("/**/jQuery1.x_2({")
    assert json.loads(script.text.removeprefix("/**/jQuery1.x_2(").removesuffix(");")) == got
    for callback in ("alert(1)", "a b", "", "<x>"):
        answer = client.get("/reconcile", params={"callback": callback})
        assert answer.status_code == 400


def test_a_form_with_parts(client):
    files = {"queries": (None, json.dumps({"q": {"query": "行政运行"}}))}
    answer = client.request("POST", "/reconcile", files=files, headers={"Origin": "a"})
    assert valid(answer, "results")["q"]["result"][0]["id"] == OFFICE


@pytest.mark.parametrize("query", ["行政运行", '{"query": "行政运行", "limit": "1"}'])
def test_a_single_query_of_older_clients(client, query):
    result = client.get("/reconcile", params={"query": query}).json()["result"]
    assert result[0]["id"] == OFFICE


def test_types(one):
    funds = one("一般", type="code/fund")
    assert [c["type"][0]["id"] for c in funds] == ["code/fund"]
    units = one("江汉区", type="ontology#Unit")
    assert all(c["id"].startswith("unit/") for c in units)
    both = one("江汉区花楼", type=["ontology#Unit", "ontology#Region"])
    assert {c["type"][0]["id"] for c in both} == {"ontology#Unit", "ontology#Region"}
    assert one("江汉区花楼", type=["ontology#Unit", "ontology#Region"], type_strict="all") == []
    for type_ in ("Unit", "unit", "bud:Unit", f"{BASE}ontology#Unit"):
        assert one("花楼街办", type=type_)[0]["id"] == STREET
    should = one("江汉区", type="ontology#Unit", type_strict="should")
    assert "region/420103" in {c["id"] for c in should}
    assert not should[0]["match"] or should[0]["id"].startswith("unit/")


def test_limit(one):
    assert len(one("行政", limit=1)) == 1
    assert one("行政", limit=0) == []
    assert len(one("行政", limit=99_999)) <= 100


def test_what_codes_are_linked_to_is_not_what_is_meant(one):
    ids = [found["id"] for found in one("行政运行")]
    assert ids[0] == "code/functional/2010301"
    assert "code/gfs/27" not in ids


def test_properties_tell_namesakes_apart(told):
    def ask(query, *properties):
        queries = {"q": {"query": query, "properties": list(properties)}}
        answer = told.request("POST", "/reconcile", data={"queries": json.dumps(queries)})
        return answer.json()["q"]["result"]

    parent = {"pid": "parent", "v": "人大事务"}
    [first, second, *_] = ask("行政运行", parent)
    assert (first["id"], first["match"]) == ("code/functional/2010101", True)
    assert second["score"] < first["score"]
    by_id = {"pid": "parent", "v": {"id": "code/functional/20102", "name": "政协事务"}}
    assert ask("行政运行", by_id)[0]["id"] == "code/functional/2010201"
    assert ask("", {"pid": "code", "v": "2010301"})[0]["id"] == OFFICE
    assert ask("行政运行", {"pid": "code", "v": ["2010401"]})[0]["id"] == "code/functional/2010401"
    # What isn't known here says nothing.
    assert ask("办公费", {"pid": "colour", "v": "red"})[0]["id"] == "code/economic/30201"
    assert [f["id"] for f in first["features"]] == ["name", "uses", "properties"]
    # The code that the release uses stands first, but nothing is certain.
    [used, *_] = ask("行政运行")
    assert (used["id"], used["match"]) == (OFFICE, False)


def test_a_region_is_used_by_the_reports_of_its_units(one):
    [region, *_] = one("江汉区", type="ontology#Region")
    assert {"id": "uses", "value": 2} in region["features"]


def test_numbers_are_no_slips(one):
    assert not any(candidate["match"] for candidate in one("2010303"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"queries": "{"}, "queries is no JSON"),
        ({"queries": "[" * 100_000}, "queries is no JSON"),
        ({"queries": "[]"}, "should be an object"),
        ({"queries": '{"q": 3}'}, "the query 'q' should be an object"),
        ({"queries": '{"q": {"query": ["a"]}}'}, "should have a string"),
        ({"queries": '{"q": {"query": "a", "type_strict": "x"}}'}, "any, all, should"),
        ({"queries": '{"q": {"query": "a", "properties": [{"v": 1}]}}'}, "`pid`"),
        ({"extend": "{}"}, "list `ids`"),
        ({"extend": '{"ids": [], "properties": [{"id": "x"}]}'}, "no property 'x'"),
    ],
)
def test_what_is_wrong_is_told(client, fields, said):
    answer = client.request("POST", "/reconcile", data=fields)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")
    assert said in answer.json()["detail"]


def test_what_is_too_much_is_refused(client):
    long = client.request("POST", "/reconcile", data={"queries": " " * 5_000_000})
    assert long.status_code == 413
    many = json.dumps({str(n): {"query": ""} for n in range(5_001)})
    assert client.request("POST", "/reconcile", data={"queries": many}).status_code == 400
    text = client.request("POST", "/reconcile", content=b"x", headers={"Content-Type": "text/csv"})
    assert text.status_code == 415
    latin = client.request("POST", "/reconcile", data={}, params={"queries": b"\xff"})
    assert latin.status_code == 400


def test_suggestions(client):
    def suggest(what, **parameters):
        answer = client.get(
            f"/reconcile/suggest/{what}", params=parameters, headers={"Origin": "a"}
        )
        return valid(answer, "suggestions")["result"]

    assert suggest("entity", prefix="花楼")[0]["id"] == STREET
    assert suggest("entity", prefix="花楼")[0]["notable"][0]["id"] == "ontology#Unit"
    assert suggest("entity", prefix="花搂街道")[0]["id"] == STREET
    assert suggest("entity", prefix="hualou")[0]["id"] == STREET
    assert suggest("entity", prefix="江汉区", type="ontology#Region")[0]["id"] == "region/420103"
    everything = suggest("entity", prefix="一")
    assert suggest("entity", prefix="一", cursor=1) == everything[1:]
    assert suggest("entity", prefix="") == []
    assert [e["id"] for e in suggest("type", prefix="单")] == ["ontology#Unit"]
    assert "region" in [e["id"] for e in suggest("property", prefix="地")]
    assert client.get("/reconcile/suggest/entity?prefix=a&cursor=x").status_code == 400
    assert client.get("/reconcile/suggest/colour?prefix=a").status_code == 404


@pytest.mark.parametrize(
    ("what", "id_", "said"),
    [
        ("entity", STREET, "花楼街道办事处"),
        ("type", "ontology#Unit", "单位"),
        ("property", "region", "地区"),
    ],
)
def test_flyouts(client, what, id_, said):
    answer = client.get(f"/reconcile/flyout/{what}", params={"id": id_}, headers={"Origin": "a"})
    shown = valid(answer, "flyout")
    assert shown["id"] == id_
    assert said in shown["html"]
    assert client.get(f"/reconcile/flyout/{what}?id=nothing").status_code == 404


def test_a_preview_of_nothing(client):
    assert client.get("/reconcile/preview?id=unit/x").status_code == 404
    project = f"{STREET}/project/she-qu-hui-min"
    assert "社区&lt;惠民&gt;资金" in client.page(f"/reconcile/preview?id={project}")


def test_properties_are_proposed(client):
    def proposed(**parameters):
        answer = client.get("/reconcile/properties", params=parameters, headers={"Origin": "a"})
        return valid(answer, "proposal")

    of_units = [p["id"] for p in proposed(type="ontology#Unit")["properties"]]
    assert "region" in of_units
    assert "code" not in of_units
    of_codes = [p["id"] for p in proposed(type="code/functional")["properties"]]
    assert {"code", "parent", "definition"} <= set(of_codes)
    assert len(proposed(limit=2)["properties"]) == 2


def test_tables_are_extended(service):
    wanted = ["region", "year", "report", "project", "name", "code", "level", "parent"]
    extend = {
        "ids": [STREET, "region/420103", OFFICE, f"{BASE}{STREET}", "unit/none", "odd <id>"],
        "properties": [{"id": id_} for id_ in wanted],
    }
    extension = valid(service(extend=extend), "extension")
    assert [entry["id"] for entry in extension["meta"]] == wanted
    rows = extension["rows"]
    assert list(rows) == extend["ids"]
    street = rows[STREET]
    assert street == rows[f"{BASE}{STREET}"]
    assert street["region"] == [{"id": "region/420103", "name": "江汉区"}]
    assert street["year"] == [{"int": 2022}, {"int": 2023}]
    assert [cell["id"] for cell in street["report"]] == [f"report/{UNIT}/{y}" for y in (2022, 2023)]
    assert street["project"][0]["name"] == "社区<惠民>资金"
    assert rows["region/420103"]["code"] == [{"str": "420103"}]
    assert rows[OFFICE]["level"] == [{"str": "项"}]
    [parent] = rows[OFFICE]["parent"]
    assert parent == {"id": "code/functional/20103", "name": "政府办公厅（室）及相关机构事务"}
    assert rows["unit/none"] == rows["odd <id>"] == {id_: [] for id_ in wanted}
    limited = {"ids": [STREET], "properties": [{"id": "year", "settings": {"limit": 1}}]}
    rows = valid(service(extend=limited), "extension")["rows"]
    assert len(rows[STREET]["year"]) == 1


def test_money_stays_exact(told):
    found = told.get("/reconcile/suggest/entity", params={"prefix": "水渠项目"}).json()["result"]
    [project] = [e["id"] for e in found if e["notable"][0]["id"] == "ontology#Project"]
    extend = json.dumps({"ids": [project], "properties": [{"id": "executed"}, {"id": "score"}]})
    rows = told.request("POST", "/reconcile", data={"extend": extend}).json()["rows"]
    assert rows[project] == {"executed": [{"str": "180000"}], "score": [{"str": "92.5"}]}


def test_the_same_answer_each_time(client, release, serving):
    again = serving(release, Settings())
    queries = {"queries": json.dumps({"q": {"query": "政府"}})}
    answers = {c.request("POST", "/reconcile", data=queries).text for c in (client, again)}
    assert len(answers) == 1


def test_head_and_preflight(client):
    assert client.request("HEAD", "/reconcile").content == b""
    asked = {"Origin": "http://x", "Access-Control-Request-Method": "POST"}
    assert client.request("OPTIONS", "/reconcile", headers=asked).status_code == 200
