import html
import re
from html.parser import HTMLParser

import pytest

from api.pages import view
from api.settings import Settings

from .small_release import BASE, REPORT, UNIT, publish

PAGES = [
    *(
        "/",
        "/about",
        f"/about?of={REPORT}",
        "/sparql",
        "/dumps/",
        "/dumps/data/",
        "/ontology.html",
        f"/{REPORT}.html",
        *(f"/{REPORT}.html?part={name}" for name in ("findings", "S05-3", "evaluations")),
    ),
    *(f"/unit/{UNIT}.html", f"/{REPORT}/S05-3/2010301.final.html", f"/{REPORT}/source.html"),
    *("/code/functional/2010301.html", "/graph/codes.html", "/code/item/all.html"),
    "/sparql?query=SELECT * { ?s ?p ?o } LIMIT 20",
]
TOP = "http://www.w3.org/2004/02/skos/core#hasTopConcept"
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Outline(HTMLParser):
    """Checks that elements nest, and gathers what links, ids and tables there are."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.links, self.ids = [], [], [], []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        self.links += [attributes[name] for name in ("href", "action") if name in attributes]
        self.ids += [attributes["id"]] if "id" in attributes else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_page_is_whole(client, path, language, monkeypatch):
    monkeypatch.setitem(view._TEMPLATES.globals, "editor", None)
    page = client.page(path, **{"Accept-Language": language})
    outline = Outline(page)
    tags = [tag for tag, _ in outline.tags]
    assert page.startswith("<!doctype html>")
    assert f'<html lang="{language}">' in page
    assert tags.count("h1") == 1
    assert tags.count("main") == 1
    assert len(outline.ids) == len(set(outline.ids))
    assert all(a == {"type": "application/ld+json"} for t, a in outline.tags if t == "script")
    for tag in ("img", "iframe", "style"):
        assert tag not in tags
    # Nothing is loaded from elsewhere.
    loaded = [a["href"] for t, a in outline.tags if t == "link" and a["rel"] == "stylesheet"]
    assert [link.partition("?")[0] for link in loaded] == ["/static/style.css"]
    labels = (a["aria-labelledby"].split() for _, a in outline.tags if "aria-labelledby" in a)
    assert {name for names in labels for name in names} <= set(outline.ids)


@pytest.mark.parametrize("path", PAGES)
def test_no_link_is_dead(client, path):
    local = {link for link in Outline(client.page(path)).links if link.startswith("/")}
    assert local
    for link in local - {"/dumps/data/juesuan.trig.gz"}:
        answer = client.get(link)
        allowed = {200, 303}
        # Sets of values and shapes are named here but described nowhere in so small a release.
        assert answer.status_code in allowed, link


def test_pages_forbid_what_they_dont_need(client):
    answer = client.get("/", headers={"Accept": "text/html"})
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-language"] == "zh"


def test_home(client):
    page = client.page("/")
    for count in ("<b>2</b> <span>份报告", "<b>1</b> <span>个单位", "<b>6</b> <span>处陈述"):
        assert count in page
    assert "Every figure in Chinese final-accounts reports" in page
    assert page.count('href="/sparql?query=%23') == 3
    assert f'href="/{REPORT}"' in page
    assert page.index("2023年度部门决算") < page.index("2022年度部门决算")
    assert "/dumps/data/juesuan.nq.gz" in page
    assert 'href="/dumps/facts.schema.json"' in page


def test_languages(client):
    assert "Three queries" in client.page("/?lang=en")
    assert "三个查询" in client.page("/?lang=zh", **{"Accept-Language": "en"})
    assert "Three queries" in client.page("/", **{"Accept-Language": "en-GB, zh;q=0.5"})
    # A language that was asked for goes along.
    page = client.page("/?lang=en")
    assert f'href="/{REPORT}?lang=en"' in page
    assert 'href="/?lang=zh"' in page
    assert 'href="/?page=1&amp;lang=zh"' in client.page("/?lang=en&page=1")


def test_a_report_shows_its_head(client):
    page = client.page(f"/{REPORT}.html")
    for shown in ("2024-10-11", "027-12345678", "江汉区", "420103", "还有 2 个数"):
        assert shown in page


def part(client, name, **headers):
    return client.page(f"/{REPORT}.html?part={name}", **headers)


def test_a_report_leads_to_its_parts_in_the_order_of_the_template(client):
    page = client.page(f"/{REPORT}.html")
    contents = page[page.index('<ul class="contents">') :]
    shown = re.findall(r'<li id="([^"]+)">.*?part=([^"&]+)"', contents)
    assert shown == [
        ("part-findings", "findings"),
        *((name, name) for name in ("T03", "S01", "S05-3", "evaluations")),
    ]
    assert client.get(f"/{REPORT}.html?part=T99").status_code == 404


def test_a_place_shows_its_figures_beside_the_text_that_states_them(client, source):
    page = part(client, "S05-3")
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', page)
    assert heads == ["科目或项目", "年初预算", "决算", "比率", "原因"]
    [first, second] = re.findall(r"<tr>\n<th scope.*?</tr>", page, re.DOTALL)
    for shown in ("2010301", "行政运行", "959.84", "1,005.12", "104.7%", "完成率", "人员增资"):
        assert shown in first
    # As precisely as printed: 120, not 120.00.
    assert ">120</a>" in second
    assert ">98.5</a>" in second
    start = source.index("959.84")
    assert f'href="#c{start}">第 8 行</a>' in first
    assert "重述" in first
    text = page[page.index('<ol class="text"') :]
    fact = f"/{REPORT}/S05-3/2010301.initial-budget"
    assert f'年初预算为<mark id="c{start}"><a href="{fact}">959.84</a></mark>万元' in text
    assert "不一致" in part(client, "T03")


def test_lines_far_apart_stand_apart(client):
    text = part(client, "S05-3")
    assert re.findall(r'#L(\d+)">\d+</a>', text) == ["7", "8", "9", "10"]


def test_a_report_shows_changes_and_evaluations(client):
    assert ">225.26</a>" in part(client, "S01")
    evaluations = part(client, "evaluations")
    for shown in ("社区&lt;惠民&gt;资金", "200.00 万元", "2,000,000 元", "99%", "社区活动 46 场"):
        assert shown in evaluations


def test_a_report_shows_its_findings(client):
    first = client.page(f"/{REPORT}.html", **{"Accept-Language": "en"})
    assert "part=findings" in first
    findings = part(client, "findings", **{"Accept-Language": "en"})
    for shown in (
        "Error",
        "Table and text disagree",
        "-0.09 万元",
        "-900 yuan",
        "<mark>1,005.21</mark>",
    ):
        assert shown in findings
    assert "没有发现矛盾" in client.page(f"/report/{UNIT}/2022.html")


@pytest.mark.parametrize("name", ["S05-3", "findings", "evaluations"])
def test_a_part_has_its_data_one_click_away(client, name):
    page = part(client, name)
    links = [html.unescape(link) for link in Outline(page).links]
    csv, rdf = (
        next(link for link in links if f"format={format_}" in link) for format_ in ("csv", "ttl")
    )
    assert len(client.get(csv).text.splitlines()) > 1
    assert len(client.get(rdf).text) > 100


def test_a_statement_is_headed_by_what_it_is_about(client):
    page = client.page(f"/{REPORT}/S05-3/2010301.final.html")
    assert "<h1>行政运行 · 一般公共预算 · 决算 · 2023</h1>" in page
    assert "1,005.12 万元" in page
    assert "10,051,200 元" in page
    assert "支出决算为</span>" in page
    assert "<mark>1,005.12</mark>" in page


def test_a_unit_lists_its_reports(client):
    page = client.page(f"/unit/{UNIT}.html")
    assert page.index(f'href="/report/{UNIT}/2022"') < page.index(f'href="/{REPORT}"')


def test_an_inverse_link_tells_its_report(client):
    page = client.page("/code/fund/general.html")
    [row] = [r for r in page.split("<tr>") if f"/{REPORT}/S05-3/2010302.final" in r]
    assert "一般公共预算 · 决算 · 2023 · 98.50 万元</a>" in row
    assert '<span class="detail">某市某区人民政府花楼街道办事处2023年度部门决算</span>' in row


def test_inverse_links_come_in_pages(client):
    first = client.page("/code/fund/general.html?lang=zh")
    assert 'rel="next"' not in first
    everything = client.page("/code/economic/all.html")
    assert everything.count('<th scope="row">') == 8
    answer = client.get("/code/economic/all.html?page=0")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-number")
    assert client.get("/?page=x").status_code == 400
    assert client.get("/?page=99").status_code == 200


def test_a_list_of_many(release, serving):
    few = serving(release, Settings(page_rows=2))
    subjects = []
    for number in (1, 2, 3, 4):
        page = few.page(f"/code/fund/general.html?page={number}&lang=zh")
        assert ('rel="prev"' in page, 'rel="next"' in page) == (number > 1, number < 4)
        subjects += re.findall(r'title="([^"]+)"', page[page.index('id="inverse"') :])
    links = {subject for subject in subjects if REPORT in subject}
    assert len(links) == 7
    assert 'href="/code/fund/general.html?page=3&amp;lang=zh"' in page


def test_a_property_with_many_values_shows_the_first_and_leads_to_all(tmp_path, serving):
    scheme = f"{BASE}code/many"
    triples = [f"<{scheme}> <{TOP}> <{scheme}/{n:02}> <{BASE}graph/codes> .\n" for n in range(30)]
    release = publish(tmp_path, BASE, sorted(triples), {}, [])
    page = serving(release, Settings(page_rows=5)).page("/code/many.html?lang=zh")
    assert len(set(re.findall(r">code/many/(\d\d)</a>", page))) == 5
    assert "共 30 个" in page
    assert "SELECT+%3Fvalue" in page
    whole = serving(release, Settings(page_rows=8)).page("/code/many.html?lang=zh")
    assert len(re.findall(r">code/many/(\d\d)</a>", whole)) == 30


def test_every_link_has_words(tmp_path, serving):
    line = (
        f"<{BASE}catalog> <http://xmlns.com/foaf/0.1/homepage> <{BASE}> <{BASE}graph/catalog> .\n"
    )
    page = serving(publish(tmp_path, BASE, [line], {}, []), Settings()).page("/catalog.html")
    assert f'href="/" title="{BASE}">{BASE}</a>' in page
    assert not re.search(r"<a [^>]*></a>", page)


def test_the_ontology_has_a_place_for_each_term(client):
    page = client.page("/ontology.html")
    assert 'id="Figure"' in page
    assert 'href="/ontology#Statement"' in page
    assert "报告中一处写明的金额" in page


def test_one_query_for_all_names(app, client, monkeypatch):
    asked = []
    store = app.state.site.store
    select = type(store).select
    monkeypatch.setattr(
        type(store), "select", lambda self, q, *a, **k: asked.append(q) or select(self, q, *a, **k)
    )
    monkeypatch.setattr(app.state.site.labels, "_known", {})
    for times in ("first", "second"):
        asked.clear()
        client.page(f"/{REPORT}.html?asked={times}")
        assert sum("?resource ?label" in query for query in asked) <= 1
        assert len(asked) <= 6


def test_a_page_is_made_once(app, client, monkeypatch):
    asked = []
    select = type(app.state.site.store).select
    first = client.page(f"/unit/{UNIT}.html?asked=twice")
    monkeypatch.setattr(
        type(app.state.site.store),
        "select",
        lambda self, q, *a, **k: asked.append(q) or select(self, q, *a, **k),
    )
    assert client.page(f"/unit/{UNIT}.html?asked=twice") == first
    assert not asked
    assert client.page(f"/unit/{UNIT}.html?asked=twice&lang=en") != first
    assert client.page(f"/unit/{UNIT}.html?asked=twice", **{"X-Forwarded-Prefix": "/a"}) != first


@pytest.mark.parametrize(
    "path",
    [
        "/unit/none",
        "/unit/none.html?page=9",
        f"/{REPORT}/finding/none/x.html",
        "/unit/a%7Cb%3C.html",
    ],
)
def test_of_what_nothing_is_said_there_is_no_page(client, path):
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "<h1>" in answer.text


def test_names_from_others_data_dont_become_markup(client):
    query = f"SELECT ?x {{ VALUES ?x {{ <{BASE}unit/{UNIT}/project/she-qu-hui-min> '<b>' }} }}"
    page = client.page("/sparql?query=" + query)
    assert "&lt;b&gt;" in page
    assert "<惠民>" not in page


def test_odd_iris_are_no_links(client):
    page = client.page("/sparql?query=SELECT ?x { VALUES ?x { <javascript:alert(1)> <urn:a> } }")
    assert 'href="javascript:' not in page
    assert "javascript:alert(1)</span>" in page


def test_a_code_s_page_says_what_it_is_elsewhere_and_how_sure_that_is(client):
    page = client.get("/code/functional/201.html?lang=en").text
    assert 'href="http://linked.data.gov.au/def/cofog/01"' in page
    assert "General public services" in page
    assert "confidence 0.85 · trade is 04" in page


def test_a_mapping_without_a_reason_has_its_confidence(client):
    page = client.get("/region/420000.html?lang=en").text
    assert "confidence 0.98<" in page
