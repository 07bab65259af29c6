"""`tables/`: what the quads say, as pandas, DuckDB, frictionless and csvw read it."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas
import pyarrow.parquet as pq
import pytest
from csvw import CSVW
from csvw.metadata import Column, TableGroup
from frictionless import Package
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from kg.json_ld import read_context
from kg.release import load_store
from kg.resources import published
from kg.tables import as_csv, tables
from kg.tables.parquet import write_parquet
from kg.vocabulary import DEFAULT_BASE, PREFIXES, Namespace

BUD = Namespace().ontology


@pytest.fixture(scope="module")
def release(sample_release: Path) -> Path:
    return sample_release


@pytest.fixture(scope="module")
def store(release: Path) -> Store:
    return load_store(release)


def rows(release: Path, name: str) -> list[dict[str, str]]:
    with (release / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_table_has_a_row_for_each_thing_of_its_class(release: Path, store: Store) -> None:
    for table in tables():
        prefix, _, local = table.types[0].partition(":")
        found = store.query(
            f"SELECT DISTINCT ?s {{ ?s a {prefix}:{local} "
            f'FILTER STRSTARTS(STR(?s), "{DEFAULT_BASE}{table.under}") }}',
            prefixes=Namespace().prefixes(),
        )
        subjects = [row["s"].value for row in found]  # type: ignore[union-attr, call-overload, index]
        keys = [row["id"] for row in rows(release, table.name)]
        assert sorted(subjects) == sorted(f"{DEFAULT_BASE}{table.under}{key}" for key in keys)
        assert subjects or table.name == "regions", table.name


def test_frictionless_finds_no_fault(release: Path) -> None:
    report = Package(release / "tables" / "datapackage.json").validate()
    assert report.valid, report.flatten(["type", "message"])


def test_a_wrong_cell_is_seen(release: Path, tmp_path: Path) -> None:
    for file in (release / "tables").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    damaged = (tmp_path / "reports.csv").read_text("utf-8").replace(",2023,", ",soon,")
    (tmp_path / "reports.csv").write_text(damaged, "utf-8")
    found = Package(tmp_path / "datapackage.json").validate().flatten(["type", "rowNumber"])
    assert found == [["type-error", 3]]


@pytest.fixture(scope="module")
def on_the_web(release: Path) -> CSVW:
    return CSVW(str(release / "tables" / "csv-metadata.json"), validate=True)


def test_csvw_finds_no_fault(on_the_web: CSVW) -> None:
    assert on_the_web.is_valid


def triples_of(group: TableGroup) -> Iterator[tuple[str, str, str]]:
    """What the metadata says that the cells state (csv2rdf, minimal mode)."""
    for table in group.tables:
        schema = table.tableSchema
        for row in table.iterdicts():
            cells = {name: value for name, value in row.items() if value is not None}
            about = schema.aboutUrl.expand(cells)
            for column in schema.columns:
                yield from said_by(column, cells, about)


def said_by(column: Column, cells: dict[str, object], about: str) -> Iterator[tuple[str, str, str]]:
    stated = column.virtual or cells.get(column.name) not in (None, [])
    if column.inherit("propertyUrl") is None or column.suppressOutput or not stated:
        return
    values = cells.get(column.name)
    if column.valueUrl:
        values = [column.valueUrl.expand(cells)]
    for value in values if isinstance(values, list) else [values]:
        said = str(value).lower() if isinstance(value, bool) else str(value)
        if isinstance(value, datetime):
            said = value.date().isoformat()
        if isinstance(value, Decimal):
            said = format(value.normalize(), "f")
        yield about, str(column.propertyUrl.expand(cells)), said


def test_csv_on_the_web_gives_our_triples_again(on_the_web: CSVW, store: Store) -> None:
    ours = {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in store
        if isinstance(quad.object, NamedNode | Literal) and isinstance(quad.subject, NamedNode)
    }
    told = set(triples_of(on_the_web.tablegroup))
    assert len(told) > 5000
    assert told - ours == set()
    amounts = {triple for triple in ours if triple[1] == f"{BUD}amount"}
    assert amounts <= told


def test_parquet_has_the_cells_of_the_csv(release: Path) -> None:
    for table in tables():
        found = pq.read_table(release / "tables" / f"{table.name}.parquet").to_pylist()
        expected = rows(release, table.name)
        assert len(found) == len(expected)
        for ours, theirs in zip(found, expected, strict=True):
            for name, cell in theirs.items():
                assert same(ours[name], cell), (table.name, name, ours[name], cell)


def same(value: object, cell: str) -> bool:
    if isinstance(value, bool):
        return cell == str(value).lower()
    if isinstance(value, Decimal):
        return Decimal(cell) == value
    return cell == ("" if value is None else str(value))


def test_duckdb_and_sparql_add_up_to_the_same(release: Path, store: Store) -> None:
    file = release / "tables" / "figures.parquet"
    with duckdb.connect() as database:
        told = database.execute(
            "SELECT fiscal_year, place, SUM(amount) FROM read_parquet(?) GROUP BY ALL", [str(file)]
        ).fetchall()
    asked = store.query(
        "SELECT ?year ?place (SUM(?amount) AS ?sum) { ?f a bud:Figure ; bud:fiscalYear ?year ;"
        " bud:place ?place ; bud:amount ?amount } GROUP BY ?year ?place",
        prefixes=Namespace().prefixes(),
    )
    expected = {
        (int(row["year"].value), row["place"].value.rpartition("/")[2]): Decimal(row["sum"].value)
        for row in asked  # type: ignore[union-attr]
    }
    assert {(year, place): total for year, place, total in told} == expected


def test_pandas_reads_money_as_exact_decimals(release: Path) -> None:
    figures = pandas.read_parquet(release / "tables" / "figures.parquet")
    assert isinstance(figures["amount"].iloc[0], Decimal)
    assert figures["fiscal_year"].dtype == "int16"
    assert set(figures["unit_name"]) == {row["name"] for row in rows(release, "units")}


def test_a_text_may_be_longer_than_what_is_read_at_once(tmp_path: Path) -> None:
    [table] = (table for table in tables() if table.name == "projects")
    long = "经费，" * 200_000
    rows = [["id", "unit", "name"], ["a", "u", "b"], ["c", "u", long]]
    (tmp_path / "p.csv").write_bytes(as_csv(rows))
    write_parquet(table, tmp_path / "p.csv", tmp_path / "p.parquet")
    assert pq.read_table(tmp_path / "p.parquet")["name"].to_pylist() == ["b", long]


def test_json_ld_says_what_turtle_says(release: Path) -> None:
    for file in (release / "data" / "reports").rglob("*.jsonld"):
        said = set(parse(file.read_bytes(), RdfFormat.JSON_LD))
        assert said == set(parse(file.with_suffix(".ttl").read_bytes(), RdfFormat.TURTLE))
        assert len(said) > 1000


def test_the_context_has_a_term_for_each_property_of_the_ontology() -> None:
    context = read_context(DEFAULT_BASE)
    kinds: dict[str, str] = {}
    for quad in parse(path=published("ontology") / "juesuan.ttl", format=RdfFormat.TURTLE):
        if not isinstance(quad.subject, NamedNode) or not quad.subject.value.startswith(BUD):
            continue
        value = quad.object.value if isinstance(quad.object, NamedNode) else ""
        if value.endswith("#ObjectProperty"):
            kinds[quad.subject.value] = "@id"
        elif quad.predicate.value.endswith("#range") and value.startswith(PREFIXES["xsd"]):
            kinds[quad.subject.value] = "xsd:" + value.rpartition("#")[2]
        elif value.endswith("#langString"):
            kinds[quad.subject.value] = "zh"
    assert len(kinds) > 80
    for iri, kind in kinds.items():
        name = iri.removeprefix(BUD)
        form = context.get(name)
        assert form is not None, f"ontology/context.jsonld has no {name}"
        assert form["@id"] == f"bud:{name}"
        told = form.get("@type") or form.get("@language") or "xsd:string"
        assert told == kind, name


def test_a_package_says_how_it_is_fiscal(release: Path) -> None:
    package = json.loads((release / "tables" / "datapackage.json").read_text("utf-8"))
    assert package["model"]["measures"]["amount"]["currency"] == "CNY"
    assert package["model"]["dimensions"]["function"]["attributes"]["label"] == {
        "source": "function_name", "resource": "figures", "labelfor": "code"
    }  # fmt: skip
    (figures,) = (r for r in package["resources"] if r["name"] == "figures")
    types = {f["name"]: f.get("columnType") for f in figures["schema"]["fields"]}
    assert types["amount"] == "value"
    assert types["fiscal_year"] == "date:fiscal-year"
