import pytest

from ..data_release import DISAGREES, HAD, UNITS, WATER, YEARS, ids, text_of
from .asking import items, record, refused

ITEM = "function=2010301&phase=final"


def test_a_figure_says_what_it_is_about_and_where_it_stands(data):
    path = f"/api/observations?{ITEM}&unit={ids()[WATER]}&report={ids()[WATER]}/2023"
    [figure] = items(data, path)
    assert figure["kind"] == "figure"
    assert figure["year"] == 2023
    assert figure["amount"] == "951000"
    assert figure["printed"] == "95.10"
    assert figure["printedUnit"]["label"] == "万元"
    assert figure["function"] == {
        "iri": "https://w3id.org/juesuan/code/functional/2010301",
        "code": "2010301",
        "label": "行政运行",
    }
    assert figure["economic"]["code"] == "all"
    assert figure["passage"]["line"] == 2
    assert figure["passage"]["quote"] == text_of(WATER, 2023).splitlines()[1]
    passage = data.get(figure["passage"]["url"], headers={"Accept": "text/plain"})
    assert passage.status_code == 200


def test_the_passage_is_what_is_printed(data):
    for kind in ("figure", "statement", "ratio", "change", "count"):
        for found in items(data, f"/api/observations?kind={kind}"):
            report, _, characters = found["passage"]["iri"].partition("/source#char=")
            path = report.removeprefix("https://w3id.org/juesuan")
            said = data.get(f"{path}/source.txt", params={"char": characters}).text
            assert said.startswith(found["printed"])


@pytest.mark.parametrize(
    ("kind", "value", "detail"),
    [
        ("ratio", ("percent", "105.08"), ("base", "budget")),
        ("change", ("amount", "105000"), ("change", "prior-year")),
        ("count", ("count", "3"), ("countUnit", "辆")),
    ],
)
def test_other_kinds_of_numbers(data, kind, value, detail):
    found = items(data, f"/api/observations?kind={kind}")
    assert len(found) == len(HAD)
    assert {record[value[0]] for record in found} == {value[1]}
    said = found[0][detail[0]]
    assert (said if isinstance(said, str) else said["code"]) == detail[1]


def test_statements_point_to_the_figure_that_they_restate(data):
    stated = items(data, f"/api/observations?kind=statement&{ITEM}&year=2023&region=420103")
    figure, again = sorted(stated, key=lambda found: found["restates"] is not None)
    assert figure["agreement"]["code"] == "agreed"
    assert (again["restates"], again["amount"]) == (figure["iri"], figure["amount"])


def test_pages_of_any_size_hold_the_same_in_the_same_order(data):
    whole = [found["iri"] for found in items(data, "/api/observations?kind=statement")]
    assert len(whole) == len(set(whole)) == 5 * len(HAD) + len(DISAGREES)
    assert whole == sorted(whole)
    for limit in (1, 2, 3, 7, 20):
        path = f"/api/observations?kind=statement&limit={limit}"
        assert [found["iri"] for found in items(data, path)] == whole


def test_filters(data):
    def amounts(query):
        return [found["printed"] for found in items(data, f"/api/observations?{query}")]

    finals = [HAD[unit, year][1] for unit in UNITS for year in YEARS]
    assert amounts(ITEM) == finals
    assert amounts(f"{ITEM}&year=2022") == [finals[0], finals[2]]
    assert amounts(f"{ITEM}&year=2022&year=2023") == amounts(f"{ITEM}&year=2022,2023") == finals
    assert amounts(f"{ITEM}&region=420000") == finals
    assert amounts(f"{ITEM}&region=420222") == finals[2:]
    assert amounts("place=S05-3&phase=initial-budget,final&fund=general&year=2023&limit=1") == [
        figure for unit in UNITS for figure in (HAD[unit, 2023][0],)
    ]
    assert amounts("function=all,2010302&nature=all&economic=all,301&item=all&year=2021") == [
        "57.5",
        "57.5",
    ]
    assert amounts("flow=income") == []


def test_a_pattern_is_all_codes_that_are_like_it(data):
    def functions(pattern):
        found = items(data, f"/api/observations?function={pattern}&kind=statement")
        return {record["function"]["code"] for record in found}

    assert functions("201*") == functions("2010*") == functions("201????") == {"2010301"}
    assert functions("201*,all") == {"2010301", "all"}
    assert functions("201") == functions("201??") == functions("208*") == functions("x*") == set()
    compared = record(data, f"/api/compare?units={ids()[WATER]}&function=201*")
    assert {row["function"]["code"] for row in compared["rows"]} == {"2010301"}
    assert items(data, "/api/observations?phase=fin*&nature=al?")


def test_a_filter_that_cannot_be_is_refused(data):
    assert refused(data, "/api/observations?functon=2010301") == (400, "bad-request")
    assert "functon" in data.get("/api/observations?functon=1").json()["detail"]
    assert refused(data, "/api/observations?kind=guess") == (400, "bad-request")
    assert refused(data, "/api/observations?year=x") == (400, "bad-request")
    assert refused(data, "/api/observations?limit=0") == (400, "bad-request")
    assert refused(data, "/api/observations?cursor=x") == (400, "bad-cursor")
    assert refused(data, "/api/observations?function=%3E%20%3Fs") == (400, "bad-value")
    assert refused(data, "/api/observations?format=xml") == (400, "bad-request")


def test_what_is_asked_never_becomes_part_of_a_query(data):
    for value in ("2010301> ) } #", '2010301"', "http://x/ y", "a\nb"):
        answer = data.get("/api/observations", params={"function": value})
        assert answer.status_code == 400


def test_labels_are_in_the_readers_language(data):
    path = "/api/observations?limit=1"
    assert record(data, f"{path}&lang=en")["items"][0]["phase"]["label"] == "final"
    asked = {"headers": {"Accept-Language": "en"}}
    assert record(data, path, **asked)["items"][0]["phase"]["label"] == "final"
    assert record(data, path)["items"][0]["phase"]["label"] == "决算"


def test_the_next_page_is_a_link_and_the_last_has_none(data):
    answer = data.get("/api/observations?limit=1")
    assert answer.headers["link"] == f'<{answer.json()["next"]}>; rel="next"'
    last = data.get("/api/observations?limit=1000")
    assert last.json()["next"] is None
    assert "link" not in last.headers


def test_addresses_are_those_of_the_proxy(data):
    headers = {"X-Forwarded-Prefix": "/open", "Host": "data.example"}
    answer = data.get("/api/observations?limit=1", headers=headers).json()
    assert answer["next"].startswith("http://data.example/open/api/observations?limit=1&cursor=")
    assert answer["items"][0]["passage"]["url"].startswith("http://data.example/open/report/")


def test_an_answer_is_not_sent_twice(data):
    first = data.get("/api/observations")
    again = data.get("/api/observations", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    elsewhere = {"If-None-Match": first.headers["etag"], "Host": "other.example"}
    assert data.get("/api/observations", headers=elsewhere).status_code == 200
    assert data.request("HEAD", "/api/observations").headers["etag"] == first.headers["etag"]


def test_any_origin_may_ask(data):
    answer = data.get("/api/units", headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
