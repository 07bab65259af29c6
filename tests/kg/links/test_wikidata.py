"""Regions are linked to the items of Wikidata that have their code and their name, or to none."""

import json

import pytest
from typer.testing import CliRunner

from kg.commands.app import app
from kg.links import read_links
from kg.links.wikidata import QUERY
from kg.regions import region_name
from kg.resources import published

ENTITY = "http://www.wikidata.org/entity/"


def answer(path, *rows):
    """An answer of our own in the format of SPARQL results, with invented items."""
    bindings = [
        {variable: {"type": "literal", "value": value} for variable, value in row.items() if value}
        for row in (
            {"code": code, "item": ENTITY + item, "name": name, "english": english}
            for code, item, name, english in rows
        )
    ]
    path.write_text(json.dumps({"head": {}, "results": {"bindings": bindings}}), "utf-8")
    return str(path)


@pytest.fixture
def rows(tmp_path):
    """The rows that the command prints for an answer."""

    def made(*given):
        done = CliRunner().invoke(app, ["links", "wikidata", answer(tmp_path / "a.json", *given)])
        assert done.exit_code == 0, done.output
        return [line.split("\t") for line in done.stdout.splitlines() if "\t" in line]

    return made


def test_one_item_with_the_code_and_the_name_is_the_same(rows):
    [row] = rows(("420103", "Q900001", "江漢區", "Jianghan District"))
    assert row[:5] == [
        "region:420103",
        "江汉区",
        "skos:exactMatch",
        "wd:Q900001",
        "Jianghan District",
    ]
    assert row[6] == "0.98"


def test_codes_are_read_as_wikidata_writes_them(rows):
    made = rows(("42 01 03", "Q900001", "江汉区", None), ("42 01", "Q900004", "武汉市", None))
    assert [row[0] for row in made] == ["region:420100", "region:420103"]


def test_what_it_was_once_called_is_less_certain(rows):
    [row] = rows(("420600", "Q900002", "襄樊市", None))
    assert (row[3], row[4], row[6]) == ("wd:Q900002", "襄阳市", "0.9")


@pytest.mark.parametrize(
    "given",
    [
        [("420103", "Q900001", "江汉区", None), ("420103", "Q900003", "江汉区", None)],
        [("420103", "Q900001", "硚口区", None)],
        [("420103", "Q900001", None, None)],
        [("429999", "Q900001", "江汉区", None)],
        [("420103", "L900001", "江汉区", None)],
    ],
    ids=["two items", "another name", "no name", "no division", "no item"],
)
def test_what_is_not_certain_is_left_out(rows, given):
    assert rows(*given) == []


def test_the_rows_make_a_file_that_is_read(rows, tmp_path):
    published_file = published("ontology") / "links" / "region-wikidata.sssom.tsv"
    lines = published_file.read_text("utf-8").splitlines(keepends=True)
    head = [line for line in lines if line.startswith("#") or line.startswith("subject_id")]
    made = rows(
        ("420103", "Q900001", "江汉区", "Jianghan"), ("420100", "Q900004", "武汉市", "Wuhan")
    )
    file = tmp_path / published_file.name
    file.write_text("".join(head) + "".join("\t".join(row) + "\n" for row in made), "utf-8")
    links = read_links(file).links
    assert [link.object.removeprefix(ENTITY) for link in links] == ["Q900004", "Q900001"]


def test_each_division_published_has_its_name_and_an_item_of_its_own():
    links = read_links(published("ontology") / "links" / "region-wikidata.sssom.tsv").links
    assert len({link.object for link in links}) == len({link.subject for link in links}) > 3000
    assert all(region_name(link.subject[-6:]) == link.subject_label for link in links)


def test_without_an_answer_the_query_is_printed():
    assert CliRunner().invoke(app, ["links", "wikidata"]).stdout.strip() == QUERY


@pytest.mark.parametrize(
    "text", ["[]", "no", '{"results": {"bindings": [{"code": {"value": "1"}}]}}']
)
def test_another_file_is_refused_in_one_sentence(tmp_path, text):
    file = tmp_path / "a.json"
    file.write_text(text, "utf-8")
    done = CliRunner().invoke(app, ["links", "wikidata", str(file)])
    assert done.exit_code == 2
    assert "a.json" in done.stderr
