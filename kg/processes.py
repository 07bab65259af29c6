"""A module of ours run as a program, in a process of its own."""

from __future__ import annotations

import os
import sys


def command(module: str, *arguments: str) -> list[str]:
    """The command line that runs a module; with `environment`, it finds what this process does."""
    # -P: a file beside the documents must not pass for a module
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """The environment in which a module is run."""
    path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)  # noqa: PTH100
    return {**os.environ, "PYTHONPATH": path}
