"""The wheel, unpacked elsewhere, works as the checkout does: its data files travel with it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from corpus import corpus_file

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content in a folder of its own, as pip would lay it out."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(CHECKOUT)], check=True, capture_output=True)
    (wheel,) = folder.glob("juesuan-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_package_is_the_unpacked_one(installed: Path) -> None:
    where = run(installed, "-c", "import kg, api; print(kg.__file__, api.__file__)")
    assert where.stdout.count(str(installed)) == 2, where.stderr


def test_it_builds_the_same_release(installed: Path, tmp_path: Path) -> None:
    report = corpus_file("004")
    elsewhere = run(installed, "-m", "kg", "build", report, "--out", tmp_path / "wheel")
    assert elsewhere.returncode == 0, elsewhere.stderr
    command = [sys.executable, "-m", "kg", "build", str(report), "--out", str(tmp_path / "here")]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    sums = [(tmp_path / name / "SHA256SUMS").read_text() for name in ("wheel", "here")]
    assert sums[0] == sums[1]


def test_its_server_starts_with_templates_and_styles(installed: Path, tmp_path: Path) -> None:
    run(installed, "-m", "kg", "build", corpus_file("004"), "--out", tmp_path / "release")
    code = (
        "import sys, pathlib; from starlette.testclient import TestClient;"
        "from api.app import create_app;"
        "client = TestClient(create_app(pathlib.Path(sys.argv[1])));"
        "client.__enter__();"
        "print(client.get('/', headers={'accept': 'text/html'}).status_code)"
    )
    served = run(installed, "-c", code, tmp_path / "release")
    assert served.stdout.strip() == "200", served.stderr
