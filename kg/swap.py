"""Putting a finished directory in the place of the old one, at once."""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path

#: linux/fs.h: exchange two names in one step.
RENAME_EXCHANGE = 2
AT_FDCWD = -100


def swap_in(new: Path, place: Path) -> None:
    """Put `new` where `place` is: whoever looks sees the old directory or the new, whole.

    Where the system can't exchange names, the old one is moved aside first, and back on failure.
    """
    if not place.exists():
        new.rename(place)
        return
    if _exchange(new, place):
        shutil.rmtree(new)
        return
    aside = new.with_name(new.name + ".old")
    place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        aside.rename(place)
        raise
    shutil.rmtree(aside)


def _exchange(one: Path, other: Path) -> bool:
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    arguments = (AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    return bool(renameat2(*arguments) == 0)
