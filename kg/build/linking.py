"""Files of a release that exist already: linked, or copied."""

from __future__ import annotations

import shutil
from pathlib import Path


def link(file: Path, place: Path) -> None:
    """Put a file in its place of the release; where links can't be, a copy."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        place.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, place)
