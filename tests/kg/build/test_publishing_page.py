"""What docs/publishing.md says to run is run, on a release."""

import gzip
import re
import subprocess
from pathlib import Path

import duckdb
import pytest
from pyoxigraph import RdfFormat, parse

PAGE = (Path(__file__).parents[3] / "docs" / "publishing.md").read_text("utf-8")
[SQL] = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


def command(beginning: str) -> str:
    """The one command of the page that begins so."""
    [found] = re.findall(rf"^    ({re.escape(beginning)}.*)$", PAGE, re.MULTILINE)
    return str(found)


def test_its_sql_finds_what_each_unit_spent_in_each_year(
    sample_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample_release)
    with duckdb.connect() as database:
        found = database.execute(SQL).fetchall()
    assert len({(unit, year) for unit, year, _ in found}) == len(found)
    assert {year for _, year, _ in found} >= {2022, 2023}


def test_what_it_makes_of_the_dump_for_hdt_is_its_triples(
    sample_release: Path, tmp_path: Path
) -> None:
    made = command("zcat").replace("DIR", str(sample_release))
    subprocess.run(made, shell=True, cwd=tmp_path, check=True)
    triples = parse(path=str(tmp_path / "juesuan.nt"), format=RdfFormat.N_TRIPLES)
    with gzip.open(sample_release / "data" / "juesuan.nq.gz") as file:
        quads = list(parse(file.read(), RdfFormat.N_QUADS))
    assert {(t.subject, t.predicate, t.object) for t in triples} == {
        (q.subject, q.predicate, q.object) for q in quads
    }
