"""The collector of cycles rests where it is told to, and works as before behind that."""

import gc

import pytest

from kg.collector import collector_at_rest


def test_it_rests_within_and_works_behind() -> None:
    with collector_at_rest():
        assert not gc.isenabled()
        with collector_at_rest():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="no report"), collector_at_rest():
        raise ValueError("no report")
    assert gc.isenabled()


def test_one_at_rest_before_stays_so() -> None:
    gc.disable()
    try:
        with collector_at_rest():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
