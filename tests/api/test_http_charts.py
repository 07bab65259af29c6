"""Charts: what they show, what is behind them, and that a page never waits for one too long."""

import re
from decimal import Decimal
from html import unescape

import pyoxigraph as ox
import pytest

from api.charts.areas import draw_areas
from api.charts.bars import draw_bars
from api.charts.columns import draw_columns
from api.charts.definition import charts_of
from api.charts.numbers import Cell, Line, Numbers, numbers_of
from api.charts.scale import Scale
from api.errors import FailedQuery, Overloaded
from api.pages.money import grouped
from api.query_text import form_of
from api.settings import Settings
from api.site import Site
from api.texts import LANGUAGES, TEXTS

from .small_release import BASE, UNIT

KINDS = ("unit", "region", "function", "economic", "project")
CHARTS = [chart for kind in KINDS for chart in charts_of(kind)]
TERMS = {
    name: f"<{BASE}{name}>" for name in ("unit", "report", "reports", "region", "code", "project")
} | {"year": '"2023"^^<http://www.w3.org/2001/XMLSchema#gYear>'}
PAGE = f"/unit/{UNIT}.html"


def chart(name):
    [found] = [chart for chart in CHARTS if chart.name == name]
    return found


def code(local):
    return ox.NamedNode(f"{BASE}code/functional/{local}")


def line(local, number, within=None):
    cells = {"amount": Cell(Decimal(number), None)}
    return Line(code(local), f"{BASE}code/functional/{within}" if within else None, cells)


def figure(page, name):
    return re.search(rf'<figure class="[^"]*" id="{name}">.*?</figure>', page, re.DOTALL)[0]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_a_chart_has_queries_and_words(chart):
    query = chart.query(BASE, TERMS)
    assert "$" not in query
    assert (form_of(query), form_of(chart.describing(query))) == ("SELECT", "DESCRIBE")
    ox.Store().query(query)
    ox.Store().query(chart.describing(query))
    names = {chart.row, *chart.values, *chart.facts, *filter(None, (chart.series, chart.within))}
    selected = query[query.index("SELECT") : query.index("WHERE")]
    assert all(f"?{name}" in selected for name in names)
    assert set(chart.title) == set(LANGUAGES)
    assert TEXTS.find(f"chart.row-{chart.row}", "en")


