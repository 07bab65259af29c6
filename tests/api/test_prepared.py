import pytest

from api.pages import prepared
from api.pages.prepared import prepare_pages
from api.settings import Settings

from .small_release import REPORT, UNIT


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(prepared, "_QUIET", 0.0)


def count_of_questions(client, monkeypatch):
    asked = []
    store = type(client.app.state.site.store)
    select = store.select
    monkeypatch.setattr(
        store, "select", lambda self, q, *a, **k: asked.append(q) or select(self, q, *a, **k)
    )
    return asked


def test_pages_of_reports_and_units_are_there_before_anybody_asks(
    release, serving, portal, at_once, monkeypatch
):
    client = serving(release, Settings())
    portal.call(prepare_pages, client.app.state.site)
    asked = count_of_questions(client, monkeypatch)
    for language in ("zh-CN", "en"):
        for path in (f"/{REPORT}.html", f"/unit/{UNIT}.html"):
            assert "<h1>" in client.page(path, **{"Accept-Language": language})
    assert asked == []


@pytest.mark.parametrize("settings", [{"pages_prepared": 0}, {"answers_kept": 0}])
def test_none_are_made_where_none_are_wanted_or_kept(release, serving, portal, at_once, settings):
    site = serving(release, Settings(**settings)).app.state.site
    portal.call(prepare_pages, site)
    assert site.answers.size == 0
    assert site.names.get()


def test_nothing_is_prepared_while_somebody_asks(release, serving):
    site = serving(release, Settings()).app.state.site
    with site.visit():
        assert site.quiet_for == 0
    assert 0 <= site.quiet_for < 60
