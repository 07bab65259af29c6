"""What all tests share."""

import pytest

from corpus import NUMBERS
from tools import need


@pytest.fixture(params=NUMBERS)
def number(request: pytest.FixtureRequest) -> str:
    """Each of the five real reports in turn."""
    return str(request.param)


@pytest.fixture(autouse=True, scope="module")
def tools(request: pytest.FixtureRequest) -> None:
    """The programs that a module is marked to need (`pytestmark = pytest.mark.needs("curl")`)."""
    for mark in request.node.iter_markers("needs"):
        need(*mark.args)
