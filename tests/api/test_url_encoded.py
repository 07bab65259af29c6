"""Fields are read as the standard library reads them, whatever a client sends."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import BadRequest, NotUtf8
from api.url_encoded import fields_in

_PIECES = [
    "a",
    "%41",
    "%25",
    "%3D",
    "%3d",
    "%0A",
    "%",
    "%z",
    "=",
    "_",
    "+",
    "\n",
    "\r",
    "&",
    "%E5%86%B3",
]


@given(st.lists(st.sampled_from(_PIECES)).map("".join))
def test_fields_are_those_of_the_standard_library(encoded: str) -> None:
    assert fields_in(encoded.encode(), 1000) == parse_qsl(encoded, keep_blank_values=True)


@pytest.mark.parametrize("encoded", [b"query=%E5", b"query=\xe5", b"%FF=1"])
def test_another_encoding_is_refused(encoded: bytes) -> None:
    with pytest.raises(NotUtf8):
        fields_in(encoded, 1)


def test_too_many_fields_are_refused() -> None:
    assert fields_in(b"a=1&a=2", 2) == [("a", "1"), ("a", "2")]
    with pytest.raises(BadRequest):
        fields_in(b"a=1&a=2&a=3", 2)
