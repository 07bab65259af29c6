import csv
import io
from decimal import Decimal

import httpx
import pyarrow.parquet as pq
import pytest

from api.data.downloads import CsvWriter, ParquetWriter
from api.workers import Pool

from ..data_release import FOREST, HAD, WATER, ids
from .asking import items

KINDS = ("figure", "statement", "ratio", "change", "count")


def table(client, query, **headers):
    answer = client.get(f"/api/observations?{query}", headers=headers)
    assert answer.status_code == 200
    return answer


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("kind", KINDS)
def test_csv_holds_all_that_the_pages_hold(data, kind):
    found = rows(table(data, f"kind={kind}&format=csv").text)
    records = items(data, f"/api/observations?kind={kind}")
    assert [row["iri"] for row in found] == [record["iri"] for record in records]
    assert [row["passage"] for row in found] == [r["passage"]["iri"] for r in records]
    assert [row["function"] for row in found] == [r["function"]["code"] for r in records]


@pytest.mark.parametrize("kind", KINDS)
def test_parquet_holds_the_same_exactly(data, kind):
    answer = table(data, f"kind={kind}", Accept="application/vnd.apache.parquet")
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    found = pq.read_table(io.BytesIO(answer.content)).to_pylist()
    expected = rows(table(data, f"kind={kind}&format=csv").text)
    assert len(found) == len(expected)
    for row, texts in zip(found, expected, strict=True):
        for name, cell in row.items():
            said = texts[name]
            assert cell == Decimal(said) if isinstance(cell, Decimal) else str(cell or "") == said


def test_money_stays_exact(data):
    found = rows(table(data, f"format=csv&unit={ids()[WATER]}&year=2022&function=2010301").text)
    assert [(row["amount"], row["reported_amount"]) for row in found] == [
        ("905000", HAD[WATER, 2022][0]),
        ("912500", HAD[WATER, 2022][1]),
    ]


@pytest.mark.parametrize(
    ("path", "columns"),
    [
        ("findings", {"rule": "rule.code", "message": "message", "unit_name": "unit.name"}),
        ("indicators", {"name": "name", "level2": "level2.code", "passage": "passage.iri"}),
    ],
)
def test_findings_and_indicators_are_tables_too(data, path, columns):
    def at(record, names):
        for name in names.split("."):
            record = record[name]
        return record

    records = items(data, f"/api/{path}")
    answer = data.get(f"/api/{path}?format=csv")
    assert f"juesuan-{path}.csv" in answer.headers["content-disposition"]
    found = rows(answer.text)
    assert len(found) == len(records) > 0
    for row, record in zip(found, records, strict=True):
        assert row["report"] == record["report"].removeprefix("https://w3id.org/juesuan/report/")
        for column, names in columns.items():
            assert row[column] == at(record, names)
    packed = data.get(f"/api/{path}", headers={"Accept": "application/vnd.apache.parquet"})
    table = pq.read_table(io.BytesIO(packed.content))
    assert table.column_names == list(found[0])
    assert table.column("iri").to_pylist() == [record["iri"] for record in records]
    assert len(rows(data.get(f"/api/{path}?format=csv&limit=1").text)) == 1
    assert len(rows(data.get(f"/api/{path}?format=csv&year=1999").text)) == 0


def test_truth_in_tables(data):
    found = rows(data.get("/api/indicators?format=csv").text)
    assert {row["attained"] for row in found} == {"false"}
    packed = data.get("/api/indicators?format=parquet").content
    assert set(pq.read_table(io.BytesIO(packed)).column("attained").to_pylist()) == {False}


def test_a_comparison_is_a_table_of_its_figures(data):
    units = f"units={ids()[FOREST]},{ids()[WATER]}"
    query = f"/api/compare?{units}&function=*"
    compared = data.get(query).json()
    expected = [f["iri"] for row in compared["rows"] for f in row["figures"] if f]
    assert [row["iri"] for row in rows(data.get(f"{query}&format=csv").text)] == expected
    table = pq.read_table(io.BytesIO(data.get(f"{query}&format=parquet").content))
    assert table.column("iri").to_pylist() == expected
    assert len(rows(data.get(f"{query}&limit=1&format=csv").text)) == 2
    missing = data.get("/api/compare?units=nobody&format=csv")
    assert (missing.status_code, missing.json()["code"]) == (404, "not-found")


def test_tables_by_accept_and_by_the_page(data):
    answer = table(data, "limit=2", Accept="text/csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(rows(answer.text)) == 2
    name = 'attachment; filename="juesuan-figure.csv"'
    assert answer.headers["content-disposition"] == name
    assert data.get("/api/observations", headers={"Accept": "image/png"}).status_code == 406


def test_a_table_without_rows_has_its_columns(data):
    assert table(data, "year=1999&format=csv").text.startswith("iri,report,unit,unit_name,")
    parquet = pq.read_table(io.BytesIO(table(data, "year=1999&format=parquet").content))
    assert (parquet.num_rows, parquet.column_names[0]) == (0, "iri")


def test_a_table_that_the_client_has_is_not_sent_again(data):
    tag = table(data, "format=csv").headers["etag"]
    again = data.get("/api/observations?format=csv", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert data.request("HEAD", "/api/observations?format=csv").headers["etag"] == tag


def test_what_goes_wrong_at_the_start_is_a_problem(data):
    answer = data.get("/api/observations?format=csv&cursor=x")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-cursor")


def test_what_goes_wrong_later_cuts_the_connection(data_address, monkeypatch):
    ask, asked = Pool.ask, []

    async def failing(*arguments, **options):
        asked.append(arguments)
        if len(asked) > 4:
            raise RuntimeError("the disk is full")
        return await ask(*arguments, **options)

    monkeypatch.setattr("api.data.walk.PIECE", 1)
    with httpx.Client(base_url=data_address) as client:
        client.get("/api/units")
        monkeypatch.setattr(Pool, "ask", failing)
        with pytest.raises(httpx.RemoteProtocolError):
            client.get("/api/observations?format=csv&kind=statement&place=T05")
    assert len(asked) > 4


def test_numbers_that_no_column_holds_are_left_to_what_is_printed():
    writer = ParquetWriter(("amount", "reported_amount"))
    written = writer.write([(Decimal("1e30"), "1e30"), (Decimal("0.1"), "0.1")]) + writer.close()
    found = pq.read_table(io.BytesIO(written)).to_pylist()
    assert [row["amount"] for row in found] == [None, Decimal("0.1")]


def test_csv_has_no_exponents_and_quotes_what_it_must():
    written = CsvWriter(("amount", "name")).write([(Decimal("1E+3"), 'a "b",\nc')])
    assert written == b'amount,name\r\n1000,"a ""b"",\nc"\r\n'
