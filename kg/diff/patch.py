"""Differences as RDF Patch (https://afs.github.io/rdf-delta/rdf-patch)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.diff.blocks import Block


def patch_lines(blocks: Iterable[Block], old: str, new: str) -> Iterator[bytes]:
    """One transaction that makes the old dump the new; `old`, `new` are their SHA-256."""
    yield f"H id <urn:sha256:{new}> .\nH prev <urn:sha256:{old}> .\nTX .\n".encode()
    for block in blocks:
        for line in block.removed:
            yield b"D " + line
        for line in block.added:
            yield b"A " + line
    yield b"TC .\n"
