"""Programs that tests need beside Python's: in CI they must be there; elsewhere they may."""

from __future__ import annotations

import os
import shutil

import pytest

#: How a program is installed. `.ci/run` installs what the machine doesn't have.
INSTALLED_BY = {
    "ssh-keygen": "apt-get install openssh-client",
    "virtuoso-t": "apt-get install virtuoso-opensource-7-bin",
    "isql-vt": "apt-get install virtuoso-opensource-7-bin",
    "curl": "apt-get install curl",
    "chromium": "apt-get install chromium",
    "node": "apt-get install nodejs",
    "npm": "apt-get install npm",
    "nginx": "apt-get install nginx-light",
    "systemd-analyze": "apt-get install systemd",
}


def need(*programs: str) -> None:
    """Go on where all programs are there, else as `missing` has it."""
    for program in programs:
        if shutil.which(program) is None:
            missing(program, INSTALLED_BY[program])


def missing(what: str, installed_by: str) -> None:
    """Skip the test, for something that it needs is missing; in CI, where none may be, fail."""
    sentence = f"this test needs {what}, which isn't installed: {installed_by}"
    if os.environ.get("CI"):
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
