"""Views of a resource: by profile, in the words of schema.org, as JSON-LD with short names."""

import json
import re
from html import unescape
from urllib.parse import urljoin

import pyoxigraph as ox
import pytest

from .small_release import BASE, REPORT, UNIT

CODE = "code/functional/201"
SCHEMA = "https://schema.org/"
ALT = "http://www.w3.org/ns/dx/connegp/altr"


def said(client, path, **headers):
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def links(answer, **wanted):
    """The targets of an answer's links that have these parameters."""
    found = []
    for target, parameters in re.findall(
        r"<([^>]*)>((?:; \w+=\"[^\"]*\")+)", answer.headers["link"]
    ):
        given = dict(re.findall(r'(\w+)="([^"]*)"', parameters))
        found += [target] if wanted.items() <= given.items() else []
    return found


def test_the_usual_view_says_which_it_is(client):
    answer = client.get(f"/{CODE}.ttl")
    assert answer.headers["content-profile"] == f"<{BASE}ontology>"
    assert links(answer, rel="profile") == [f"{BASE}ontology"]
    assert "Accept-Profile" in answer.headers["vary"]


@pytest.mark.parametrize("asked", ["schema", SCHEMA, f"<{SCHEMA}>"])
def test_a_view_may_be_asked_for_in_the_address(client, asked):
    answer = client.get(f"/{CODE}", params={"_profile": asked, "_mediatype": "text/turtle"})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/{CODE}.ttl?_profile=schema"
    document = client.get(answer.headers["location"])
    assert document.headers["content-profile"] == f"<{SCHEMA}>"
    assert b"schema:DefinedTerm" in document.content


def test_a_media_type_may_be_asked_for_in_the_address(client):
    params = {"_mediatype": "application/ld+json"}
    answer = client.get(f"/{CODE}", params=params, headers={"Accept": "text/html"})
    assert answer.headers["location"] == f"/{CODE}.jsonld"
    assert client.get(f"/{CODE}?_mediatype=image/png").status_code == 400


@pytest.mark.parametrize(
    ("header", "view"),
    [
        (f"<{SCHEMA}>", "schema"),
        (f"<http://other.example/>, <{SCHEMA}>;q=0.3", "schema"),
        (f"<{SCHEMA}>;q=0.3, <{ALT}>;q=0.9", "alt"),
        ("<http://other.example/>", None),
        (f"<{SCHEMA}>;q=0", None),
        ("nonsense", None),
    ],
)
def test_a_view_may_be_asked_for_in_the_header(client, header, view):
    accept = {"Accept": "text/turtle", "Accept-Profile": header}
    answer = client.get(f"/{CODE}", headers=accept)
    assert answer.headers["location"] == f"/{CODE}.ttl" + (f"?_profile={view}" if view else "")


def test_a_view_that_there_isnt(client):
    answer = client.get(f"/{CODE}?_profile=marc21")
    assert answer.status_code == 400
    assert "bud, schema, alt" in answer.text
    assert client.get(f"/{CODE}.html?_profile=schema").status_code == 406
    # schema.org has no words for a statement
    assert client.get(f"/{REPORT}/S05-3/2010301.final.ttl?_profile=schema").status_code == 404


def test_all_views_are_listed_and_each_is_there(client):
    answer = client.get(f"/{CODE}.ttl?_profile=all")
    assert f"<{BASE}{CODE}.ttl?_profile=schema>".encode() in answer.content
    for profile in (SCHEMA, ALT, f"{BASE}ontology"):
        targets = links(answer, rel="alternate", profile=profile)
        assert targets
        for target in targets:
            view = client.get(urljoin(f"/{CODE}.ttl", target))
            assert view.headers["content-profile"] == f"<{profile}>"
    tokens = links(answer, rel="type", token="schema", anchor=SCHEMA)
    assert tokens == ["http://www.w3.org/ns/dx/prof/Profile"]


def test_schema_org_of_a_report(client):
    report = said(client, f"/{REPORT}.jsonld?_profile=schema")
    assert report["@type"] == ["Report", "Dataset"]
    assert report["@id"] == f"{BASE}{REPORT}"
    assert report["temporalCoverage"] == "2023"
    assert report["datePublished"] == "2024-10-11"
    assert report["creator"]["@id"] == f"{BASE}unit/{UNIT}"
    assert {d["contentUrl"] for d in report["distribution"]} >= {f"{BASE}{REPORT}.ttl"}


def test_schema_org_of_a_unit_a_region_and_a_code(client):
    unit = said(client, f"/unit/{UNIT}.jsonld?_profile=schema")
    assert unit["@type"] == "GovernmentOrganization"
    assert [report["@id"][-4:] for report in unit["subjectOf"]] == ["2022", "2023"]
    assert unit["areaServed"] == [{"@type": "AdministrativeArea", "@id": f"{BASE}region/420103"}]
    assert said(client, "/region/420103.jsonld?_profile=schema")["identifier"] == "420103"
    assert said(client, f"/{CODE}.jsonld?_profile=schema")["termCode"] == "201"


@pytest.mark.parametrize("path", [f"/unit/{UNIT}", f"/{REPORT}", f"/{CODE}"])
def test_pages_hold_it_too(client, path):
    page = client.page(f"{path}.html")
    [embedded] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(unescape(embedded)) == said(client, f"{path}.jsonld?_profile=schema")


def test_a_text_cant_end_what_a_page_holds(client):
    page = client.page(f"/unit/{UNIT}/project/she-qu-hui-min.html")
    [embedded] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert "<" not in embedded
    assert "社区<惠民>资金" in json.dumps(json.loads(embedded), ensure_ascii=False)


def test_the_context_names_every_property(client):
    answer = client.get("/context.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    context = answer.json()["@context"]
    assert context["bud"] == f"{BASE}ontology#"
    assert context["id"] == "@id"


@pytest.mark.parametrize("path", [CODE, f"unit/{UNIT}", REPORT, f"{REPORT}/S05-3/2010301.final"])
def test_short_names_say_the_same(client, path):
    accept = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"'
    asked = client.get(f"/{path}", headers={"Accept": accept})
    answer = client.get(asked.headers["location"], headers={"Accept": accept})
    assert "compacted" in answer.headers["content-type"]
    document = answer.json()
    assert document["@context"] == "http://test/context.jsonld"
    document["@context"] = said(client, "/context.jsonld")["@context"]
    short = set(ox.parse(json.dumps(document), ox.RdfFormat.JSON_LD))
    assert short == set(ox.parse(client.get(f"/{path}.nt").text, ox.RdfFormat.N_TRIPLES))
    assert short
