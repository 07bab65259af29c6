"""Differences as RDF Patch (https://afs.github.io/rdf-delta/rdf-patch)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from kg.diff.blocks import Block


class Writable(Protocol):
    """A file that takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Write bytes."""


def patching(blocks: Iterable[Block], old: str, new: str, patch: Writable) -> Iterator[Block]:
    """Hand blocks on, each written to `patch`: one transaction that makes the old dump the new.

    `old` and `new` are the dumps' SHA-256.
    """
    patch.write(f"H id <urn:sha256:{new}> .\nH prev <urn:sha256:{old}> .\nTX .\n".encode())
    for block in blocks:
        for line in block.removed:
            patch.write(b"D " + line)
        for line in block.added:
            patch.write(b"A " + line)
        yield block
    patch.write(b"TC .\n")
