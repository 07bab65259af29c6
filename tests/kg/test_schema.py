"""The published JSON Schema fits what `juesuan extract` prints, and nothing else."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from corpus import extraction_of
from kg.facts import Fact
from kg.schema import record_schema
from kg.vocabulary import Namespace

SCHEMA = record_schema(Namespace())


def validators() -> dict[str, Draft202012Validator]:
    """What each kind of record must look like: `oneOf` over all kinds tells errors badly."""
    kinds = {option["$ref"].rpartition("/")[2].lower(): option for option in SCHEMA["oneOf"]}
    return {k: Draft202012Validator(o | {"$defs": SCHEMA["$defs"]}) for k, o in kinds.items()}


def records(number: str) -> Iterator[dict[str, Any]]:
    yield from extraction_of(number).records()


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("number", ["000", "002"])
def test_every_record_of_a_real_report_fits(number: str) -> None:
    kinds = validators()
    for record in records(number):
        assert not list(kinds[record["kind"]].iter_errors(record)), record


def test_each_kind_of_record_is_one_of_the_schema() -> None:
    named = {option["$ref"].rpartition("/")[2] for option in SCHEMA["oneOf"]}
    assert named == {kind.__name__ for kind in get_args(Fact)} | {"Head", "Unclaimed"}


def test_a_record_fits_one_kind_only() -> None:
    statement = next(r for r in records("003") if r["kind"] == "statement")
    assert Draft202012Validator(SCHEMA).is_valid(statement)


@pytest.mark.parametrize(
    "change",
    [{"kind": "figure"}, {"read": "guessed"}, {"money": {"amount": 1.5}}, {"more": 1}],
    ids=["kind", "reading", "float", "field"],
)
def test_what_is_no_record_does_not_fit(change: dict[str, Any]) -> None:
    statement = next(r for r in records("003") if r["kind"] == "statement")
    assert not Draft202012Validator(SCHEMA).is_valid(statement | change)
