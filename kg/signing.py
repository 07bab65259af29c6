"""A release's sums signed with an SSH key, and the signature checked (OpenSSH 8.0 or later).

Source: ssh-keygen(1), `-Y sign` and `-Y verify`.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from kg.errors import ReportError

SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
#: What signatures are for: one made for something else doesn't hold here.
_PURPOSE = "juesuan"


class SignatureError(ReportError):
    """A release that can't be signed, or whose signature doesn't hold: one sentence."""


def sign(release: Path, key: Path) -> None:
    """Sign a release's sums with a private key, or with a public one whose agent runs.

    Raises:
        SignatureError: there is no such key, or ssh-keygen can't use it.
    """
    _run("sign", "-f", str(key), "-n", _PURPOSE, str(release / SUMS), problem=f"{key} can't sign")


def verify(release: Path, signers: Path) -> str:
    """Who has signed a release, of those in a file of allowed signers (ssh-keygen(1)).

    Raises:
        SignatureError: it isn't signed, or by nobody of them, or its sums are others.
    """
    signature = release / SIGNATURE
    if not signature.is_file():
        raise SignatureError(f"{release} is not signed: it has no {SIGNATURE}")
    by = ("-f", str(signers), "-s", str(signature))
    nobody = f"{signature} is by nobody whom {signers} names"
    found = _run("find-principals", *by, problem=nobody).split()
    if not found:
        raise SignatureError(nobody)
    _run(
        "verify", *by, "-I", found[0], "-n", _PURPOSE,
        problem=f"{signature} is not a signature of {SUMS}", said=(release / SUMS).read_bytes(),
    )  # fmt: skip
    return found[0]


def _run(what: str, *arguments: str, problem: str, said: bytes = b"") -> str:
    command = ["ssh-keygen", "-Y", what, *arguments]
    try:
        done = subprocess.run(command, input=said, capture_output=True, check=True)
    except FileNotFoundError as error:
        raise SignatureError("signatures need ssh-keygen, which is part of OpenSSH") from error
    except subprocess.CalledProcessError as error:
        lines = (error.stderr or error.stdout).decode("utf-8", "replace").strip().splitlines()
        reason = lines[-1].strip().rstrip(".") if lines else f"ssh-keygen ended with {error}"
        raise SignatureError(f"{problem}: {reason}") from error
    return done.stdout.decode("utf-8", "replace")
