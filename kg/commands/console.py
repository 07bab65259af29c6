"""Where commands speak: results on standard output, progress and errors on standard error."""

from __future__ import annotations

import sys
from typing import NoReturn

from rich.console import Console

#: A log has no width of its own: 160 columns keep a summary's rows on one line each.
out = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
err = Console(stderr=True, highlight=False)


def complain(message: str) -> None:
    """One clear line on standard error."""
    print(f"juesuan: {' '.join(message.split())}", file=sys.stderr)


def fail(message: str, code: int = 2) -> NoReturn:
    """Say what is wrong in one line and stop."""
    complain(message)
    sys.exit(code)
