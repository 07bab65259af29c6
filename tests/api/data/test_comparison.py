from ..data_release import FOREST, HAD, WATER, ids
from .asking import record, refused

BOTH = f"units={ids()[WATER]},{ids()[FOREST]}"


def compared(client, query):
    found = record(client, f"/api/compare?{query}")
    return {
        (row["year"], row["phase"]["code"]): [f and f["printed"] for f in row["figures"]]
        for row in found["rows"]
    }


def test_units_side_by_side(data):
    assert compared(data, f"{BOTH}&function=2010301&phase=final") == {
        (year, "final"): [HAD[unit, year][1] for unit in (WATER, FOREST)] for year in (2022, 2023)
    }


def test_without_codes_totals_are_compared_and_the_years_own_report_counts(data):
    found = record(data, f"/api/compare?{BOTH}&year=2022")
    [row] = found["rows"]
    assert [figure["printed"] for figure in row["figures"]] == ["120", "60"]
    assert {figure["report"][-4:] for figure in row["figures"]} == {"2022"}
    assert [unit["name"] for unit in found["units"]] == [WATER, FOREST]


def test_the_order_of_units_is_kept_and_one_may_have_nothing(data):
    other = f"units={ids()[FOREST]}&units={ids()[WATER]}"
    assert compared(data, f"{other}&year=2023&function=2010301&phase=final") == {
        (2023, "final"): ["44", "95.10"]
    }
    one = f"units={ids()[FOREST]}&function=2010302"
    assert record(data, f"/api/compare?{one}")["rows"] == []


def test_any_code_of_a_dimension_and_no_more_rows_than_asked_for(data):
    every = record(data, f"/api/compare?{BOTH}&function=*")
    assert {row["function"]["code"] for row in every["rows"]} == {"all", "2010301"}
    assert not every["cut"]
    first = record(data, f"/api/compare?{BOTH}&function=*&limit=1")
    assert first["rows"] == every["rows"][:1]
    assert first["cut"]


def test_what_cannot_be_compared(data):
    assert refused(data, "/api/compare") == (400, "bad-request")
    assert refused(data, "/api/compare?units=,") == (400, "bad-request")
    assert refused(data, "/api/compare?units=nobody") == (404, "not-found")
    many = ",".join(f"u{n}" for n in range(21))
    assert refused(data, f"/api/compare?units={many}") == (400, "bad-request")
