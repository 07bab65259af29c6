"""The page about the data, and its citations."""

from datetime import UTC, date, datetime

import pytest

from api.citation import Citation

from .small_release import BASE, REPORT


def test_the_release_is_named(app, client):
    page = client.page("/about?lang=en")
    assert app.state.site.release.digest in page
    assert "@dataset{juesuan-" in page


def test_a_report_is_cited_as_its_units(client):
    [item] = client.get(f"/cite.json?of={REPORT}").json()
    today = datetime.now(UTC).date()
    assert item["type"] == "dataset"
    assert item["author"] == [{"literal": "某市某区人民政府花楼街道办事处"}]
    assert item["title"] == "某市某区人民政府花楼街道办事处2023年度部门决算"
    assert item["issued"] == {"date-parts": [[2023]]}
    assert item["URL"] == f"{BASE}{REPORT}"
    assert date(*item["accessed"]["date-parts"][0]) in (today, datetime.now(UTC).date())
    assert item["version"] in client.get(f"/cite.bib?of={REPORT}").text
    assert f'href="/about?of={REPORT.replace("/", "%2F")}#cite"' in client.page(f"/{REPORT}.html")


@pytest.mark.parametrize("path", ["/about", "/cite.bib", "/cite.json"])
def test_what_isn_t_there_can_t_be_cited(client, path):
    assert client.get(f"{path}?of=report/x/2020").status_code == 404


def test_signs_that_bibtex_reads_are_written_out():
    cited = Citation("k", "A & B_C", "D {E}", 2023, "http://x/a_b", "0", date(2026, 1, 2))
    assert "title = {A \\& B\\_C}," in cited.bibtex
    assert "url = {http://x/a_b}," in cited.bibtex
    assert "urldate = {2026-01-02}," in cited.bibtex
