"""rdflib-endpoint (PyPI): SPARQL over an rdflib graph in memory, in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servers.running import free_port, running


@contextmanager
def rdflib_endpoint(folder: Path, nquads: Path) -> Iterator[str]:
    """The address of a server that has loaded a file; its environment is made in `folder`.

    It loads some 7,000 quads a second.
    """
    environment = folder / "rdflib-endpoint"
    programs = environment / "bin"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    install = [programs / "pip", "install", "--quiet", "rdflib-endpoint[cli]"]
    subprocess.run(install, check=True, capture_output=True)
    port = free_port()
    command = [str(programs / "rdflib-endpoint"), "serve", str(nquads), "--port", str(port)]
    with running(command, "Application startup complete", folder):
        yield f"http://127.0.0.1:{port}/"
