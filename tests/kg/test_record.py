"""Records: equal by their fields, without room for others."""

import pytest

from kg.record import record


@record
class Place:
    """A place by its name."""

    name: str
    line: int = 1


def test_records_with_the_same_fields_are_one_key() -> None:
    assert {Place("表"): 1}[Place("表", 1)] == 1
    assert Place("表") != Place("表", 2)


def test_a_record_has_no_room_for_other_fields() -> None:
    with pytest.raises(AttributeError):
        Place("表").page = 3  # type: ignore[attr-defined]
