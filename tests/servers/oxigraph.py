"""Oxigraph's own server (PyPI `oxigraph`), over quads that a test gives it."""

from __future__ import annotations

import subprocess
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from servers.running import free_port, running

PROGRAM = str(Path(sysconfig.get_path("scripts")) / "oxigraph")


@dataclass(frozen=True)
class Oxigraph:
    """A running server: where it answers, and its process."""

    endpoint: str
    process: subprocess.Popen[str]


def load(nquads: Path, store: Path) -> Path:
    """A store on disk with the quads of a file (.nq, .nq.gz)."""
    command = [PROGRAM, "load", "--location", str(store), "--file", str(nquads)]
    subprocess.run(command, check=True, capture_output=True)
    return store


@contextmanager
def oxigraph(store: Path, *options: str, port: int = 0) -> Iterator[Oxigraph]:
    """The server over a store on disk (`--union-default-graph` is an option of it)."""
    address = f"127.0.0.1:{port or free_port()}"
    command = [PROGRAM, "serve-read-only", "--location", str(store), "--bind", address, *options]
    with running(command, "Listening for requests", store) as process:
        yield Oxigraph(f"http://{address}/query", process)
