"""A release opened for workers: in memory where it fits, else on disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from api.store import EmbeddedStore
from kg.release import ReleaseError, load_file, load_store, read_manifest, write_store
from kg.swap import swap_in

#: What a quad takes of memory, in bytes, with its copy in the default graph: 675 were measured.
BYTES_PER_QUAD = 800


@dataclass(frozen=True, slots=True)
class Place:
    """Where a release may be loaded: `memory` bytes, or a store on disk in the folder `stores`."""

    memory: int
    stores: Path
    #: What tells the release's content from others.
    digest: str
    #: What relative IRIs of queries are resolved against.
    base: str


def open_store(release: Path | None, place: Place) -> Callable[[], EmbeddedStore]:
    """What gives a worker the store; of one in memory, all share the same.

    Without a release it is empty: queries are only read.

    Raises:
        ReleaseError: the release can't be read, or its store can't be written.
    """
    if release is None:
        return lambda: EmbeddedStore(ox.Store(), place.base)
    if release.is_file():
        read = EmbeddedStore(load_file(release), place.base)
        return lambda: read
    if read_manifest(release)["quads"] * BYTES_PER_QUAD <= place.memory:
        loaded = EmbeddedStore(load_store(release), place.base)
        return lambda: loaded
    path = place.stores / place.digest
    if not path.is_dir():
        _write(release, path)
    # a store on disk has threads: each worker opens its own, after the fork
    return lambda: EmbeddedStore(ox.Store.read_only(str(path)), place.base)


def _write(release: Path, path: Path) -> None:
    """Write the store of a release beside its place, and put it there whole."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".", dir=path.parent) as scratch:
            written = Path(scratch) / "store"
            write_store(release, written)
            swap_in(written, path)
    except OSError as error:
        reason = error.strerror or os.strerror(error.errno or 0)
        raise ReleaseError(
            f"{path}: the store of the release can't be written: {reason}"
        ) from error
