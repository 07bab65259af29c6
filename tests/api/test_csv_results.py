"""CSV results can be read back: every field is where its variable is."""

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.csv_results import write_csv
from api.workers.spill import Spill

PASSAGE = ("uri", "https://example.org/source#char=12,34")
PLAIN = ("uri", "https://example.org/source")
terms = st.one_of(
    st.sampled_from([None, PASSAGE, PLAIN]),
    st.tuples(st.just("literal"), st.text("a,\"\r\n决 '")),
)


def solutions(rows):
    names = [f"v{i}" for i in range(len(rows[0]))]
    bindings = [
        {n: {"type": t[0], "value": t[1]} for n, t in zip(names, row, strict=True) if t}
        for row in rows
    ]
    answer = json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}})
    return ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON)


def read_back(rows):
    out = Spill(1 << 24, None)
    write_csv(solutions(rows), lambda: solutions(rows), out)
    with out.body() as body:
        return list(csv.reader(io.StringIO(body.read().decode(), newline="")))


@given(st.lists(st.tuples(terms, terms, terms), min_size=1, max_size=6))
def test_what_is_written_is_read_back(rows):
    expected = [["" if term is None else term[1] for term in row] for row in rows]
    assert read_back(rows) == [["v0", "v1", "v2"], *expected]


@pytest.mark.parametrize("place", [0, 1, 19_999])
@pytest.mark.parametrize("columns", [1, 2])
def test_a_comma_is_found_wherever_it_is(place, columns):
    rows = [(PLAIN,) * columns] * 20_000
    rows[place] = (PASSAGE,) + (PLAIN,) * (columns - 1)
    assert read_back(rows)[1:] == [[term[1] for term in row] for row in rows]
