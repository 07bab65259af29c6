"""A signature holds for the sums that were signed, by those who may sign, and for nothing else."""

import subprocess
from pathlib import Path

import pytest

from kg.signing import SignatureError, sign, verify

pytestmark = pytest.mark.needs("ssh-keygen")


def new_key(folder: Path, name: str) -> Path:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name]
    subprocess.run(command, check=True)
    return folder / name


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    ours = new_key(folder, "ours")
    new_key(folder, "others")
    public = ours.with_suffix(".pub").read_text()
    (folder / "signers").write_text(f"data@example.org {public}")
    return folder


@pytest.fixture
def release(tmp_path: Path) -> Path:
    (tmp_path / "SHA256SUMS").write_text("0  data/juesuan.nq.gz\n")
    return tmp_path


def test_a_signature_tells_who_signed(keys: Path, release: Path) -> None:
    sign(release, keys / "ours")
    assert verify(release, keys / "signers") == "data@example.org"


def test_the_same_sums_have_the_same_signature(keys: Path, release: Path) -> None:
    sign(release, keys / "ours")
    first = (release / "SHA256SUMS.sig").read_bytes()
    (release / "SHA256SUMS.sig").unlink()
    sign(release, keys / "ours")
    assert (release / "SHA256SUMS.sig").read_bytes() == first


@pytest.mark.parametrize(("key", "damage", "words"), [
    ("others", "", "is by nobody whom"),
    ("ours", "1  sources/a.txt\n", "is not a signature of SHA256SUMS"),
    (None, "", "is not signed"),
])  # fmt: skip
def test_a_signature_that_does_not_hold(
    keys: Path, release: Path, key: str | None, damage: str, words: str
) -> None:
    if key:
        sign(release, keys / key)
    sums = release / "SHA256SUMS"
    sums.write_text(sums.read_text() + damage)
    with pytest.raises(SignatureError, match=words) as caught:
        verify(release, keys / "signers")
    assert "\n" not in str(caught.value)


def test_a_key_that_is_none(release: Path, tmp_path: Path) -> None:
    with pytest.raises(SignatureError, match="can't sign"):
        sign(release, tmp_path / "nothing")
