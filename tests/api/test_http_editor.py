"""The SPARQL editor: what it completes, and the plain form where it wasn't built."""

import pytest

from api.pages import view

from .small_release import BASE

BROWSER = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.fixture
def built(monkeypatch):
    monkeypatch.setitem(view._TEMPLATES.globals, "editor", "0123abcd")


@pytest.fixture
def plain(monkeypatch):
    monkeypatch.setitem(view._TEMPLATES.globals, "editor", None)


def test_words_are_those_of_the_data(client):
    words = client.get("/editor.json?lang=en").json()
    assert words["base"] == BASE
    assert words["prefixes"]["bud"] == f"{BASE}ontology#"
    assert words["prefixes"]["phase"] == f"{BASE}code/phase/"
    assert {"iri": f"{BASE}ontology#Figure", "label": "figure"} in words["classes"]
    assert all(term["label"] for kind in ("classes", "properties") for term in words[kind])


def test_words_are_sent_once_and_in_the_readers_language(client):
    first = client.get("/editor.json", headers={"Accept-Language": "zh"})
    assert "Accept-Language" in first.headers["vary"]
    again = client.get(
        "/editor.json", headers={"Accept-Language": "zh", "If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
    assert client.get("/editor.json?lang=en").headers["etag"] != first.headers["etag"]


def test_a_site_below_a_path_says_so(client):
    words = client.get("/editor.json", headers={"X-Forwarded-Prefix": "/data"}).json()
    assert words["root"] == "/data/"


def test_where_it_was_built_the_page_loads_it_from_here(client, built):
    answer = client.get("/sparql", headers=BROWSER)
    assert '<script type="module" src="/static/editor/editor.js?0123abcd">' in answer.text
    assert 'data-words="/editor.json"' in answer.text
    # the form stays for who has no JavaScript
    assert '<textarea id="query"' in answer.text
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "connect-src 'self';" in policy
    assert "http" not in policy


def test_no_other_page_runs_a_script(client, built):
    answer = client.get("/", headers=BROWSER)
    assert "<script" not in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]


def test_where_it_wasn_t_built_the_form_and_its_examples_are_there(client, plain):
    answer = client.get("/sparql", headers=BROWSER)
    assert "<script" not in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
    assert '<textarea id="query"' in answer.text
    assert answer.text.count('href="/sparql?query=') >= 15
