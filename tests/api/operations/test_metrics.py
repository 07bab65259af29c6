import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.settings import Settings

from ..data_release import YEARS


@pytest.fixture(scope="module")
def fresh(data_release, serving):
    """A server that nobody has asked yet."""
    return serving(data_release, Settings(query_seconds=3, query_workers=1))


def counts(client):
    """All samples, by their names and labels."""
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_requests_by_route_and_status(fresh):
    before = counts(fresh)
    for path in ("/healthz", "/healthz", "/api/units/nobody", "/nothing/here", "/api/codes"):
        fresh.get(path)
    after = counts(fresh)

    def more(route, status, method="GET"):
        labels = (("method", method), ("route", route), ("status", status))
        key = ("juesuan_requests_total", *labels)
        return after.get(key, 0) - before.get(key, 0)

    assert more("/healthz", "200") == 2
    assert more("/api/units/{unit}", "404") == 1
    assert more("/api/codes", "200") == 1
    assert not any("/nothing" in str(key) for key in after)
    assert after["juesuan_request_seconds_count", ("route", "/healthz")] >= 2


def test_what_goes_straight_is_counted_as_all_else_and_once(fresh):
    def asked():
        return {
            labels[1:]: number
            for labels, number in counts(fresh).items()
            if labels[0] == "juesuan_requests_total" and "/sparql" in str(labels)
        }

    plain = {"Accept-Encoding": "identity"}
    before = sum(asked().values())
    for method in ("GET", "PUT"):
        packed, straight = (
            fresh.request(method, "/sparql", params={"query": "ASK {}"}, headers=headers)
            for headers in ({"Accept-Encoding": "gzip"}, plain)
        )
        assert straight.status_code == packed.status_code
        assert "Origin" in straight.headers["vary"]
    assert sum(asked().values()) - before == 4


def test_what_is_served(fresh):
    found = counts(fresh)
    assert found["juesuan_reports",] == 2 * len(YEARS)
    assert found["juesuan_quads",] == fresh.app.state.site.release.manifest.quads
    [info] = [dict(labels) for name, *labels in found if name == "juesuan_info"]
    assert info["release"] == fresh.app.state.site.release.digest
    assert found["juesuan_requests_now",] == 1


def test_queries_and_the_workers_that_they_cost(fresh):
    ending = ("juesuan_question_seconds_count", ("asker", "visitors"))
    before = counts(fresh)
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert fresh.query(endless).status_code == 504
    # the first of these waits for the worker that comes in place of the killed one
    for _ in range(3):
        assert fresh.query("ASK { ?s ?p ?o }").status_code == 200
    after = counts(fresh)

    def more(name, *labels):
        return after.get((name, *labels), 0) - before.get((name, *labels), 0)

    assert more(*ending, ("ending", "answered")) == 1
    assert more(*ending, ("ending", "took-too-long")) == 1
    assert more("juesuan_kept_answers_total", ("found", "yes")) == 2
    assert more("juesuan_kept_answers_total", ("found", "no")) == 2
    assert more("juesuan_workers_killed_total", ("asker", "visitors")) == 1
    assert after["juesuan_workers_busy", ("asker", "visitors")] == 0
    assert after["juesuan_questions_waiting", ("asker", "pages")] == 0
    assert after["juesuan_kept_answers_bytes",] > 0


def test_openmetrics_for_those_who_ask_for_it(fresh):
    asked = {"Accept": "application/openmetrics-text; version=1.0.0"}
    answer = fresh.get("/metrics", headers=asked)
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")
