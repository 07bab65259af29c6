import pytest

from api.routes.sources import _lines

from .small_release import BASE, HTML, REPORT, UNIT, place

SOURCE = f"/{REPORT}/source"


def test_the_text_as_it_is(client, source):
    for path in (SOURCE, f"{SOURCE}.txt"):
        answer = client.get(path, headers=HTML)
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.text == source
        assert answer.headers["link"] == f'<{BASE}{REPORT}/source>; rel="canonical"'


def test_a_passage_marked_in_its_context(client, source):
    chars = place(source, "959.84")
    for path in (f"{SOURCE}?char={chars}", f"{SOURCE}.html?char={chars}"):
        page = client.page(path)
        assert '年初预算为<mark id="mark">959.84</mark>万元' in page
        assert f"source#char={chars}" in page
        assert page.count("<mark id=") == 1


def test_a_passage_alone(client, source):
    chars = place(source, "959.84万元")
    answer = client.get(f"{SOURCE}?char={chars}", headers={"Accept": "text/plain"})
    assert answer.text == "959.84万元"


def test_a_passage_over_several_lines(client, source):
    chars = place(source, "2023年度部门决算\n\n一、收入支出")
    page = client.page(f"{SOURCE}.html?char={chars}")
    assert page.count('<mark id="mark">') == 1
    assert '<mark id="mark">2023年度部门决算</mark>' in page
    assert "<mark>一、收入支出</mark>决算" in page


def test_the_whole_text_as_a_page(client):
    page = client.page(f"{SOURCE}.html")
    assert 'id="mark"' not in page
    assert '<li id="L8">' in page
    assert "社区&lt;惠民&gt;资金" in page


@pytest.mark.parametrize(
    "char", ["", "5", "a,b", "9,3", "3,3", "0,99999", "-1,3", "1,2,3", "１,２"]
)
@pytest.mark.parametrize("extension", ["", ".html", ".txt"])
def test_what_is_no_passage(client, char, extension):
    answer = client.get(f"{SOURCE}{extension}", params={"char": char})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-passage")


@pytest.mark.parametrize(
    "path",
    [
        *(f"/report/{UNIT}/2022/source", "/report/nobody/2023/source", "/report/../x/source"),
        *("/report/..%2F..%2F..%2Fetc/passwd/source", "/report/%2e%2e/%2e%2e/source.txt"),
    ],
)
def test_no_other_text(client, path):
    answer = client.get(path)
    assert answer.status_code == 404


def test_the_text_is_described_like_any_resource(client):
    assert "dct:source" in client.get(f"{SOURCE}.ttl").text


def test_lines_are_counted_by_line_feeds_alone():
    lines = _lines("a\x0cb\r\nc\u2028d\n", 0, 0)
    assert [line.number for line in lines] == [1, 2, 3]
