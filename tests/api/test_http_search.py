"""Search: any part of a name or text, slips, pinyin, facets."""

import threading

import anyio.lowlevel
import pytest

from api.errors import Unavailable
from api.names.index import NameIndex
from api.names.ready import Names, NamesInTheMaking
from api.names.searching import complete, search
from api.names.things import Thing, Things
from api.settings import Settings

from .small_release import UNIT
from .test_http_pages import Outline
from .told_release import write_told_release

STREET = f"unit/{UNIT}"


@pytest.fixture(scope="module")
def found(client):
    def search(q="", **chosen):
        answer = client.get("/search.json", params={"q": q, **chosen})
        assert answer.status_code == 200, answer.text
        return answer.json()

    return search


def ids(answer):
    return [result["id"] for result in answer["results"]]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("花楼", STREET),
        ("街道办事处", STREET),
        ("江漢區", "region/420103"),
        ("２０１０３０１", "code/functional/2010301"),
        ("一般行政管理", "code/functional/2010302"),
        ("hualou", STREET),
        ("jhq", "region/420103"),
        ("jianghanqu", "region/420103"),
        ("Initial Budget", "code/phase/initial-budget"),
        ("社区<惠民>", f"{STREET}/project/she-qu-hui-min"),
        ("花搂街道办", STREET),
        ("一般行政管里事务", "code/functional/2010302"),
        ("人员增资", f"report/{UNIT}/2023/S05-3/explanation/150"),
        ("增资", f"report/{UNIT}/2023/S05-3/explanation/150"),
        ("花楼 街道", STREET),
        ("人园增资", f"report/{UNIT}/2023/S05-3/explanation/150"),
    ],
)
def test_what_is_found_first(found, words, first):
    assert ids(found(words))[0] == first


def test_what_only_a_path_names_stands_behind_what_is_called_so():
    things = [
        Thing("code/functional/207", "code", "文化旅游体育与传媒支出", notation="207"),
        Thing("code/functional/20702", "code", "文物", broader="code/functional/207"),
        Thing("code/functional/20701", "code", "文化和旅游", broader="code/functional/207"),
    ]
    names = Names(NameIndex(Things(things)), "")
    assert next(t.name for t in search(names, "文化", {}, 0, 9).things) == "文化和旅游"
    assert [t.name for t in complete(names, "文化", 0, 9)][-1] == "文物"


def test_letters_that_nothing_is_said_with_find_nothing():
    things = [
        Thing("code/functional/2210302", "code", "住房公积金组织自治章程", notation="2210302"),
        Thing("unit/a", "unit", "自治组织"),
    ]
    names = Names(NameIndex(Things(things)), "")
    assert search(names, "zzzzzz", {}, 0, 9).total == 0
    assert search(names, "zizizizi", {}, 0, 9).total == 0
    assert search(names, "zzzzzzc", {}, 0, 9).total == 0
    assert next(t.id for t in search(names, "zzzz", {}, 0, 9).things) == "unit/a"
    assert search(names, "zzzzzc", {}, 0, 9).total == 1


def test_what_is_near_is_called_near(found):
    assert not found("花楼")["near"]
    assert found("花搂街道办")["near"]
    nothing = found("鬱鬱蔥蔥")
    assert (nothing["total"], nothing["results"]) == (0, [])


def test_all_words_count(found):
    assert ids(found("行政 管理")) == ["code/functional/2010302"]
    assert found("行政 花楼 惠民")["total"] == 0


def test_facets_count_and_narrow(found):
    answer = found("花楼")
    types = {choice["value"]: choice["count"] for choice in answer["facets"]["type"]}
    assert types == {"unit": 1, "project": 1}
    assert answer["facets"]["region"] == [{"value": "420103", "label": "江汉区", "count": 2}]
    assert {c["value"] for c in answer["facets"]["year"]} == {"2022", "2023"}
    assert answer["facets"]["findings"][0]["count"] == 1
    only = found("花楼", type="project")
    assert (only["total"], only["chosen"]) == (1, {"type": "project"})
    # A facet counts as if nothing were chosen of it, so that another value can be.
    assert {c["value"] for c in only["facets"]["type"]} == {"unit", "project"}
    assert found("花楼", region="420000")["total"] == 2
    assert found("花楼", region="110000")["total"] == 0
    assert ids(found("花楼", year="2022")) == [STREET]
    assert ids(found("花楼", findings="yes")) == [STREET]
    assert set(ids(found("", type="region"))) == {"region/420103", "region/420000"}
    assert ids(found("人员", **{"class": "201"}))[0].endswith("/explanation/150")
    assert found("花楼", year="x", type="y")["total"] == 0


