"""Programs that tests need beside Python's: in CI they must be there; elsewhere they may."""

from __future__ import annotations

import os
import shutil

import pytest

#: Which package has a program: of Debian where nothing else is said. `.ci/run` installs them all.
PACKAGES = {
    "virtuoso-t": "apt-get install virtuoso-opensource-7-bin",
    "isql-vt": "apt-get install virtuoso-opensource-7-bin",
    "curl": "apt-get install curl",
    "node": "apt-get install nodejs",
    "npm": "apt-get install npm",
    "nginx": "apt-get install nginx-light",
    "systemd-analyze": "apt-get install systemd",
}


def need(*programs: str) -> None:
    """Skip the test where a program is missing; in CI, where none may be, let it fail."""
    for program in programs:
        if shutil.which(program) is None:
            sentence = f"this test needs {program}, which isn't installed: {PACKAGES[program]}"
            if os.environ.get("CI"):
                pytest.fail(sentence, pytrace=False)
            pytest.skip(sentence)