def test_a_chart_of_other_data_asks_for_those():
    assert all(BASE not in c.query("http://x.example/", dict.fromkeys(TERMS, "1")) for c in CHARTS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_unit_has_charts(client, lang):
    page = client.page(f"{PAGE}?lang={lang}")
    assert page.count('role="img"') >= 4
    budget = figure(page, "unit-budget")
    title = {"zh": "2023 年决算与年初预算", "en": "What was planned and what was spent in 2023"}[
        lang
    ]
    assert f'<title id="unit-budget-title">{title}</title>' in budget
    assert "105%" in budget
    assert f"report/{UNIT}/2023/S05-3/2010301.initial-budget" in budget
    assert re.search(r'<desc id="unit-budget-words">[^<]+</desc>', budget)


@pytest.mark.parametrize(
    "name", ["unit-functions", "unit-budget", "unit-projects", "unit-findings"]
)
def test_behind_a_chart_is_its_data(client, name):
    drawn = figure(client.page(f"{PAGE}?lang=en"), name)
    data = [unescape(href) for href in re.findall(r'<li><a href="(/sparql[^"]+)"', drawn)]
    table, rdf, query = (client.get(address, headers={"Accept": "text/html"}) for address in data)
    assert table.headers["content-type"].startswith("text/csv")
    assert len(table.text.splitlines()) > 1
    assert rdf.headers["content-type"].startswith("text/turtle")
    assert ox.parse(rdf.content, ox.RdfFormat.TURTLE).__next__()
    assert query.headers["content-type"].startswith("text/html")
    # what is drawn is what the query finds
    assert re.search(r'<td class="number">', query.text)


def test_a_year_may_be_chosen(client):
    assert "What was planned and what was spent in 2023" in client.page(f"{PAGE}?lang=en")
    older = client.page(f"{PAGE}?lang=en&year=2022")
    assert 'aria-current="true">2022</a>' in older
    assert 'id="unit-budget"' not in older
    assert 'aria-current="true">2023</a>' in client.page(f"{PAGE}?lang=en&year=1999")


def test_a_class_has_charts_and_other_codes_none(client):
    assert 'id="function-units"' in client.page("/code/functional/201.html")
    assert 'class="charts"' not in client.page("/code/fund/general.html")


def test_a_project_has_charts_of_its_years(client):
    page = client.page(f"/unit/{UNIT}/project/she-qu-hui-min.html?lang=en")
    assert 'href="/sparql?query=' in figure(page, "project-years")
    assert "Choose a year" not in page


def test_a_chart_that_takes_long_is_there_the_next_time(release, serving, monkeypatch):
    slow = serving(release, Settings(chart_seconds=1e-9))
    first = slow.get(PAGE, headers={"Accept-Language": "en"})
    assert "still being worked out" in first.text
    assert "etag" not in first.headers
    site = slow.app.state.site
    site.charts._seconds = 60
    second = slow.get(PAGE, headers={"Accept-Language": "en"})
    assert "still being worked out" not in second.text
    assert "etag" in second.headers


@pytest.mark.parametrize(("error", "status"), [(Overloaded(), 200), (FailedQuery(reason="x"), 400)])
def test_only_a_busy_store_leaves_a_chart_out(release, serving, monkeypatch, error, status):
    client = serving(release, Settings())
    store = client.app.state.site.charts._store
    select = type(store).select

    def failing(self, query, *arguments):
        if "bud:phase ?phase" in query:
            raise error
        return select(self, query, *arguments)

    monkeypatch.setattr(type(store), "select", failing)
    assert client.get(PAGE).status_code == status


def test_reports_of_a_unit_come_from_the_manifest(app):
    site: Site = app.state.site
    reports = site.release.reports_of(f"{BASE}unit/{UNIT}")
    assert [report.fiscal_year for report in reports] == [2022, 2023]


def test_areas_are_as_large_as_their_numbers():
    lines = [line("all", 99), line("201", 60), line("205", 30), line("208", 0)]
    drawing = draw_areas(Numbers(lines, {}), grouped, lambda line: str(line.key))
    first, second = drawing.marks
    assert first.width * first.height == pytest.approx(2 * second.width * second.height, rel=0.02)


def test_parts_lie_in_what_they_are_parts_of():
    lines = [line("201", 60), line("20101", 40, "201"), line("20102", 20, "201"), line("205", 9)]
    drawing = draw_areas(Numbers(lines, {}), grouped, lambda line: line.key.value[-5:])
    whole, *parts = drawing.marks[:3]
    for part in parts:
        assert whole.x <= part.x
        assert part.x + part.width <= whole.x + whole.width
        assert part.y + part.height <= whole.y + whole.height
    assert [mark.kind for mark in drawing.marks] == [
        "area-1 depth-0", "area-1 depth-1", "area-1 depth-1", "area-2 depth-0",
    ]  # fmt: skip


def test_an_area_too_narrow_for_its_name_shows_the_beginning_of_it():
    lines = [line("201", 60), line("205", 9), line("206", 1)]
    drawing = draw_areas(Numbers(lines, {}), grouped, lambda line: "social security " * 9)
    names = [words for words in drawing.words if words.kind == "label"]
    assert names
    assert {words.room for words in names} == {"widest"}
    assert all(words.text.startswith("social") and words.text.endswith("…") for words in names)


def test_columns_stand_on_zero_and_below_it():
    rows = [Line(ox.Literal(str(year)), None, {"x": Cell(Decimal(n), None)}) for year, n in
            ((2022, -50), (2023, 100))]  # fmt: skip
    drawing = draw_columns(chart("unit-years"), Numbers(rows, {"x": "x"}), {"x": "X"}, grouped)
    below, above = drawing.marks
    zero = next(rule.y for rule in drawing.rules if rule.kind == "zero")
    assert below.y == pytest.approx(zero)
    assert above.y + above.height == pytest.approx(zero)
    assert above.height == pytest.approx(2 * below.height, rel=0.01)


def test_parts_are_stacked_and_the_whole_stands_where_there_are_none():
    three = chart("unit-three-public")
    parts = {"reception": 10, "vehicles": 30, "three-public": 40, "budget": 80}
    cells = [{name: Cell(Decimal(n), None) for name, n in parts.items()},
             {"three-public": Cell(Decimal(5), None)}]  # fmt: skip
    rows = [
        Line(ox.Literal(year), None, c) for year, c in zip(("2022", "2023"), cells, strict=True)
    ]
    drawing = draw_columns(three, Numbers(rows, {n: n for n in parts}), {}, grouped)
    assert [mark.kind for mark in drawing.marks] == ["vehicles", "reception", "three-public"]
    assert [rule.kind for rule in drawing.rules].count("target") == 1


def test_bars_are_sorted_and_those_left_out_are_counted():
    lines = [line(str(number), number) for number in range(1, 16)]
    drawing = draw_bars(
        chart("region-units"), Numbers(lines, {"amount": "amount"}), {"amount": ""}, grouped,
        lambda line: line.key.value.rpartition("/")[2],
    )  # fmt: skip
    assert drawing.left_out == 3
    assert [words.text for words in drawing.words[:2]] == ["15", "15"]
    assert drawing.marks[0].width == pytest.approx(drawing.marks[1].width * 15 / 14)


def test_a_share_is_of_what_was_planned():
    cells = {"budget": Cell(Decimal(200), None), "executed": Cell(Decimal(150), None)}
    projects = Numbers([Line(code("p"), None, cells)], {})
    names = {"budget": "", "executed": ""}
    drawing = draw_bars(chart("unit-projects"), projects, names, grouped, lambda line: "P")
    planned, done = drawing.marks
    assert done.width == pytest.approx(planned.width * 0.75)
    assert drawing.words[1].text == "75% · 150 / 200"


def test_of_funds_the_widest_is_drawn_and_of_functions_the_narrowest():
    def row(fund, local, within=None):
        values = {
            "fund": ox.NamedNode(f"{BASE}code/fund/{fund}"), "function": code(local),
            "budget": ox.Literal("1.5"), "final": ox.Literal("2"),
        }  # fmt: skip
        return values | ({"broader": code(within)} if within else {})

    rows = [
        row("general", "299"),
        row("fiscal", "all"),
        row("fiscal", "201"),
        row("fiscal", "20101", "201"),
    ]
    [kept] = numbers_of(chart("unit-budget"), rows).lines
    assert kept.key == code("20101")
    assert kept.cells["budget"].number == Decimal("1.5")


@pytest.mark.parametrize("numbers", [[], [0], [7, 93_000_000], [-3, 5], [-8], [Decimal("0.004")]])
def test_a_scale_holds_its_numbers(numbers):
    scale = Scale.over([Decimal(n) for n in numbers])
    assert 0 in scale.ticks
    assert all(0 <= scale.at(Decimal(n)) <= 1 for n in numbers)
    assert 2 <= len(scale.ticks) <= 7


def test_of_funds_that_may_stand_for_each_other_the_first_with_parts_is_drawn():
    rows = [
        {
            "function": code(function),
            "fund": ox.NamedNode(f"{BASE}code/fund/{fund}"),
            "amount": ox.Literal(amount),
        }
        for fund, function, amount in (
            ("all", "all", "9"),
            ("general", "all", "8"),
            ("general", "201", "8"),
        )
    ]
    drawn = numbers_of(chart("unit-functions"), rows).lines
    assert [line.key for line in drawn] == [code("all"), code("201")]
    assert [line.cells["amount"].number for line in drawn] == [8, 8]


def test_what_is_spent_on_an_economic_class_counts_once_for_each_unit():
    bud, at = f"{BASE}ontology#", f"{BASE}code/"
    store = ox.Store()
    for nature, amount in (("all", "300"), ("basic", "200")):
        said = {
            **{
                name: f"<{at}{list_}/{value}>"
                for name, list_, value in (
                    ("economic", "economic", "302"),
                    ("function", "functional", "all"),
                    ("fund", "fund", "general"),
                    ("phase", "phase", "final"),
                    ("item", "item", "all"),
                    ("flow", "flow", "expenditure"),
                    ("nature", "nature", nature),
                )
            },
            "unit": f"<{BASE}unit/u>",
            "fiscalYear": '"2023"^^<http://www.w3.org/2001/XMLSchema#gYear>',
            "amount": amount,
        }
        lines = "; ".join(f"<{bud}{name}> {value}" for name, value in said.items())
        store.load(f"<{BASE}f/{nature}> a <{bud}Figure> ; {lines} .".encode(), ox.RdfFormat.TURTLE)
    query = chart("economic-years").query(BASE, {"code": f"<{at}economic/302>"})
    [[_, total, units]] = store.query(query)
    assert (total.value, units.value) == ("300", "1")