def test_pages_of_results(release, serving):
    few = serving(release, Settings(page_rows=3))
    seen, number = [], 1
    while True:
        answer = few.get("/search.json", params={"type": "code", "page": number}).json()
        seen += ids(answer)
        assert answer["page"] == number
        if answer["next"] is None:
            break
        number += 1
    assert len(seen) == len(set(seen)) == answer["total"] > 6
    assert few.get("/search?q=a&page=0").status_code == 400
    page = few.page("/search?type=code&page=2")
    assert 'rel="prev"' in page
    assert 'start="4"' in page


@pytest.mark.parametrize("query", ["", "?q=花楼", "?q=花搂街道办", "?q=鬱", "?q=行政&type=code"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page(client, query, language):
    page = client.page(f"/search{query}", **{"Accept-Language": language})
    outline = Outline(page)
    assert [tag for tag, _ in outline.tags].count("h1") == 1
    inputs = [a for tag, a in outline.tags if tag == "input" and a["type"] == "search"]
    assert all("aria-label" in field for field in inputs)
    assert "搜索" in page if language == "zh" else "Search" in page
    for link in outline.links:
        if link.startswith("/"):
            assert client.get(link).status_code in (200, 303), link


def test_what_was_sought_is_marked_and_no_markup(client):
    page = client.page("/search?q=花楼")
    assert "<mark>花楼</mark>街道办事处" in page
    page = client.page("/search?q=<惠民>")
    assert "<mark>&lt;惠民&gt;</mark>资金" in page
    assert "<惠民>" not in page


def test_the_home_page_leads_there(client):
    assert '<form action="/search" method="get"' in client.page("/")
    assert 'href="/search"' in client.page("/sparql")


def test_by_accept_and_unchanged(client):
    answer = client.get("/search?q=花楼", headers={"Accept": "application/json"})
    assert answer.json()["total"] == 2
    again = client.get("/search.json?q=花楼", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    page = client.get("/search?q=花楼", headers={"Accept": "text/html"})
    tag = {"If-None-Match": page.headers["etag"], "Accept": "text/html"}
    assert client.get("/search?q=花楼", headers=tag).status_code == 304


def test_indicators_and_reasons_are_found(tmp_path, serving):
    told = serving(write_told_release(tmp_path), Settings())
    [indicator] = told.get("/search.json?q=里程").json()["results"]
    assert indicator["type"] == "indicator"
    assert told.get(indicator["url"]).is_redirect


def test_odd_words(found):
    for words in ("'", '"', "%", "*", "\\", "\0", "?", "𠮷", "a" * 5000, "汉" * 5000, " ", "·/"):
        assert found(words)["total"] >= 0


def test_the_server_says_when_names_are_still_being_made(release, serving, portal, monkeypatch):
    going = threading.Event()
    waiting = serving(release, Settings())
    made = NamesInTheMaking(
        lambda: going.wait(5) and Things([Thing("unit/a", "unit", "甲局")]), "http://x/"
    )
    monkeypatch.setitem(vars(waiting.app.state.site), "names", made)
    warming = portal.start_task_soon(made.warm)
    while not made.is_awaited:
        portal.call(anyio.lowlevel.checkpoint)
    answer = waiting.get("/readyz")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert waiting.get("/healthz").status_code == 200
    with pytest.raises(Unavailable):
        made.get()
    # Who asks meanwhile waits for the same names.
    search = portal.start_task_soon(lambda: waiting._client.get("/search.json?q=甲"))
    going.set()
    assert search.result(5).json()["total"] == 1
    warming.result(5)
    assert waiting.get("/readyz").status_code == 200


def test_names_that_cant_be_made_are_tried_again(portal, caplog):
    asked = []

    def gather():
        asked.append(1)
        if len(asked) == 1:
            raise OSError("no store")
        return Things([])

    made = NamesInTheMaking(gather, "")
    portal.call(made.warm)
    assert "can't be made" in caplog.text
    assert not made.is_awaited
    portal.call(made.ready)
    portal.call(made.ready)
    assert made.get().index.all == []
    assert len(asked) == 2
