import html
import inspect
import re
from http import HTTPStatus

import pytest
from fastapi import FastAPI

from api import errors, problems
from api.errors import ApiError, NotFound, Overloaded
from api.site import Site
from api.texts import TEXTS, Texts

from .small_release import HERE, HTML

CATALOGUE = [
    error
    for _, error in inspect.getmembers(errors, inspect.isclass)
    if issubclass(error, ApiError) and error is not ApiError
]
DETAILS = dict.fromkeys(
    (
        *("name", "iri", "format", "formats", "char", "length", "line", "column", "reason"),
        *("method", "offers", "limit", "given", "value"),
    ),
    "<x>",
)


@pytest.mark.parametrize("error", CATALOGUE)
def test_each_error_has_a_sentence_in_both_languages(error):
    raised = error(**DETAILS)
    HTTPStatus(error.status)
    assert str(raised).endswith(".")
    assert raised.sentence("zh").endswith("。")
    assert error.__doc__


def test_codes_are_told_apart():
    assert len({error.code for error in CATALOGUE}) == len(CATALOGUE)
    sentences = {key for key in TEXTS.keys() if key.startswith("error.")}  # noqa: SIM118
    beside = {"error.title", "error.again", "error.later"}
    assert sentences == {f"error.{e.code}" for e in CATALOGUE} | beside


def test_codes_are_documented():
    page = (HERE.parent.parent / "docs" / "http.md").read_text("utf-8")
    assert [error.code for error in CATALOGUE if f"`{error.code}`" not in page] == []


def test_as_json(client):
    answer = client.get("/nothing")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "code": "not-found",
        "detail": "There is nothing here by the name https://w3id.org/juesuan/nothing.",
    }
    assert "etag" not in answer.headers


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/json", "application/json"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("text/html,*/*;q=0.8", "text/html; charset=utf-8"),
        ("image/png", "application/problem+json"),
        ("*/*", "application/problem+json"),
    ],
)
def test_as_the_client_likes(client, accept, content_type):
    answer = client.get("/nothing", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (404, content_type)


def test_in_the_clients_language(client):
    asked = {"Accept": "text/plain", "Accept-Language": "zh-CN"}
    assert client.get("/nothing", headers=asked).text.startswith("这里没有")
    asked["Accept-Language"] = "fr"
    assert client.get("/nothing", headers=asked).text.startswith("There is nothing")


def test_reasons_are_in_the_readers_language(client):
    """A query of which the reader is told why it can't be answered, to be changed."""
    for query in ("", "hello", "ASK { ?s a bud:Figure }", "ASK { ?s ?p }", "ASK { ?s ?p ?o } ?"):
        answer = client.get("/sparql", params={"query": query, "lang": "zh"}, headers=HTML)
        said = re.search(r'role="alert">([^<]*)<', answer.text)[1]
        assert answer.status_code == 400
        assert not re.search(r"\b(is|the|expected|not|one)\b", html.unescape(said)), said


@pytest.mark.parametrize(
    ("path", "heading"),
    [("/nothing?lang=en", "Not found"), ("/sparql?query=x&lang=en", "as asked")],
)
def test_a_page_is_headed_by_what_is_wrong(client, path, heading):
    assert re.search(rf"<h1>[^<]*{heading}", client.get(path, headers=HTML).text)


def test_a_refused_query_can_be_changed(client):
    update = "DROP ALL"
    page = client.get("/sparql", params={"query": update}, headers=HTML)
    assert (page.status_code, f"{update}</textarea>" in page.text) == (403, True)


def test_who_comes_too_soon_is_told_when_to_come_again(client, portal):
    busy = FastAPI()
    busy.state.site = client.app.state.site
    problems.install(busy)

    @busy.get("/busy")
    def refuse() -> None:
        raise Overloaded({"Retry-After": "7"})

    answer = type(client)(busy, portal).get("/busy?lang=en", headers=HTML)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "7")
    assert "Try again in 7 seconds." in answer.text


def test_names_dont_become_markup(client):
    page = client.get("/%3Cscript%3E", headers=HTML).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("headers", [{}, HTML])
def test_a_mistake_of_ours_tells_nothing_of_itself(client, portal, headers):
    broken = FastAPI()
    broken.state.site = client.app.state.site
    problems.install(broken)

    @broken.get("/boom")
    def boom() -> None:
        raise RuntimeError("the password is 123")

    answer = type(client)(broken, portal).get("/boom", headers=headers)
    assert answer.status_code == 500
    assert "password" not in answer.text


def test_what_the_framework_refuses(client, portal):
    app = FastAPI()
    app.state.site = client.app.state.site
    problems.install(app)

    @app.get("/number")
    def number(n: int) -> int:
        return n

    answer = type(client)(app, portal).get("/number?n=x")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")


def test_a_text_must_have_both_languages():
    with pytest.raises(ValueError, match="lacks a language"):
        Texts({"a": {"b": {"zh": "字"}}})


def test_errors_read_as_what_they_say():
    assert str(NotFound(name="x")) == "There is nothing here by the name x."
    assert Site.__doc__


def test_health(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.json()["release"] == client.app.state.site.release.digest
    assert ready.headers["cache-control"] == "no-store"
    assert client.request("HEAD", "/healthz").status_code == 200
