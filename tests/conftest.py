"""What all tests share."""

import pytest

from corpus import NUMBERS


@pytest.fixture(params=NUMBERS)
def number(request: pytest.FixtureRequest) -> str:
    """Each of the five real reports in turn."""
    return str(request.param)
