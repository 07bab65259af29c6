import hashlib
import json
from datetime import datetime

import pytest

from api.app import create_app
from api.settings import Settings


@pytest.fixture
def log(tmp_path):
    return tmp_path / "access.jsonl"


@pytest.fixture
def logged(data_release, serving, log):
    return serving(data_release, Settings(access_log=str(log), root_path="/open"))


def lines(log):
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def test_a_line_for_each_request(logged, log):
    query = "ASK { ?s ?p ?o }"
    logged.query(query, **{"User-Agent": "test"})
    logged.get("/api/units/无")
    asked, missed = lines(log)
    assert datetime.fromisoformat(asked["time"]).tzinfo
    assert (asked["method"], asked["path"], asked["route"]) == ("GET", "/sparql", "/sparql")
    assert (asked["status"], asked["agent"], asked["client"]) == (200, "test", "127.0.0.1")
    assert asked["query"] == hashlib.sha256(query.encode()).hexdigest()
    assert asked["release"] == logged.app.state.site.release.digest
    assert asked["bytes"] > 10
    assert asked["ms"] >= 0
    assert (missed["status"], missed["route"]) == (404, "/api/units/{unit}")
    assert (missed["path"], missed["query"]) == ("/api/units/无", None)


def test_a_rotated_file_is_begun_anew(logged, log):
    logged.get("/healthz")
    log.rename(log.with_suffix(".1"))
    logged.get("/healthz")
    assert len(lines(log)) == len(lines(log.with_suffix(".1"))) == 1


def test_a_line_holds_no_line_break(logged, log):
    logged.get("/a%0Ab")
    [line] = lines(log)
    assert line["path"] == "/a\nb"


def test_the_standard_output(data_release, serving, capsys):
    serving(data_release, Settings(access_log="-")).get("/healthz")
    assert json.loads(capsys.readouterr().out)["path"] == "/healthz"


def test_no_log_unless_asked_for(data, capsys):
    data.get("/healthz")
    assert capsys.readouterr().out == ""


def test_a_file_that_cannot_be_written(data_release, tmp_path):
    with pytest.raises(OSError, match="No such file"):
        create_app(data_release, Settings(access_log=str(tmp_path / "nowhere" / "log")))
