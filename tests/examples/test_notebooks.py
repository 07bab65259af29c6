"""The notebooks in examples/ run on a sample release, and are kept without output."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


def test_there_is_one_for_each_kind_of_user() -> None:
    assert [notebook.stem for notebook in NOTEBOOKS] == [
        "data-journalist", "openrefine-user", "portal-operator", "sparql-developer"
    ]  # fmt: skip


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_it_runs(notebook: Path, sample_release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELEASE", str(sample_release))
    monkeypatch.setenv("PYTHONPATH", str(EXAMPLES.parent))
    cells, here = nbformat.read(notebook, as_version=4), {"metadata": {"path": EXAMPLES}}
    ran = NotebookClient(cells, timeout=120, resources=here).execute()
    assert any(output for cell in ran.cells for output in cell.get("outputs", ()))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_no_output_is_kept(notebook: Path) -> None:
    for cell in nbformat.read(notebook, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
