"""What all tests share."""

from pathlib import Path

import pytest

from corpus import NUMBERS
from kg.build import build
from kg.sample import write_samples
from tools import need


@pytest.fixture(params=NUMBERS)
def number(request: pytest.FixtureRequest) -> str:
    """Each of the five real reports in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def sample_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of two years of an invented unit, with contradictions; nobody may change it.

    The reports are beside it in `in`, and what the build has kept of them in `.release.parts`.
    """
    folder = tmp_path_factory.mktemp("sample")
    write_samples(folder / "in", units=1, years=2, seed=2024, errors=2)
    build([folder / "in"], folder / "release")
    return folder / "release"


@pytest.fixture(autouse=True, scope="module")
def tools(request: pytest.FixtureRequest) -> None:
    """The programs that a module is marked to need (`pytestmark = pytest.mark.needs("curl")`)."""
    for mark in request.node.iter_markers("needs"):
        need(*mark.args)
